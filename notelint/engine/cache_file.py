"""The cache's file: an index in columns, which are compared as bytes, and for each note an entry and an outline.

A run that looks at one note of thousands decodes the entries of few. What it has to know of all notes is in the
columns: their paths, stamps, and which other notes each finding rests on. Bytes that no run wrote can do no harm: they
are read by declared types, and what does not fit together is refused.
"""

import os
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from functools import cached_property
from itertools import accumulate
from re import Pattern
from typing import BinaryIO

from msgspec import Struct, msgpack

from notelint.core.regex import any_bytes
from notelint.core.spool import read_at
from notelint.engine.cache_entry import FORGED, CacheEntry
from notelint.engine.replaced_file import stamp_of
from notelint.engine.tables import JudgedVault, KeptPast, Tables
from notelint.vault.face import Face

MAGIC = b"notelint\x00" + bytes([5, sys.byteorder == "big"])
HEAD = len(MAGIC) + 12  # the index' length and its checksum follow the magic number
SEEN, CERTAIN, EXCEPTION = 1, 2, 4  # what is said of a note by a bit of its state
_BLOCK = 1 << 16  # bytes that are read at once: entries that follow each other are mostly asked for in their order
_STAMP = 24  # bytes
_SEVERAL = 12  # numbers that are sought one by one
_entry = msgpack.Decoder(CacheEntry).decode
_faces = msgpack.Decoder(list[Face]).decode


class Index(Struct, array_like=True):
    """The part of the file that every run reads. All but the first five fields are columns, in the order of notes."""

    identity: str  # of the folder
    quick: str
    key: str
    files: str  # a digest of all paths of the vault
    everything: bool  # whether what is seen of one note may depend on any other
    paths: str  # joined by NUL
    stamps: bytes
    states: bytes
    lengths: bytes  # of entries
    checksums: bytes  # of entries
    outlines: bytes  # lengths of outlines
    links: int  # length of `link_paths` of all notes, joined by NUL
    links_checksum: int
    reads: bytes  # numbers of notes that were looked at for each note, beyond their number those of parts alone
    counts: bytes  # of those
    marks: dict[str, bytes]  # what else notes depend on, with the numbers of those notes
    faces: bytes
    findings: bytes  # how many diagnostics there are of each note
    others: str | None  # files of the vault that are not notes, joined by NUL; None if they are not all known
    linked: str | None  # symbolic links to folders, joined by NUL; None if they are not all known
    state: str  # of what was known of files that are gone
    gone: str | None  # their paths, joined by NUL; None if nothing depends on them


