"""The cache: the results for each note, kept for the next run in a single file.

The file holds values only (msgpack, read by declared types), so reading it can do no harm. It is discarded in silence
if it was made by another version, configuration, schema, profile or plugin, or if anything in it is not as expected.
It is replaced as a whole: who reads it sees the old one or the new one.

A note is known by size and times; it is read again where one of them differs, or where the file was so young when it
was read that a later change could have left the same times (as git does); only then its bytes' digest decides. In a
folder that is not the one for which the cache was made (restored in CI, another container), the digest always does.

The file lies in the user's cache folder, never in the vault, where a fork could bring its own.
"""

import hashlib
import os
import time
import weakref
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct, msgpack

from notelint.core import user_folders
from notelint.vault.face import Face

FILE = "check.msgpack"
FORGED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # what comes of bytes that no run wrote
_MAGIC = b"notelint\x00\x02"
_HEAD = len(_MAGIC) + 12  # the index' length and its checksum follow the magic number
_NOWHERE = (0, 0)
_BUFFER = 1 << 20
_TICK = 2_000_000_000  # nanoseconds: the coarsest clock of any file system


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


@dataclass(frozen=True)
class Key:
    """Everything that a run depends on besides the notes: at no cost by the stamps of files, on any machine by their
    bytes.
    """

    quick: str
    content: Callable[[], str]


class _Index(Struct, array_like=True):
    identity: str  # of the folder
    quick: str
    key: str
    files: str  # a digest of all paths of the vault
    everything: bool  # whether what is seen of one note may depend on any other
    lengths: list[int]  # of the outlines, which follow the index in the same order
    paths: list[str]
    entries: list[CacheEntry]


