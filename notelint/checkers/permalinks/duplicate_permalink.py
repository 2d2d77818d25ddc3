"""See duplicate_permalink.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.garden.permalinks import output_file
from notelint.note.note import Outline
from notelint.vault.vault import Vault

_SHOWN = 3


class DuplicatePermalink(VaultChecker):
    """An address that two notes claim: the site's whole build fails."""

    family = "permalinks"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield once if other notes are written to the same file of the site (DG-U6)."""
        address = vault.site.claimed(note)
        if address is None:
            return
        file = output_file(address)
        claims, same = vault.site.addresses.get(file.lower(), []), vault.site.claimants(file)
        if len(claims) <= 1:  # none for a note that is checked by name, though it is excluded
            return
        if len(same) > 1:
            effect = "the site cannot be built; " if vault.site.is_garden else ""
            message = f"address {address} is claimed by {_others(same, note.path)} too: {effect}change one of them"
        else:
            names = _others([path for path, _ in claims], note.path)
            message = f"address {address} differs from that of {names} in capitals only: many servers mix them up"
        yield Finding(vault.site.address_place(note), message, about=address)


def _others(paths: list[str], own: str) -> str:
    """The first paths that are not the note's own, and how many more there are."""
    shown = [path for path in paths[: _SHOWN + 1] if path != own][:_SHOWN]
    more = len(paths) - 1 - len(shown)
    return ", ".join(repr(path) for path in shown) + (f" and {more} more" if more else "")
