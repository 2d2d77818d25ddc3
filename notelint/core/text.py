"""Places in a text: spans, edits, and the way from an offset to a line and a column."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate
from operator import add

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex

_LINE_END = lazy_regex(r"\r\n|\n|\r")
_RUN_TOGETHER = lazy_regex(r"\w\w|``")
_UNDECODABLE = lazy_regex("[\udc80-\udcff]")
_BLOCK = 512  # characters: what is counted anew for each place is at most this long


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A half-open range of character offsets into a note's text."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def overlaps(self, other: "Span") -> bool:
        """True if the two ranges share a character, or one is an insertion point inside the other."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The part of `text` (the text that the offsets count in) which this span covers."""
        return text[self.start : self.end]


class Edit(Struct, frozen=True, order=True):
    """Put `text` in place of what `span` covers; an empty span inserts."""

    span: Span
    text: str


def cut(text: str, span: Span, run: int | None = None) -> Edit:
    """Take a place out of `text`; a space stays where two words, or two marks of code, would run together.

    `run` is where a row of such places begins, of which this one is the last so far.
    """
    start = span.start if run is None else run
    around = text[max(start - 1, 0) : start] + text[span.end : span.end + 1]
    return Edit(span, " " if _RUN_TOGETHER.fullmatch(around) else "")


def encodable(text: str) -> str:
    """The same text, of the same length, as libraries take it that are not Python: lone surrogates become `?`."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text


class LineIndex:
    r"""Lines and columns of one text. A line ends at `\n`, `\r\n` or a lone `\r`."""

    def __init__(self, text: str) -> None:
        self._length = len(text)
        if "\r" in text:
            self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        else:  # where each line ends, without the line ends before it, and these
            lengths = accumulate(map(len, text.split("\n")))
            self._starts = [0, *map(add, lengths, range(1, text.count("\n") + 1))]

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1, columns in characters) of an offset in characters."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset in characters of a line and column (both from 1), held inside the text."""
        if line > len(self._starts):
            return self._length
        return min(self._starts[max(line, 1) - 1] + max(column, 1) - 1, self._length)

    def line_span(self, line: int) -> Span:
        """The span of a line (from 1), its line end included."""
        end = self._starts[line] if line < len(self._starts) else self._length
        return Span(self._starts[line - 1], end)

    def __len__(self) -> int:
        return len(self._starts)


class Openings:
    """The run of certain characters with which each line of a text begins. Each line is looked at once."""

    def __init__(self, text: str, lines: LineIndex, characters: str) -> None:
        """`characters` may be a line's first ones, as in a set of a regular expression."""
        self._text, self._lines = text, lines
        self._alone = re.compile(f"[{characters}]*+")
        self._ends: dict[int, int] = {}

    def reach(self, offset: int) -> bool:
        """True if nothing but those characters stands between a line's start and `offset`, which lies in the line."""
        start = self._lines.line_span(self._lines.position(offset)[0]).start
        end = self._ends.get(start)
        if end is None:
            match = self._alone.match(self._text, start)
            end = self._ends[start] = start if match is None else match.end()
        return offset <= end


class ByteOffsets:
    """From offsets in UTF-8 bytes, as Rust libraries count, to offsets in characters.

    `left_out` says what is missing from `text`: where (in characters of `text`), and how many characters there. The
    offsets that come out are those of the text that it was taken from.
    """

    def __init__(self, text: str, left_out: Iterable[tuple[int, int]] = ()) -> None:
        self._blocks: list[int] = []  # where in bytes each block of characters begins; none if all are ASCII
        if not text.isascii():
            self._data = text.encode("utf-8")
            sizes = (len(text[at : at + _BLOCK].encode("utf-8")) for at in range(0, len(text), _BLOCK))
            self._blocks = [0, *accumulate(sizes)][:-1]
        left = sorted(left_out)
        self._left_at = [at for at, _ in left]
        self._left = [0, *accumulate(length for _, length in left)]

    def characters(self, offset: int) -> int:
        """The character offset of a byte offset that lies on a character's border."""
        if self._blocks:
            block = bisect_right(self._blocks, offset) - 1
            offset = block * _BLOCK + len(self._data[self._blocks[block] : offset].decode("utf-8"))
        if not self._left_at:
            return offset
        return offset + self._left[bisect_right(self._left_at, offset)]


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same places as `spans`, sorted, with overlapping ones joined; those that only touch are different things."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


class Regions:
    """A set of places that can be asked quickly whether it holds an offset."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = merge(spans)
        self._starts = [span.start for span in self.spans]

    def __contains__(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self.spans[at].end

    def within(self, span: Span) -> Iterator[Span]:
        """The parts of the regions that lie in `span`, in order."""
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        while at < len(self.spans) and self.spans[at].start < span.end:
            start, end = max(self.spans[at].start, span.start), min(self.spans[at].end, span.end)
            if start < end:
                yield Span(start, end)
            at += 1

    def touching(self, span: Span) -> bool:
        """True if any region shares a character with `span`."""
        at = bisect_right(self._starts, span.start) - 1
        if at >= 0 and span.start < self.spans[at].end:
            return True
        return at + 1 < len(self.spans) and self.spans[at + 1].start < span.end


class Units:
    """Counter of the units that a part of a text has beyond its characters, as other tools count columns."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.is_ascii = text.isascii()

    @cached_property
    def _up_to(self) -> list[tuple[int, int]]:
        """Sums of the units beyond one for each character, up to the start of each block: for lines of a megabyte."""
        starts = range(0, len(self._text), _BLOCK)
        found = [(0, 0)]
        for utf16, utf8 in (_extra_units(self._text[at : at + _BLOCK]) for at in starts):
            found.append((found[-1][0] + utf16, found[-1][1] + utf8))
        return found

    def extra(self, start: int, end: int) -> tuple[int, int]:
        """For the characters from `start` to `end`: UTF-16 units, and bytes of UTF-8, beyond one each."""
        if self.is_ascii:
            return 0, 0
        if end - start <= _BLOCK:
            return _extra_units(self._text[start:end])
        first, last = self._before(start), self._before(end)
        return last[0] - first[0], last[1] - first[1]

    def _before(self, offset: int) -> tuple[int, int]:
        block = offset // _BLOCK
        utf16, utf8 = self._up_to[block]
        rest = _extra_units(self._text[block * _BLOCK : offset])
        return utf16 + rest[0], utf8 + rest[1]


def _extra_units(part: str) -> tuple[int, int]:
    """UTF-16 units and bytes of UTF-8 of a text beyond one for each character; an undecodable byte is one of each."""
    if part.isascii():
        return 0, 0
    try:
        utf8 = len(part.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # half a pair, which no file holds: three bytes, but for undecodable ones
        utf8 = len(part.encode("utf-8", "surrogatepass")) - 2 * len(_UNDECODABLE.findall(part))
    return len(part.encode("utf-16-le", "surrogatepass")) // 2 - len(part), utf8 - len(part)


def newline(text: str) -> str:
    """The line end that a text uses first."""
    match = _LINE_END.search(text)
    return match.group() if match else "\n"
