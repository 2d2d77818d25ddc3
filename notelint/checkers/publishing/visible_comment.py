"""See visible_comment.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.text import Span
from notelint.note.note import Outline
from notelint.vault.published_pages import Page
from notelint.vault.vault import Vault


class VisibleComment(VaultChecker):
    """A comment that Obsidian hides and the site shows."""

    family = "publishing"

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each comment of a published note that is to be read on its page (DG-C1 to DG-C6)."""
        page = vault.page(note)
        if page is None:
            return
        for span in page.shown_comments:
            yield Finding(span, f"the site shows this comment, or a part of it: {_cause(span, page)}")
        for embed in page.shown_in_embeds:
            place = embed.place or note.place("dg-publish")
            message = f"embedded here, comments of {embed.target!r} are shown on the site: a %% without its pair is near"
            yield Finding(place, message, about=embed.target)


def _cause(span: Span, page: Page) -> str:
    """Why it stays, and what to do."""
    text = page.note.text
    written = span.of(text)
    if not written.endswith("%%") or len(written) < len("%%x%%"):
        return "it is not closed; write %% behind it"
    if page.published.text.text.find(written) >= 0 and text.count(written) > 1:
        return "the plugin spares what stands in code word for word; word it differently"
    marks = [at for at in _marks(text) if at < span.start]
    if len(marks) % 2:
        line = page.note.lines.position(marks[-1])[0]
        return f"a %% before it has no pair to the plugin, such as the one in line {line}; write that one differently"
    return "to the plugin it is code, or its pairs of %% are others; take it out, or close code and %% before it"


def _marks(text: str) -> Iterator[int]:
    at = text.find("%%")
    while at >= 0:
        yield at
        at = text.find("%%", at + 2)
