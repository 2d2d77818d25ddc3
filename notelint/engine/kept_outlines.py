"""Outlines and texts of a vault's notes, decoded when they are looked at; both remember which were."""

import zlib
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache, partial
from typing import TypeVar

from msgspec import msgpack

from notelint.engine.cache import Cache
from notelint.engine.cache_entry import FORGED, NOWHERE, PARTS, CacheEntry, digest
from notelint.engine.cache_file import CacheFile
from notelint.engine.known_entries import KnownEntries
from notelint.engine.note_source import NoteSource
from notelint.garden.published_steps import is_plain
from notelint.note.note import Note, Outline, Parts
from notelint.vault.outlines import ANYWHERE, Outlines, as_bytes

_KEPT_OUTLINES = 128  # links lead near: old ones are seldom needed
_KEPT_PARTS = 512
_KEPT_TEXTS = 64
_P = TypeVar("_P")
_outline = msgpack.Decoder(Outline).decode
_parts = msgpack.Decoder(Parts).decode


class KeptOutlines(Outlines):
    """Outlines by path, read from bytes when they are looked at; remembers which were."""

    def __init__(self, entries: KnownEntries, cache: Cache, read: Callable[[str], Note]) -> None:
        self._entries, self._cache, self._read = entries, cache, read
        self._whole = lru_cache(_KEPT_OUTLINES)(partial(self._decoded, decode=_outline))
        self._parts = lru_cache(_KEPT_PARTS)(partial(self._decoded, decode=_parts))
        self._judged = Outline("")
        self.looked_at: set[str] = set()
        self.everything = False  # a checker that walks over all may remember what it saw: from then on, all counts

    def _decoded(self, path: str, decode: Callable[[bytes], _P]) -> "_P | Outline":
        entry = self._entries[path]
        data = self._cache.outline(path, entry)
        try:
            if zlib.crc32(data) == entry.checksum:
                return decode(data)
        except FORGED:
            pass
        return self._read(path).outline  # none was kept (it holds what is not Unicode), or it is damaged

    def findings(self, path: str, entry: CacheEntry) -> tuple[bytes, bytes]:
        """The diagnostics of a note with this entry, as bytes: from the note alone, and from the vault."""
        return self._cache.findings(path, entry)

    def kept_file(self) -> CacheFile | None:
        """The cache's file, opened once more; None if it cannot be."""
        return self._cache.kept_file()

    def judged(self, path: str) -> Outline:
        """The outline of the note that is judged, to which itself many of its links lead."""
        self._judged = self._decoded(path, _outline)
        return self._judged

    def parts(self, path: str) -> Parts | None:
        """The parts of a note that links can name, read without the rest of its outline; None if there is no such
        note.
        """
        entry = self._entries.get(path)
        if entry is None or entry.stamp == NOWHERE:  # what cannot be read has headings that nobody knows
            return None
        self.looked_at.add(PARTS + path)
        return self._judged if path == self._judged.path else self._parts(path)

    def depend_on(self, what: str) -> None:
        """Remember that what is seen depends on this too."""
        self.looked_at.add(what)

    def linking(self, texts: Collection[str]) -> Iterator[Outline]:
        """The outlines of notes in whose `link_paths` one of these texts stands, found without reading the others."""
        for path in self._entries.linking([ANYWHERE, *map(as_bytes, texts)], self._cache.links):
            yield self._decoded(path, _outline)

    def links(self, path: str) -> bytes:
        """The paths that the links of a note name (`link_paths`); none if it is not known."""
        entry = self._entries.get(path)
        return b"" if entry is None else self._cache.links(path, entry)

    def names(self, path: str) -> bytes:
        """Digests of what links can name of a note; none if there is no such note."""
        entry = self._entries.get(path)
        if entry is None:
            return b""
        self.looked_at.add(PARTS + path)
        return entry.names

    def __getitem__(self, path: str) -> Outline:
        if path not in self._entries:
            raise KeyError(path)
        self.looked_at.add(path)
        return self._whole(path)

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        self.everything = True
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class KeptTexts:
    """Whole notes, read from their files when a checker asks for one; remembers which were."""

    def __init__(self, entries: KnownEntries, source: NoteSource, looked_at: set[str]) -> None:
        self._entries, self._source, self._looked_at = entries, source, looked_at
        self._outside: dict[str, bytes] = {}  # digests of excluded notes: nobody else notices when these change
        self._read = lru_cache(_KEPT_TEXTS)(self._decoded)

    @property
    def outside(self) -> tuple[tuple[str, bytes], ...]:
        """The excluded notes that were looked at since `forget`, with the digests of what they held."""
        return tuple(sorted((path, self._outside[path]) for path in self._looked_at if path in self._outside))

    def note(self, path: str) -> Note | None:
        """The note at a path of the vault; None if it cannot be read."""
        self._looked_at.add(path)
        return self._read(path)

    def _decoded(self, path: str) -> Note | None:
        data = self._source.data(path)
        if path not in self._entries:
            self._outside[path] = b"" if data is None else digest(data)
        return None if data is None else Note.decode(path, data)

    def is_plain(self, path: str) -> bool:
        """True if publishing changes nothing of what a note shows, as was found when it was read."""
        self._looked_at.add(path)
        entry = self._entries.get(path)
        if entry is None:
            note = self.note(path)
            return note is None or is_plain(note)
        return entry.is_plain
