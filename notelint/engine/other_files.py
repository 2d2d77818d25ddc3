"""The files of a vault that are neither notes nor canvases, where a checker of files is switched on."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.checkers.base import FileChecker
from notelint.core.diagnostic import Diagnostic
from notelint.core.file_types import is_note
from notelint.engine.lint import of_file
from notelint.engine.named_paths import path_in_vault
from notelint.engine.shard import Shard

if TYPE_CHECKING:
    from notelint.engine.workspace import Workspace


def check(run: "Workspace", paths: Sequence[Path], shard: Shard | None = None) -> list[Diagnostic]:
    """The diagnostics of the files in these folders, or with these paths; of all, if none is named."""
    return list(_found(run, _asked(run, paths, shard))) if _is_asked_for(run) else []


def is_any_asked(run: "Workspace", paths: Sequence[Path]) -> bool:
    """True if some file in these folders is checked."""
    return _is_asked_for(run) and any(run.plan_of(path, None).of_files for path in _asked(run, paths, None))


def check_named(run: "Workspace", paths: Collection[str]) -> list[Diagnostic]:
    """The diagnostics of the files at these paths of the vault, as far as they are there."""
    return list(_found(run, [path for path in run.files.files if path in paths])) if _is_asked_for(run) else []


def _asked(run: "Workspace", paths: Sequence[Path], shard: Shard | None) -> list[str]:
    named = {path_in_vault(run, path) for path in paths} or {"."}
    asked = (path for path in run.files.files if shard is None or shard.holds(path))
    asked = (path for path in asked if not is_note(path) and not run.excludes(path))
    return [path for path in asked if any(one in (".", path) or path.startswith(f"{one}/") for one in named)]


def _found(run: "Workspace", paths: Iterable[str]) -> Iterator[Diagnostic]:
    for path in paths:
        if not is_note(path) and not run.excludes(path):
            plan = run.plan_of(path, None)
            if plan.of_files:
                yield from of_file(path, run.tables, plan)


def _is_asked_for(run: "Workspace") -> bool:
    """True if a checker of files is switched on anywhere: nearly never, and then no path is looked at."""
    on = run.settings.of_any_note(())
    return any(id in on and issubclass(checker, FileChecker) for id, checker in run.registry.items())
