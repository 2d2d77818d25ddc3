"""Folding: frontmatter, the sections under headings, code, comments, and items of lists with what belongs to them."""

from collections.abc import Iterator

from lsprotocol import types

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.note import Note
from notelint.note.sections import ends

_ITEM = lazy_regex(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]")


def folds(note: Note) -> list[types.FoldingRange]:
    """The ranges of lines that can be folded, each once, in their order."""
    found = dict[tuple[int, int], types.FoldingRangeKind | None]()
    for span, kind in _spans(note):
        first, last = note.lines.position(span.start)[0], _last_line(note, span)
        if last > first:
            found.setdefault((first - 1, last - 1), kind)
    for lines in _items(note):
        found.setdefault(lines, None)
    return [types.FoldingRange(first, last, kind=kind) for (first, last), kind in sorted(found.items(), key=_by_lines)]


def _by_lines(one: tuple[tuple[int, int], object]) -> tuple[int, int]:
    return one[0]


def _spans(note: Note) -> Iterator[tuple[Span, types.FoldingRangeKind | None]]:
    if note.frontmatter is not None:
        yield note.frontmatter.span, types.FoldingRangeKind.Region
    headings = note.outer_headings
    for heading, end in zip(headings, ends(headings, len(note.text)), strict=True):
        yield Span(heading.span.start, end), None
    for span in note.structure.code.spans:
        yield span, None
    for span in note.structure.comments.spans:
        yield span, types.FoldingRangeKind.Comment


def _last_line(note: Note, span: Span) -> int:
    """The last line of a span that is not blank."""
    text = span.of(note.text).rstrip()
    return note.lines.position(span.start + max(len(text) - 1, 0))[0]


def _items(note: Note) -> Iterator[tuple[int, int]]:
    """Items of lists, from their line to the last one that is indented below it."""
    open_items = list[tuple[int, int]]()  # indentation and line
    last = 0
    for number in range(note.lines.position(note.body_start)[0], len(note.lines) + 1):
        line = note.lines.line_span(number)
        text = line.of(note.text).rstrip("\r\n")
        if not text.strip():
            continue
        indent = len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip())
        while open_items and open_items[-1][0] >= indent:
            start = open_items.pop()[1]
            if last > start:
                yield start - 1, last - 1
        if _ITEM.match(text) is not None and line.start not in note.structure.opaque:
            open_items.append((indent, number))
        last = number
    for _, start in reversed(open_items):
        if last > start:
            yield start - 1, last - 1
