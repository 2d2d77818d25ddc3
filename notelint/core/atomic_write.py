"""The one module through which files of a vault are written: atomically, never through a link, never outside the vault.

A file is written under another name in its own folder, synced, then renamed: whoever looks, and whatever happens
meanwhile, sees the old bytes or the new ones. Several files are all written before the first is renamed.
"""

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from notelint.core.safe_path import (
    LINK,
    OpenFolder,
    UnsafePathError,
    is_git_folder,
    is_link,
    opened,
    require_own,
    split,
)

TEMPORARY = ".notelint-"
FULL = frozenset(  # no other file could be written either
    {errno.ENOSPC, errno.EIO, errno.EROFS, getattr(errno, "EDQUOT", errno.ENOSPC)}
)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_MODE = 0o666
_PIECE = 1 << 20
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


class ChangedMeanwhileError(Exception):
    """The file no longer holds what was read from it."""


def digest(data: bytes) -> str:
    """A fingerprint of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def temporary_name() -> str:
    """A name that no file has: what it is renamed from."""
    return f"{TEMPORARY}{secrets.token_hex(8)}"


class Prepared:
    """New bytes of one file that are on the disk already, beside it, under a temporary name."""

    def __init__(self, root: Path, path: str, temporary: str) -> None:
        self.path = path
        self._root = str(root)
        *self._folders, self._name = require_own(path)
        self._temporary, self._aside = temporary, f"{temporary}-old"
        self._old: bytes | None = None

    def write(self, old: bytes | None, new: bytes) -> None:
        """Write `new` beside the file, with its mode bits; `old` is what the file holds, None if there is none.

        Raises `ChangedMeanwhileError`, `FileExistsError`, `UnsafePathError` for a link, and `OSError`: then nothing is
        left.
        """
        self._old = old
        with opened(self._root, self._folders) as folder:
            mode = _require_unchanged(folder, self._name, old)
            try:
                _write_new(folder, self._temporary, new, mode)
            except BaseException:
                self._remove(folder, self._temporary)
                raise

    def put(self, *, keep: bool = False) -> None:
        """Rename it into place; with `keep`, so that `take_back` needs no space on the disk. Raises as `write`."""
        with opened(self._root, self._folders) as folder:
            _require_unchanged(folder, self._name, self._old)
            if self._old is None:
                _link_new(folder, self._temporary, self._name)
                return
            if keep:
                _keep(folder, self._name, self._aside, self._old)
            folder_handle = folder.handle
            os.replace(
                folder.named(self._temporary), folder.named(self._name),
                src_dir_fd=folder_handle, dst_dir_fd=folder_handle,
            )  # fmt: skip

    def take_back(self) -> None:
        """Give the file again what it held before `put(keep=True)`. Raises `OSError`."""
        with opened(self._root, self._folders) as folder:
            if self._old is None:
                os.unlink(folder.named(self._name), dir_fd=folder.handle)
                return
            os.replace(
                folder.named(self._aside), folder.named(self._name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle
            )

    def follow(self, old: str, new: str) -> None:
        """Know that the folder at the path `old` is at `new` now, with what lies beside the file."""
        if self.path.startswith(f"{old}/"):
            *self._folders, self._name = require_own(new + self.path[len(old) :])

    def drop(self) -> None:
        """Remove what is left beside the file."""
        with suppress(OSError), opened(self._root, self._folders) as folder:
            self._remove(folder, self._temporary)
            self._remove(folder, self._aside)

    def sync_folder(self) -> None:
        """Make the rename durable, where the system can."""
        with suppress(OSError), opened(self._root, self._folders) as folder:
            _sync(folder)

    @staticmethod
    def _remove(folder: OpenFolder, name: str) -> None:
        with suppress(OSError):
            os.unlink(folder.named(name), dir_fd=folder.handle)


def _require_unchanged(folder: OpenFolder, name: str, old: bytes | None) -> int:
    """The mode bits of a file that holds `old`; those of a new file if there is none. Raises as `Prepared.write`."""
    try:
        info = folder.stat(name)
    except FileNotFoundError as error:
        if old is not None:
            raise ChangedMeanwhileError(name) from error
        return _MODE
    if is_link(info):
        raise UnsafePathError(LINK, f"{folder.path}/{name}")
    if old is None:
        raise FileExistsError(errno.EEXIST, "there is a file of that name", f"{folder.path}/{name}")
    if not stat.S_ISREG(info.st_mode):
        raise UnsafePathError("it is no regular file", f"{folder.path}/{name}")
    if info.st_size != len(old) or _read(folder, name) != old:
        raise ChangedMeanwhileError(name)
    return stat.S_IMODE(info.st_mode)


def _read(folder: OpenFolder, name: str) -> bytes:
    handle = folder.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        return b"".join(iter(lambda: os.read(handle, _PIECE), b""))
    finally:
        os.close(handle)


def _write_new(folder: OpenFolder, name: str, data: bytes, mode: int = _MODE) -> None:
    """Make a file that is not there, and sync it."""
    handle = folder.open(name, _NEW, mode)
    try:
        write_whole(handle, data)
        os.fsync(handle)
        if mode != _MODE and hasattr(os, "fchmod"):
            os.fchmod(handle, mode)
    finally:
        os.close(handle)


def write_whole(handle: int, data: bytes) -> None:
    """Write all bytes: one call to the system may take a part of them. Raises `OSError`."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _link_new(folder: OpenFolder, temporary: str, name: str) -> None:
    """Give a temporary file its name, which no file has. Raises `FileExistsError`, where another was quicker."""
    try:
        os.link(
            folder.named(temporary), folder.named(name),
            src_dir_fd=folder.handle, dst_dir_fd=folder.handle, follow_symlinks=False,
        )  # fmt: skip
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.rename(folder.named(temporary), folder.named(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)
    with suppress(OSError):
        os.unlink(folder.named(temporary), dir_fd=folder.handle)


def _keep(folder: OpenFolder, name: str, aside: str, old: bytes) -> None:
    """Keep the old file under another name, without a copy where the file system can."""
    try:
        os.link(
            folder.named(name), folder.named(aside),
            src_dir_fd=folder.handle, dst_dir_fd=folder.handle, follow_symlinks=False,
        )  # fmt: skip
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _write_new(folder, aside, old, stat.S_IMODE(folder.stat(name).st_mode))


def replace(root: Path, path: str, old: bytes | None, new: bytes) -> None:
    """Put `new` in place of `old` (None: no file) in one file of the vault. Raises as `Prepared.write`."""
    prepared = Prepared(root, path, temporary_name())
    try:
        prepared.write(old, new)
        prepared.put()
    finally:
        prepared.drop()
    prepared.sync_folder()


def create(root: Path, path: str, data: bytes) -> list[str]:
    """Write a new file of the vault, in folders that are made where they are missing: which these are.

    Raises `FileExistsError`, `UnsafePathError`, and `OSError`; then nothing is left.
    """
    made = make_folders(root, path)
    try:
        replace(root, path, None, data)
    except BaseException:
        remove_folders(root, made)
        raise
    return made


def write_configuration(root: Path, file: Path, old: bytes | None, new: bytes) -> None:
    """Put `new` in place of `old` in a configuration file: one of the vault, or one that the user named elsewhere.

    Raises as `Prepared.write`.
    """
    whole = Path(os.path.abspath(file))  # noqa: PTH100 - a link is refused, not followed
    if whole.is_relative_to(root):
        replace(root, whole.relative_to(root).as_posix(), old, new)
    else:
        replace(whole.parent, whole.name, old, new)


def make_folders(root: Path, path: str) -> list[str]:
    """Make the folders in which the file at a path is to lie. Which were made, the inner ones last."""
    folders, made = require_own(path)[:-1], list[str]()
    try:
        for at, name in enumerate(folders):
            with opened(str(root), folders[:at]) as folder:
                try:
                    os.mkdir(folder.named(name), dir_fd=folder.handle)
                except FileExistsError:
                    folder.below(name).close()
                else:
                    made.append("/".join(folders[: at + 1]))
    except BaseException:
        remove_folders(root, made)
        raise
    return made


def remove_folders(root: Path, made: Sequence[str]) -> None:
    """Remove folders that were made, the inner ones first; those that something lies in stay."""
    for path in reversed(made):
        *outer, name = split(path)
        with suppress(OSError), opened(str(root), outer) as folder:
            os.rmdir(folder.named(name), dir_fd=folder.handle)


def remove(root: Path, path: str) -> None:
    """Remove one file of the vault. Raises `OSError`."""
    *folders, name = require_own(path)
    with opened(str(root), folders) as folder:
        os.unlink(folder.named(name), dir_fd=folder.handle)


def move(root: Path, old: str, new: str) -> None:
    """Give a file or folder another path, whose folder exists; a change of capitals alone is one too.

    Raises `FileExistsError` if something else is there, `UnsafePathError`, and `OSError`.
    """
    *from_folders, old_name = require_own(old)
    *to_folders, new_name = require_own(new)
    with opened(str(root), from_folders) as source, opened(str(root), to_folders) as target:
        info = source.stat(old_name)
        try:
            there = target.stat(new_name)
        except FileNotFoundError:
            pass
        else:
            if old_name == new_name or not os.path.samestat(info, there):
                raise FileExistsError(errno.EEXIST, "there is a file of that name", new)
        os.rename(source.named(old_name), target.named(new_name), src_dir_fd=source.handle, dst_dir_fd=target.handle)
        _sync(target)
        _sync(source)


def _sync(folder: OpenFolder) -> None:
    if folder.handle is not None:
        with suppress(OSError):
            os.fsync(folder.handle)


def write_named(file: Path, data: bytes) -> None:
    """Write a file that the user named, a report: atomically, and through no link that a repository could bring.

    Below the repository or vault that it lies in, no part of its path may be a link; elsewhere, it itself. Devices and
    pipes (`/dev/stdout`) are written to. Raises `UnsafePathError` and `OSError`.
    """
    whole = Path(os.path.abspath(file))  # noqa: PTH100 - Path.resolve would follow the links that are refused here
    if whole.parts[1:2] in (("dev",), ("proc",)) or (whole.exists() and not (whole.is_file() or whole.is_dir())):
        _write_through(whole, data)
        return
    outer = [folder for folder in reversed(whole.parents) if _is_root(folder)]
    root = outer[0] if outer else whole.parent
    *folders, name = split(whole.relative_to(root).as_posix())
    if any(map(is_git_folder, (*folders, name))):
        raise UnsafePathError("it lies in the folder of git, where nothing is written", str(file))
    with opened(str(root), folders) as folder:
        _replace_any(folder, name, data)


def _is_root(folder: Path) -> bool:
    return any(os.path.lexists(folder / mark) for mark in (".git", ".obsidian", "notelint.toml", ".notelint.toml"))


def _replace_any(folder: OpenFolder, name: str, data: bytes) -> None:
    """Put a file in place of whatever regular file has its name, or none."""
    mode, temporary = _MODE, temporary_name()
    with suppress(FileNotFoundError):
        info = folder.stat(name)
        if not stat.S_ISREG(info.st_mode):
            reason = LINK if is_link(info) else "it is no regular file"
            raise UnsafePathError(reason, f"{folder.path}/{name}")
        mode = stat.S_IMODE(info.st_mode)
    try:
        _write_new(folder, temporary, data, mode)
        os.replace(folder.named(temporary), folder.named(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)
    except BaseException:
        with suppress(OSError):
            os.unlink(folder.named(temporary), dir_fd=folder.handle)
        raise
    _sync(folder)


def _write_through(file: Path, data: bytes) -> None:
    handle = os.open(file, os.O_WRONLY)
    try:
        write_whole(handle, data)
    finally:
        os.close(handle)
