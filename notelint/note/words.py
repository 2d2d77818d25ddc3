"""The words of a note that a reader sees."""

from collections.abc import Iterator

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.note import Note

_WORD = lazy_regex(r"[^\W_]+")


def words(note: Note) -> Iterator[tuple[str, Span]]:
    """The words of a note, each with its place: none of the frontmatter, of headings, of comments."""
    headings = (heading.span for heading in note.headings)
    comments = [html for html in note.structure.html.spans if html.of(note.text).lstrip().startswith("<!--")]
    apart = Regions([*headings, *note.structure.comments.spans, *comments])
    for match in _WORD.finditer(note.text, note.body_start):
        span = Span(*match.span())
        if not apart.touching(span):
            yield match.group(), span
