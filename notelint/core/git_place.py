"""Where the repository around a vault lies, found by walking up: git itself is never asked in a folder of a vault."""

import os
import stat
from pathlib import Path

from msgspec import Struct

from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.core.safe_read import read_beside

_POINTER = lazy_regex(rb"gitdir: ([^\r\n\0]+)\s*\Z")
LONGEST_POINTER = 1 << 16  # bytes of a file that says where a repository lies


class NoRepositoryError(NotelintError):
    """There is no repository around a folder, or none that can be used."""


class RepositoryPlace(Struct, frozen=True):
    """Where a repository lies: its work tree, what stands for it there (`.git`), and the folder of its data."""

    top: Path
    mark: Path
    data: Path


def find(root: Path) -> RepositoryPlace:
    """The repository around a folder. Raises `NoRepositoryError`."""
    for folder in (root, *root.parents):
        mark = folder / ".git"
        data = _data(mark)
        if data is not None:
            return RepositoryPlace(folder, mark, data)
    raise NoRepositoryError(f"{root} is in no git repository: what has changed is known from git alone")


def _data(mark: Path) -> Path | None:
    """The folder of a repository's data: `.git`, or what the file of that name leads to (worktrees, submodules)."""
    try:
        info = mark.lstat()
    except OSError:
        return None
    if stat.S_ISDIR(info.st_mode):
        return mark if _is_repository(mark) else None
    if stat.S_ISLNK(info.st_mode):  # as some tools for several work trees make it: no commit can bring one
        target = Path(os.path.realpath(mark))
        return target if _is_repository(target) else None
    if not stat.S_ISREG(info.st_mode):
        return None
    try:
        match = _POINTER.match(read_beside(mark, LONGEST_POINTER))
    except OSError:
        return None
    if match is None:
        return None
    data = Path(os.path.realpath(mark.parent / os.fsdecode(match[1])))
    return data if _is_repository(data) else None


def _is_repository(folder: Path) -> bool:
    """Tell whether a folder is what git takes for a repository."""
    if not os.path.lexists(folder / "HEAD"):
        return False
    return (folder / "commondir").is_file() or ((folder / "objects").is_dir() and (folder / "refs").is_dir())
