"""See duplicate_key.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.frontmatter.model import Duplicate
from notelint.note.note import Note


class DuplicateKey(NoteChecker):
    """A property that stands twice in the frontmatter, so that one of its values is lost."""

    family = "frontmatter"
    takes = frozenset({Part.PROPERTIES, Part.VALUES})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each key that was there before."""
        block = note.frontmatter
        for again in () if block is None else block.duplicates:
            line = note.lines.position(again.first.start)[0]
            message = f"property {again.key!r} stands here and on line {line}: keep one of them"
            yield Finding(again.span, message, _fix(note, again), about=str(again.key))


def _fix(note: Note, again: Duplicate) -> Fix | None:
    """Remove the later one if it is a whole line that says the same, letter for letter."""
    lines = [note.lines.line_span(note.lines.position(span.start)[0]) for span in (again.first, again.span)]
    first, second = (line.of(note.text).rstrip() for line in lines)
    following = note.text[lines[1].end : lines[1].end + 1]
    after_first = note.text[lines[0].end : lines[0].end + 1]
    if first != second or lines[0] == lines[1] or first.endswith((":", "|", ">", "[", "{", ",")):
        return None
    if {following, after_first} & {" ", "\t"}:  # the value goes on
        return None
    edit = Edit(Span(lines[1].start, lines[1].end), "")
    return Fix(f"remove the second {again.key!r}, which says the same", (edit,))
