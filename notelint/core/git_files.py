"""Files that git reads besides notes: its own, and those that the settings of a repository name. All have an end.

A repository that was handed on can hold a pipe or a link to `/dev/zero` in their place: git would wait for ever, or
take all memory.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from notelint.core.git_place import LONGEST_POINTER
from notelint.core.safe_read import read_beside

_OF_GIT = (
    "HEAD",
    "MERGE_HEAD",
    "config",
    "config.worktree",
    "commondir",
    "index",
    "packed-refs",
    "shallow",
    "info/attributes",
    "info/exclude",
    "info/sparse-checkout",
    "objects/info/alternates",
    "objects/info/commit-graph",
)
_NAMING = frozenset({"core.attributesfile", "core.excludesfile", "diff.orderfile", "mailmap.file"})
_OF_USER = ("system", "global", "command")


def unreadable(data: Path) -> Path | None:
    """The first of git's own files, in the folder of its data, that is neither a regular file nor missing."""
    folders = (data, *_common(data))
    return next((file for folder in folders for name in _OF_GIT if is_endless(file := folder / name)), None)


def _common(data: Path) -> Iterator[Path]:
    """The folder that several work trees share, if this one is of one."""
    try:
        named = read_beside(data / "commondir", LONGEST_POINTER)
        yield Path(os.path.realpath(data / os.fsdecode(named.rstrip(b"\r\n"))))
    except (OSError, ValueError):
        return


def is_endless(file: Path) -> bool:
    """Tell whether reading a file may never end: it is a pipe or a device, or a link to one."""
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISSOCK(mode))


def settings_without_others_files(configured: Iterable[tuple[str, str, str]], folders: Iterable[Path]) -> list[str]:
    """Settings, as `name=value`, that keep git from files which a repository names and does not hold itself.

    `configured` are whose settings there are, their names and values; `folders` are those of the repository.
    """
    last = {name: (scope, value) for scope, name, value in configured if name in _NAMING}
    inside = [os.path.realpath(folder) for folder in folders]
    top = inside[0]
    return [
        f"{name}={os.devnull}"
        for name, (scope, value) in sorted(last.items())
        if scope not in _OF_USER and not _is_held(os.path.join(top, os.path.expanduser(value)), inside)  # noqa: PTH111, PTH118
    ]


def _is_held(file: str, folders: Iterable[str]) -> bool:
    real = Path(os.path.realpath(file))
    return real.is_file() and any(real.is_relative_to(folder) for folder in folders)
