"""See visible_comment.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.text import Span
from notelint.garden.traced_text import HOST
from notelint.note.note import Outline
from notelint.vault.published_page import PublishedPage
from notelint.vault.vault import Vault


class VisibleComment(VaultChecker):
    """A comment that Obsidian hides and the site shows."""

    family = "publishing"
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each comment of a published note that is to be read on its page (DG-C1 to DG-C6)."""
        page = vault.page(note)
        if page is not None:
            yield from findings_on(page, note.place("dg-publish"))


def findings_on(page: PublishedPage, default: Span) -> Iterator[Finding]:
    """The comments that are to be read on a page; at `default` what the plugin made of the note's embeds itself."""
    for span in page.shown_comments:
        yield Finding(span, f"the site shows this comment, or a part of it: {_cause(span, page)}")
    for embed in page.shown_in_embeds:
        message = f"embedded here, comments of {embed.target!r} are shown on the site: a %% without its pair is near"
        yield Finding(embed.place or default, message, about=embed.target)


def _cause(span: Span, page: PublishedPage) -> str:
    """Why it stays, and what to do."""
    text, published = page.note.text, page.published
    written = span.of(text)
    if not written.endswith("%%") or len(written) < len("%%x%%"):
        return "it is not closed; write %% behind it"
    if written in published.spared:
        if page.comments[written] > 1:
            return "it stands word for word in code, and there the plugin spares it; word it differently"
        return "to the plugin it stands in code; look at the backticks before it, here and in embedded notes"
    taken = page.taken_from(span)
    if taken is None:
        return "to the plugin it is not a comment; look for a %% before it that has no pair"
    owner, first = taken[1].places[0]
    if owner == HOST and first.start == span.start:
        return "code before or behind it holds `$`, and the plugin fills in this text there, too"
    if owner != HOST:
        path = published.embeddings[owner - 1].target
        return f"the plugin pairs %% otherwise, from one in {path!r} on, embedded before it; write that one differently"
    line = page.note.lines.position(first.start)[0]
    return f"the plugin pairs %% otherwise, from the one in line {line} on; write that one differently"
