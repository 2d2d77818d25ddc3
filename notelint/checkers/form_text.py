"""See form_text.md."""

from collections.abc import Iterator

from notelint import residue
from notelint.checker import NoteChecker
from notelint.diagnostic import Finding, Severity
from notelint.note import Note


class FormText(NoteChecker):
    """A message of a form on the website that the article was copied from."""

    family = "residue"
    severity = Severity.WARNING
    Options = residue.Options

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each line that is residue of this kind."""
        yield from residue.lines(note, self.id, self.options)
