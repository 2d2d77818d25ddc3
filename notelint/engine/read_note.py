"""One note by itself: from its bytes to an entry of the cache, which holds until the bytes change."""

import zlib

import msgspec

from notelint.engine.cache_entry import NOWHERE, OVERLAID, CacheEntry, Stamp, digest, now
from notelint.engine.lint import diagnostics, of_note
from notelint.engine.note_source import NoteSource
from notelint.engine.packing import NOT_PACKABLE, pack, pack_or_nothing
from notelint.garden.published_steps import is_plain
from notelint.note.suppressions import Suppressions
from notelint.vault.face import Face
from notelint.vault.outlines import digests, link_paths, parts_digest, seeking_digest


def read_note(source: NoteSource, path: str, before: CacheEntry | None, *, kept: bool = True) -> CacheEntry:
    """The entry of a note: `before`, with another stamp, if its bytes are still the same; else made of them.

    One that is not `kept` for other runs has neither a stamp nor digests by which these see what has changed.
    """
    read, stamp = now(), OVERLAID if path in source.overlaid or not kept else _stamp(source, path)
    data = source.data(path)
    if data is None or stamp is None:
        return CacheEntry(NOWHERE, read, b"", Face(), whole=True)
    own = digest(data)
    if before is not None and before.digest == own and path not in source.named_imports:
        return msgspec.structs.replace(before, stamp=stamp, read=read)
    return _entry(source, path, data, CacheEntry(stamp, read, own, Face()), kept)


def _entry(source: NoteSource, path: str, data: bytes, entry: CacheEntry, kept: bool) -> CacheEntry:
    """The entry, filled with what these bytes are as a note."""
    note = source.decode(path, data)
    entry.face, entry.names, entry.is_plain = source.face(note), digests(note.outline), is_plain(note)
    entry.links = link_paths(note.outline)
    if kept:
        entry.parts, entry.seeking = parts_digest(note.outline), seeking_digest(note.outline)
    entry.profile = None if note.profile is None else note.profile.key
    suppressions = Suppressions.of(note)
    found = of_note(note, source.plan_of(path, entry.profile), suppressions)
    try:
        entry.found = pack(diagnostics(note, found)) if found else b""
        entry.silenced = pack(suppressions.settled()) if suppressions.rules else b""
        entry.outline = pack(note.outline)
        entry.checksum = zlib.crc32(entry.outline)
    except NOT_PACKABLE:
        entry.whole, entry.found = True, b""  # the note is read again when its outline is needed
    return entry


def can_be_kept(path: str, entry: CacheEntry) -> bool:
    """True if the cache can hold the entry of the note at this path."""
    return bool(pack_or_nothing((path, entry.face)))


def _stamp(source: NoteSource, path: str) -> Stamp | None:
    return Stamp.of(f"{source.folder}/{path}")
