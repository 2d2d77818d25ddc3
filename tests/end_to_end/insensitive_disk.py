"""A disk as macOS has it, through FUSE: names are kept as written, and found in any case and Unicode normalisation.

    python insensitive_disk.py FOLDER MOUNT_POINT

Needs mfusepy and libfuse. What is written lies in FOLDER; the disk is gone once the process has ended.
"""

import os
import sys
import unicodedata
from typing import Any

import mfusepy

_STAT = ("st_mode", "st_nlink", "st_uid", "st_gid", "st_size", "st_ino")
_STATVFS = ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_ffree", "f_files", "f_frsize", "f_namemax")


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


class InsensitiveDisk(mfusepy.Operations):  # type: ignore[misc]
    """Passes everything on to a folder, by the names that lie there."""

    use_ns = True

    def __init__(self, root: str) -> None:
        self._root = root

    def _real(self, path: str) -> str:
        folder = self._root
        for part in filter(None, path.split("/")):
            names = os.listdir(folder) if os.path.isdir(folder) else []
            folder = os.path.join(folder, next((name for name in names if _key(name) == _key(part)), part))
        return folder

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        found = os.lstat(self._real(path))
        times = {"st_atime": found.st_atime_ns, "st_mtime": found.st_mtime_ns, "st_ctime": found.st_ctime_ns}
        return {name: getattr(found, name) for name in _STAT} | times

    def readdir(self, path: str, fh: int) -> list[Any]:
        with os.scandir(self._real(path)) as entries:
            stats = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
        found = [(name, {"st_ino": stat.st_ino, "st_mode": stat.st_mode}, 0) for name, stat in stats]
        return [".", "..", *found]

    def open(self, path: str, flags: int) -> int:
        return os.open(self._real(path), flags & ~os.O_NOFOLLOW)

    def create(self, path: str, mode: int, fi: object = None) -> int:
        return os.open(self._real(path), os.O_RDWR | os.O_CREAT | os.O_EXCL, mode)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return os.pread(fh, size, offset)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        return os.pwrite(fh, data, offset)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        os.truncate(self._real(path), length)

    def flush(self, path: str, fh: int) -> int:
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        return 0

    def release(self, path: str, fh: int) -> None:
        os.close(fh)

    def unlink(self, path: str) -> None:
        os.unlink(self._real(path))

    def rmdir(self, path: str) -> None:
        os.rmdir(self._real(path))

    def mkdir(self, path: str, mode: int) -> None:
        os.mkdir(self._real(path), mode)

    def rename(self, old: str, new: str, flags: int = 0) -> None:
        source, target = self._real(old), self._real(new)
        if source == target:  # another spelling of its own name
            target = os.path.join(os.path.dirname(target), os.path.basename(new))
        os.rename(source, target)

    def symlink(self, target: str, source: str) -> None:
        os.symlink(source, self._real(target))

    def link(self, target: str, source: str) -> None:
        os.link(self._real(source), self._real(target))

    def readlink(self, path: str) -> str:
        return os.readlink(self._real(path))

    def chmod(self, path: str, mode: int) -> None:
        os.chmod(self._real(path), mode)

    def chown(self, path: str, uid: int, gid: int) -> None:
        os.chown(self._real(path), uid, gid, follow_symlinks=False)

    def utimens(self, path: str, times: tuple[int, int]) -> None:
        os.utime(self._real(path), ns=times)

    def statfs(self, path: str) -> dict[str, int]:
        found = os.statvfs(self._root)
        return {name: getattr(found, name) for name in _STATVFS}


if __name__ == "__main__":
    mfusepy.FUSE(InsensitiveDisk(sys.argv[1]), sys.argv[2], foreground=True, nothreads=True, use_ino=True)
