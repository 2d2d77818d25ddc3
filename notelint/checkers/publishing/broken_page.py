"""See broken_page.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.text import Span
from notelint.garden.published_head import is_readable
from notelint.garden.traced_text import HOST
from notelint.note.note import Outline
from notelint.vault.published_page import PublishedPage
from notelint.vault.vault import Vault


class BrokenPage(VaultChecker):
    """A published note whose page has a head that cannot be read: nothing of the site is built."""

    family = "publishing"
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding, at the property by which the head is spoilt (digital-garden DG-C6)."""
        page = vault.page(note)
        if page is None or not page.published.is_whole or page.published.text.text.startswith(page.published.head):
            return
        if is_readable(page.published.text.text, older=vault.garden.older_template):
            return
        place, cause = _cause(page)
        yield Finding(place, f"the head of this page cannot be read, and the whole build fails: {cause}")


def _cause(page: PublishedPage) -> tuple[Span, str]:
    """Where what spoils the head begins, and what it is."""
    start = page.note.body_start
    for embed in page.published.embeddings:
        if embed.parent == HOST and embed.place is not None and embed.place.start < start:
            return embed.place, "the plugin embeds a note in this property; write a link without `!`"
    for removal in page.published.removals:
        places = [span for owner, span in removal.places if owner == HOST and span.start < start]
        if removal.rule == "comment" and places:
            return places[0], "a %% in a property opens a comment; write it differently"
    for link in page.note.links:
        if link.in_property and page.note.text.count(link.span.of(page.note.text)) > 1:
            return (
                link.span,
                "the plugin writes this link with a backslash, for it is in the text, too; update the template",
            )
    first = Span(0, min(3, len(page.note.text)))
    return first, "what the plugin replaces in the properties spoils them; look for `%%`, `![[` and ` ^` there"
