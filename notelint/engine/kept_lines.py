"""The lines of a concise report and the counts of each note, as the last whole run wrote them beside the cache.

They hold for notes of which the cache's file tells what was found, as long as it is that very file: then nothing of
these notes is decoded, counted or written anew.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from msgspec import Struct, msgpack

from notelint.engine.cache_entry import FORGED
from notelint.engine.cache_file import CacheFile
from notelint.engine.replaced_file import replace_file
from notelint.engine.tally import Kind

FILE = "lines.msgpack"
_MOST = 32 << 20  # bytes that are kept: the lines of some 40,000 notes with eight findings each
_CHECKSUM = 4  # bytes, at the end
_FEW = 16  # notes whose lines are written in less time than the file

Counts = tuple[int, ...]  # a kind's number, how many there are of it, and so on, in the order of their first ones


class _Kept(Struct, array_like=True):
    """The file. All but the first two fields are columns, in the order of the notes of the cache's file."""

    mark: str  # of that file
    kinds: list[Kind]
    lines: list[str | None]  # without the path; None of notes of which nothing is kept
    counts: list[Counts]


_NOTHING = _Kept("", [], [], [])


class KeptLines:
    """The lines and counts of the notes of a cache's file."""

    def __init__(self, file: CacheFile, folder: Path, valid: Callable[[str], bool], *, whole: bool) -> None:
        """`folder` holds the file of the cache, which says of each `valid` note what was found.

        With `whole`, all notes are asked for: then their lines are kept, if they are not yet.
        """
        self._file, self._folder, self._valid, self._whole = file, folder, valid, whole

    @cached_property
    def _kept(self) -> _Kept:
        try:
            data = (self._folder / FILE).read_bytes()
            body = memoryview(data)[:-_CHECKSUM]
            if zlib.crc32(body) != int.from_bytes(data[-_CHECKSUM:], "big"):
                return _NOTHING
            kept = msgpack.decode(body, type=_Kept)
        except (OSError, ValueError, *FORGED):
            return _NOTHING
        numbers = {len(kept.lines), len(kept.counts), len(self._file.paths)}
        is_ours = kept.mark == self._file.mark and len(numbers) == 1
        return kept if is_ours and _are_of(kept.kinds, set(kept.counts)) else _NOTHING

    def lines(self, path: str) -> str | None:
        """The lines of a note in a concise report, without its path; None if they are not kept."""
        return self._kept.lines[self._file.numbers[path]] if self._holds(path) else None

    def counts(self, path: str) -> Counts | None:
        """The numbers of a note's diagnostics by what they are; None if they are not kept."""
        return self._kept.counts[self._file.numbers[path]] if self._holds(path) else None

    def _holds(self, path: str) -> bool:
        number = self._file.numbers.get(path) if self._kept.mark else None
        return number is not None and self._kept.lines[number] is not None and self._valid(path)

    def kinds(self, counts: Counts) -> list[tuple[Kind, int]]:
        """What counts are of, each with how many there are of it."""
        return [(self._kept.kinds[kind], number) for kind, number in zip(counts[::2], counts[1::2], strict=True)]

    def wants(self, paths: Iterable[str]) -> bool:
        """True if the lines of these notes, all that have diagnostics, are to be kept: few of them are."""
        return self._whole and sum(self._valid(path) and not self._holds(path) for path in paths) > _FEW

    def keep(self, made: Mapping[str, tuple[str, Sequence[Kind]]]) -> None:
        """Keep the lines of notes, with what each of their diagnostics is; those of others stay as they are.

        A note of which no lines were made has none. A folder that cannot be written, or a full disk, leaves things as
        they are.
        """
        kinds: dict[Kind, int] = {kind: number for number, kind in enumerate(self._kept.kinds)}
        lines: list[str | None] = []
        counts: list[Counts] = []
        for path in self._file.paths:
            text: str | None
            text, found = made.get(path, ("", ()))
            before = None if path in made else self.counts(path)
            if before is not None:
                text = self.lines(path)
            lines.append(text if self._valid(path) else None)
            counts.append(_counted(found, kinds) if before is None else before)
        data = msgpack.encode(_Kept(self._file.mark, list(kinds), lines, counts))
        if len(data) <= _MOST:
            with suppress(OSError):
                replace_file(self._folder / FILE, (data, zlib.crc32(data).to_bytes(_CHECKSUM, "big")))


def _counted(found: Iterable[Kind], numbers: dict[Kind, int]) -> Counts:
    """The numbers of diagnostics of each kind; kinds that are new are given a number."""
    counts: dict[int, int] = {}
    for kind in found:
        number = numbers.setdefault(kind, len(numbers))
        counts[number] = counts.get(number, 0) + 1
    return tuple(one for pair in counts.items() for one in pair)


def _are_of(kinds: Sequence[Kind], every: Iterable[Counts]) -> bool:
    """True if all counts name kinds that there are."""
    return all(len(one) % 2 == 0 and all(0 <= kind < len(kinds) for kind in one[::2]) for one in every)
