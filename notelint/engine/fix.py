"""One run that fixes: fixes found, applied, verified, shown as a difference, written, taken back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from notelint.core.diagnostic import Diagnostic, Finding, Fix, Safety, Severity
from notelint.core.printable import printable
from notelint.core.text import Span
from notelint.core.transaction import Transaction, why_not
from notelint.core.unified_diff import hunks, opening
from notelint.edits.fix_loop import FixedNotes, fix_notes
from notelint.edits.journal import Journal, Undone
from notelint.edits.left_alone import reason_to_leave
from notelint.engine import lint
from notelint.engine.linked_parts import LinkedParts
from notelint.engine.named_paths import notes_named
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.residue.declaration import declaration
from notelint.residue.imports import is_import, is_written_down
from notelint.vault.vault import Vault

MERGE = "merge-conflict-marker"  # of a note that is left alone, which is said
_MANY = 20  # notes from which on it pays to look first which have a fix
DECLARING = "undeclared-import"  # whose fix it is counted as, where the command line declares an import


class WrittenFixes(Struct, frozen=True):
    """The outcome for the fixed notes: how many fixes went into which note, and what was left as it was, and why.

    `left` counts the diagnostics that could still be fixed, by safety; `stopped` is the signal that came meanwhile, if
    one did: all was written first.
    """

    notes: Mapping[str, int]
    problems: Mapping[str, str]
    left: Mapping[Safety, int] = field(default_factory=dict)
    stopped: int | None = None
    remark: str | None = None  # what a run before left that was stopped
    refused: Mapping[str, Sequence[str]] = field(default_factory=dict)  # fixes left out of fixed notes, and why


def find(run: Workspace, paths: Sequence[Path], *, unsafe: bool) -> FixedNotes:
    """Fix the notes that `paths` name (none: the whole vault), in memory only. Raises `NotelintError`."""
    asked = list(notes_named(run, paths))
    worth, left = (asked, {}) if len(asked) < _MANY or run.named_imports else _worth_fixing(run, asked, unsafe)
    notes = {path: run.read(path) for path in worth}
    unchanged = {path: reason for path, note in notes.items() if (reason := reason_to_leave(note)) is not None}
    linter = _Linter(run, guesses_once=unsafe)
    calm = {path: note for path, note in notes.items() if path not in unchanged}
    fixed = fix_notes(calm, linter, unsafe=unsafe, allowed=run.plans.allowance, renewed=linter.renewed)
    fixed.problems |= unchanged
    fixed.left = {**left, **fixed.left}
    return fixed


def _worth_fixing(run: Workspace, asked: Sequence[str], unsafe: bool) -> tuple[list[str], dict[str, Counter[Safety]]]:
    """The notes that have a fix to apply, and what could be fixed in each note, as the cache knows it or a check finds.

    Of a whole vault few notes have one: the others are neither read nor parsed.
    """
    left: dict[str, Counter[Safety]] = {}
    marked: set[str] = set()
    for found in run.diagnostics(asked):
        if found.safety is not None:
            left.setdefault(found.path, Counter())[found.safety] += 1
        if found.checker == MERGE or found.safety is Safety.SAFE or (unsafe and found.safety is Safety.UNSAFE):
            marked.add(found.path)
    return [path for path in asked if path in marked], left


def candidates(run: Workspace, paths: Sequence[Path]) -> tuple[dict[str, Note], Mapping[str, list[Diagnostic]]]:
    """The notes that `paths` name, and their diagnostics, whose candidates somebody is to choose from."""
    notes = {path: run.read(path) for path in notes_named(run, paths)}
    notes = {path: note for path, note in notes.items() if reason_to_leave(note) is None}
    return notes, _Linter(run)(notes)


def find_in_text(
    run: Workspace, path: str, data: bytes, *, unsafe: bool, others: Mapping[str, Note] | None = None
) -> tuple[bytes, FixedNotes]:
    """Fix a note that is not (yet) what the file at `path` holds: its bytes as they should be.

    `others` are notes that are not what their files hold either: texts that an editor has not saved.
    """
    return _in_text(_Linter(run, others, guesses_once=unsafe), run, path, data, unsafe=unsafe)


def find_safe_in_text(
    run: Workspace, path: str, data: bytes, others: Mapping[str, Note] | None = None
) -> tuple[bytes, FixedNotes]:
    """Fix a note like `find_in_text`, safely, where nobody wants to know what unsafe fixes are left: it is faster."""
    return _in_text(_Linter(run, others, safe_only=True), run, path, data, unsafe=False)


def _in_text(linter: "_Linter", run: Workspace, path: str, data: bytes, *, unsafe: bool) -> tuple[bytes, FixedNotes]:
    note = run.decode(path, data)
    unchanged = reason_to_leave(note)
    if unchanged is not None:
        return data, FixedNotes(problems={path: unchanged})
    fixed = fix_notes({path: note}, linter, unsafe=unsafe, allowed=run.plans.allowance, renewed=linter.renewed)
    return fixed.notes.get(path, note).encode(), fixed


def undeclared(run: Workspace) -> dict[str, str]:
    """The notes that the command line declares imports, and in which that cannot be written down: why."""
    found = {}
    for path in sorted(run.named_imports):
        note = run.note(path)
        if not is_written_down(note):
            reason = declaration(note, run.import_profile.match.properties)
            if isinstance(reason, str):
                found[path] = reason
    return found


class _Linter:
    """Checks notes as they are fixed, round by round, each seen in a vault that holds all that was fixed so far."""

    def __init__(
        self,
        run: Workspace,
        unsaved: Mapping[str, Note] | None = None,
        *,
        safe_only: bool = False,
        guesses_once: bool = False,
    ) -> None:
        self._run, self._safe_only, self._guesses_once = run, safe_only, guesses_once
        self._guessed: dict[str, str] = {}  # the text of which residue was guessed
        self._changed: dict[str, Note] = dict(unsaved or {})
        self._imports: dict[str, bool] = {}  # whether a note was an import before anything was fixed

    def renewed(self, note: Note) -> Note:
        """A note as it is now. What was signed as an import stays one though its signature goes round by round."""
        now = self._run.decode(note.path, note.encode())
        signed = self._imports.setdefault(note.path, is_import(now))
        now = now.as_named_import() if signed else now
        return now.for_safe_fixes() if self._safe_only or self._is_guessed(now) else now

    def _is_guessed(self, note: Note) -> bool:
        """True if residue of an import has been guessed, and taken out: of what is left, each end looks like the end.

        Guesses are of whole pages, as they came. In the rest of one they would go on, paragraph by paragraph.
        """
        if not self._guesses_once or (note.path in self._run.named_imports and not is_written_down(note)):
            return False
        return self._guessed.setdefault(note.path, note.text) != note.text

    def __call__(self, notes: Mapping[str, Note]) -> Mapping[str, list[Diagnostic]]:
        renewed = {path: self.renewed(note) for path, note in notes.items()}
        self._changed |= renewed
        vault = self._run.vault_with(self._changed)
        linked = LinkedParts(vault)
        return {path: self._of(note, vault, linked) for path, note in renewed.items()}

    def _of(self, note: Note, vault: Vault, linked: LinkedParts) -> list[Diagnostic]:
        """The diagnostics of one note; of one that the command line declares an import, first that alone."""
        if note.path in self._run.named_imports and not is_written_down(note):
            fix = declaration(note, self._run.import_profile.match.properties)
            if isinstance(fix, Fix):
                return lint.diagnostics(
                    note, [lint.Found(DECLARING, Severity.INFO, Finding(Span(0, 0), fix.title, fix))]
                )
        return linked.keep(note, self._run.lint(note, vault))


Files = Mapping[str, tuple[bytes, bytes]]  # other files of the vault: what they held, and what they are to hold


def difference(fixed: FixedNotes, files: Files | None = None) -> Iterator[str]:
    """The fixes as a diff, as git writes it, line by line, without line ends; before each note, what was done and
    why.
    """
    for path, note in sorted(fixed.notes.items()):
        yield from (printable(f"# {path}:{applied}") for applied in fixed.applied.get(path, ()))
        yield opening(path, path)
        yield from hunks(fixed.before[path].encode(), note.encode(), path, path)
    for path, (old, new) in sorted((files or {}).items()):
        yield opening(path, path)
        yield from hunks(old, new, path, path)


def write_all(run: Workspace, fixed: FixedNotes, files: Files | None = None, *, undo: bool = True) -> WrittenFixes:
    """Write the fixed notes, and keep what is needed to take that back, unless `undo` is false.

    All are written beside the notes before the first one takes its place. Raises `NotelintError` where nothing could
    be written: the disk is full, there is no place for a journal, another run writes, a signal came.
    """
    problems = dict(fixed.problems)
    wanted = {path: (fixed.before[path].encode(), note.encode()) for path, note in fixed.notes.items()}
    wanted |= files or {}
    left = {safety: fixed.count_left(safety) for safety in Safety}
    if not wanted:
        return WrittenFixes({}, problems, left)
    written = dict[str, int]()
    journal = Journal(run.root, on=undo)
    try:
        with Transaction(run.root, journal) as transaction:
            journal.begin()
            for path, (old, new) in sorted(wanted.items()):
                reason = why_not(partial(transaction.prepare, path, old, new))
                if reason is not None:
                    problems[path] = reason
            problems |= transaction.put_each()
            written = {path: len(fixed.applied.get(path, ())) or 1 for path in sorted(wanted) if path not in problems}
    finally:  # once nothing is left beside the notes
        journal.end(changed=bool(written))
    refused = {path: said for path, said in fixed.refused.items() if path in written}
    return WrittenFixes(written, problems, left, transaction.stopped, journal.remark, refused)


def undo(root: Path, moved_from: Path | None = None) -> Undone:
    """Take the last run's fixes back. Raises `NotelintError` if there are none.

    `moved_from` is the path that the vault had when they were applied, if it had another one.
    """
    return Journal(root, moved_from=moved_from).undo()
