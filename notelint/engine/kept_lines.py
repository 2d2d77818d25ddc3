"""The lines, the counts and the subjects of the findings of each note, as whole runs wrote them beside the cache.

They hold for notes of which the cache's file tells what was found, as long as it is that very file: then nothing of
these notes is decoded, counted or written anew.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, msgpack

from notelint.core.diagnostic import Severity
from notelint.engine.cache_entry import FORGED
from notelint.engine.cache_file import CacheFile
from notelint.engine.replaced_file import replace_file
from notelint.engine.tally import Kind

FILES = {"concise": "lines.msgpack", "text": "text.msgpack"}  # of the formats whose lines are kept
COUNTS, THINGS = "counts.msgpack", "things.msgpack"
MOST = 32 << 20  # bytes that are kept of a format: the lines of some 40,000 notes with eight findings each
_CHECKSUM = 4  # bytes, at the end
_FEW = 16  # notes whose lines are written in less time than the file

Counts = tuple[int, ...]  # a kind's number, how many there are of it, and so on, in the order of their first ones
Thing = tuple[str, str, Severity]  # a checker, what a finding of it is about, and the finding's weight
_T = TypeVar("_T", bound="_Kept")
_Cell = TypeVar("_Cell")


class _Kept(Struct, array_like=True):
    """A file. Its columns are in the order of the notes of the cache's file; None stands where nothing is kept."""

    mark: str  # of that file


class _Lines(_Kept, array_like=True):
    lines: list[str | None] = []  # without the path


class _Counted(_Kept, array_like=True):
    kinds: list[Kind] = []
    counts: list[Counts | None] = []


class _Things(_Kept, array_like=True):
    things: list[Thing] = []
    numbers: list[tuple[int, ...] | None] = []


