"""The places of a note that Obsidian does not show: comments, HTML comments, and code."""

import re
from collections.abc import Iterator, Sequence

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.garden.plugin_patterns import MARKDOWN_LINK
from notelint.note.links import Link, LinkForm
from notelint.note.note import Note

_BRACKETS = lazy_regex(r"\[(?=(\[(?:[^\r\n]*?\]\]|[^\r\n]*)))")  # each, those within others too
_DESTINATION = lazy_regex(r"\]\([^)\s<>]+?\.(?:md|markdown|canvas)", re.I)  # of what `MARKDOWN_LINK` finds
SHOWING = lazy_regex(r"[^\s!-/:-@\[-`{-~]")  # a character that is neither blank nor punctuation


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


def loose_brackets(text: str, links: Sequence[Link]) -> list[str] | None:
    """Texts in double brackets, closed on their line or not, that are no links of a note, such as those in code.

    None where a Markdown link may be among such texts.
    """
    if "](" in text and ".md" in text and ("%25" in text or _has_unknown(text, links)):
        return None
    wikilinks = [link for link in links if link.form is LinkForm.WIKILINK]
    if text.count("[[") == len(wikilinks):
        return []
    known = {link.span.start + link.embed for link in wikilinks}
    return [match[1] for match in _BRACKETS.finditer(text) if match.start() not in known]


def _has_unknown(text: str, links: Sequence[Link]) -> bool:
    """True if a note holds what the plugin takes for a Markdown link, and none of its links is there."""
    markdown = [link for link in links if link.form is LinkForm.MARKDOWN]
    destinations = {link.target_span.start - len("](") for link in markdown}
    if all(match.start() in destinations for match in _DESTINATION.finditer(text)):
        return False
    starts = {link.span.start for link in markdown}
    return any(match.start() not in starts for match in MARKDOWN_LINK.finditer(text))
