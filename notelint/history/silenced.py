"""Diagnostics that a change silences: diagnostics that it introduces by the rules of its base, and that its own rules
hide.

The rules are the settings, the baseline, the files of what is ignored, and the suppressions in notes.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from msgspec import Struct

from notelint.core.diagnostic import COVERED, Diagnostic, Severity
from notelint.core.file_types import is_note
from notelint.core.printable import counted, first_of
from notelint.core.safe_read import SETTINGS_LIMIT, VaultReader
from notelint.engine import other_files
from notelint.engine.check import canvases_named, check_canvases
from notelint.engine.lint import lint
from notelint.engine.recognise import numbered
from notelint.engine.workspace import Workspace
from notelint.history import baseline
from notelint.history.changed_addresses import changed_addresses
from notelint.history.git import ChangedPaths, Repository
from notelint.history.moves import GitMoves
from notelint.history.snapshot import IGNORE, Snapshot, is_checked, is_setting
from notelint.note.suppressions import Suppressions
from notelint.vault.files import Files, hidden_by, is_walked, walk_order

_NAMED = 3  # files or checkers that are named

Key = tuple[str, str, str, int]
Base = tuple[Repository, str, ChangedPaths]  # a commit, and what differs between it and the notes of now


class BaseRules(Struct, frozen=True):
    """A base with what of it may count: which paths are asked for, and whether settings have changed since then."""

    base: Base
    holds: Callable[[str], bool]
    changed: bool


class Silenced(Struct, frozen=True):
    """A diagnostic as the rules of the base have it, and what hides it now: a file's path."""

    diagnostic: Diagnostic
    by: str


class AsOfBase(Snapshot):
    """The notes as they are now, judged by the rules of an earlier commit, whose vault is laid out in `before`."""

    def __init__(self, run: Workspace, before: Workspace, base: Base) -> None:
        repository, commit, change = base
        self._linked, self._linked_notes = run.files.linked, run.files.linked_notes
        touched = sorted(path for path in change.changed | change.added if is_checked(path))
        contents = {path: run.data(path) or b"" for path in touched}
        super().__init__(before, gone=change.deleted, back=change.added, contents=contents)
        self.cached = False
        self.unreadable.update({path: run.unreadable[path] for path in touched if path in run.unreadable})
        self._before, self._repository, self._commit = before, repository, commit
        self.evidence = moves = GitMoves(run.root, lambda: self.files.files)
        moves.compare_with(commit, change.deleted)

    @cached_property
    def files(self) -> Files:
        """The vault's files; a folder that the change makes a vault of its own is not such a vault yet."""
        base, ignored = self._before.files, self._ignored
        nested = tuple(f"{folder}/" for folder in base.nested)
        back = [path for path in self._back if is_walked(path) and not path.startswith(nested)]
        files = {*(path for path in base.files if path not in self._gone), *back}
        new = (path for path in back if path in self._contents and not self.excludes(path))
        own = {*base.notes, *new} - {*self._linked_notes}
        notes = [path for path in own if path in files and is_note(path) and not ignored(path)]
        in_order = sorted(notes, key=walk_order), sorted(files, key=walk_order)
        return Files(*in_order, base.nested, self._linked, self._linked_notes)

    def data(self, path: str) -> bytes | None:
        """The bytes of a note as it is now; None if it cannot be read."""
        return None if path in self.unreadable else super().data(path)

    @property
    def _ignored(self) -> Callable[[str], bool]:
        """True if git ignored a path at the base."""
        if not self.config.respect_gitignore:
            return lambda path: False
        folders = {str(parent) for path in self._contents for parent in PurePosixPath(path).parents}
        inside = {folder: f"{folder}/{IGNORE}".removeprefix("./") for folder in folders}
        found = self._repository.contents(self._commit, inside.values())
        ignores = [
            (found[path], "" if folder == "." else folder, "") for folder, path in inside.items() if path in found
        ]
        return hidden_by(
            [*ignores, *((data, "", down) for down, data in outer(self._repository, self._commit).items())]
        )


