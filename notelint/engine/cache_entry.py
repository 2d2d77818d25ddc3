"""What is known of one note: the value that a run finds out, and that the cache keeps for the next one."""

import hashlib
import os
import time
from collections.abc import Iterable

import msgspec
from msgspec import Struct

from notelint.vault.face import Face

FORGED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # what comes of bytes that no run wrote
_TICK = 2_000_000_000  # nanoseconds: the coarsest clock of any file system
_NOT_A_NOTE = "\0"  # begins what else a finding depends on, among the notes whose outlines were looked at
PARTS = "\0#"  # stands before the path of a note of which no more was looked at than the parts that links can name


class Stamp(Struct, frozen=True, array_like=True, gc=False):
    """A file's size and times, as the file system gives them at no cost."""

    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, path: str) -> "Stamp | None":
        """The stamp of a file, or None if there is none to be read."""
        try:
            stat = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - a Path for each note takes longer
        except OSError:
            return None
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)

    def is_old(self, now: int) -> bool:
        """True if a change from `now` on would give the file another stamp."""
        return max(self.modified, self.changed) < now - _TICK


NOWHERE = Stamp(-1, -1, -1)  # of what cannot be read
OVERLAID = Stamp(-2, -2, -2)  # of a note that is not what its file holds


class CacheEntry(Struct, array_like=True, gc=False):
    """The cache's entry of one note. Diagnostics and outlines are kept as bytes: most of them are never looked at."""

    stamp: Stamp
    read: int  # when the note was read, in nanoseconds
    digest: bytes
    face: Face
    profile: str | None = None
    whole: bool = False  # it can only be judged with its text at hand
    found: bytes = b""  # diagnostics from the note alone
    silenced: bytes = b""  # what it asks to be silent about
    names: bytes = b""  # digests of what links can name of it
    seen: bytes | None = None  # diagnostics from the whole vault, if they still hold
    reads: tuple[str, ...] = ()  # the notes whose outlines were looked at for `seen`
    outside: tuple[tuple[str, bytes], ...] = ()  # excluded notes that were read for `seen`, with their digests
    is_plain: bool = True  # publishing changes nothing of what it shows
    checksum: int = 0  # of the outline
    outline: bytes = b""  # if it is not in the file yet
    parts: bytes = b""  # a digest of what links can name of it, wherever that stands
    seeking: bytes = b""  # a digest of its links into folders, as they are written
    links: bytes | None = None  # where its links lead (`vault.outlines.link_paths`), if that is not in the file yet

    @property
    def is_certain(self) -> bool:
        """True if the note is what was read as long as its file has this stamp."""
        return self.digest != b"" and self.stamp.is_old(self.read)


def count_of(packed: bytes | None) -> int:
    """Number of values in a packed list, which stands at its beginning: no more than it has bytes, if that lies."""
    if not packed:
        return 0
    sizes = {0xDC: 3, 0xDD: 5}
    said = int.from_bytes(packed[1 : sizes[packed[0]]], "big") if packed[0] in sizes else packed[0] & 0x0F
    return min(said, len(packed))


def is_of_note(looked_at: str) -> bool:
    """True for a note, or its parts, among the names of all that was looked at."""
    return looked_at[:1] != _NOT_A_NOTE or looked_at.startswith(PARTS)


def now() -> int:
    """The time, by the clock that file systems use."""
    return time.time_ns()


def digest(data: bytes) -> bytes:
    """A fingerprint of a note's bytes."""
    return hashlib.blake2b(data, digest_size=16).digest()


def fingerprint(parts: Iterable[str | bytes]) -> str:
    """One digest of several texts, whatever they hold."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def fingerprint_of_paths(*lists: Iterable[str]) -> str:
    """One digest of several lists of paths, for which nothing is done path by path: no path holds a NUL."""
    return fingerprint("\0".join(paths) for paths in lists)
