"""Bytes of notes of a large vault, out of the memory until somebody looks at them."""

from collections.abc import Iterator
from typing import Protocol

from msgspec import Struct, field

from notelint.core.spool import Spool
from notelint.engine.cache_entry import CacheEntry


class BytesAside(Struct, eq=False):
    """One kind of bytes by the paths of notes. Those of different kinds lie in one spool."""

    _spool: Spool
    _numbers: dict[str, int] = field(default_factory=dict)

    def __setitem__(self, path: str, data: bytes) -> None:
        self._numbers[path] = self._spool.put(data)

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a note. Raises `KeyError`, `OSError` where they cannot be read, `ValueError` once closed."""
        return self._spool.get(self._numbers[path])

    def __contains__(self, path: object) -> bool:
        return path in self._numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def get(self, path: str) -> bytes:
        """The bytes of a note; none if there are none."""
        return self[path] if path in self._numbers else b""

    def length(self, path: str) -> int:
        """The number of bytes of a note."""
        return self._spool.length(self._numbers[path])

    def pop(self, path: str) -> None:
        """Forget the bytes of a note, if there are some."""
        self._numbers.pop(path, None)

    def clear(self) -> None:
        """Forget all."""
        self._numbers.clear()


class HasSeen(Protocol):
    """An entry, or another value that has diagnostics from the vault as bytes."""

    seen: bytes | None


class Aside:
    """What was taken out of entries: outlines, where links lead, and diagnostics from the note alone and the vault."""

    def __init__(self) -> None:
        self._spool = Spool()
        self.outlines, self.links, self.found, self.seen = self._kinds = [BytesAside(self._spool) for _ in range(4)]

    def take(self, path: str, entry: CacheEntry) -> None:
        """Take the bytes of an entry. It must have been read now, or `forget_old` was asked."""
        if entry.outline:
            self.outlines[path], entry.outline = entry.outline, b""
        if entry.links is not None:
            self.links[path], entry.links = entry.links, None
        if entry.found:
            self.found[path], entry.found = entry.found, b""
        self.take_seen(path, entry)

    def take_seen(self, path: str, seen: HasSeen) -> None:
        """Take the diagnostics from the vault alone."""
        if seen.seen:
            self.seen[path], seen.seen = seen.seen, b""

    def forget_old(self, path: str, entry: CacheEntry) -> None:
        """Forget what is kept of a note, if this entry is of other bytes: it has all of its own."""
        if entry.links is not None or not entry.digest:
            for one in self._kinds:
                one.pop(path)

    def close(self) -> None:
        """Forget all."""
        for one in self._kinds:
            one.clear()
        self._spool.close()