def outer(repository: Repository, commit: str) -> dict[str, bytes]:
    """The ignore files above the vault in a commit, by the way from each down to the vault's root."""
    steps = repository.prefix.split("/")[:-1]
    downs = {"/".join([*steps[:at], IGNORE]): "/".join(steps[at:]) + "/" for at in range(len(steps))}
    found = Repository(repository.top).contents(commit, downs) if downs else {}
    return {downs[path]: data for path, data in found.items()}


def outer_ignores_changed(run: Workspace, repository: Repository, commit: str) -> bool:
    """Tell whether an ignore file above the vault is not what it was in a commit."""
    if not repository.prefix:
        return False
    was, top = outer(repository, commit), repository.top
    steps = repository.prefix.split("/")[:-1]
    for at in range(len(steps)):
        try:
            data = VaultReader(top).read("/".join([*steps[:at], IGNORE]), SETTINGS_LIMIT)
        except OSError:
            data = b""
        if data != was.get("/".join(steps[at:]) + "/", b""):
            return True
    return False


class JudgedByBase(Struct, frozen=True):
    """The vault as it is now by the rules of its base: what was not there, how much was, and how much is gone."""

    judge: Workspace
    fresh: list[Diagnostic]
    known: int
    fixed: int


def judged_by_base(run: Workspace, before: Workspace, rules: BaseRules) -> JudgedByBase:
    """Judge the notes of now by the rules that `before` had."""
    (repository, commit, change), holds = rules.base, rules.holds
    judge = AsOfBase(run, before, rules.base)
    found = _diagnostics(judge, holds)
    found = _heeding_old_suppressions(judge, before, change, holds, found)
    back = {new: old for old, new in change.renamed.items()}
    asked = {back.get(one.path, one.path) for one in found}
    asked |= {path for path in change.changed | change.deleted if holds(change.renamed.get(path, path))}
    left = _keys_at_base(before, asked, change)
    pairs = keyed(found)
    fresh = [one for one, key in pairs if key not in left]
    gone = left - {key for _, key in pairs}
    addresses = changed_addresses(judge, before, change, before.files.notes, holds)
    shown = _not_in_baseline(judge, repository, commit, fresh)
    return JudgedByBase(judge, [*shown, *addresses], len(found) - len(fresh), len(gone))


def find(
    run: Workspace, before: Workspace, rules: BaseRules, now: Sequence[Diagnostic], suppressed: Collection[int]
) -> list[Silenced]:
    """The diagnostics that a change introduces by the rules of its base, and that nobody is shown now.

    `before` is the vault as it was, `now` what is found by the rules of the change, of which its baseline hides those
    whose identities are `suppressed`. What is shown with less weight than it had, as information alone, is silenced.
    """
    (repository, commit, change), holds = rules.base, rules.holds
    if baseline.FILE not in change.changed | change.added:
        suppressed = ()
    judge, found = run, list(now)
    if rules.changed:
        judge = AsOfBase(run, before, rules.base)
        found = _diagnostics(judge, holds)
        found += changed_addresses(judge, before, change, before.files.notes, holds)
    heeding = _heeding_old_suppressions(judge, before, change, holds, found)
    if not rules.changed and heeding is found and not suppressed:
        return []  # as nearly always
    found = heeding
    weights = {key: one.severity for one, key in keyed(now) if id(one) not in suppressed}
    missing = [(one, key) for one, key in keyed(found) if _is_weaker(weights.get(key), one.severity)]
    back = {new: old for old, new in change.renamed.items()}
    known = _keys_at_base(before, {back.get(one.path, one.path) for one, _ in missing}, change)
    hidden = [one for one, key in missing if key not in known]
    by_baseline = {(one.path, one.checker, one.span) for one in now if id(one) in suppressed}
    return [
        Silenced(one, baseline.FILE if (one.path, one.checker, one.span) in by_baseline else _by(run, one, change))
        for one in _not_in_baseline(judge, repository, commit, hidden)
    ]


def _heeding_old_suppressions(
    judge: Workspace, before: Workspace, change: ChangedPaths, holds: Callable[[str], bool], found: list[Diagnostic]
) -> list[Diagnostic]:
    """The same diagnostics, and those that only suppressions hide which the change brings."""
    back = {new: old for old, new in change.renamed.items()}
    for path in _with_suppressions(judge, change, holds):
        old = back.get(path, path)
        data = before.data(old) if old in before.files.notes else None
        note = judge.note(path)
        suppressions = Suppressions.of(note)
        kept = suppressions.known_to(note, before.decode(old, data or b""))
        if len(kept.rules) < len(suppressions.rules):
            found = [one for one in found if one.path != path]
            found += lint(note, judge.tables, judge.plan(note), kept)
    return found


