"""The report of a commit: its own notes in full, and what it breaks in others; each vault by itself."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, structs

from notelint.config.find_vault import find_root
from notelint.core.diagnostic import Diagnostic
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.core.printable import first_of
from notelint.engine.check import check as check_workspace
from notelint.engine.named_paths import not_excluded, path_in_vault
from notelint.engine.result import Result, Since
from notelint.engine.workspace import Workspace
from notelint.history.baseline_of_run import has_baseline, suppress_known
from notelint.history.git import ChangedPaths, Repository
from notelint.history.introduced import Base, Introduced, Scope, introduced, left_out
from notelint.history.moves import GitMoves
from notelint.history.near import near_changes
from notelint.history.renamed_headings import one_for_each_heading
from notelint.history.renames import one_for_each_move
from notelint.history.silenced import Silenced, keyed, remark
from notelint.history.snapshot import to_be_committed, tracked
from notelint.vault.files import is_walked
from notelint.vault.markers import is_marked

HEAD = "HEAD"
_FROM = "PRE_COMMIT_FROM_REF"  # `pre-commit run --from-ref`, and its hook for pushes: what came since that commit
_BENEATH = "PRE_COMMIT"  # what pre-commit and prek tell their hooks
_NAMED = 5  # files that are left out


class Comparison(Struct, frozen=True):
    """A repository, seen from a folder, and the commits that the next one is compared with."""

    repository: Repository
    bases: Sequence[Base]

    @classmethod
    def at(cls, folder: Path) -> "Comparison":
        """The comparison of what is staged below a folder. Raises `NotelintError` if it is in no git repository."""
        repository = Repository(folder)
        return cls(repository, _bases(repository))


def vaults(paths: Sequence[Path], here: Comparison) -> list[tuple[Path, list[Path]]]:
    """The vaults that these notes lie in, and that what is to be committed lies in, with their notes.

    `here` is the comparison at the current folder.
    """
    found = by_vault(paths)[0]
    for _, change in here.bases:
        for name in (*change.changed, *change.added, *change.deleted):
            root = _root(Path.cwd() / name)
            if root is not None:
                found.setdefault(root, [])
    for root in list(found):
        for outer in _around(root):
            found.setdefault(outer, [])
    return sorted(found.items())


def _around(root: Path) -> Iterator[Path]:
    """The vaults of the same repository that a vault lies in: their notes may link to its notes."""
    folder = root
    while not (folder / ".git").exists() and folder.parent != folder:
        folder = folder.parent
        if is_marked(folder):
            yield find_root(folder)


def by_vault(paths: Sequence[Path]) -> tuple[dict[Path, list[Path]], list[Path]]:
    """Notes by the vault that they lie in, and files that are not notes or lie in no vault."""
    found: dict[Path, list[Path]] = {}
    outside = []
    for path in paths:
        root = _root(path) if is_note(path.name) else None
        if root is None:
            outside.append(path)
        else:
            found.setdefault(root, []).append(path)
    return found, outside


def _root(path: Path) -> Path | None:
    """The vault that a file lies or lay in; None for one that lies beside vaults."""
    folder = path.absolute().parent
    while not folder.is_dir():
        folder = folder.parent
    try:
        root = find_root(folder)
        beside = find_root(root) != root  # the repository's root, which stands for the vault below it
    except NotelintError:
        return None
    return root if folder.resolve().is_relative_to(root) and not beside else None


def check(run: Workspace, paths: Sequence[Path], here: Comparison, *, baseline: bool = True) -> Result:
    """The diagnostics of these notes, as they are to be committed, and those that the commit introduces in others.

    A note that is excluded is not checked, though it is named. What is merged in is not introduced by the commit.
    `here` is the comparison at the current folder, which may be the vault's.
    """
    compared = here if here.repository.root == run.root else Comparison.at(run.root)
    repository, bases = compared.repository, compared.bases
    unknown = _unknown(run, repository)
    run = _judged(run, repository, unknown)
    notes = frozenset(run.files.notes)
    full = {path_in_vault(run, path) for path in not_excluded(run, paths)}
    if isinstance(run.evidence, GitMoves):
        run.evidence.compare_with(*bases[0][:1], bases[0][1].deleted)
    result, unlisted = _all_that_counts(run, repository, bases, full, baseline=baseline)
    # Each diagnostic is known by its identity from here on.
    result = structs.replace(result, diagnostics=tuple(result.diagnostics))
    kept = suppress_known(run, result) if baseline else result
    stays = {id(one) for one in kept.diagnostics}
    suppressed = {id(one) for one in result.diagnostics} - stays
    others = [one for one in result.diagnostics if one.path not in full]
    scope = Scope(notes, whole=True)
    found = [
        introduced(run, others, scope, repository, base, everything=result.diagnostics, suppressed=suppressed)
        for base in bases
    ]
    reported = [one for one in result.diagnostics if one.path in full] + _in_all(found)
    renamed = {old: new for _, change in bases for old, new in change.renamed.items()}
    moved = structs.replace(bases[0][1], renamed=renamed)
    reported = one_for_each_move(run, moved, [one for one in reported if id(one) in stays])
    reported = one_for_each_heading(run, found[0].headings, reported)
    reported = sorted([*reported, *_addresses(found)], key=Diagnostic.sort_key)
    hidden = _silenced(found)
    since = Since(HEAD, found[0].known + unlisted, found[0].fixed, len(hidden))
    unchecked = (*left_out(run, bases[0][1]), *_left_out(unknown, reported))
    remarks = (*kept.remarks, *unchecked, *([remark(hidden)] if hidden else []))
    return structs.replace(kept, diagnostics=tuple(reported), since=since, remarks=remarks)


def _all_that_counts(
    run: Workspace, repository: Repository, bases: Sequence[Base], full: Collection[str], *, baseline: bool
) -> tuple[Result, int]:
    """The result of a check of the vault, without what certainly was the same before, and how much that is.

    Known it is where few files changed: then what is seen of a note is the same as long as no note that was looked at
    for it is another one, and none of its links can mean one of these files.
    """
    if len(bases) == 1 and not (baseline and has_baseline(run)):
        near = near_changes(run, repository, *bases[0], full)
        if near is not None:
            return near
    return check_workspace(run), 0


def _silenced(found: Sequence[Introduced]) -> list[Silenced]:
    """Diagnostics that the commit silences by the rules of each commit that it follows."""
    first = found[0].silenced
    keys = [{key for _, key in keyed([hidden.diagnostic for hidden in other.silenced])} for other in found[1:]]
    marks = keyed([hidden.diagnostic for hidden in first])
    kept = {id(one) for one, key in marks if all(key in others for others in keys)}
    return [hidden for hidden in first if id(hidden.diagnostic) in kept]


def _unknown(run: Workspace, repository: Repository) -> frozenset[str]:
    """The files of the vault that the next commit will not have, for git neither knows nor ignores them."""
    if os.environ.get(_FROM) or repository.knows(run.files.files):
        return frozenset()
    return frozenset(filter(is_walked, repository.untracked()))


def _judged(run: Workspace, repository: Repository, unknown: frozenset[str]) -> Workspace:
    """The vault whose notes count. Beneath pre-commit its files do: it has put aside what is not staged."""
    if os.environ.get(_FROM):
        return run
    if os.environ.get(_BENEATH):
        return tracked(run, repository, unknown)
    return to_be_committed(run, repository, unknown)


def _bases(repository: Repository) -> list[tuple[str, ChangedPaths]]:
    """The commits that the next one follows, or the one that a hook begins at, and what differs from each."""
    ref = os.environ.get(_FROM)
    if ref:
        commit = repository.base(ref)
        return [(commit, repository.change(commit))]
    commits = [commit for commit in (repository.base(HEAD), repository.merged()) if commit is not None]
    if os.environ.get(_BENEATH):
        return [(commit, repository.change(commit, untracked=False)) for commit in commits]
    return [(commit, repository.staged(commit)) for commit in commits]


def _in_all(found: Sequence[Introduced]) -> list[Diagnostic]:
    """Diagnostics that none of the commits has."""
    first, *others = found
    fresh = [{id(one) for one in other.fresh} for other in others]
    return [one for one in first.fresh if all(id(one) in ids for ids in fresh)]


def _addresses(found: Sequence[Introduced]) -> list[Diagnostic]:
    """Addresses that are gone: those that both commits had, if two are merged."""
    first, *others = found
    return [one for one in first.addresses if all(one in other.addresses for other in others)]


def _left_out(unknown: Collection[str], reported: Sequence[Diagnostic]) -> list[str]:
    """That notes lie in the vault which the commit will not have: links to them are broken, and the user sees them."""
    unknown = sorted(path for path in unknown if is_note(path)) if reported else []
    if not unknown or os.environ.get(_FROM):
        return []
    return [f"not in the commit, for git does not know them: {first_of(unknown, _NAMED)}"]
