"""Paths of a command line: the notes that they name, and what they are called in their vault."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.engine.workspace import Workspace


def notes_named(workspace: Workspace, paths: Sequence[Path]) -> Iterator[str]:
    """The notes that these paths name, relative to the root. A note named by itself is taken even if excluded."""
    if not paths:
        yield from workspace.files.notes
        return
    seen = set()
    for path in paths:
        for note in _named(workspace, path):
            if note not in seen:
                seen.add(note)
                yield note


def not_excluded(workspace: Workspace, paths: Sequence[Path]) -> list[Path]:
    """Those of these paths of notes that the configuration, Obsidian or git does not exclude."""
    notes = set(workspace.files.notes)
    return [path for path in paths if path_in_vault(workspace, path) in notes]


def _named(workspace: Workspace, path: Path) -> Iterable[str]:
    relative = path_in_vault(workspace, path)
    if not path.exists():
        raise NotelintError(f"no such file or folder: {path}")
    nested = next((one for one in workspace.files.nested if f"{relative}/".startswith(f"{one}/")), None)
    if nested is not None:
        raise NotelintError(f"{path} lies in {nested}, a vault of its own: run notelint for it by itself")
    if path.is_dir():
        return [note for note in workspace.files.notes if relative == "." or note.startswith(f"{relative}/")]
    if relative.endswith(".canvas"):
        return []
    if not is_note(relative):
        raise NotelintError(f"{path} is not a note: notes are Markdown files, *.md")
    return [relative]


def path_in_vault(workspace: Workspace, path: Path, *, new: bool = False) -> str:
    """A path of the command line, relative to the vault root, POSIX, and spelled as on disk; the name of what is
    `new` stays as it is given. Raises `NotelintError` if it lies outside.
    """
    whole = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    try:
        if path.is_symlink():
            whole.resolve().relative_to(workspace.root)
        relative = whole.relative_to(workspace.root).as_posix()
    except (ValueError, OSError, RuntimeError) as error:
        raise NotelintError(f"{path} lies outside the vault {workspace.root}: run notelint in its own vault") from error
    return workspace.spelling.of_new(relative) if new else workspace.spelling.of(relative)