def _diagnostics(run: Workspace, holds: Callable[[str], bool]) -> list[Diagnostic]:
    """The diagnostics of all notes, canvases and other files that are asked for."""
    found = run.diagnostics([path for path in run.files.notes if holds(path)])
    found += check_canvases(run, [path for path in canvases_named(run, ()) if holds(path)])
    return found + other_files.check_named(run, {path for path in run.files.files if holds(path)})


def _keys_at_base(before: Workspace, asked: Collection[str], change: ChangedPaths) -> set[Key]:
    """The keys of the diagnostics of notes before, at the paths that those notes have now."""
    found = _diagnostics(before, asked.__contains__) if asked else []
    return {
        (checker, change.renamed.get(path, path), context, nth) for _, (checker, path, context, nth) in keyed(found)
    }


def _not_in_baseline(
    judge: Workspace, repository: Repository, commit: str, found: Sequence[Diagnostic]
) -> Sequence[Diagnostic]:
    """Those diagnostics that the baseline of a commit does not hide."""
    entries = at_base(repository, commit) if found else frozenset()
    return baseline.compare(entries, found, notes=judge.files.notes, checked=()).new if entries else found


def _is_weaker(now: Severity | None, was: Severity) -> bool:
    return now is None or (now is Severity.INFO and was is not Severity.INFO)


def keyed(diagnostics: Iterable[Diagnostic]) -> list[tuple[Diagnostic, Key]]:
    """Diagnostics with what each is recognised by."""
    ordered = sorted(diagnostics, key=Diagnostic.sort_key)
    return [
        (one, (COVERED.get(one.checker, one.checker), one.path, context, nth))
        for one, context, nth in numbered(ordered)
    ]


def _with_suppressions(judge: Workspace, change: ChangedPaths, holds: Callable[[str], bool]) -> list[str]:
    """The notes of a change that may hold suppressions."""
    touched = [path for path in judge.files.notes if path in change.changed | change.added and holds(path)]
    return [path for path in touched if b"notelint" in (judge.data(path) or b"")]


def _by(run: Workspace, diagnostic: Diagnostic, change: ChangedPaths) -> str:
    """The cause that hides a diagnostic: the note itself, what is ignored, or the settings that have changed."""
    path = diagnostic.path
    if path in run.files.notes and Suppressions.of(run.note(path)).silences(diagnostic.checker, diagnostic.span):
        return path
    touched = change.changed | change.added | change.deleted
    names = sorted(one for one in touched if is_setting(one))
    ignores = [one for one in names if PurePosixPath(one).name == IGNORE]
    if path not in run.files.notes and not run.excludes(path) and ignores:
        return first_of(ignores, _NAMED)
    return first_of([one for one in names if one not in ignores] or ignores or [IGNORE], _NAMED)


def at_base(repository: Repository, commit: str) -> frozenset[baseline.BaselineEntry]:
    """The entries of the baseline that a commit had."""
    data = repository.contents(commit, [baseline.FILE]).get(baseline.FILE)
    return frozenset() if data is None else baseline.parse(data)


def remark(found: Sequence[Silenced]) -> str:
    """One line: how many diagnostics a change silences, of which checkers, and in which files."""
    checkers = Counter(one.diagnostic.checker for one in found)
    shown = [f"{count} {checker}" for checker, count in checkers.most_common(_NAMED)]
    if len(checkers) > _NAMED:
        shown.append(f"{sum(checkers.values()) - sum(count for _, count in checkers.most_common(_NAMED))} others")
    files = [file for file, _ in Counter(one.by for one in found).most_common()]
    are = "is" if len(found) == 1 else "are"
    return (
        f"{counted(len(found), 'diagnostic')} {are} silenced by this change: {', '.join(shown)} "
        f"(by {first_of(files, _NAMED)}); --config-from base reports {'it' if len(found) == 1 else 'them'}"
    )
