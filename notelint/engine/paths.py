"""Runs that have nothing to check: a wrong glob must not look like a clean vault."""

from collections.abc import Sequence
from pathlib import Path

from notelint.core.file_types import is_note
from notelint.engine import other_files
from notelint.engine.check import canvases_named
from notelint.engine.named_paths import notes_named
from notelint.engine.workspace import Workspace


def nothing_to_check(run: Workspace, paths: Sequence[Path]) -> str | None:
    """Why nothing would be checked, or None if something would. Raises `NotelintError` as `Workspace.asked` does."""
    asked = list(notes_named(run, paths))
    if not asked and (canvases_named(run, paths) or other_files.is_any_asked(run, paths)):
        return None
    if not asked:
        hidden = sum(is_note(path) for path in run.files.files)
        if run.files.notes:
            return f"no note in {', '.join(map(str, paths))}"
        if hidden:
            nested = ", ".join(run.files.nested)
            own = f", or lie in vaults of their own: run notelint in {nested}" if nested else ""
            which = "the only note is" if hidden == 1 else f"all {hidden} notes are"
            return f"{which} excluded by the configuration or ignored by git{own}"
        return f"no note (*.md) in the vault {run.root}"
    if any(run.plan_of(path, None).checkers for path in asked):
        return None  # as nearly always, and no note need be read
    if not any(run.plan(run.read(path)).checkers for path in asked):
        return f"no checker is selected for {'this note' if len(asked) == 1 else f'any of the {len(asked)} notes'}"
    return None
