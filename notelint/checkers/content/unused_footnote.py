"""See unused_footnote.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.note.footnotes import footnotes
from notelint.note.note import Note


class UnusedFootnote(NoteChecker):
    """A footnote that nothing refers to, so that no reader sees its text."""

    family = "content"
    severity = Severity.WARNING

    def hint(self) -> str:
        """The text with which every definition begins."""
        return r"\[\^[^\s\]]+\]:"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each definition that no reference names, the first of each label."""
        found = footnotes(note)
        used = {label for label, _ in (*found.references, *found.inline)} | found.hidden
        for label, span in found.definitions:
            if label not in used:
                used.add(label)
                written = span.of(note.text)[:-1]
                yield Finding(span, f"nothing refers to the footnote {written}, and no reader sees it", about=label)
