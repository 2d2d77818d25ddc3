"""Writing the cache's file: the columns of its index are made of what is known of each note."""

import zlib
from array import array
from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec
from msgspec import msgpack

from notelint.engine.cache_entry import PARTS, CacheEntry, is_of_note
from notelint.engine.cache_file import CERTAIN, EXCEPTION, MAGIC, SEEN, Index

_pack = msgpack.Encoder().encode


class KeptElsewhere(Protocol):
    """Outlines and names that are kept already, for entries that do not hold their own."""

    def outline(self, path: str, entry: CacheEntry) -> bytes:
        """The bytes of the outline of a note."""

    def length(self, path: str) -> int:
        """Length in bytes of the outline of a note."""

    def named(self, path: str, entry: CacheEntry) -> bytes:
        """What a note names."""


def write(
    about: tuple[str, str, str, str, bool], entries: Mapping[str, CacheEntry], kept: KeptElsewhere
) -> Iterator[bytes]:
    """The parts of a file that holds these entries; `about` are the first fields of the index."""
    numbers = {path: number for number, path in enumerate(entries)}
    packed = [_pack(msgspec.structs.replace(entry, outline=b"", named=None)) for entry in entries.values()]
    lengths = [len(entry.outline) or kept.length(path) for path, entry in entries.items()]
    named = b"\0".join(kept.named(path, entry) for path, entry in entries.items())
    reads, counts, marks = _dependencies(entries, numbers)
    index = _pack(
        Index(
            *about,
            "\0".join(entries),
            array("q", [one for entry in entries.values() for one in msgspec.structs.astuple(entry.stamp)]).tobytes(),
            bytes(_state(entry) for entry in entries.values()),
            array("I", map(len, packed)).tobytes(),
            array("I", map(zlib.crc32, packed)).tobytes(),
            array("I", lengths).tobytes(),
            len(named),
            zlib.crc32(named),
            reads.tobytes(),
            counts.tobytes(),
            {mark: numbers.tobytes() for mark, numbers in marks.items()},
            _pack([entry.face for entry in entries.values()]),
            array("I", [entry.count for entry in entries.values()]).tobytes(),
        )
    )
    yield MAGIC + len(index).to_bytes(8, "big") + zlib.crc32(index).to_bytes(4, "big")
    yield index
    yield from packed
    for (path, entry), length in zip(entries.items(), lengths, strict=True):
        yield kept.outline(path, entry).ljust(length, b"\0")  # what could not be read has at least its length
    yield named


def _dependencies(
    entries: Mapping[str, CacheEntry], numbers: Mapping[str, int]
) -> "tuple[array[int], array[int], dict[str, array[int]]]":
    """The columns of what was looked at for each note: notes, how many, and what is not a note."""
    every = {**numbers} | {PARTS + path: number + len(numbers) for path, number in numbers.items()}
    reads, counts = array("I"), array("I")
    marks: dict[str, array[int]] = {}
    for number, entry in enumerate(entries.values()):
        found = [every[what] for what in entry.reads if what in every]
        reads.extend(found)
        counts.append(len(found))
        for mark in entry.reads if len(found) < len(entry.reads) else ():
            if not is_of_note(mark):
                marks.setdefault(mark, array("I")).append(number)
    return reads, counts, marks


def _state(entry: CacheEntry) -> int:
    return (
        SEEN * (entry.seen is not None)
        + CERTAIN * entry.is_certain
        + EXCEPTION * (entry.outside != () or entry.digest == b"")
    )
