"""The one module through which files of a vault are read: regular files inside it, of a limited size, behind no link.

A pull request may bring links to `/dev/zero` or `/etc/passwd`, pipes, and files without an end. What is not read is an
`OSError` whose `strerror` says why; nobody waits for a pipe.
"""

import os
import stat
from pathlib import Path

from notelint.core.safe_path import HAS_OPENAT, NO_FILE, OpenFolder, UnsafePathError, is_link, open_folder, split

NOTE_LIMIT = 32 << 20  # bytes: a larger note is reported, not checked
SETTINGS_LIMIT = 4 << 20  # of configurations, schemas, ignore files, and what else is not a note
_PIECE = 1 << 20
_DEEP = 30  # folders in each other from which on they are not all held open
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_ANY = _READ & ~getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class TooLargeError(OSError):
    """A file that is larger than what is read of its kind."""

    def __init__(self, path: str, limit: int) -> None:
        super().__init__(0, f"it is larger than {limit >> 20} MB", path)


class VaultReader:
    """Reads files of one vault, by POSIX paths relative to its root. The folder that was read last stays open."""

    def __init__(self, root: Path) -> None:
        """`root` is trusted: a folder that the user named, or works in, without links (`Path.resolve`)."""
        self._root = str(root)
        self._name: str | None = None
        self._last: OpenFolder | None = None
        self._known = (0, 0)
        self._chain: list[tuple[str, OpenFolder]] = []  # of a walk: the root, and each folder in the one before

    def read(self, path: str, limit: int = NOTE_LIMIT) -> bytes:
        """The bytes of a file. Raises `TooLargeError`, `UnsafePathError`, and `OSError`."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", "..") or "\0" in name:
            split(path)
        handle = self._folder(folder).open(name, _READ)
        try:
            return _contents(handle, path, limit)
        finally:
            os.close(handle)

    def text(self, path: str) -> str:
        """A file of settings: UTF-8, without the mark with which editors on Windows begin one.

        Raises `UnicodeDecodeError`, and what `read` raises.
        """
        return self.read(path, SETTINGS_LIMIT).decode("utf-8-sig")

    def is_file(self, path: str) -> bool:
        """Tell whether there is a regular file that could be read."""
        info = self._info(path)
        return info is not None and stat.S_ISREG(info.st_mode) and not is_link(info)

    def is_folder(self, path: str) -> bool:
        """Tell whether there is a folder, and no link to one."""
        info = self._info(path)
        return info is not None and stat.S_ISDIR(info.st_mode) and not is_link(info)

    def is_there(self, path: str) -> bool:
        """Tell whether there is anything at a path, a link that leads nowhere and a pipe among it."""
        return self._info(path) is not None

    def _info(self, path: str) -> os.stat_result | None:
        try:
            folder, _, name = path.rpartition("/")
            return self._folder(folder).stat(split(name)[0])
        except (OSError, ValueError):
            return None

    def entries(self, folder: str) -> list[os.DirEntry[str]]:
        """The entries of a folder ("" for the root), in no order. Raises `OSError`.

        Entries can be asked what they are until something of another folder is read.
        """
        return _entries(self._folder(folder))

    def walked_entries(self, folder: str) -> list[os.DirEntry[str]]:
        """As `entries`, for a walk from a folder to those in it: it is opened once. `end_walk` lets go of all."""
        return _entries(self._walked(folder))

    def _walked(self, folder: str) -> OpenFolder:
        """A folder, held open as those that it lies in are: the next one of a walk lies in one of them."""
        if not HAS_OPENAT or folder.count("/") > _DEEP:
            return self._folder(folder)
        chain = self._chain
        while chain and chain[-1][0] and not f"{folder}/".startswith(f"{chain[-1][0]}/"):
            chain.pop()[1].close()
        if not chain:
            chain.append(("", open_folder(self._root)))
        name, opened = chain[-1]
        for part in split(folder[len(name) :].lstrip("/")) if folder != name else ():
            name, opened = f"{name}/{part}" if name else part, opened.below(part)
            chain.append((name, opened))
        return opened

    def _folder(self, name: str) -> OpenFolder:
        """A folder, held open: the last one again, if that is still what its path names."""
        if self._last is not None and name == self._name and HAS_OPENAT:
            try:
                info = os.stat(self._last.path)  # noqa: PTH116 - a Path for each note takes longer
                if (info.st_dev, info.st_ino) == self._known:
                    return self._last
            except OSError:
                pass
        self._close()
        opened = open_folder(self._root, split(name) if name else ())
        if opened.handle is not None:
            info = os.fstat(opened.handle)
            self._known = info.st_dev, info.st_ino
        self._name, self._last = name, opened
        return opened

    def _close(self) -> None:
        last, self._last = self._last, None
        if last is not None:
            last.close()

    def end_walk(self) -> None:
        """Let go of the folders that `walked_entries` holds open."""
        while self._chain:
            self._chain.pop()[1].close()

    def __del__(self) -> None:
        self._close()
        self.end_walk()


def _entries(folder: OpenFolder) -> list[os.DirEntry[str]]:
    return list(os.scandir(folder.path if folder.handle is None else folder.handle))


def _contents(handle: int, path: str, limit: int) -> bytes:
    info = os.fstat(handle)
    if not stat.S_ISREG(info.st_mode):
        raise UnsafePathError("it is a folder" if stat.S_ISDIR(info.st_mode) else NO_FILE, path)
    if info.st_size > limit:
        raise TooLargeError(path, limit)
    data = os.read(handle, info.st_size + 1)
    if len(data) == info.st_size:
        return data
    return _rest(handle, path, limit, data)


def _rest(handle: int, path: str, limit: int, data: bytes = b"") -> bytes:
    """The whole of a file that comes in pieces, or grows, or shrinks."""
    pieces, length = [data], len(data)
    while piece := os.read(handle, _PIECE):
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            raise TooLargeError(path, limit)
    return b"".join(pieces)


def read_beside(file: Path, limit: int = SETTINGS_LIMIT) -> bytes:
    """A file of a folder that is trusted, in which it alone may be a link, which is not followed. Raises `OSError`."""
    return VaultReader(file.parent).read(file.name, limit)


def read_named(file: Path, limit: int = NOTE_LIMIT) -> bytes:
    """A file that the user named on the command line: links are followed, pipes waited for. Raises `OSError`."""
    handle = os.open(file, _ANY)
    try:
        info = os.fstat(handle)
        if stat.S_ISDIR(info.st_mode):
            raise UnsafePathError("it is a folder", str(file))
        if stat.S_ISREG(info.st_mode) and info.st_size > limit:
            raise TooLargeError(str(file), limit)
        return _rest(handle, str(file), limit)
    finally:
        os.close(handle)


def read_of_vault(root: Path, file: Path, limit: int = SETTINGS_LIMIT) -> bytes:
    """A file that the user named, by the rules of the vault if it lies in that. Raises `OSError`."""
    whole = os.path.abspath(file)  # noqa: PTH100 - Path.resolve would follow the links that are refused here
    for base in dict.fromkeys((str(root), os.path.abspath(root))):  # noqa: PTH100
        if whole.startswith(f"{base.rstrip(os.sep)}{os.sep}"):
            return VaultReader(Path(base)).read(Path(whole).relative_to(base).as_posix(), limit)
    return read_named(file, limit)
