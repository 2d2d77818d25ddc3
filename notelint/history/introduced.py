"""Only what a change introduces: the diagnostics of now, less those that an earlier commit had."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypeAlias

from msgspec import Struct

from notelint.core.diagnostic import COVERED, Diagnostic
from notelint.core.file_types import is_note
from notelint.core.printable import counted, first_of
from notelint.engine import other_files
from notelint.engine.check import canvases_named, check_canvases
from notelint.engine.recognise import numbered
from notelint.engine.shard import Shard
from notelint.engine.workspace import Workspace
from notelint.history.changed_addresses import changed_addresses
from notelint.history.git import ChangedPaths, Repository
from notelint.history.renamed_headings import Renamed, renamed_headings
from notelint.history.silenced import BaseRules, Silenced, find, outer_ignores_changed
from notelint.history.snapshot import earlier
from notelint.vault.files import is_walked

Base: TypeAlias = tuple[str, ChangedPaths]  # a commit, and what differs from it
_NAMED = 3  # notes that are named at most


class Scope(Struct, frozen=True):
    """The notes to report: those of some paths or of a share; `whole` if all of the vault, or of a share."""

    notes: frozenset[str]
    whole: bool
    shard: Shard | None = None

    def holds(self, path: str) -> bool:
        """True if what is at this path, or was, is to be reported: a note, or what only a whole run can speak of."""
        return path in self.notes or (self.whole and (self.shard is None or self.shard.holds(path)))


def left_out(run: Workspace, change: ChangedPaths) -> list[str]:
    """Describe what is not checked of a change: repositories in the repository, and files that are not notes any more.

    So are notes that git tracks in spite of its own ignore files, by which notelint leaves them out.
    """
    said = of_repositories(run, change)
    ignored = _tracked_but_ignored(run, change)
    if ignored:
        are = "is tracked by git, but ignored" if len(ignored) == 1 else "are tracked by git, but ignored"
        said.append(f"{first_of(ignored, _NAMED)} {are} by a .gitignore: not checked")
    return said


def of_repositories(run: Workspace, change: ChangedPaths) -> list[str]:
    """Describe what is not compared of a change, whatever the settings are.

    These are repositories in the repository, of which git names the commit alone, and notes renamed to what is
    not a note, or moved to where no notes are checked.
    """
    said = []
    for which, paths in (("has changed", change.changed), ("was added", change.added)):
        folders = (path.rstrip("/") for path in paths)
        inner = sorted(path for path in folders if (run.root / path).is_dir() and not (run.root / path).is_symlink())
        said += [
            f"{path} is a repository of its own, which {which}: what that broke is reported with --since none"
            for path in inner
        ]
    gone = sorted(_out_of_sight(change, run.excludes))
    if gone:
        shown = first_of([f"{old} (now {new})" for old, new in gone], _NAMED)
        are = "is" if len(gone) == 1 else "are"
        said.append(f"{counted(len(gone), 'note')} {are} not checked any more, by the new name: {shown}")
    return said


def _out_of_sight(change: ChangedPaths, excludes: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield the notes of a change that became files which are not checked, by their names: the old paths and the new.

    A note that was rewritten meanwhile is known by its name.
    """
    unseen = {path for path in change.added if not (is_note(path) and is_walked(path))}
    named = {PurePosixPath(path).stem.casefold(): path for path in sorted(unseen, reverse=True)}
    for old in change.deleted:
        new = change.renamed.get(old) or named.get(PurePosixPath(old).stem.casefold())
        if is_note(old) and is_walked(old) and not excludes(old) and new in unseen:
            yield old, new


def _tracked_but_ignored(run: Workspace, change: ChangedPaths) -> list[str]:
    """The notes of a change that are left out by an ignore file, and by nothing else."""
    known = {*run.files.notes, *run.files.linked_notes}  # of symbolic links it is said that they are not followed
    nested = tuple(f"{folder}/" for folder in run.files.nested)
    touched = (path for path in change.changed | change.added if is_note(path) and path not in known)
    there = set(run.files.files)
    return sorted(
        path for path in touched if path in there and not run.excludes(path) and not path.startswith(nested or ("\0",))
    )


class Introduced(Struct, frozen=True):
    """Diagnostics of now that a commit did not have; the number that it has too, and of those that only it has.

    `addresses` are diagnostics of published addresses that were there, `silenced` what the change hides, `headings`
    those that were renamed.
    """

    fresh: list[Diagnostic]
    addresses: list[Diagnostic]
    known: int
    fixed: int
    silenced: list[Silenced]
    headings: Renamed


def introduced(
    run: Workspace,
    now: Sequence[Diagnostic],
    scope: Scope,
    repository: Repository,
    base: Base,
    *,
    everything: Sequence[Diagnostic] | None = None,
    suppressed: Collection[int] = (),
) -> Introduced:
    """Hold the diagnostics of now against those at a commit, from which the notes differ by a change.

    `everything` is all that the vault has now, if `now` is but a part of it; `suppressed` are the identities of
    diagnostics that the baseline hides.
    """
    commit, change = base
    above = outer_ignores_changed(run, repository, commit)
    with earlier(run, repository, commit, change, whole=above) as (before, settings_changed):
        back = {new: old for old, new in change.renamed.items()}
        touched = {path for path in change.changed | change.deleted if scope.holds(change.renamed.get(path, path))}
        asked = {back.get(one.path, one.path) for one in now} | touched
        found = before.diagnostics([path for path in before.files.notes if path in asked])
        found += check_canvases(before, [path for path in canvases_named(before, ()) if path in asked])
        found += other_files.check_named(before, asked)
        found.sort(key=lambda one: one.path)
        left = {_key(one, context, nth, change.renamed) for one, context, nth in numbered(found)}
        fresh = []
        for diagnostic, context, nth in numbered(now):
            key = _key(diagnostic, context, nth, {})
            if key not in left:
                fresh.append(diagnostic)
            left.discard(key)
        olds = before.files.notes if settings_changed else change.changed | change.deleted
        addresses = changed_addresses(run, before, change, olds, scope.holds)
        all_now = [*(now if everything is None else everything), *addresses]
        rules = BaseRules((repository, *base), scope.holds, settings_changed)
        hidden = find(run, before, rules, all_now, suppressed)
        headings = renamed_headings(run, before, change, fresh)
    return Introduced(fresh, addresses, len(now) - len(fresh), len(left), hidden, headings)


def _key(diagnostic: Diagnostic, context: str, nth: int, moved: Mapping[str, str]) -> tuple[str, str, str, int]:
    """The key by which a diagnostic is recognised, in a note that is known by the path it has now."""
    checker = COVERED.get(diagnostic.checker, diagnostic.checker)
    return checker, moved.get(diagnostic.path, diagnostic.path), context, nth
