"""See repeated_boilerplate.md."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.edits.allowance import Part
from notelint.note.note import Note
from notelint.residue.patterns import OwnPattern, own_lines


class RepeatedBoilerplateOptions(Struct, frozen=True):
    """Options of `repeated-boilerplate`: texts that repeat, besides the tables [[residue]] of the configuration."""

    patterns: Annotated[tuple[OwnPattern, ...], "Lines to find, written as tables [[residue]] are."] = ()


class RepeatedBoilerplate(NoteChecker):
    """A line that the configuration knows as one that a website repeats in its articles."""

    Options = RepeatedBoilerplateOptions
    family = "residue"
    severity = Severity.WARNING
    takes = frozenset({Part.WORDS, Part.LINKS, Part.HEADINGS})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such line of the body."""
        yield from own_lines(note, self.id, self.options.patterns)
