"""Files that the user named: reports, a configuration elsewhere. They may lie anywhere, behind no link of a vault."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from notelint.core.atomic_write import replace, sync, temporary_name, write_new, write_whole
from notelint.core.safe_path import LINK, NO_FILE, OpenFolder, UnsafePathError, is_git_folder, is_link, opened, split


def write_named(file: Path, data: Iterable[bytes]) -> None:
    """Write a file of these pieces that the user named, a report: atomically, through no link that a repository brings.

    Below the repository or vault that it lies in, no part of its path may be a link; elsewhere, it itself. Devices and
    pipes are written to if the path itself is one, or is below `/dev`. Raises `UnsafePathError` and `OSError`.
    """
    whole = Path(os.path.abspath(file))  # noqa: PTH100 - Path.resolve would follow the links that are refused here
    outer = [folder for folder in reversed(whole.parents) if _is_root(folder)]
    if whole.parts[1:2] in (("dev",), ("proc",)) and not any(folder.name for folder in outer):
        _write_through(os.open(whole, os.O_WRONLY), data)  # /dev/stdout is a link, which the system made
        return
    root = outer[0] if outer else whole.parent
    *folders, name = split(whole.relative_to(root).as_posix())
    if any(map(is_git_folder, (*folders, name))):
        raise UnsafePathError("it lies in the folder of git, where nothing is written", str(file))
    with opened(str(root), folders) as folder:
        if _is_device(folder, name):
            _write_through(folder.open(name, os.O_WRONLY), data)
        else:
            _replace_any(folder, name, data)


def write_configuration(root: Path, file: Path, old: bytes | None, new: bytes) -> None:
    """Put `new` in place of `old` in a configuration file: one of the vault, or one that the user named elsewhere.

    Raises as `Prepared.write`.
    """
    whole = Path(os.path.abspath(file))  # noqa: PTH100 - a link is refused, not followed
    if whole.is_relative_to(root):
        replace(root, whole.relative_to(root).as_posix(), old, new)
    else:
        replace(whole.parent, whole.name, old, new)


def _is_root(folder: Path) -> bool:
    return any(os.path.lexists(folder / mark) for mark in (".git", ".obsidian", "notelint.toml", ".notelint.toml"))


def _replace_any(folder: OpenFolder, name: str, data: Iterable[bytes]) -> None:
    """Put a file in place of whatever regular file has its name, or none."""
    temporary = temporary_name()
    like: os.stat_result | None = None
    with suppress(FileNotFoundError):
        info = folder.stat(name)
        if not stat.S_ISREG(info.st_mode):
            reason = LINK if is_link(info) else NO_FILE
            raise UnsafePathError(reason, f"{folder.path}/{name}")
        like = info
    try:
        write_new(folder, temporary, data, like)
        os.replace(folder.named(temporary), folder.named(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)
    except BaseException:
        with suppress(OSError):
            os.unlink(folder.named(temporary), dir_fd=folder.handle)
        raise
    sync(folder)


def _is_device(folder: OpenFolder, name: str) -> bool:
    """Tell whether a device or a pipe itself has this name, not a link to one: no commit can bring it."""
    try:
        mode = folder.stat(name).st_mode
    except FileNotFoundError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode) or stat.S_ISBLK(mode)


def _write_through(handle: int, data: Iterable[bytes]) -> None:
    try:
        for piece in data:
            write_whole(handle, piece)
    finally:
        os.close(handle)
