"""`notelint fix --interactive`: shows each finding with its candidates, and applies those that are taken."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import click

from notelint.core.diagnostic import Diagnostic, Fix, FixCandidate, Safety
from notelint.core.printable import printable
from notelint.core.unified_diff import hunks
from notelint.edits.apply import applied_whole, conflicts
from notelint.edits.fix_loop import Applied, FixedNotes
from notelint.edits.verify import violation
from notelint.note.note import Note

_CHOICES = "y or a number takes one, s skips, n skips the note, q quits"


class _Answer(StrEnum):
    SKIP = "s"
    NEXT_NOTE = "n"
    QUIT = "q"


@dataclass
class _Taken:
    """The fixes that were accepted for one note."""

    note: Note
    fixes: list[Fix] = field(default_factory=list)
    applied: list[Applied] = field(default_factory=list)

    def with_fix(self, fix: Fix) -> Note:
        """The note with all that was taken, and this."""
        return applied_whole(self.note, [*self.fixes, fix])

    def refusal(self, fix: Fix) -> str | None:
        """Why a fix cannot be applied to what was taken so far; None if it can."""
        if conflicts(fix, self.fixes):
            return "it touches what was taken before: run this again"
        edits = [edit for one in (*self.fixes, fix) for edit in one.edits]
        lost = violation(self.note, self.with_fix(fix), edits)
        return None if lost is None else f"not applied: {lost}"


def choose(notes: Mapping[str, Note], found: Mapping[str, Sequence[Diagnostic]]) -> FixedNotes:
    """Ask for each diagnostic that has candidates which of them to apply. The end of the input quits."""
    result = FixedNotes(before=notes)
    for path, diagnostics in found.items():
        taken, goes_on = _Taken(notes[path]), True
        for diagnostic in diagnostics:
            answer = _ask(taken, diagnostic) if diagnostic.candidates else _Answer.SKIP
            goes_on = answer is not _Answer.QUIT
            if answer in (_Answer.QUIT, _Answer.NEXT_NOTE):
                break
        if taken.fixes:
            result.notes[path] = applied_whole(taken.note, taken.fixes)
            result.applied[path] = taken.applied
        if not goes_on:
            break
    return result


def _ask(taken: _Taken, diagnostic: Diagnostic) -> _Answer:
    """Show a diagnostic and its candidates until one is taken, or something else is asked for."""
    click.echo(printable(str(diagnostic)))
    for number, candidate in enumerate(diagnostic.candidates, 1):
        for line in _shown(taken.note, number, candidate):
            click.echo(printable(line))
    while True:
        click.echo(f"Apply one? ({_CHOICES}) ", nl=False)
        said = sys.stdin.readline()
        if not said:
            click.echo()
            return _Answer.QUIT
        said = said.strip().lower() or _Answer.SKIP
        if said in set(_Answer):
            return _Answer(said)
        number = 1 if said == "y" else int(said) if said.isdecimal() else 0
        if not 1 <= number <= len(diagnostic.candidates):
            click.echo(f"{said!r} is not a choice: {_CHOICES}.")
            continue
        fix = diagnostic.candidates[number - 1].fix
        refusal = taken.refusal(fix)
        if refusal is None:
            taken.fixes.append(fix)
            taken.applied.append(Applied(diagnostic.start.line, diagnostic.checker, fix.title, fix.safety))
            return _Answer.SKIP
        click.echo(printable(refusal))


def _shown(note: Note, number: int, candidate: FixCandidate) -> Iterator[str]:
    """A candidate: its number, what it does, how surely, and the lines that it changes."""
    safety = "" if candidate.fix.safety is Safety.SAFE else f" ({candidate.fix.safety})"
    yield f"  {number}  {candidate.fix.title}{safety}"
    after = applied_whole(note, [candidate.fix])
    for line in hunks(note.encode(), after.encode(), note.path, note.path, context=0):
        if not line.startswith(("---", "+++", "@@", "\\")):
            yield f"     {line}"
