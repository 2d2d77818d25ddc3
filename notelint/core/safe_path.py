"""Paths below a trusted folder, reached without following a link in any of their parts, on every system.

Where the system can, a folder is held open and what lies in it is named relative to that (openat), so that nothing can
be put in the way between looking and using. On Windows each part is looked at instead: no link, no junction.
"""

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from notelint.core.lazy_regex import lazy_regex

HAS_OPENAT = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | NO_FOLLOW
_REPARSE_POINT = 0x400  # of Windows: links, junctions, mounted folders
_IGNORED = lazy_regex("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")  # by the file system of macOS
_ODD = r"/~\\:\0\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff"  # of which no part of a plain path has one
_PLAIN = lazy_regex(rf"(?:[^.{_ODD}][^{_ODD}]*/)*[^.{_ODD}][^{_ODD}]*")
_TOOLS = frozenset({"node_modules"})
NO_FILE = "it is not a regular file"
LINK = "it is a symbolic link, and links are not followed"
BEHIND_LINK = "it lies behind a symbolic link, and links are not followed"


class UnsafePathError(OSError):
    """A path that leads out of the vault, through a link, or to what is not a regular file. `strerror` says which."""

    def __init__(self, reason: str, path: str) -> None:
        super().__init__(errno.EPERM, reason, path)


def split(path: str) -> tuple[str, ...]:
    """The parts of a POSIX path relative to a trusted folder. Raises `UnsafePathError` for one that leaves it."""
    parts = tuple(path.split("/"))
    if not all(map(_is_name, parts)):
        raise UnsafePathError("it names no file inside the vault", path)
    return parts


def _is_name(part: str) -> bool:
    bad = part in ("", ".", "..") or "\0" in part
    return not (bad or (os.name == "nt" and ("\\" in part or ":" in part)))


def is_inside(path: str) -> bool:
    """Tell whether a path of a foreign source (a tree of git, a journal) names a file in the folder it is put into.

    No part may lead elsewhere, or be the folder of git, however a file system may spell that.
    """
    if _PLAIN.fullmatch(path):  # nearly all, of thousands in a tree
        return True
    parts = path.split("/")
    return all(map(_is_name, parts)) and not any(map(is_git_folder, parts))


def is_git_folder(part: str) -> bool:
    """Tell whether a file system may take a name for `.git`: by case, by ignored characters, by its short form."""
    name = _IGNORED.sub("", part).lower().partition(":")[0].rstrip(" .")
    return name in (".git", "git~1")


def require_own(path: str) -> tuple[str, ...]:
    """The parts of a path that may be written. Raises `UnsafePathError` for the folder of git or another tool."""
    parts = split(path)
    if any(map(is_git_folder, parts)):
        raise UnsafePathError("it lies in the folder of git, where nothing is written", path)
    for folder in parts[:-1]:
        if folder.startswith(".") or folder.lower() in _TOOLS:
            raise UnsafePathError(f"it lies in {folder}, the folder of another tool, where nothing is written", path)
    return parts


class OpenFolder:
    """A folder that is held open: everything in it is named by its bare name."""

    def __init__(self, path: str, handle: int | None) -> None:
        self.path, self.handle = path, handle

    def close(self) -> None:
        """Let go of it."""
        handle, self.handle = self.handle, None
        if handle is not None:
            os.close(handle)

    def named(self, name: str) -> str:
        """The path to pass to the system for a name in this folder, beside the handle."""
        return name if self.handle is not None else f"{self.path}/{name}"

    def stat(self, name: str) -> os.stat_result:
        """The `stat` of a file, a link not followed. Raises `OSError`."""
        return os.stat(self.named(name), dir_fd=self.handle, follow_symlinks=False)

    def open(self, name: str, flags: int, mode: int = 0o666) -> int:
        """A file of this folder, opened; a link is not followed. Raises `OSError`, `UnsafePathError` for a link."""
        if not HAS_OPENAT:
            _refuse_link(f"{self.path}/{name}", LINK)
        try:
            return os.open(self.named(name), flags | NO_FOLLOW, mode, dir_fd=self.handle)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK, errno.ENOTDIR) and self._is_link(name):
                raise UnsafePathError(LINK, f"{self.path}/{name}") from error
            if error.errno in (errno.ENXIO, errno.EOPNOTSUPP):  # a socket, a pipe that nobody reads
                raise UnsafePathError(NO_FILE, f"{self.path}/{name}") from error
            raise

    def below(self, name: str) -> "OpenFolder":
        """A folder in this one, opened. Raises `OSError`, `UnsafePathError` for a link."""
        path = f"{self.path}/{name}"
        if not HAS_OPENAT:
            _refuse_link(path, BEHIND_LINK)
            return OpenFolder(path, None)
        try:
            return OpenFolder(path, os.open(name, _FOLDER, dir_fd=self.handle))
        except OSError as error:
            if self._is_link(name):
                raise UnsafePathError(BEHIND_LINK, path) from error
            raise

    def _is_link(self, name: str) -> bool:
        try:
            return is_link(self.stat(name))
        except OSError:
            return False


def is_link(info: os.stat_result) -> bool:
    """Tell whether a file is a symbolic link, or on Windows a junction, by what `lstat` says of it."""
    return stat.S_ISLNK(info.st_mode) or bool(getattr(info, "st_file_attributes", 0) & _REPARSE_POINT)


def _refuse_link(path: str, reason: str) -> None:
    with suppress(FileNotFoundError):
        if is_link(os.lstat(path)):
            raise UnsafePathError(reason, path)


def open_folder(root: str, parts: Sequence[str] = ()) -> OpenFolder:
    """The folder that these parts lead to from a trusted one, held open. Raises `OSError`, `UnsafePathError`."""
    folder = OpenFolder(root, os.open(root, _FOLDER & ~getattr(os, "O_NOFOLLOW", 0)) if HAS_OPENAT else None)
    for part in parts:
        try:
            inner = folder.below(part)
        finally:
            folder.close()
        folder = inner
    return folder


@contextmanager
def opened(root: str, parts: Sequence[str] = ()) -> Iterator[OpenFolder]:
    """The folder that these parts lead to from a trusted one, for a while. Raises `OSError`, `UnsafePathError`."""
    folder = open_folder(root, parts)
    try:
        yield folder
    finally:
        folder.close()