class Cache:
    """The cache of one vault, for one key: whatever a run depends on besides the notes."""

    keeps_overlaid = False  # whether it takes what is known of notes that are not what their files hold

    def __init__(self, folder: Path | None, key: Key, identity: str = "") -> None:
        """`folder` is this vault's in the user's cache folder; `identity` is that of the vault's own folder."""
        self._folder = folder
        self._key, self._identity = key, identity
        self.files = ""
        self.everything = False
        self.entries: dict[str, CacheEntry] = {}
        self.trusts_stamps = True  # else only digests tell that a note is the same
        self.is_elsewhere = False  # what was read was written for other stamps, and is to be written anew
        self._lengths: list[int] = []
        self._outlines = 0  # where they begin
        self._file: BinaryIO | None = None
        self._aside: BinaryIO | None = None  # outlines that are in no cache yet
        self._places_aside: dict[str, tuple[int, int]] = {}

    @classmethod
    def none(cls) -> "Cache":
        """A cache that holds nothing and is never written."""
        return cls(None, Key("", str))

    def load(self) -> None:
        """Read the file, if it is there and fits; else stay empty. Outlines are left in it."""
        if self._folder is None:
            return
        file = self._folder / FILE
        try:
            if file.is_symlink() or not file.is_file():
                return
            user_folders.require_private(self._folder)
            self._file = self._closed_with_this(file.open("rb"))
            size = os.fstat(self._file.fileno()).st_size
            head = self._file.read(_HEAD)
            index = self._file.read(min(size, int.from_bytes(head[len(_MAGIC) : len(_MAGIC) + 8], "big")))
            if head[: len(_MAGIC)] != _MAGIC or zlib.crc32(index) != int.from_bytes(head[-4:], "big"):
                return
            read = msgpack.decode(index, type=_Index)
        except (OSError, *FORGED):
            return
        self._outlines = len(head) + len(index)
        entries = dict(zip(read.paths, read.entries, strict=False))
        counts = {len(entries), len(read.paths), len(read.entries), len(read.lengths)}
        fits = len(counts) == 1 and sum(read.lengths) == size - self._outlines
        if fits and min(read.lengths, default=0) >= 0 and self._is_ours(read):
            self.files, self.everything = read.files, read.everything
            self.entries, self._lengths = entries, read.lengths

    def _is_ours(self, read: _Index) -> bool:
        """Tell whether what was read holds for this run, and whether the stamps in it do."""
        self.trusts_stamps = read.identity == self._identity
        if read.quick == self._key.quick:
            self.is_elsewhere = not self.trusts_stamps
            return True
        self.is_elsewhere = read.key == self._key.content()
        return self.is_elsewhere

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        """Where outlines stand in the file, and how long they are."""
        starts = accumulate(self._lengths, initial=self._outlines)
        return dict(zip(self.entries, zip(starts, self._lengths, strict=False), strict=True))

    def outline(self, path: str, entry: CacheEntry) -> bytes:
        """The bytes of the outline of a note with this entry; of no use if their checksum is not the entry's."""
        file, places = (self._aside, self._places_aside) if path in self._places_aside else (self._file, None)
        if entry.outline or file is None or path not in (self.entries if places is None else places):
            return entry.outline
        start, length = (self._places if places is None else places)[path]
        try:
            return _read_at(file, start, length)
        except OSError:
            return b""

    def set_aside(self, path: str, entry: CacheEntry) -> None:
        """Take an outline out of the memory, in which those of a large vault are most of what there is.

        It goes into a file without a name. Where none can be written, it stays.
        """
        import tempfile

        try:
            if self._aside is None:
                self._aside = self._closed_with_this(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115
            start = self._aside.tell()
            if self._aside.write(entry.outline) != len(entry.outline):
                return
        except OSError:
            return
        self._places_aside[path] = start, len(entry.outline)
        entry.outline = b""

    def open_again(self) -> None:
        """Open the file once more, in which the outlines are, if it was let go of when it was written."""
        if self._file is None:
            self.load()

    def close(self) -> None:
        """Let go of the files."""
        for file in (self._file, self._aside):
            if file is not None:
                file.close()
        self._file = self._aside = None

    def _closed_with_this(self, file: BinaryIO) -> BinaryIO:
        """A file that is closed when the cache goes: before the file goes itself, in a circle too."""
        weakref.finalize(self, file.close)
        return file

    def _length(self, path: str) -> int:
        """Length in bytes of an outline in a file."""
        return (self._places_aside.get(path) or self._places.get(path, _NOWHERE))[1]

    def save(self, entries: Mapping[str, CacheEntry], files: str, everything: bool) -> None:
        """Replace the file. A folder that cannot be written, or a full disk, leaves things as they are."""
        if self._folder is None:
            return
        try:
            user_folders.make_private(self._folder)
            _replace(self._folder / FILE, self._content(self._key, entries, files, everything), self.close)
        except OSError:
            return

    def write_to(self, folder: Path, key: Key, entries: Mapping[str, CacheEntry], everything: bool) -> None:
        """Write another file, for a process that needs what is known now. Raises `OSError`, and `NOT_PACKABLE`."""
        _replace(folder / FILE, self._content(key, entries, "", everything), lambda: None)

    def _content(self, key: Key, entries: Mapping[str, CacheEntry], files: str, everything: bool) -> Iterable[bytes]:
        """The parts of a file that holds these entries."""
        lengths = [len(entry.outline) or self._length(path) for path, entry in entries.items()]
        bare = [msgspec.structs.replace(entry, outline=b"") for entry in entries.values()]
        about = self._identity, key.quick, key.content(), files, everything
        index = msgpack.encode(_Index(*about, lengths, list(entries), bare))
        head = _MAGIC + len(index).to_bytes(8, "big") + zlib.crc32(index).to_bytes(4, "big")
        outlines = (  # what could not be read has at least its length
            self.outline(path, entry).ljust(length, b"\0")
            for (path, entry), length in zip(entries.items(), lengths, strict=True)
        )
        return chain([head, index], outlines)


def _replace(file: Path, parts: Iterable[bytes], close: Callable[[], None]) -> None:
    """Write a file under another name first; `close` lets go of the one that is replaced."""
    import tempfile  # brings random numbers with it: 3 ms

    handle, name = tempfile.mkstemp(prefix=".check-", dir=file.parent)
    try:
        with os.fdopen(handle, "wb", buffering=_BUFFER) as opened:
            opened.writelines(parts)
        close()
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _read_at(file: BinaryIO, start: int, length: int) -> bytes:
    """A part of a file. Forked processes share its position, which must not matter to them."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)
    file.seek(start)
    return file.read(length)


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
