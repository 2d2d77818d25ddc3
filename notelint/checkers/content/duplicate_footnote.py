"""See duplicate_footnote.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.text import Span
from notelint.note.footnotes import footnotes
from notelint.note.note import Note


class DuplicateFootnote(NoteChecker):
    """A footnote that is defined twice, so that one of its texts is lost."""

    family = "content"
    severity = Severity.WARNING

    def hint(self) -> str:
        """The text with which every definition begins."""
        return r"\[\^[^\s\]]+\]:"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each definition of a label that has one already."""
        first: dict[str, Span] = {}
        for label, span in footnotes(note).definitions:
            there = first.setdefault(label, span)
            if there is not span:
                line = note.lines.position(there.start)[0]
                written = span.of(note.text)[:-1]
                message = f"footnote {written} is defined here and on line {line}: readers see only one of them"
                yield Finding(span, message, about=label)
