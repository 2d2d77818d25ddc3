"""One run that fixes: fixes found, applied, verified, shown as a difference, written, taken back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import unquote

from notelint.core.diagnostic import Diagnostic, Finding, Fix, Safety, Severity
from notelint.core.printable import printable
from notelint.core.text import Span
from notelint.core.transaction import Transaction, why_not
from notelint.core.unified_diff import hunks, opening
from notelint.edits.apply import apply
from notelint.edits.fix_loop import FixedNotes, fix_notes
from notelint.edits.journal import Journal, Undone
from notelint.edits.merge_conflict import conflict
from notelint.engine import lint
from notelint.engine.workspace import Run
from notelint.garden.permalinks import output_file
from notelint.note.note import Note
from notelint.residue.declaration import declaration
from notelint.residue.imports import is_import, is_written_down
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault

MERGE = "merge-conflict-marker"  # of a note that is left alone, which is said
_MANY = 20  # notes from which on it pays to look first which have a fix
DECLARING = "undeclared-import"  # whose fix it is counted as, where the command line declares an import


@dataclass(frozen=True)
class Written:
    """What happened to the fixed notes: how many fixes went into which note, and what was left as it was, and why.

    `left` counts the diagnostics that could still be fixed, by safety; `stopped` is the signal that came meanwhile, if
    one did: all was written first.
    """

    notes: Mapping[str, int]
    problems: Mapping[str, str]
    left: Mapping[Safety, int] = field(default_factory=dict)
    stopped: int | None = None
    remark: str | None = None  # what a run before left that was stopped
    refused: Mapping[str, Sequence[str]] = field(default_factory=dict)  # fixes left out of fixed notes, and why


def find(run: Run, paths: Sequence[Path], *, unsafe: bool) -> FixedNotes:
    """Fix the notes that `paths` name (none: the whole vault), in memory only. Raises `NotelintError`."""
    asked = list(run.asked(paths))
    worth, left = (asked, {}) if len(asked) < _MANY or run.named_imports else _worth_fixing(run, asked, unsafe)
    notes = {path: run.read(path) for path in worth}
    merging = {path: reason for path, note in notes.items() if (reason := conflict(note)) is not None}
    linter = _Linter(run)
    calm = {path: note for path, note in notes.items() if path not in merging}
    fixed = fix_notes(calm, linter, unsafe=unsafe, allowed=run.allowance, renewed=linter.renewed)
    fixed.problems |= merging
    fixed.left = {**left, **fixed.left}
    return fixed


def _worth_fixing(run: Run, asked: Sequence[str], unsafe: bool) -> tuple[list[str], dict[str, Counter[Safety]]]:
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


def candidates(run: Run, paths: Sequence[Path]) -> tuple[dict[str, Note], Mapping[str, list[Diagnostic]]]:
    """The notes that `paths` name, and their diagnostics, whose candidates somebody is to choose from."""
    notes = {path: run.read(path) for path in run.asked(paths)}
    notes = {path: note for path, note in notes.items() if conflict(note) is None}
    return notes, _Linter(run)(notes)


def find_in_text(run: Run, path: str, data: bytes, *, unsafe: bool) -> tuple[bytes, FixedNotes]:
    """Fix a note that is not (yet) what the file at `path` holds: its bytes as they should be."""
    note = run.decode(path, data)
    merging = conflict(note)
    if merging is not None:
        return data, FixedNotes(problems={path: merging})
    linter = _Linter(run)
    fixed = fix_notes({path: note}, linter, unsafe=unsafe, allowed=run.allowance, renewed=linter.renewed)
    return fixed.notes.get(path, note).encode(), fixed


def undeclared(run: Run) -> dict[str, str]:
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

    def __init__(self, run: Run) -> None:
        self._run = run
        self._changed: dict[str, Note] = {}
        self._imports: dict[str, bool] = {}  # whether a note was an import before anything was fixed

    def renewed(self, note: Note) -> Note:
        """A note as it is now. What was signed as an import stays one though its signature goes round by round."""
        now = self._run.decode(note.path, note.encode())
        signed = self._imports.setdefault(note.path, is_import(now))
        return now.as_named_import() if signed else now

    def __call__(self, notes: Mapping[str, Note]) -> Mapping[str, list[Diagnostic]]:
        renewed = {path: self.renewed(note) for path, note in notes.items()}
        self._changed |= renewed
        vault = self._run.vault_with(self._changed)
        anchors = _Anchors(vault)
        return {path: self._of(note, vault, anchors) for path, note in renewed.items()}

    def _of(self, note: Note, vault: Vault, anchors: "_Anchors") -> list[Diagnostic]:
        """The diagnostics of one note; of one that the command line declares an import, first that alone."""
        if note.path in self._run.named_imports and not is_written_down(note):
            fix = declaration(note, self._run.import_profile.match.properties)
            if isinstance(fix, Fix):
                return lint.diagnostics(
                    note, [lint.Found(DECLARING, Severity.INFO, Finding(Span(0, 0), fix.title, fix))]
                )
        return anchors.keep(note, self._run.lint(note, vault))


class _Anchors:
    """The parts of notes that links name: a fix must not take away what a link of another note finds."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """The subpaths by which links name parts of a note, by its path."""
        named: dict[str, set[str]] = {}
        for source, outline in self._vault.outlines.items():
            for link in outline.links:
                target = self._vault.resolve_link(link, source).target if link.target.subpath else None
                if target is not None and link.target.subpath is not None:
                    named.setdefault(target, set()).add(link.target.subpath)
        return named

    @cached_property
    def _linked(self) -> set[str]:
        """The files of the site that links name by their address, in lower case."""
        paths = (
            link.target.path for outline in self._vault.outlines.values() for link in outline.links if link.is_site_path
        )
        return {output_file(f"{unquote(path.partition('?')[0])}/").lower() for path in paths}

    def keep(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """The diagnostics without those fixes by which a link would lose what it finds: a part of a note, a page."""
        return self._keep_parts(note, self._keep_address(note, found))

    def _keep_address(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that give the note another address on the site than links name (DG-U6)."""
        start = note.body_start
        touching = [d for d in found if d.fix and any(edit.span.start < start for edit in d.fix.edits)]
        address = self._vault.site.claimed(note.outline) if touching else None
        if address is None or output_file(address).lower() not in self._linked:
            return found
        dropped = {id(d) for d in touching if d.fix and self._address(note, d.fix) != output_file(address)}
        return [replace(d, fix=None, edits=()) if id(d) in dropped else d for d in found]

    def _address(self, note: Note, fix: Fix) -> str | None:
        """The file of the site that the note is written to when a fix is applied."""
        outline = Note(note.path, apply(note.text, [fix])[0]).outline
        address = Vault({note.path: outline}, garden=self._vault.garden).site.claimed(outline)
        return None if address is None else output_file(address)

    def _keep_parts(self, note: Note, found: list[Diagnostic]) -> list[Diagnostic]:
        """Without those that change a heading or block id so that a link loses it (H9)."""
        places = [*(one.span for one in note.headings), *(one.span for one in note.structure.block_ids)]
        touching = [d for d in found if d.fix and any(e.span.overlaps(p) for e in d.fix.edits for p in places)]
        named = self._named.get(note.path) if touching else None
        if not named:
            return found
        kept = list[Fix]()
        for diagnostic in touching:
            if diagnostic.fix is not None and self._holds(note, [*kept, diagnostic.fix], named):
                kept.append(diagnostic.fix)
        dropped = {id(d) for d in touching if not any(d.fix is fix for fix in kept)}
        return [replace(d, fix=None, edits=()) if id(d) in dropped else d for d in found]

    def _holds(self, note: Note, fixes: list[Fix], named: set[str]) -> bool:
        """Whether all that links find in a note is still found when these fixes are applied."""
        after = Note(note.path, apply(note.text, fixes)[0])
        fixed = Vault({note.path: after.outline})
        lost = (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK)
        return all(
            fixed.anchors.resolve(note.path, subpath).kind not in lost
            or self._vault.anchors.resolve(note.path, subpath).kind in lost
            for subpath in named
        )


