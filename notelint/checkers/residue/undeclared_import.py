"""See undeclared_import.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.shell_words import path_word
from notelint.core.text import Span
from notelint.note.note import Note
from notelint.residue import hints, imports


class UndeclaredImport(NoteChecker):
    """A note that holds what websites consist of, and does not say that it was imported."""

    family = "residue"
    severity = Severity.INFO

    def hint(self) -> str:
        """The lines that websites are full of, but for those that are common elsewhere."""
        return hints.chrome()

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding, at the first of the lines that tell."""
        from notelint.residue import chrome

        found = {} if imports.is_import(note) else chrome.kinds(note)
        if found:
            start = min(span.start for span in found.values())
            line = note.lines.line_span(note.lines.position(start)[0])
            source = line.of(note.text)
            start = line.start + len(source) - len(source.lstrip())
            what = ", ".join(sorted(found))
            yield Finding(
                Span(start, start + len(source.strip())),
                f"this note holds lines of a website ({what}), and does not say that it is an import: "
                f"if it is one, run `notelint fix --imported {path_word(note.path)}`",
            )
