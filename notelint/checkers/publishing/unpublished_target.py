"""See unpublished_target.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix
from notelint.core.file_types import is_attachment
from notelint.edits.allowance import Part
from notelint.edits.unlink import unlinked
from notelint.note.links import Link, LinkForm
from notelint.note.note import Outline
from notelint.vault.face import path_in_garden
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.published_links import Fate, noteworthy_links
from notelint.vault.vault import Vault


class UnpublishedTarget(VaultChecker):
    """A link of a published note to one that is not published: on the site it is dead."""

    family = "publishing"
    supersedes = "broken-link"
    takes = frozenset({Part.LINKS, Part.WORDS})

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each such link; in a published garden, each link to a note that is not there (DG-L6).

        The fix takes the link away and keeps its text. It is unsafe: to publish the target may be what is wanted.
        """
        if not vault.site.publishes(note.path):
            return
        on_site = vault.rules.profile is ResolutionProfile.SITE
        for link, found in noteworthy_links(note, vault):
            if found.fate is Fate.UNPUBLISHED:
                if not _is_embedded(link, note, vault):
                    message = f"{found.target!r} is not published: on the site this link leads to /404; publish it, too"
                    yield Finding(link.span, f"{message}, or unlink it", _unlinked(link, note, vault), found.target)
            elif on_site and found.fate is Fate.MISSING and not is_attachment(link.target.path):
                message, about = _missing(link, vault)
                yield Finding(link.span, message, about=about)


def _is_embedded(link: Link, note: Outline, vault: Vault) -> bool:
    """True if the plugin takes a link for an embed, for an escaped `!` stands before it (DG-E5)."""
    page = vault.page(note) if link.form is LinkForm.WIKILINK else None
    return page is not None and any(
        one.place is not None and one.place.end == link.span.end for one in page.published.embeddings
    )


def _unlinked(link: Link, note: Outline, vault: Vault) -> Fix | None:
    """The link's text in its place; none in a published garden, which is not edited."""
    return None if vault.site.holds(note) else unlinked(link)


def _missing(link: Link, vault: Vault) -> tuple[str, str]:
    """The fault, and the note that has it.

    The plugin writes the full path of a note that it found, and a name as it was typed of one that it did not.
    """
    path = link.target.path
    named = [other for other in vault.names.named(f"{path.rpartition('/')[2]}.md") if vault.site.publishes(other)]
    again = "publish this note again"
    for other in named:
        if path_in_garden(other).removesuffix(".md").lower() == path.lower():
            return f"{path!r} differs from {other!r} in capitals, which count on the site: {again}", other
    if "/" in path:
        there = f" (there is {named[0]!r})" if len(named) == 1 else ""
        return f"{path!r} is not published, or was renamed since{there}: publish it, or {again}", path
    if len(named) == 1:
        now = f"was never written when this note was published, and now is {named[0]!r}"
        return f"{path!r} {now}: {again}", named[0]
    return f"{path!r} was never written: write and publish it, or unlink", path
