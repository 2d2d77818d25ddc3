"""Properties that all stand on one line of JSON: each is recognised by its own text, not by what stands beside it."""

from bisect import bisect_right
from collections.abc import Callable

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.note import Note

_JSON = lazy_regex(r"---[ \t]*\r?\n?\s*\{")
_LONGEST = 200  # characters of a property


def known_in(note: Note) -> Callable[[Span], str | None] | None:
    """A function that gives the text of the property in which a span begins; None for a note without JSON.

    The function gives None for a place outside of them.
    """
    block = note.frontmatter if _JSON.match(note.text) else None
    if block is None or block.form != "json":
        return None
    spans = sorted((place.key.start, place.value.end) for path, place in block.places.items() if len(path) == 1)

    def known_by(span: Span) -> str | None:
        at = bisect_right(spans, (span.start, len(note.text)))
        start, end = spans[at - 1] if at else (0, 0)
        return note.text[start : min(end, start + _LONGEST)] if span.start < end else None

    return known_by