class KeptLines:
    """What is kept of the notes of a cache's file for reports."""

    def __init__(self, file: CacheFile, folder: Path, valid: Callable[[str], bool], *, whole: bool) -> None:
        """`folder` holds the file of the cache, which says of each `valid` note what was found.

        With `whole`, all notes are asked for: then what reports need of them is kept, if it is not yet.
        """
        self._file, self._folder, self._valid, self._whole = file, folder, valid, whole
        self._lines: dict[str, list[str | None]] = {}

    def _read(self, name: str, kind: type[_T]) -> _T:
        try:
            data = (self._folder / name).read_bytes()
            body = memoryview(data)[:-_CHECKSUM]
            if zlib.crc32(body) != int.from_bytes(data[-_CHECKSUM:], "big"):
                return kind("")
            kept = msgpack.decode(body, type=kind)
        except (OSError, ValueError, *FORGED):
            return kind("")
        return kept if kept.mark == self._file.mark else kind("")

    def _write(self, name: str, kept: _Kept) -> None:
        """Write a file. A folder that cannot be written, or a full disk, leaves things as they are."""
        data = msgpack.encode(kept)
        if len(data) <= MOST:
            with suppress(OSError):
                replace_file(self._folder / name, (data, zlib.crc32(data).to_bytes(_CHECKSUM, "big")))

    @cached_property
    def _counted(self) -> _Counted:
        kept = self._read(COUNTS, _Counted)
        fits = len(kept.counts) == len(self._file.paths) and _are_of(kept.kinds, set(kept.counts))
        return kept if fits else _Counted("", [], [None] * len(self._file.paths))

    @cached_property
    def _about(self) -> _Things:
        kept = self._read(THINGS, _Things)
        every = {number for numbers in set(kept.numbers) if numbers for number in numbers}
        fits = len(kept.numbers) == len(self._file.paths) and all(0 <= one < len(kept.things) for one in every)
        return kept if fits else _Things("", [], [None] * len(self._file.paths))

    def _lines_of(self, form: str) -> list[str | None]:
        if form not in self._lines:
            lines = self._read(FILES[form], _Lines).lines
            self._lines[form] = lines if len(lines) == len(self._file.paths) else [None] * len(self._file.paths)
        return self._lines[form]

    def lines(self, form: str) -> Callable[[str], str | None]:
        """Gives the lines of a valid note in a report of this format, without its path; None if they are not kept."""
        return self._of_each(self._lines_of(form))

    @property
    def counts(self) -> Callable[[str], Counts | None]:
        """Gives the numbers of a valid note's diagnostics by what they are; None if they are not kept."""
        return self._of_each(self._counted.counts)

    def _of_each(self, column: Sequence[_Cell | None]) -> Callable[[str], _Cell | None]:
        """Gives what a column says of a note, by its path. All notes are asked for, so whoever asks knows the valid."""
        numbers = self._file.numbers

        def of_note(path: str) -> _Cell | None:
            number = numbers.get(path)
            return None if number is None else column[number]

        return of_note

    @property
    def things(self) -> Callable[[str], list[Thing] | None]:
        """Gives what the diagnostics of a valid note are about, one after the other; None if it is not kept."""
        of_note, every = self._of_each(self._about.numbers), self._about.things

        def things(path: str) -> list[Thing] | None:
            numbers = of_note(path)
            return None if numbers is None else [every[one] for one in numbers]

        return things

    def kinds(self, counts: Counts) -> list[tuple[Kind, int]]:
        """What counts are of, each with how many there are of it."""
        return [(self._counted.kinds[kind], number) for kind, number in zip(counts[::2], counts[1::2], strict=True)]

    def wants_lines(self, form: str, paths: Iterable[str]) -> bool:
        """True if the lines of these notes, all that have diagnostics, are to be kept: few of them are."""
        return self._wants(self._lines_of(form), paths)

    def wants_counts(self, paths: Iterable[str]) -> bool:
        """True if what the diagnostics of these notes are counted as is to be kept."""
        return self._wants(self._counted.counts, paths)

    def wants_things(self, paths: Iterable[str]) -> bool:
        """True if what the diagnostics of these notes are about is to be kept."""
        return self._wants(self._about.numbers, paths)

    def _wants(self, column: Sequence[object], paths: Iterable[str]) -> bool:
        if not self._whole or None not in column:
            return False
        numbers = ((path, self._file.numbers.get(path)) for path in paths)
        lacking = (path for path, number in numbers if number is not None and column[number] is None)
        return sum(map(self._valid, lacking)) > _FEW

    def keep_lines(self, form: str, made: Mapping[str, str]) -> None:
        """Keep the lines of notes; those of others stay as they are. A note of which none were made has none."""
        before = self.lines(form)
        lines = [
            (made[path] if path in made else before(path) or "") if self._valid(path) else None
            for path in self._file.paths
        ]
        self._write(FILES[form], _Lines(self._file.mark, lines))

    def keep_counts(self, made: Mapping[str, Sequence[Kind]]) -> None:
        """Keep what each diagnostic of notes is counted as; what was kept of others stays."""
        kinds: dict[Kind, int] = {kind: number for number, kind in enumerate(self._counted.kinds)}
        counts: list[Counts | None] = []
        before = self.counts
        for path in self._file.paths:
            known = None if path in made else before(path)
            counts.append((known or _counted(made.get(path, ()), kinds)) if self._valid(path) else None)
        self._write(COUNTS, _Counted(self._file.mark, list(kinds), counts))

    def keep_things(self, made: Mapping[str, Sequence[Thing]]) -> None:
        """Keep what the diagnostics of notes are about; what was kept of others stays."""
        things: dict[Thing, int] = {}
        numbers: list[tuple[int, ...] | None] = []
        before = self.things
        for path in self._file.paths:
            found = made[path] if path in made else before(path) or ()
            own = tuple(things.setdefault(one, len(things)) for one in found) if self._valid(path) else None
            numbers.append(own)
        self._write(THINGS, _Things(self._file.mark, list(things), numbers))


def _counted(found: Iterable[Kind], numbers: dict[Kind, int]) -> Counts:
    """The numbers of diagnostics of each kind; kinds that are new are given a number."""
    counts: dict[int, int] = {}
    for kind in found:
        number = numbers.setdefault(kind, len(numbers))
        counts[number] = counts.get(number, 0) + 1
    return tuple(one for pair in counts.items() for one in pair)


def _are_of(kinds: Sequence[Kind], every: Iterable[Counts | None]) -> bool:
    """True if all counts name kinds that there are."""
    return all(len(one) % 2 == 0 and all(0 <= kind < len(kinds) for kind in one[::2]) for one in every if one)
