"""See edit_history.md."""

from collections.abc import Iterator

from notelint.checkers.residue import base
from notelint.core.diagnostic import Finding
from notelint.note.note import Note


class EditHistory(base.ResidueChecker):
    """Lines about authors and revisions of an imported article: facts that belong in the frontmatter."""

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the facts that the article's page tells, and each line that only its editors need."""
        yield from base.history(note, self.options)
