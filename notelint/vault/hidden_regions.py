"""The places of a note that Obsidian does not show: comments, HTML comments, and code."""

from collections.abc import Iterator, Sequence

from notelint.core.text import Regions, Span
from notelint.garden.plugin_patterns import MARKDOWN_LINK
from notelint.note.links import Link, LinkForm
from notelint.note.note import Note


def hidden_in(note: Note) -> list[Span]:
    """The places of a note that Obsidian hides as comments, marks included (N4)."""
    if "%%" not in note.text:
        return []
    return [span for span in note.structure.comments.spans if note.text.startswith("%%", span.start)]


def html_comments(note: Note) -> list[Span]:
    """The comments of HTML in a note."""
    return [span for span in note.structure.html.spans if note.text.startswith("<!--", span.start)]


def code(note: Note) -> list[Span]:
    """Code and formulas: what is lost there is reported as such."""
    html = note.structure.html
    return [span for span in note.structure.opaque.spans if span.start not in html]


def without(span: Span, regions: Regions) -> Iterator[Span]:
    """The parts of a place outside of regions."""
    at = span.start
    for region in regions.within(span):
        if region.start > at:
            yield Span(at, region.start)
        at = region.end
    if at < span.end:
        yield Span(at, span.end)


def all_known(text: str, links: Sequence[Link]) -> bool:
    """True if the links of a note are all that it holds of what looks like one: then none is in code."""
    if "](" in text and ".md" in text:
        known = {link.span.start for link in links if link.form is LinkForm.MARKDOWN}
        if "%25" in text or any(match.start() not in known for match in MARKDOWN_LINK.finditer(text)):
            return False
    return text.count("[[") == sum(link.form is LinkForm.WIKILINK for link in links)
