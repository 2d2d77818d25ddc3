"""Headings as Obsidian shows them: their text is the raw source (H3)."""

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.markdown.model import Heading

_ATX = lazy_regex(r"[ \t]*#{1,6}(?:[ \t]+|$)")
_LINE_END = lazy_regex(r"\r?\n|\r|\Z")
_OPENINGS = tuple("#" * level + " " for level in range(7))
_SETEXT_LINE = lazy_regex(r"(?:\r\n|\n|\r)[ \t>]*(?:=+|-+)[ \t]*(?:\r\n|\n|\r|$)")


def simple_heading(level: int, title: str | None, start: int, end: int, nested: bool = False) -> Heading | None:
    """A heading whose title ends it, and is all that stands behind its `#`, as of nearly all; else None."""
    if title and "#" not in title and title == title.strip():
        return Heading(level, title, Span(start, end), Span(end - len(title), end), nested)
    return None


def read_heading(body: str, span: Span, level: int, nested: bool) -> Heading:
    """A heading from the span that the parser gives it: from its `#` or text to its line end."""
    source = span.of(body)
    if source[: level + 1] == _OPENINGS[level]:
        title = source[level + 1 :].rstrip("\n")
        simple = simple_heading(level, title, span.start, span.start + level + 1 + len(title), nested)
        if simple is not None:
            return simple
    match = _ATX.match(source)
    if match is not None:
        text_span = _title(source, match.end(), span.start)
    else:
        underlines = [found.start() for found in _SETEXT_LINE.finditer(source)]
        end = span.start + (underlines[-1] if underlines else len(source.rstrip()))
        text_span = Span(span.start, end)
    line = Span(span.start, span.start + len(source.rstrip("\r\n")))
    return Heading(level, text_span.of(body).strip(), line, text_span, nested)


def _title(source: str, start: int, offset: int) -> Span:
    """The text behind the `#` of a heading, up to blanks and closing `#` at its line's end; `source` is at `offset`.

    By hand, for a pattern that tries each blank as the last one takes time by the square of their number.
    """
    end_of_line = _LINE_END.search(source, start)
    line = source[start : len(source) if end_of_line is None else end_of_line.start()].rstrip(" \t")
    bare = line.rstrip("#")
    if bare != line and bare.endswith((" ", "\t")):
        line = bare.rstrip(" \t")
    return Span(offset + start, offset + start + len(line))
