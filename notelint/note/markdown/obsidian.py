"""Obsidian's own additions to Markdown: wikilinks, comments, block ids, footnotes, templates."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.links import Link, find_wikilinks, is_external
from notelint.note.markdown.events import SeenByParser
from notelint.note.markdown.model import BlockId, Heading

_BLOCK_ID = lazy_regex(r"\^([A-Za-z0-9-]+)[ \t]*(?=$|\r)", re.M)
_PUBLISHED_ID = lazy_regex(r"\{ ?#([^\s{}]+)\}[ \t]*(?=$|\r)", re.M)
_CONTINUES = lazy_regex(
    r"\r?\n[ \t>]*(?![\s>]|$|[-*+][ \t]|\d+[.)][ \t]|#{1,6}[ \t]|```|~~~|\||\^|\{ ?#|%%|<!--|---|\*\*\*|===)\S"
)
_FOOTNOTE = lazy_regex(r"^[ \t>]*+\[\^([^\s\]]+)\]:", re.M)
_BLANK_LINE = lazy_regex(r"\n[ \t]*\r?\n|\r[ \t]*\r")
_COMMENT = lazy_regex(r"%%")
_PROGRAM = lazy_regex(r"<%[-_]?\*")


def visible_wikilinks(body: str, seen: SeenByParser, opaque: Regions) -> Iterator[Link]:
    """Wikilinks where Obsidian sees them: outside code, mathematics and HTML, within one table cell (G4, N1-N6)."""
    if "[[" not in body:
        return
    tables, cells = Regions(seen.tables), sorted(seen.cells)
    starts = [cell.start for cell in cells]
    closed = opaque.spans or seen.labels  # most notes have neither
    for found in find_wikilinks(body):
        link = found
        if closed:
            opening = link.span.start + link.embed
            if opening in opaque:
                continue
            if opening in seen.labels:
                if body[link.span.end : link.span.end + 1] not in ("(", "["):
                    continue  # the label of a Markdown link, of which more follows
                link = replace(link, cited=_is_address(seen.labels[opening]))
        if starts and link.span.start in tables:
            at = bisect_right(starts, link.span.start) - 1
            if at < 0 or link.span.end > cells[at].end:
                continue
            yield replace(link, in_table=True)
        else:
            yield link


def _is_address(destination: str) -> bool:
    """True if what follows a wikilink is an address, as in a citation that was clipped: `[[2]](#ref-2)` (G1a)."""
    return destination.startswith(("#", "/", "?")) or is_external(destination)


def find_template_commands(body: str, opaque: Regions) -> Iterator[Span]:
    """`<% ... %>`: commands of a template engine, to be replaced, not read. One pass, whatever the text.

    A program, `<%* ... %>`, may have several lines; else `<%` is text where nothing closes it on its line.
    """
    start, end = body.find("<%") if "%" in body and "<" in body else -1, 0
    while start >= 0:
        if end < start + 2:
            end = body.find("%>", start + 2)
        if end < 0:
            return
        is_program = _PROGRAM.match(body, start) is not None and start not in opaque
        line_end = -1 if is_program else body.find("\n", start, end)
        if line_end < 0:
            yield Span(start, end + 2)
        start = body.find("<%", end + 2 if line_end < 0 else line_end)


def find_comments(body: str, opaque: Regions) -> Iterator[Span]:
    """`%%...%%` (N4). At a line's start a comment may run over blank lines, to the end if it is never closed."""
    if "%" not in body:  # a single character is found in no time
        return
    marks = [match.start() for match in _COMMENT.finditer(body) if match.start() not in opaque]
    at = before = 0  # `before`: the mark that was last looked at
    opens_line = True  # whether nothing but blanks stands between that mark's line and that mark
    while at < len(marks):
        start = marks[at]
        between = body[before:start]
        line_end = max(between.rfind("\n"), between.rfind("\r"))
        opens_line = (line_end >= 0 or opens_line) and not between[line_end + 1 :].strip()
        block, before = opens_line, start
        if at + 1 == len(marks):
            if block:
                yield Span(start, len(body))
            return
        end = marks[at + 1] + 2
        if block or not _BLANK_LINE.search(body, start, end):
            yield Span(start, end)
            at += 2
        else:
            at += 1


def find_footnotes(body: str, code: Regions) -> Iterator[str]:
    """The labels of footnotes, in lower case (H5)."""
    for match in _FOOTNOTE.finditer(body) if "^" in body and "[^" in body else ():
        if match.start(1) - 2 not in code:
            yield match[1].lower()


def find_block_ids(body: str, opaque: Regions, headings: Sequence[Heading]) -> Iterator[BlockId]:
    """Block ids at the end of a block or alone on a line (H7), and as the Digital Garden publishes them (`{ #id}`).

    A space before the caret is what the documentation asks for; its own notes do without it, and the links work.
    The text behind one of the `headings` does not continue it.
    """
    found = [*_BLOCK_ID.finditer(body), *(match for match in _PUBLISHED_ID.finditer(body) if _begins_line(body, match))]
    ends = {heading.span.end for heading in headings} if found else ()
    for match in sorted(found, key=re.Match.start) if len(found) > 1 else found:
        if match.start(1) in opaque:
            continue
        if match[0][0] == "^" and match.end() not in ends and _CONTINUES.match(body, match.end()):
            continue
        yield BlockId(match[1], Span(*match.span(1)))


def _begins_line(body: str, match: re.Match[str]) -> bool:
    """True if only blanks and marks of quotes stand before it. Looked up backwards: few lines hold a brace."""
    at = match.start()
    while at and body[at - 1] in " \t>":
        at -= 1
    return at == 0 or body[at - 1] == "\n"
