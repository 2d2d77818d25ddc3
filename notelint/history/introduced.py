"""Only what a change introduces: the diagnostics of now, less those that an earlier commit had."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from notelint.core.diagnostic import COVERED, Diagnostic
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.engine import other_files
from notelint.engine.recognise import numbered
from notelint.engine.result import Result, Since
from notelint.engine.shard import Shard
from notelint.engine.workspace import Run
from notelint.history.baseline_of_run import suppress_known
from notelint.history.changed_addresses import changed_addresses
from notelint.history.git import AUTO, Change, Repository
from notelint.history.moves import GitMoves
from notelint.history.renamed_headings import Renamed, one_for_each_heading, renamed_headings
from notelint.history.renames import one_for_each_move
from notelint.history.silenced import Rules, Silenced, find, judged_by_base, outer_ignores_changed, remark
from notelint.history.snapshot import earlier
from notelint.vault.files import folder_in_repository

_NAMED = 3  # notes that are named at most


@dataclass(frozen=True)
class Scope:
    """Which notes are to be reported: those of some paths or of a share; `whole` if all of the vault, or of a share."""

    notes: frozenset[str]
    whole: bool
    shard: Shard | None = None

    def holds(self, path: str) -> bool:
        """True if what is at this path, or was, is to be reported: a note, or what only a whole run can speak of."""
        return path in self.notes or (self.whole and (self.shard is None or self.shard.holds(path)))


def check_as_asked(
    run: Run,
    ref: str | None,
    paths: Sequence[Path],
    shard: Shard | None = None,
    *,
    baseline: bool = True,
    by_base: bool = False,
) -> Result:
    """Check notes, compared with `ref`; without one, with the target of the pull request, if git knows it.

    With `by_base`, nothing that the change brings counts, and `run` is one without a configuration (see
    `check_by_base`). Raises `NotelintError` for what git does not know of a `ref` that was asked for.
    """
    if by_base:
        return check_by_base(run, ref or AUTO, paths, shard)
    try:
        return check(run, ref or AUTO, paths, shard, baseline=baseline)
    except NotelintError as error:
        if ref is not None:
            raise
        result = run.check(paths, shard)  # nobody asked: better to tell too much than nothing
        if baseline:
            result = suppress_known(run, result, paths)
        why = f"not compared with the target branch: {error}"
        return replace(result, remarks=(*result.remarks, why), not_compared=why)


def check(
    run: Run, ref: str, paths: Sequence[Path] = (), shard: Shard | None = None, *, baseline: bool = True
) -> Result:
    """Check the notes that `paths` name (none: all), and report what was not there at the base of `ref`.

    With `baseline`, what the vault's baseline suppresses is not reported either. Raises `NotelintError` for what git
    does not know.
    """
    repository = Repository(run.root)
    commit = repository.base(ref)
    change = repository.change(commit)
    asked = frozenset(path for path in run.asked(paths) if shard is None or shard.holds(path))
    if isinstance(run.evidence, GitMoves):
        run.evidence.compare_with(commit, change.deleted)
    result = run.check(paths, shard)
    scope = Scope(asked, not paths, shard)
    kept = suppress_known(run, result, paths) if baseline else result  # which of several alike is new, all of them tell
    stays = {id(one) for one in kept.diagnostics}
    suppressed = {id(one) for one in result.diagnostics} - stays
    new = introduced(run, result.diagnostics, scope, repository, (commit, change), suppressed=suppressed)
    part = scope.holds if paths or shard is not None else None
    fresh = one_for_each_move(run, change, [one for one in new.fresh if id(one) in stays], part)
    fresh = one_for_each_heading(run, new.headings, fresh)
    told = sorted([*fresh, *new.addresses], key=Diagnostic.sort_key)
    hidden = new.silenced
    since = Since(repository.named(ref), new.known, new.fixed, len(hidden))
    remarks = (*kept.remarks, *of_repositories(run, change), *([remark(hidden)] if hidden else []))
    return replace(kept, diagnostics=tuple(told), since=since, remarks=remarks)


def check_by_base(run: Run, ref: str, paths: Sequence[Path] = (), shard: Shard | None = None) -> Result:
    """Check notes by the settings, the baseline, the ignore files and the suppressions of the base of `ref` alone.

    `run` is a run without a configuration, as nothing of what the change brings counts. Raises `NotelintError`.
    """
    repository = Repository(run.root)
    commit = repository.base(ref)
    change = repository.change(commit)
    asked = frozenset(path for path in run.asked(paths) if shard is None or shard.holds(path))
    scope = Scope(asked, not paths, shard)
    with earlier(run, repository, commit, change, whole=True) as (before, _):
        judged = judged_by_base(run, before, Rules((repository, commit, change), scope.holds, True))
        part = scope.holds if paths or shard is not None else None
        told = one_for_each_move(judged.judge, change, judged.fresh, part)
        since = Since(repository.named(ref), judged.known, judged.fixed)
        said = "judged by the settings of the base: those that the change brings do not count"
        remarks = (*judged.judge.loaded.notes, said)
        return Result(
            run.root,
            tuple(sorted(told, key=Diagnostic.sort_key)),
            sum(scope.holds(path) for path in judged.judge.files.notes),
            len(judged.judge.files.notes),
            remarks,
            folder_in_repository(run.root),
            None if shard is None else str(shard),
            since,
        )


def of_repositories(run: Run, change: Change) -> list[str]:
    """What of a change is not compared: repositories in the repository, of which git tells the commit alone.

    And notes that git tracks in spite of its own ignore files, by which notelint leaves them out.
    """
    said = []
    for which, paths in (("has changed", change.changed), ("was added", change.added)):
        inner = sorted(path.rstrip("/") for path in paths if (run.root / path).is_dir())
        said += [
            f"{path} is a repository of its own, which {which}: what that broke is reported with --since none"
            for path in inner
        ]
    ignored = _tracked_but_ignored(run, change)
    if ignored:
        more = f" and {len(ignored) - _NAMED} more" if len(ignored) > _NAMED else ""
        are = "is tracked by git, but ignored" if len(ignored) == 1 else "are tracked by git, but ignored"
        said.append(f"{', '.join(ignored[:_NAMED])}{more} {are} by a .gitignore: not checked")
    return said


def _tracked_but_ignored(run: Run, change: Change) -> list[str]:
    """The notes of a change that are left out by an ignore file, and by nothing else."""
    checked, nested = set(run.files.notes), tuple(f"{folder}/" for folder in run.files.nested)
    touched = (path for path in change.changed | change.added if is_note(path) and path not in checked)
    there = set(run.files.files)
    return sorted(
        path for path in touched if path in there and not run.excludes(path) and not path.startswith(nested or ("\0",))
    )


@dataclass(frozen=True)
class Introduced:
    """What a commit has not, of the diagnostics of now; how many it has too, and how many only it has.

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
    run: Run,
    now: Sequence[Diagnostic],
    scope: Scope,
    repository: Repository,
    base: tuple[str, Change],
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
        found += before.of_canvases([path for path in before.canvases(()) if path in asked])
        found += other_files.check_named(before, asked)
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
        rules = Rules((repository, *base), scope.holds, settings_changed)
        hidden = find(run, before, rules, all_now, suppressed)
        headings = renamed_headings(run, before, change, fresh)
    return Introduced(fresh, addresses, len(now) - len(fresh), len(left), hidden, headings)


def _key(diagnostic: Diagnostic, context: str, nth: int, moved: Mapping[str, str]) -> tuple[str, str, str, int]:
    """What a diagnostic is recognised by, in a note that is known by the path it has now."""
    checker = COVERED.get(diagnostic.checker, diagnostic.checker)
    return checker, moved.get(diagnostic.path, diagnostic.path), context, nth
