"""Writing the cache's file: the columns of its index are made of what is known of each note."""

import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

import msgspec
from msgspec import Struct, msgpack

from notelint.core.spool import Spool
from notelint.engine.cache_entry import PARTS, CacheEntry, count_of, is_of_note
from notelint.engine.cache_file import CERTAIN, EXCEPTION, MAGIC, SEEN, Index
from notelint.engine.packing import pack_or_nothing
from notelint.engine.tables import JudgedVault
from notelint.vault.moves import PAST

_pack = msgpack.Encoder().encode


class KeptElsewhere(Protocol):
    """What is kept of notes already, for entries that do not hold their own."""

    def outline(self, path: str, entry: CacheEntry) -> bytes:
        """The bytes of the outline of a note."""

    def findings(self, path: str, entry: CacheEntry) -> tuple[bytes, bytes]:
        """The diagnostics of a note, as bytes: from the note alone, and from the vault."""

    def length(self, path: str) -> int:
        """Length in bytes of the outline of a note."""

    def links(self, path: str, entry: CacheEntry) -> bytes:
        """Where the links of a note lead."""


def write(
    about: tuple[str, str, str, JudgedVault, bool], entries: Mapping[str, CacheEntry], kept: KeptElsewhere
) -> Iterator[bytes]:
    """The parts of a file that holds these entries, in this vault; `about` are the first fields of the index."""
    packed, checksums, findings = Spool(), array("I"), array("I")
    for path, entry in entries.items():
        whole = _whole(path, entry, kept)
        data = _pack(whole)
        findings.append(count_of(whole.found) + count_of(whole.seen))
        packed.put(data)
        checksums.append(zlib.crc32(data))
    lengths = [len(entry.outline) or kept.length(path) for path, entry in entries.items()]
    links = _length_and_checksum(_links(entries, kept))
    columns = _Columns(packed, checksums, findings, lengths, links)
    index = _pack(_index(about, entries, columns))
    yield MAGIC + len(index).to_bytes(8, "big") + zlib.crc32(index).to_bytes(4, "big")
    yield index
    yield from map(packed.get, range(len(packed)))
    for (path, entry), length in zip(entries.items(), lengths, strict=True):
        yield kept.outline(path, entry).ljust(length, b"\0")  # what could not be read has at least its length
    yield from _links(entries, kept)


class _Columns(Struct, frozen=True):
    """What is found out of all notes while their entries are packed."""

    entries: Spool
    checksums: "array[int]"
    findings: "array[int]"
    outlines: list[int]
    links: tuple[int, int]


def _index(
    about: tuple[str, str, str, JudgedVault, bool], entries: Mapping[str, CacheEntry], columns: _Columns
) -> Index:
    identity, quick, key, vault, everything = about
    reads, counts, marks = _dependencies(entries)
    packed = columns.entries
    return Index(
        identity,
        quick,
        key,
        vault.paths,
        everything,
        "\0".join(entries),
        array("q", [one for entry in entries.values() for one in msgspec.structs.astuple(entry.stamp)]).tobytes(),
        bytes(_state(entry) for entry in entries.values()),
        array("I", map(packed.length, range(len(packed)))).tobytes(),
        columns.checksums.tobytes(),
        array("I", columns.outlines).tobytes(),
        *columns.links,
        reads.tobytes(),
        counts.tobytes(),
        {mark: numbers.tobytes() for mark, numbers in marks.items()},
        _pack([entry.face for entry in entries.values()]),
        columns.findings.tobytes(),
        _others(vault, entries),
        None if vault.tables is None else _joined(vault.tables.linked),
        *(_past(vault) if PAST in marks else ("", None)),
    )


def _others(vault: JudgedVault, entries: Mapping[str, CacheEntry]) -> str | None:
    """The files of a vault that are not notes; None if the notes with entries are not all, or a path is not Unicode."""
    tables = vault.tables
    if tables is None or tables.faces.keys() != entries.keys():
        return None
    return _joined(path for path in tables.files if path not in entries)


def _past(vault: JudgedVault) -> tuple[str, str | None]:
    gone = vault.past.gone if vault.past.state else None
    return vault.past.state, None if gone is None else _joined(sorted(gone))


def _joined(paths: Iterable[str]) -> str | None:
    joined = "\0".join(paths)
    return joined if pack_or_nothing(joined) else None


def _length_and_checksum(parts: Iterator[bytes]) -> tuple[int, int]:
    length = checksum = 0
    for data in parts:
        length, checksum = length + len(data), zlib.crc32(data, checksum)
    return length, checksum


def _whole(path: str, entry: CacheEntry, kept: KeptElsewhere) -> CacheEntry:
    """The entry of a note with its diagnostics, and without what has a place of its own in the file."""
    found, seen = kept.findings(path, entry)
    return msgspec.structs.replace(
        entry, outline=b"", links=None, found=found, seen=None if entry.seen is None else seen
    )


def _links(entries: Mapping[str, CacheEntry], kept: KeptElsewhere) -> Iterator[bytes]:
    """Where the links of all notes lead, note by note, with NULs between them."""
    for number, (path, entry) in enumerate(entries.items()):
        if number:
            yield b"\0"
        yield kept.links(path, entry)


def _dependencies(entries: Mapping[str, CacheEntry]) -> "tuple[array[int], array[int], dict[str, array[int]]]":
    """The columns of what was looked at for each note: notes, how many, and what is not a note."""
    every = {path: number for number, path in enumerate(entries)}
    every |= {PARTS + path: number + len(entries) for path, number in every.items()}
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
