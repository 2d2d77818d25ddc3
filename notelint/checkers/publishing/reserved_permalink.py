"""See reserved_permalink.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.garden.permalinks import output_file
from notelint.note.note import Outline
from notelint.vault.vault import Vault

_RESERVED = {
    "404/index.html": "the page for what is not found",
    "404.html": "the page for what is not found",
    "~random/index.html": "the page that leads to any note",
}


class ReservedPermalink(VaultChecker):
    """A published note at an address that the site keeps for itself: the whole build fails."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding, at the property that says the address (digital-garden DG-U6)."""
        address = vault.site.claimed(note)
        what = _RESERVED.get(output_file(address)) if address is not None else None
        if what is not None:
            message = f"{address} is {what}: the whole build fails; give the note another address with dg-permalink"
            yield Finding(vault.site.address_place(note), message, about=address)
