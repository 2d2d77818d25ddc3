"""The one module through which files of a vault are written: atomically, never through a link, never outside the vault.

A file is written under another name in its own folder, synced, then renamed: whoever looks, and whatever happens
meanwhile, sees the old bytes or the new ones. Several files are all written before the first is renamed.
"""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from notelint.core.safe_path import (
    LINK,
    NO_FILE,
    OpenFolder,
    UnsafePathError,
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
_MODE, _PRIVATE = 0o666, 0o600
_PIECE = 1 << 20
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV)


class ChangedMeanwhileError(Exception):
    """The file no longer holds what was read from it."""


def digest(data: bytes) -> str:
    """A fingerprint of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def temporary_name() -> str:
    """A name that no file has: what it is renamed from."""
    return f"{TEMPORARY}{os.urandom(8).hex()}"


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
            like = _require_unchanged(folder, self._name, old)
            try:
                write_new(folder, self._temporary, [new], like)
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
            sync(folder)

    @staticmethod
    def _remove(folder: OpenFolder, name: str) -> None:
        with suppress(OSError):
            os.unlink(folder.named(name), dir_fd=folder.handle)


def _require_unchanged(folder: OpenFolder, name: str, old: bytes | None) -> os.stat_result | None:
    """The state of a file that holds `old`; None if there is to be none, and is not. Raises as `Prepared.write`."""
    try:
        info = folder.stat(name)
    except FileNotFoundError as error:
        if old is not None:
            raise ChangedMeanwhileError(name) from error
        return None
    if is_link(info):
        raise UnsafePathError(LINK, f"{folder.path}/{name}")
    if old is None:
        raise FileExistsError(errno.EEXIST, "there is a file of that name", f"{folder.path}/{name}")
    if not stat.S_ISREG(info.st_mode):
        raise UnsafePathError(NO_FILE, f"{folder.path}/{name}")
    if info.st_size != len(old) or _read(folder, name) != old:
        raise ChangedMeanwhileError(name)
    return info


def _read(folder: OpenFolder, name: str) -> bytes:
    handle = folder.open(name, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        return b"".join(iter(lambda: os.read(handle, _PIECE), b""))
    finally:
        os.close(handle)


def write_new(folder: OpenFolder, name: str, data: Iterable[bytes], like: os.stat_result | None = None) -> None:
    """Make a file that is not there, of these pieces, with the mode bits and the owner of another one (`like`), and
    sync it.
    """
    handle = folder.open(name, _NEW, _MODE if like is None else _PRIVATE)
    try:
        for piece in data:
            write_whole(handle, piece)
        if like is not None and hasattr(os, "fchmod"):
            if (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
                with suppress(OSError):  # who may not give it away keeps it
                    os.fchown(handle, like.st_uid, like.st_gid)
            os.fchmod(handle, stat.S_IMODE(like.st_mode))
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(handle: int, data: bytes) -> None:
    """Write all bytes: one call to the system may take a part of them. Raises `OSError`."""
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def _link(folder: OpenFolder, name: str, other: str) -> None:
    """Give a file a second name. Raises `OSError`."""
    follow = {"follow_symlinks": False} if os.link in os.supports_follow_symlinks else {}
    os.link(folder.named(name), folder.named(other), src_dir_fd=folder.handle, dst_dir_fd=folder.handle, **follow)


def _link_new(folder: OpenFolder, temporary: str, name: str) -> None:
    """Give a temporary file its name, which no file has. Raises `FileExistsError`, where another was quicker."""
    try:
        _link(folder, temporary, name)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.rename(folder.named(temporary), folder.named(name), src_dir_fd=folder.handle, dst_dir_fd=folder.handle)
    with suppress(OSError):
        os.unlink(folder.named(temporary), dir_fd=folder.handle)


def _keep(folder: OpenFolder, name: str, aside: str, old: bytes) -> None:
    """Keep the old file under another name, without a copy where the file system can."""
    try:
        _link(folder, name, aside)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        write_new(folder, aside, [old], folder.stat(name))


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
        sync(target)
        sync(source)


def sync(folder: OpenFolder) -> None:
    """Make renames in a folder durable, where the system can."""
    if folder.handle is not None:
        with suppress(OSError):
            os.fsync(folder.handle)