Files = Mapping[str, tuple[bytes, bytes]]  # other files of the vault: what they held, and what they are to hold


def difference(fixed: FixedNotes, files: Files | None = None) -> Iterator[str]:
    """What is fixed, as git writes it, line by line, without line ends; before each note, what was done and why."""
    for path, note in sorted(fixed.notes.items()):
        yield from (printable(f"# {path}:{applied}") for applied in fixed.applied.get(path, ()))
        yield opening(path, path)
        yield from hunks(fixed.before[path].encode(), note.encode(), path, path)
    for path, (old, new) in sorted((files or {}).items()):
        yield opening(path, path)
        yield from hunks(old, new, path, path)


def write_all(run: Run, fixed: FixedNotes, files: Files | None = None, *, undo: bool = True) -> Written:
    """Write the fixed notes, and keep what is needed to take that back, unless `undo` is false.

    All are written beside the notes before the first one takes its place. Raises `NotelintError` where nothing could
    be written: the disk is full, there is no place for a journal, another run writes, a signal came.
    """
    problems = dict(fixed.problems)
    wanted = {path: (fixed.before[path].encode(), note.encode()) for path, note in fixed.notes.items()}
    wanted |= files or {}
    left = {safety: fixed.count_left(safety) for safety in Safety}
    if not wanted:
        return Written({}, problems, left)
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
    return Written(written, problems, left, transaction.stopped, journal.remark, refused)


def undo(root: Path, moved_from: Path | None = None) -> Undone:
    """Take the last run's fixes back. Raises `NotelintError` if there are none.

    `moved_from` is the path that the vault had when they were applied, if it had another one.
    """
    return Journal(root, moved_from=moved_from).undo()
