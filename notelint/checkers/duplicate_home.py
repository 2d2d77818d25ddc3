"""See duplicate_home.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.note import Outline
from notelint.vault import Vault


class DuplicateHome(VaultChecker):
    """One of several home notes: the site has one, and the whole build fails."""

    family = "publishing"
    supersedes = "duplicate-permalink"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding, at the property that makes the note a home (digital-garden DG-U6, DG-U8)."""
        if vault.claimed(note) != "/":
            return
        others = [path for path in vault.claimants.get("index.html", ()) if path != note.path]
        if others:
            key = "dg-home" if "dg-home" in note.places else "tags"
            message = f"{others[0]!r} is the site's home too: both are index.html, and the whole build fails"
            yield Finding(note.place(key), f"{message}; take dg-home from all but one", about="/")
