"""Places in a text: spans, edits, and the way from an offset to a line and a column."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from operator import add

from msgspec import Struct

_LINE_END = re.compile(r"\r\n|\n|\r")
_RUN_TOGETHER = re.compile(r"\w\w|``")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A half-open range of character offsets into a note's text."""

    start: int
    end: int

    def __contains__(self, offset: int) -> bool:
        return self.start <= offset < self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two ranges share a character, or one is an insertion point inside the other."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """The part of `text` (the text that the offsets count in) which this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Edit:
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


class ByteOffsets:
    """From offsets in UTF-8 bytes, as Rust libraries count, to offsets in characters.

    `left_out` tells what is missing from `text`: where, and how many characters there. Offsets are those of the text
    that it was taken from.
    """

    def __init__(self, text: str, left_out: Iterable[tuple[int, int]] = ()) -> None:
        self._bytes: list[int] = []  # where in bytes a character beyond ASCII ends, or something is left out
        self._extra: list[int] = [0]  # how many bytes there are, up to there, more than characters of the whole text
        places = [(at, -length) for at, length in left_out]
        if not text.isascii():
            for match in _NOT_ASCII.finditer(text):
                code = ord(match.group())
                places.append((match.end(), 1 if code < 0x800 else 2 if code < 0x10000 else 3))
        more = left = 0
        for at, change in sorted(places):
            if change > 0:
                more += change
            else:
                left += change
            self._bytes.append(at + more)
            self._extra.append(more + left)

    def characters(self, offset: int) -> int:
        """The character offset of a byte offset that lies on a character's border."""
        if not self._bytes:
            return offset
        return offset - self._extra[bisect_right(self._bytes, offset)]


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
        """What of the regions lies in `span`, in order."""
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        while at < len(self.spans) and self.spans[at].start < span.end:
            start, end = max(self.spans[at].start, span.start), min(self.spans[at].end, span.end)
            if start < end:
                yield Span(start, end)
            at += 1

    def touching(self, span: Span) -> bool:
        """Whether any region shares a character with `span`."""
        at = bisect_right(self._starts, span.start) - 1
        if at >= 0 and span.start < self.spans[at].end:
            return True
        return at + 1 < len(self.spans) and self.spans[at + 1].start < span.end


_COUNTED_TWICE = re.compile(r"[^\x00-\x7f\udc80-\udcff]")  # an undecodable byte is one unit, whoever counts


class Units:
    """How many more units than characters a part of one text has. Built once, asked in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._at: list[int] = []
        self._utf16, self._utf8 = [0], [0]
        if text.isascii():
            return
        for match in _COUNTED_TWICE.finditer(text):
            code = ord(match.group())
            self._at.append(match.start())
            self._utf16.append(self._utf16[-1] + (code > 0xFFFF))
            self._utf8.append(self._utf8[-1] + (1 if code < 0x800 else 2 if code < 0x10000 else 3))

    def extra(self, start: int, end: int) -> tuple[int, int]:
        """For the characters from `start` to `end`: UTF-16 units, and bytes of UTF-8, beyond one each."""
        first, last = bisect_left(self._at, start), bisect_left(self._at, end)
        return self._utf16[last] - self._utf16[first], self._utf8[last] - self._utf8[first]


def newline(text: str) -> str:
    """The line end that a text uses first."""
    match = _LINE_END.search(text)
    return match.group() if match else "\n"
