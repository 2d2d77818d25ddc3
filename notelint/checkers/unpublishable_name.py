"""See unpublishable_name.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.note import Outline
from notelint.template import survives
from notelint.vault import SITE_NOTES, Vault

_OWN_ADDRESS = ("dg-path", "dg-permalink", "permalink")  # what malformed-permalink judges


class UnpublishableName(VaultChecker):
    """A published note whose name kills the links to it on the site, or leaves no address."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield what the note's path cannot do on the site (digital-garden DG-L7, DG-U4)."""
        if not vault.publishes(note.path):
            return
        path = note.path.rpartition(SITE_NOTES)[2].removesuffix(".md")
        if not survives(path, older=vault.garden.older_template):
            message = "links to this note are dead on the site: its path holds marks of HTML or Markdown; rename it"
            yield Finding(note.place("dg-publish"), message)
        address = vault.claimed(note)
        if address is not None and "//" in address and not any(key in note.places for key in _OWN_ADDRESS):
            message = f"its address {address} has an empty part, for nothing of its name is left: set dg-permalink"
            yield Finding(note.place("dg-publish"), message)
