"""Checking: a workspace and paths become a result."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import structs

from notelint.core.diagnostic import Diagnostic
from notelint.engine import other_files
from notelint.engine.named_paths import notes_named, path_in_vault
from notelint.engine.remarks import remarks
from notelint.engine.result import Result
from notelint.engine.shard import Shard
from notelint.engine.tables import Tables
from notelint.engine.workspace import Workspace
from notelint.note.note import Outline
from notelint.vault.face import Face
from notelint.vault.files import folder_in_repository
from notelint.vault.vault import Vault

_OF_DEAD_LINKS = frozenset({"broken-link", "unwritten-note", "missing-attachment"})

_SHALLOW = "the clone is shallow, so where notes moved is not known: fetch the whole history (fetch-depth: 0)"
_SPARSE = "only a part of the repository is checked out, so links to the rest are dead: git sparse-checkout disable"


def check(workspace: Workspace, paths: Sequence[Path] = (), shard: Shard | None = None) -> Result:
    """Check these notes and folders, or the whole vault; links resolve against the whole vault in any case.

    With `shard`, only those of that share. Raises `NotelintError` for a path that does not exist or lies outside
    the vault.
    """
    notes = [path for path in notes_named(workspace, paths) if shard is None or shard.holds(path)]
    canvases = canvases_named(workspace, paths, shard)
    found = workspace.kept_diagnostics(notes)
    found.add(check_canvases(workspace, canvases))
    found.add(other_files.check(workspace, paths, shard))
    result = _result(workspace, found, len(notes) or len(canvases), workspace.judged)
    return result if shard is None else structs.replace(result, shard=str(shard))


def check_near(
    workspace: Workspace,
    changed: Mapping[str, Outline | None],
    named: Collection[str],
    tables: Callable[[Mapping[str, Face]], Tables],
) -> tuple[Result, int] | None:
    """Check the whole vault; the result has no more than what may be otherwise if the files of `changed` were.

    They would be these notes, None for what is not a note. With the number of diagnostics of all other notes. What is
    `named` is there too, as are files that are not notes. `tables` makes those of the vault in which `changed` are
    otherwise. None if anything may be otherwise.
    """
    judge = workspace.judge()
    near = None if workspace.evidence.is_cut_off else judge.check_near(changed, named, tables)
    if near is None:
        return None
    workspace.judged = judge.vault
    canvases, found = canvases_named(workspace, ()), near.diagnostics
    found.add(check_canvases(workspace, canvases))
    found.add(other_files.check(workspace, (), None))
    return _result(workspace, found, len(workspace.files.notes) or len(canvases), workspace.judged), near.others


def check_text(workspace: Workspace, path: str, data: bytes) -> Result:
    """Check a note that is not (yet) what the file at `path` holds. `path` is relative to the root."""
    note = workspace.decode(path, data)
    vault = workspace.vault_with({path: note})
    return _result(workspace, sorted(workspace.lint(note, vault), key=Diagnostic.sort_key), 1, vault)


def canvases_named(workspace: Workspace, paths: Sequence[Path], shard: Shard | None = None) -> list[str]:
    """The canvases in these folders, or with these paths; all if none is named. They are checked, but no notes."""
    if not any(path.endswith(".canvas") for path in workspace.files.files):
        return []
    from notelint.engine import canvases

    named = {path_in_vault(workspace, path) for path in paths} or {"."}
    there = [path for path in canvases.paths(workspace) if shard is None or shard.holds(path)]
    return [path for path in there if any(one in (".", path) or path.startswith(f"{one}/") for one in named)]


def check_canvases(workspace: Workspace, paths: Sequence[str]) -> Iterator[Diagnostic]:
    """The diagnostics of the canvases at these paths, seen in the vault as it was last judged."""
    from notelint.engine import canvases

    for path in paths:
        yield from canvases.check(workspace, workspace.tables, path)


def _result(workspace: Workspace, found: Sequence[Diagnostic], checked: int, vault: Vault | None) -> Result:
    """The result of a check of so many notes, seen in this vault; with remarks of what its user should know."""
    notes, folder = len(workspace.files.notes), folder_in_repository(workspace.root)
    result = Result(workspace.root, found, checked, notes, folder=folder)
    said = [*remarks(workspace.loaded, workspace.files, vault), *workspace.remarks_of_cache]
    if not _OF_DEAD_LINKS.isdisjoint(result.tally.checkers):
        if workspace.evidence.is_cut_off:
            said.append(_SHALLOW)
        if workspace.evidence.is_partial:
            said.append(_SPARSE)
    return structs.replace(result, remarks=tuple(said))
