"""A text that knows where each of its characters comes from: which note's, at which offset, by which embed."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from notelint.core.text import Span

HOST = 0  # the owner of what stands in the note itself; embedded notes are numbered from 1


class Origin(NamedTuple):
    """Where a piece comes from: the number of its embed, and the offset in that note of its first character.

    `offset` is -1 for what was put in. Of a piece that is not `exact` only the place is known, not each character's.
    """

    owner: int
    offset: int = -1
    exact: bool = True


class Traced:
    """A text made of pieces, each with its origin. Immutable; the operations return new ones."""

    __slots__ = ("origins", "starts", "text")

    def __init__(self, text: str, starts: Sequence[int], origins: Sequence[Origin]) -> None:
        self.text, self.starts, self.origins = text, starts, origins

    @classmethod
    def of(cls, text: str, origin: Origin) -> "Traced":
        """A text of one origin."""
        return cls(text, (0,), (origin,)) if text else cls("", (), ())

    @classmethod
    def added(cls, text: str, owner: int) -> "Traced":
        """A text that stands in no note."""
        return cls.of(text, Origin(owner, -1, exact=False))

    def part(self, start: int, end: int) -> "Traced":
        """The part from `start` to `end`."""
        if start >= end:
            return Traced("", (), ())
        if len(self.starts) == 1:  # as of a note that nothing was replaced in
            owner, offset, exact = self.origins[0]
            moved = Origin(owner, offset + start, exact) if exact and offset >= 0 else self.origins[0]
            return Traced(self.text[start:end], (0,), (moved,))
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1)
        starts = [0, *(at - start for at in self.starts[first + 1 : last])]
        owner, offset, exact = self.origins[first]
        begins = offset + start - self.starts[first] if exact and offset >= 0 else offset
        return Traced(self.text[start:end], starts, [Origin(owner, begins, exact), *self.origins[first + 1 : last]])

    def with_(self, replacements: "Iterable[tuple[int, int, Traced]]") -> "Traced":
        """The text with others in place of some of its parts, given as start, end and text, in order."""
        parts, at = [], 0
        for start, end, text in replacements:
            parts += [self.part(at, start), text]
            at = end
        return joined([*parts, self.part(at, len(self.text))]) if parts else self

    def pieces(self) -> "Iterable[tuple[str, Origin]]":
        """The pieces, in order."""
        ends = [*self.starts[1:], len(self.text)] if self.text else []
        for start, end, origin in zip(self.starts, ends, self.origins, strict=True):
            yield self.text[start:end], origin

    def kept(self) -> dict[int, list[tuple[Span, int]]]:
        """The parts of each owner that stand in the text: the places, with where in the text each begins.

        Of what was rewritten only the beginning is known.
        """
        found: dict[int, list[tuple[Span, int]]] = {}
        at = 0
        for text, origin in self.pieces():
            if origin.offset >= 0:
                length = len(text) if origin.exact else 0
                found.setdefault(origin.owner, []).append((Span(origin.offset, origin.offset + length), at))
            at += len(text)
        return found

    def origin(self, at: int) -> Origin:
        """Where the character at an offset comes from."""
        return self.part(at, at + 1).origins[0]

    def beginning(self, start: int, end: int) -> tuple[int, int] | None:
        """The owner and where, there, the part from `start` to `end` begins, as `source` tells of that part."""
        first = bisect_right(self.starts, start) - 1
        if start < end and (first + 1 == len(self.starts) or self.starts[first + 1] >= end):  # it is of one piece
            owner, offset, exact = self.origins[first]
            if offset < 0:
                return None
            return owner, offset + start - self.starts[first] if exact else offset
        source = self.part(start, end).source()
        return None if source is None else (source[0], source[1].start)

    def source(self) -> tuple[int, Span] | None:
        """The owner and the place, there, of a text that comes from one note; None for what was put in."""
        known = [(origin, len(text)) for text, origin in self.pieces() if origin.offset >= 0]
        known = [one for one in known if one[0].owner == known[0][0].owner]
        if not known:
            return None
        start = min(origin.offset for origin, _ in known)
        end = max(origin.offset + (length if origin.exact else 0) for origin, length in known)
        return known[0][0].owner, Span(start, end)


def joined(parts: Iterable[Traced]) -> Traced:
    """Texts, one after the other."""
    texts: list[str] = []
    starts: list[int] = []
    origins: list[Origin] = []
    length = 0
    for part in parts:
        texts.append(part.text)
        starts.extend(length + at for at in part.starts)
        origins.extend(part.origins)
        length += len(part.text)
    return Traced("".join(texts), starts, origins)
