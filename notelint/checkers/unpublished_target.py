"""See unpublished_target.md."""

from collections.abc import Iterator

from notelint.checker import VaultChecker
from notelint.diagnostic import Finding
from notelint.link import LinkForm
from notelint.note import Outline
from notelint.resolution import ResolutionProfile
from notelint.vault import Status, Vault


class UnpublishedTarget(VaultChecker):
    """A link of a published note to one that is not published: on the site it is dead."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each such link; in a published garden, each link to a note that is not there (DG-L6)."""
        on_site = vault.rules.profile is ResolutionProfile.SITE
        if not on_site and not vault.publishes(note.path):
            return
        for link in note.links:
            if link.hidden or link.embed or link.in_property or not link.target.path:
                continue
            found = vault.resolve_link(link, note.path)
            if on_site and found.status is Status.MISSING and link.form is LinkForm.WIKILINK:
                yield Finding(link.span, _missing(link.target.path), about=link.target.path)
            elif not on_site and vault.publishes(found.target) is False:
                message = f"{found.target!r} is not published: on the site this link leads to /404"
                yield Finding(link.span, message, about=found.target)


def _missing(path: str) -> str:
    """The plugin writes the full path of a note that it found, and a name as it was typed of one that it did not."""
    if "/" in path:
        return f"{path!r} is not published, or was renamed since: publish it, or publish this note again"
    return f"{path!r} was never written: write and publish it, or unlink"
