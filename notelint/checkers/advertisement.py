"""See advertisement.md."""

from collections.abc import Iterator

from notelint import residue
from notelint.checker import NoteChecker
from notelint.diagnostic import Finding, Severity
from notelint.note import Note


class Advertisement(NoteChecker):
    """A notice of advertising that a website put into the article."""

    family = "residue"
    severity = Severity.WARNING
    Options = residue.Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each line that is residue of this kind."""
        yield from residue.lines(note, self.id, self.options)
