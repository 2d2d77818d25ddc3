"""One run that mends: fixes found, applied, verified, shown as a difference, written, taken back."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from notelint.diagnostic import Diagnostic
from notelint.mend import Mended, mend
from notelint.note import Note
from notelint.run import Run
from notelint.write import ChangedMeanwhileError, Journal, Undone, write


@dataclass(frozen=True)
class Written:
    """What happened to the mended notes: how many fixes went into which note, and what was left as it was, and why."""

    notes: Mapping[str, int]
    problems: Mapping[str, str]


def find(run: Run, paths: Sequence[Path], *, unsafe: bool) -> Mended:
    """Mend the notes that `paths` name (none: the whole vault), in memory only. Raises `NotelintError`."""
    notes = {path: run.note(path) for path in run.asked(paths)}
    return mend(notes, _Linter(run), unsafe=unsafe)


def find_in_text(run: Run, path: str, data: bytes, *, unsafe: bool) -> tuple[bytes, Mended]:
    """Mend a note that is not (yet) what the file at `path` holds: its bytes as they should be."""
    note = run.decode(path, data)
    mended = mend({path: note}, _Linter(run), unsafe=unsafe)
    return mended.notes.get(path, note).encode(), mended


class _Linter:
    """Checks notes as they are mended, round by round, each seen in a vault that holds all that was mended so far."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._changed: dict[str, Note] = {}

    def __call__(self, notes: Mapping[str, Note]) -> Mapping[str, list[Diagnostic]]:
        renewed = {path: self._run.decode(path, note.encode()) for path, note in notes.items()}
        self._changed |= renewed
        vault = self._run.vault_with(self._changed)
        return {path: self._run.lint(note, vault) for path, note in renewed.items()}


def difference(run: Run, mended: Mended) -> Iterator[str]:
    """Unified differences of all mended notes, line by line, without line ends; before each, what was done and why."""
    for path, note in sorted(mended.notes.items()):
        yield from (f"# {path}:{applied}" for applied in mended.applied.get(path, ()))
        old, new = run.note(path).text.split("\n"), note.text.split("\n")
        yield from difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")


def write_all(run: Run, mended: Mended) -> Written:
    """Write the mended notes, each atomically, and keep what is needed to take that back. Raises `NotelintError`."""
    problems = dict(mended.problems)
    written: dict[str, int] = {}
    journal = Journal(run.root)
    if mended.notes:
        journal.begin()
    for path, note in sorted(mended.notes.items()):
        old, new = run.note(path).encode(), note.encode()
        try:
            journal.record(path, old, new)
            write(run.root / path, old, new)
            written[path] = len(mended.applied.get(path, ()))
        except ChangedMeanwhileError:
            problems[path] = "it was changed by somebody else meanwhile"
        except OSError as error:
            problems[path] = f"it cannot be written: {error.strerror}"
    return Written(written, problems)


def undo(root: Path) -> Undone:
    """Take the last run's fixes back. Raises `NotelintError` if there are none."""
    return Journal(root).undo()