class CacheFile:
    """An open file of a cache. Entries, outlines and links are left in it until they are asked for."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises `OSError`, `ValueError`, and what `FORGED` names for a file that is not as expected."""
        info = os.fstat(file.fileno())
        size = info.st_size
        head = file.read(HEAD)
        length = int.from_bytes(head[len(MAGIC) : len(MAGIC) + 8], "big")
        data = file.read(min(size, length))
        if head[: len(MAGIC)] != MAGIC or zlib.crc32(data) != int.from_bytes(head[-4:], "big"):
            raise ValueError("another format, or damaged")
        self.index = index = msgpack.decode(data, type=Index)
        self._file = file
        self.stamp = stamp_of(info)
        self.mark = f"{head[-4:].hex()} {self.stamp}"  # no other file has the same
        self.paths = index.paths.split("\0") if index.paths else []
        self._lengths, self._outlines = _numbers(index.lengths), _numbers(index.outlines)
        self._checksums, self._counts = _numbers(index.checksums), _numbers(index.counts)
        self._reads, self._findings = _numbers(index.reads), _numbers(index.findings)
        count = len(self.paths)
        numbers = (self._lengths, self._outlines, self._checksums, self._counts, self._findings, index.states)
        columns = {len(column) for column in numbers}
        self._start = HEAD + len(data)
        body = sum(self._lengths) + sum(self._outlines) + index.links
        if columns | {count} != {count} or len(index.stamps) != count * _STAMP or sum(self._counts) != len(self._reads):
            raise ValueError("columns of different lengths")
        if index.links < 0 or self._start + body != size or len(self.numbers) != count:
            raise ValueError("not the length that the index tells")
        self._block = (0, b"")

    def of(self, file: BinaryIO) -> "CacheFile":
        """The same file, opened once more."""
        other = copy(self)
        other._file = file
        return other

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each note, by its path."""
        return dict(zip(self.paths, range(len(self.paths)), strict=True))

    @cached_property
    def _places(self) -> list[int]:
        return list(accumulate(self._lengths, initial=self._start))

    @cached_property
    def _outline_places(self) -> list[int]:
        return list(accumulate(self._outlines, initial=self._places[-1]))

    def entry(self, path: str) -> CacheEntry | None:
        """What is known of a note; None if its bytes are damaged."""
        number = self.numbers[path]
        start, length = self._places[number], self._lengths[number]
        try:
            begin, block = self._block
            if start < begin or start + length > begin + len(block):
                begin, block = start, read_at(self._file, start, max(length, min(_BLOCK, self._places[-1] - start)))
                self._block = begin, block
            data = block[start - begin : start - begin + length]
            return _entry(data) if zlib.crc32(data) == self._checksums[number] else None
        except (OSError, ValueError, *FORGED):
            return None

    def outline(self, path: str) -> bytes:
        """The bytes of the outline of a note; they may be damaged."""
        number = self.numbers[path]
        return read_at(self._file, self._outline_places[number], self._outlines[number])

    def outline_length(self, path: str) -> int:
        """Length in bytes of the outline of a note; 0 if it is none of the file's."""
        number = self.numbers.get(path)
        return 0 if number is None else self._outlines[number]

    @cached_property
    def faces(self) -> Mapping[str, Face]:
        """The faces of all notes. Raises what `FORGED` names, and `ValueError`."""
        return dict(zip(self.paths, _faces(self.index.faces), strict=True))

    @cached_property
    def vault(self) -> JudgedVault:
        """The vault that the file was written for."""
        index, tables = self.index, None
        with suppress(ValueError, *FORGED):
            if index.others is not None and index.linked is not None:
                tables = Tables([*self.paths, *_split(index.others)], self.faces, _split(index.linked))
        gone = None if index.gone is None else frozenset(_split(index.gone))
        return JudgedVault(index.files, tables, KeptPast(index.state, gone))

    @cached_property
    def link_lines(self) -> bytes | None:
        """Where the links of all notes lead, note by note, with NULs between them; None if that cannot be read."""
        data = self._links
        return data if data.count(b"\0") == len(self.paths) - 1 else None

    @cached_property
    def _links(self) -> bytes:
        """Where the links of all notes lead, joined by NUL; nothing if that cannot be read."""
        try:
            data = read_at(self._file, self._outline_places[-1], self.index.links)
        except (OSError, ValueError):
            return b""
        return data if zlib.crc32(data) == self.index.links_checksum else b""

    @cached_property
    def _links_of_each(self) -> list[bytes]:
        return self._links.split(b"\0")

    def links(self, path: str) -> bytes | None:
        """Where the links of a note lead (`link_paths`); None if that is not known."""
        each = self._links_of_each
        return each[self.numbers[path]] if len(each) == len(self.paths) else None

    def linking(self, texts: Collection[bytes]) -> list[str]:
        """The notes in whose links one of these texts stands: all, if that is not known."""
        data = self._links
        if data.count(b"\0") != len(self.paths) - 1:
            return self.paths
        return [self.paths[number] for number in _parts_with(data, any_bytes(texts))] if texts else []

    def uncertain(self, numbers: Iterable[int], folder: str) -> Iterator[int]:
        """Those of these notes of whose files a stamp does not tell that they are what was read.

        `folder`, in which the files lie, ends with a slash.
        """
        paths, states, stamps, look = self.paths, self.index.states, self._stamps, os.lstat
        for number in numbers:
            try:
                stat = look(folder + paths[number])
            except OSError:
                yield number
                continue
            at = 3 * number
            same = stat.st_mtime_ns == stamps[at + 1] and stat.st_ctime_ns == stamps[at + 2]
            if not (same and stat.st_size == stamps[at] and states[number] & CERTAIN):
                yield number

    @cached_property
    def _stamps(self) -> "array[int]":
        return array("q", self.index.stamps)

    @cached_property
    def unseen(self) -> frozenset[str]:
        """The notes of which it is not known what was seen: nothing that is found in them can be kept."""
        seen = bytes(state & SEEN for state in range(256))
        states = self.index.states.translate(seen)
        every = zip(self.paths, states, strict=True) if 0 in states else ()
        return frozenset(path for path, state in every if not state)

    def count(self, path: str) -> int:
        """Number of diagnostics of a note."""
        return self._findings[self.numbers[path]]

    def resting_on(self, notes: Collection[str], parts: Collection[str]) -> Iterator[str]:
        """The notes for which one of these was looked at, or the parts of one of these."""
        numbers = [self.numbers[path] for path in notes if path in self.numbers]
        numbers += [self.numbers[path] + len(self.paths) for path in parts if path in self.numbers]
        if not numbers:
            return
        ends, reads = list(accumulate(self._counts)), self._reads
        if len(numbers) > _SEVERAL:
            every = frozenset(numbers)
            yield from (self.paths[bisect_right(ends, at)] for at, number in enumerate(reads) if number in every)
            return
        for number in numbers:
            at = -1
            with suppress(ValueError):  # there is none behind it
                while True:
                    at = reads.index(number, at + 1)
                    yield self.paths[bisect_right(ends, at)]

    @property
    def marks(self) -> Mapping[str, bytes]:
        """What else than notes findings depend on, each with what `marked` takes."""
        return self.index.marks

    def marked(self, numbers: bytes) -> Iterator[str]:
        """The paths of notes, of which the numbers are given as bytes."""
        return (self.paths[number] for number in _numbers(numbers) if number < len(self.paths))

    @property
    def exceptions(self) -> Iterator[str]:
        """The notes of which only their entries tell if what was seen of them holds."""
        if len(self._plain) == len(self.index.states):
            return iter(())
        return (path for path, state in zip(self.paths, self.index.states, strict=True) if state & EXCEPTION)

    @cached_property
    def _plain(self) -> bytes:
        return self.index.states.translate(None, bytes(state for state in range(256) if state & EXCEPTION))


def _split(joined: str) -> list[str]:
    return joined.split("\0") if joined else []


def _parts_with(data: bytes, pattern: Pattern[bytes]) -> Iterator[int]:
    """The numbers of those parts, between NULs, in which a pattern is found."""
    at = number = 0
    while (found := pattern.search(data, at)) is not None:
        number += data.count(b"\0", at, found.start())
        yield number
        at = data.find(b"\0", found.start())
        if at < 0:
            return


def _numbers(data: bytes) -> "array[int]":
    """Numbers of four bytes. Raises `ValueError`."""
    return array("I", data)
