"""See duplicate_home.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.garden.permalinks import HOME_TAG, is_home, is_true
from notelint.note.note import Outline
from notelint.vault.vault import Vault


class DuplicateHome(VaultChecker):
    """One of several home notes: the site has one, and the whole build fails."""

    family = "publishing"
    supersedes = "duplicate-permalink"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding, at the property that makes the note a home (digital-garden DG-U6, DG-U8)."""
        if not is_home(note.properties) or vault.site.claimed(note) is None:
            return
        claimants = (path for path in vault.site.claimants("index.html") if path != note.path)
        other = next((path for path in claimants if is_home(vault.outlines[path].properties)), None)
        if other is not None:
            message = f"{other!r} is the site's home too: both are index.html, and the whole build fails"
            cure = "dg-home" if is_true(note.properties.get("dg-home")) else f"the tag {HOME_TAG}"
            yield Finding(vault.site.address_place(note), f"{message}; take {cure} from all but one", about="/")
