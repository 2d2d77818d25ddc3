"""Only what a change introduces: the diagnostics of now, less those that an earlier commit had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from notelint.core.diagnostic import COVERED, Diagnostic
from notelint.core.errors import NotelintError
from notelint.engine.recognise import numbered
from notelint.engine.result import Result, Since
from notelint.engine.shard import Shard
from notelint.engine.workspace import Run
from notelint.history.baseline_of_run import forgive
from notelint.history.changed_addresses import changed_addresses
from notelint.history.git import AUTO, Change, Repository
from notelint.history.moves import GitMoves
from notelint.history.renamed_headings import Renamed, one_for_each_heading, renamed_headings
from notelint.history.renames import one_for_each_move
from notelint.history.snapshot import earlier


@dataclass(frozen=True)
class Scope:
    """Which notes are to be reported: those of some paths or of a share; `whole` if all of the vault, or of a share."""

    notes: frozenset[str]
    whole: bool
    shard: Shard | None = None

    def holds(self, path: str) -> bool:
        """Whether what is at this path, or was, is to be reported: a note, or what only a whole run can speak of."""
        return path in self.notes or (self.whole and (self.shard is None or self.shard.holds(path)))


def check_as_asked(
    run: Run, ref: str | None, paths: Sequence[Path], shard: Shard | None = None, *, baseline: bool = True
) -> Result:
    """Check notes, compared with `ref`; without one, with the target of the pull request, if git knows it.

    Raises `NotelintError` for what git does not know of a `ref` that was asked for.
    """
    try:
        return check(run, ref or AUTO, paths, shard, baseline=baseline)
    except NotelintError as error:
        if ref is not None:
            raise
        result = run.check(paths, shard)  # nobody asked: better to tell too much than nothing
        if baseline:
            result = forgive(run, result, paths)
        why = f"not compared with the target branch: {error}"
        return replace(result, remarks=(*result.remarks, why), not_compared=why)


def check(
    run: Run, ref: str, paths: Sequence[Path] = (), shard: Shard | None = None, *, baseline: bool = True
) -> Result:
    """Check the notes that `paths` name (none: all), and report what was not there at the base of `ref`.

    With `baseline`, what the vault's baseline forgives is not reported either. Raises `NotelintError` for what git does
    not know.
    """
    repository = Repository(run.root)
    commit = repository.base(ref)
    change = repository.change(commit)
    asked = frozenset(path for path in run.asked(paths) if shard is None or shard.holds(path))
    if isinstance(run.evidence, GitMoves):
        run.evidence.compare_with(commit, change.deleted)
    result = run.check(paths, shard)
    scope = Scope(asked, not paths, shard)
    new = introduced(run, result.diagnostics, scope, repository, (commit, change))
    kept = forgive(run, result, paths) if baseline else result  # which of several alike is new, all of them tell
    stays = {id(one) for one in kept.diagnostics}
    part = scope.holds if paths or shard is not None else None
    fresh = one_for_each_move(run, change, [one for one in new.fresh if id(one) in stays], part)
    fresh = one_for_each_heading(run, new.headings, fresh)
    told = sorted([*fresh, *new.addresses], key=Diagnostic.sort_key)
    since = Since(repository.named(ref), new.known, new.fixed)
    return replace(kept, diagnostics=tuple(told), since=since, remarks=(*kept.remarks, *of_repositories(run, change)))


def of_repositories(run: Run, change: Change) -> list[str]:
    """That a repository in the repository has changed: git tells of its commit alone."""
    inner = sorted(path for path in change.changed if (run.root / path).is_dir())
    return [
        f"{path} is a repository of its own, which has changed: what that broke is told with --since none"
        for path in inner
    ]


@dataclass(frozen=True)
class Introduced:
    """What a commit has not, of the diagnostics of now; how many it has too, and how many only it has.

    `addresses` are diagnostics of published addresses that were there, `headings` those that were renamed.
    """

    fresh: list[Diagnostic]
    addresses: list[Diagnostic]
    known: int
    fixed: int
    headings: Renamed


def introduced(
    run: Run, now: Sequence[Diagnostic], scope: Scope, repository: Repository, base: tuple[str, Change]
) -> Introduced:
    """Hold the diagnostics of now against those at a commit, from which the notes differ by a change."""
    commit, change = base
    with earlier(run, repository, commit, change) as (before, settings_changed):
        back = {new: old for old, new in change.renamed.items()}
        touched = {path for path in change.changed | change.deleted if scope.holds(change.renamed.get(path, path))}
        asked = {back.get(one.path, one.path) for one in now} | touched
        found = before.diagnostics([path for path in before.files.notes if path in asked])
        left = {_key(one, context, nth, change.renamed) for one, context, nth in numbered(found)}
        fresh = []
        for diagnostic, context, nth in numbered(now):
            key = _key(diagnostic, context, nth, {})
            if key not in left:
                fresh.append(diagnostic)
            left.discard(key)
        olds = before.files.notes if settings_changed else change.changed | change.deleted
        addresses = changed_addresses(run, before, change, olds, scope.holds)
        headings = renamed_headings(run, before, change, fresh)
    return Introduced(fresh, addresses, len(now) - len(fresh), len(left), headings)


def _key(diagnostic: Diagnostic, context: str, nth: int, moved: Mapping[str, str]) -> tuple[str, str, str, int]:
    """What a diagnostic is recognised by, in a note that is known by the path it has now."""
    checker = COVERED.get(diagnostic.checker, diagnostic.checker)
    return checker, moved.get(diagnostic.path, diagnostic.path), context, nth
