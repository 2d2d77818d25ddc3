"""The diagnostics of a run in the order of reports, kept as bytes: those of one note are decoded at a time.

A vault of 100,000 notes can have a million of them. As values they take a kilobyte each, so nothing holds them all:
reports, counts and comparisons walk over them, as often as they need to.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, compress, groupby, islice
from typing import Any, TypeVar, overload

from msgspec import Struct, msgpack

from notelint.core.diagnostic import Diagnostic, Safety, Severity, order_in_note
from notelint.core.spool import Spool
from notelint.core.text import Span
from notelint.engine.cache_entry import FORGED
from notelint.engine.kept_lines import MOST, Counts, KeptLines, Thing
from notelint.engine.packing import pack_or_nothing, unpack_diagnostics
from notelint.engine.tally import Kind, Tally, kind_of

_Counted = TypeVar("_Counted", "Brief", Diagnostic)


class _Fix(Struct, gc=False):
    safety: Safety


class _Anything(Struct, gc=False):
    pass


class Brief(Struct, gc=False):
    """The part of a diagnostic that is counted: in less than half of the time that the whole one takes."""

    checker: str
    severity: Severity
    message: str
    span: Span
    about: str | None = None
    fix: _Fix | None = None
    suggestions: tuple[_Anything, ...] = ()

    @property
    def safety(self) -> Safety | None:
        """As `Diagnostic.safety`."""
        if self.fix is not None:
            return self.fix.safety
        return Safety.SUGGESTION if self.suggestions else None


_IN_FILE, _LOOSE = -1, -2  # where diagnostics are that are not in the spool
_unpack_brief = msgpack.Decoder(list[Brief]).decode


class Streamed(Sequence[Diagnostic]):
    """Diagnostics that are not all there at once. Walking over them is quick, picking one of them is not."""

    def __iter__(self) -> Iterator[Diagnostic]:
        raise NotImplementedError

    def brief(self) -> Iterator[tuple[str, Iterable[Brief | Diagnostic]]]:
        """Yield the path of each note that has diagnostics, and these in brief, in the order of all."""
        raise NotImplementedError

    @cached_property
    def tally(self) -> Tally:
        """The numbers of these diagnostics."""
        return Tally.of(self.brief())

    def things(self) -> Iterator[Thing]:
        """Yield what each of these diagnostics is about that is about something, in their order."""
        for _, found in self.brief():
            yield from _things(found)

    def __len__(self) -> int:
        return self.tally.total

    @overload
    def __getitem__(self, at: int) -> Diagnostic: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Diagnostic, ...]: ...
    def __getitem__(self, at: int | slice) -> Diagnostic | tuple[Diagnostic, ...]:
        if isinstance(at, int) and at >= 0:
            for one in islice(self, at, None):
                return one
            raise IndexError(at)
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Streamed | tuple | list) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class KeptDiagnostics(Streamed):
    """Diagnostics that are added note by note."""

    kept_lines: KeptLines | None = None  # what is kept of the notes of a cache's file

    def __init__(
        self,
        judge: Callable[[str], list[Diagnostic]],
        of_file: Callable[[str], tuple[bytes, bytes] | None] | None = None,
    ) -> None:
        """`judge` finds the diagnostics of the note at a path again, where its bytes turn out to be damaged.

        `of_file` gives those that a cache's file holds, as bytes.
        """
        self._judge, self._of_file = judge, of_file
        self._spool = Spool()
        self._paths: list[str] = []
        self._places: list[int] = []  # their numbers in the spool, or where else they are
        self._loose: dict[int, list[Diagnostic]] = {}  # of what is not Unicode, which has no bytes

    def add_packed(self, path: str, *packed: bytes) -> None:
        """Add diagnostics of the note at a path, as bytes of two lists; each may be empty."""
        for data in packed:
            if data:
                self._paths.append(path)
                self._places.append(self._spool.put(data))

    def add_of_file(self, path: str) -> None:
        """Add the diagnostics of the note at a path that the file holds (`of_file`)."""
        self._paths.append(path)
        self._places.append(_IN_FILE)

    def add(self, found: Iterable[Diagnostic]) -> None:
        """Add diagnostics of notes or other files, those of each in a row."""
        for path, group in _by_path(found):
            listed = list(group)
            packed = pack_or_nothing(listed)
            if not packed:
                self._loose[len(self._paths)] = listed
            self._paths.append(path)
            self._places.append(self._spool.put(packed) if packed else _LOOSE)

    @property
    def _parts(self) -> Iterator[tuple[str, list[int]]]:
        """Paths in their order, each with the numbers of its lists."""
        numbers = sorted(range(len(self._paths)), key=self._paths.__getitem__)
        return ((path, list(group)) for path, group in groupby(numbers, self._paths.__getitem__))

    def __iter__(self) -> Iterator[Diagnostic]:
        for path, numbers in self._parts:
            yield from self._whole(path, numbers)

    def brief(self) -> Iterator[tuple[str, Iterable[Brief | Diagnostic]]]:
        """As `Streamed.brief`."""
        for path, numbers in self._parts:
            yield path, self._brief(path, numbers)

    def _brief(self, path: str, numbers: list[int]) -> "list[Brief] | list[Brief | Diagnostic] | list[Diagnostic]":
        try:
            return self._decoded(path, numbers, _unpack_brief)
        except FORGED:
            return self._whole(path, numbers)

    @cached_property
    def tally(self) -> Tally:
        """The numbers of these diagnostics: those of notes that are as they were are not counted anew."""
        kept = self.kept_lines
        if kept is None:
            return Tally.of(self.brief())
        keeps = kept.wants_counts(self._paths)
        made: dict[str, list[Kind]] = {}
        kinds: Counter[Kind] = Counter()
        times: dict[Counts, int] = {}  # most notes have as many of each kind as others do
        notes, counts_of = 0, kept.counts
        for notes, (path, numbers) in enumerate(self._parts, 1):  # noqa: B007 - as many as there are
            counts = counts_of(path) if self._is_of_file(numbers) else None
            if counts is None:
                found = [kind_of(one) for one in self._brief(path, numbers)]
                kinds.update(found)
                if keeps:
                    made[path] = found
            elif counts in times:
                times[counts] += 1
            else:
                times[counts] = 1
                kinds.update(dict.fromkeys((kind for kind, _ in kept.kinds(counts)), 0))  # their order is that of notes
        for counts, count in times.items():
            kinds.update({kind: number * count for kind, number in kept.kinds(counts)})
        if keeps:
            kept.keep_counts(made)
        return Tally(notes, kinds)

    def things(self) -> Iterator[Thing]:
        """As `Streamed.things`."""
        kept, made, size = self.kept_lines, dict[str, list[Thing]](), 0
        keeps = kept is not None and kept.wants_things(self._paths)
        things_of_note = _nothing if kept is None else kept.things
        for path, numbers in self._parts:
            known = things_of_note(path) if self._is_of_file(numbers) else None
            if known is None:
                known = _things(self._brief(path, numbers))
                size += sum(len(about) for _, about, _ in known)
                keeps = keeps and size < MOST
                if keeps:
                    made[path] = known
            yield from known
        if kept is not None and keeps:
            kept.keep_things(made)

    def with_lines(self, form: str, render: Callable[[list[Diagnostic]], str]) -> Iterator[tuple[str, str]]:
        """Yield each path and the lines of its diagnostics in a format, made by `render`, or kept of such a run."""
        kept, made, size = self.kept_lines, dict[str, str](), 0
        keeps = kept is not None and kept.wants_lines(form, self._paths)
        lines_of = _nothing if kept is None else kept.lines(form)
        for path, numbers in self._parts:
            text = lines_of(path) if self._is_of_file(numbers) else None
            if text is None:
                text = render(self._whole(path, numbers))
                size += len(text)
                keeps = keeps and size < MOST
                if keeps:
                    made[path] = text
            yield path, text
        if kept is not None and keeps:
            kept.keep_lines(form, made)

    def _is_of_file(self, numbers: list[int]) -> bool:
        return len(numbers) == 1 and self._places[numbers[0]] == _IN_FILE

    def _whole(self, path: str, numbers: list[int]) -> list[Diagnostic]:
        try:
            return self._decoded(path, numbers, unpack_diagnostics)
        except FORGED:
            return self._judge(path)

    def _decoded(
        self, path: str, numbers: list[int], decode: Callable[[bytes], list[_Counted]]
    ) -> "list[_Counted] | list[_Counted | Diagnostic]":
        """The diagnostics of these lists, sorted: each list is. Raises what `FORGED` names."""
        lists = [one for number in numbers for one in self._lists(path, number, decode)]
        return lists[0] if len(lists) == 1 else sorted(chain.from_iterable(lists), key=order_in_note)

    def _lists(self, path: str, number: int, decode: Callable[[bytes], list[_Counted]]) -> "list[Any]":
        place = self._places[number]
        if place == _LOOSE:
            return [self._loose[number]]
        if place != _IN_FILE:
            return [decode(self._spool.get(place))]
        packed = None if self._of_file is None else self._of_file(path)
        return [self._judge(path)] if packed is None else [decode(data) for data in packed if data]


class ChosenDiagnostics(Streamed):
    """Some of other diagnostics, in their order."""

    def __init__(self, of: Sequence[Diagnostic], chosen: bytes | bytearray) -> None:
        """`chosen` has a byte for each diagnostic, which is not 0 for those that are meant."""
        self._of, self._chosen = of, chosen

    def __iter__(self) -> Iterator[Diagnostic]:
        return compress(self._of, self._chosen)

    def brief(self) -> Iterator[tuple[str, Iterable[Brief | Diagnostic]]]:
        """As `Streamed.brief`."""
        at = 0
        for path, group in briefly(self._of):
            all_of_it = list(group)
            chosen = list(compress(all_of_it, self._chosen[at : at + len(all_of_it)]))
            at += len(all_of_it)
            if chosen:
                yield path, chosen


def briefly(found: Sequence[Diagnostic]) -> Iterator[tuple[str, Iterable[Brief | Diagnostic]]]:
    """Yield paths and their diagnostics as they are counted, of any diagnostics that are in the order of reports."""
    return found.brief() if isinstance(found, Streamed) else _by_path(found)


def _nothing(_: str) -> None:
    """What is kept of a note, if nothing is."""


def _by_path(found: Iterable[Diagnostic]) -> Iterator[tuple[str, Iterable[Diagnostic]]]:
    return groupby(found, lambda one: one.path)


def things_of(found: Sequence[Diagnostic]) -> Iterator[Thing]:
    """Yield what each of some diagnostics is about that is about something, in the order of reports."""
    return found.things() if isinstance(found, Streamed) else iter(_things(found))


def _things(found: Iterable[Brief | Diagnostic]) -> list[Thing]:
    return [(one.checker, one.about, one.severity) for one in found if one.about is not None]
