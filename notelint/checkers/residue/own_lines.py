"""A residue checker with the lines that the configuration adds to what it knows."""

from collections.abc import Iterator, Sequence

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding
from notelint.note.note import Note
from notelint.residue.patterns import OwnPattern, own_lines


class WithOwnLines(NoteChecker):
    """A residue checker that finds, besides what it knows, what the configuration says of its kind."""

    def __init__(self, inner: NoteChecker, patterns: Sequence[OwnPattern]) -> None:
        super().__init__(inner.options, inner.id)
        self.severity = inner.severity  # type: ignore[misc]
        self._inner, self._patterns = inner, patterns

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield what the checker finds, then the lines that the configuration describes."""
        known = list(self._inner.check(note))
        yield from known
        starts = {finding.span.start for finding in known}
        yield from (f for f in own_lines(note, self.id, self._patterns) if f.span.start not in starts)
