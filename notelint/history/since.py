"""Checking compared with git: the whole vault now, less what an earlier commit had."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import structs

from notelint.core.diagnostic import Diagnostic
from notelint.core.errors import NotelintError
from notelint.engine.check import canvases_named
from notelint.engine.check import check as check_workspace
from notelint.engine.named_paths import notes_named
from notelint.engine.remarks import of_links
from notelint.engine.result import Result, Since
from notelint.engine.shard import Shard
from notelint.engine.workspace import Workspace
from notelint.history.baseline_of_run import has_baseline, suppress_known
from notelint.history.git import AUTO, Repository
from notelint.history.introduced import Scope, introduced, left_out, of_repositories
from notelint.history.moves import GitMoves
from notelint.history.near import near_changes
from notelint.history.renamed_headings import one_for_each_heading
from notelint.history.renames import one_for_each_move
from notelint.history.silenced import BaseRules, judged_by_base, remark
from notelint.history.snapshot import earlier
from notelint.history.vault_of_base import moved
from notelint.vault.files import folder_in_repository


def check_as_asked(
    run: Workspace,
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
        return check_since(run, ref or AUTO, paths, shard, baseline=baseline)
    except NotelintError as error:
        if ref is not None:
            raise
        result = check_workspace(run, paths, shard)  # nobody asked: better to tell too much than nothing
        if baseline:
            result = suppress_known(run, result, paths)
        why = f"not compared with the target branch: {error}"
        return structs.replace(result, remarks=(*result.remarks, why), not_compared=why)


def check_since(
    run: Workspace, ref: str, paths: Sequence[Path] = (), shard: Shard | None = None, *, baseline: bool = True
) -> Result:
    """Check the notes that `paths` name (none: all), and report what was not there at the base of `ref`.

    With `baseline`, what the vault's baseline suppresses is not reported either. Raises `NotelintError` for what git
    does not know.
    """
    repository = Repository(run.root)
    commit = repository.base(ref)
    change = repository.change(commit)
    if isinstance(run.evidence, GitMoves):
        run.evidence.compare_with(commit, change.deleted)
    scope = _scope(run, paths, shard)
    near = None
    if not paths and shard is None and not (baseline and has_baseline(run)):
        near = near_changes(run, repository, commit, change)
    result, unlisted = (check_workspace(run, paths, shard), 0) if near is None else near
    # Each diagnostic is known by its identity from here on.
    result = structs.replace(result, diagnostics=tuple(result.diagnostics))
    kept = suppress_known(run, result, paths) if baseline else result
    stays = {id(one) for one in kept.diagnostics}
    suppressed = {id(one) for one in result.diagnostics} - stays  # only all of several alike show which of them is new
    new = introduced(run, result.diagnostics, scope, repository, (commit, change), suppressed=suppressed)
    part = scope.holds if paths or shard is not None else None
    fresh = one_for_each_move(run, change, [one for one in new.fresh if id(one) in stays], part)
    fresh = one_for_each_heading(run, new.headings, fresh)
    return structs.replace(
        kept,
        diagnostics=tuple(sorted([*fresh, *new.addresses], key=Diagnostic.sort_key)),
        since=Since(repository.named(ref), new.known + unlisted, new.fixed, len(new.silenced)),
        remarks=(
            *kept.remarks,
            *_of_vault(run, paths, repository, commit),
            *left_out(run, change),
            *([remark(new.silenced)] if new.silenced else []),
        ),
    )


def _of_vault(run: Workspace, paths: Sequence[Path], repository: Repository, commit: str) -> list[str]:
    """The remark about a vault that is another one than at the base, if it is."""
    said = moved(run.root, paths[0] if paths else Path.cwd(), repository, commit)
    return [said] if said else []


def _scope(run: Workspace, paths: Sequence[Path], shard: Shard | None, canvases: Sequence[str] = ()) -> Scope:
    """The notes, and these canvases, that are to be reported."""
    asked = frozenset(path for path in notes_named(run, paths) if shard is None or shard.holds(path))
    return Scope(asked.union(canvases), not paths, shard)


def check_by_base(run: Workspace, ref: str, paths: Sequence[Path] = (), shard: Shard | None = None) -> Result:
    """Check notes by the settings, the baseline, the ignore files and the suppressions of the base of `ref` alone.

    `run` is a run without a configuration, as nothing of what the change brings counts. Raises `NotelintError`.
    """
    repository = Repository(run.root)
    commit = repository.base(ref)
    change = repository.change(commit)
    other = _of_vault(run, paths, repository, commit)
    if other:
        raise NotelintError(f"{other[0]}; its settings judge another vault")
    scope = _scope(run, paths, shard, canvases_named(run, paths, shard))
    with earlier(run, repository, commit, change, whole=True) as (before, _):
        judged = judged_by_base(run, before, BaseRules((repository, commit, change), scope.holds, True))
        part = scope.holds if paths or shard is not None else None
        reported = one_for_each_move(judged.judge, change, judged.fresh, part)
        since = Since(repository.named(ref), judged.known, judged.fixed)
        said = "judged by the settings of the base: those that the change brings do not count"
        remarks = (*judged.judge.loaded.notes, *of_links(run.files), *of_repositories(run, change), said)
        return Result(
            run.root,
            tuple(sorted(reported, key=Diagnostic.sort_key)),
            sum(scope.holds(path) for path in judged.judge.files.notes),
            len(judged.judge.files.notes),
            remarks,
            folder_in_repository(run.root),
            None if shard is None else str(shard),
            since,
        )
