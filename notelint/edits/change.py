"""A note before and after a fix, and the edits between."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from notelint.core.text import Edit, Regions, Span
from notelint.note.frontmatter import parse
from notelint.note.frontmatter.lost import lost_block
from notelint.note.note import Note


class Change(Struct, frozen=True, dict=True):
    """A note before and after, and the edits between them: where what they leave alone stands afterwards."""

    before: Note
    after: Note
    edits: tuple[Edit, ...]

    @classmethod
    def of(cls, before: Note, after: Note, edits: Iterable[Edit]) -> "Change":
        """Make a change; a fault that kept text from being frontmatter, and that an edit repairs, counts as repaired
        before.

        That is blank lines above it, or a fence that is mistyped or missing.
        """
        edits = sorted(edits)
        lost = lost_block(before.text) if edits and edits[0].text.strip() == "---" else None
        if lost is not None and lost.remedy == edits[0]:
            return cls._with_fence(before, after, edits)
        block = parse.misplaced(before.text) if edits and not edits[0].text else None
        if block is None or edits[0].span != Span(0, block.start):
            return cls(before, after, tuple(edits))
        rest = (Edit(Span(e.span.start - block.start, e.span.end - block.start), e.text) for e in edits[1:])
        return cls(Note(before.path, before.text[block.start :]), after, tuple(rest))

    @classmethod
    def _with_fence(cls, before: Note, after: Note, edits: Sequence[Edit]) -> "Change":
        first, grown = edits[0], len(edits[0].text) - (edits[0].span.end - edits[0].span.start)
        text = before.text[: first.span.start] + first.text + before.text[first.span.end :]
        rest = (Edit(Span(e.span.start + grown, e.span.end + grown), e.text) for e in edits[1:])
        return cls(Note(before.path, text), after, tuple(rest))

    @property
    def is_faithful(self) -> bool:
        """True if the edits lie apart, and the text between them is the same to the letter."""
        if any(other.span.start < one.span.end for one, other in pairwise(self.edits)):
            return False
        ends = [0, *(edit.span.end for edit in self.edits)]
        starts = [*(edit.span.start for edit in self.edits), len(self.before.text)]
        kept = [self.before.text[end:start] for end, start in zip(ends, starts, strict=True)]
        written = [edit.text for edit in self.edits]
        return kept[0] + "".join(map(str.__add__, written, kept[1:])) == self.after.text

    @cached_property
    def _ends(self) -> list[int]:
        return [edit.span.end for edit in self.edits]

    @cached_property
    def _grown(self) -> list[int]:
        """By how much the text has grown up to each edit, and behind the last."""
        grown = [0]
        for edit in self.edits:
            grown.append(grown[-1] + len(edit.text) - (edit.span.end - edit.span.start))
        return grown

    def touches(self, span: Span) -> bool:
        """True if an edit changes a character of `span`, or inserts between two of them.

        Of an empty span, that stands between two characters: if an edit covers both.
        """
        at = bisect_right(self._ends, span.start)
        return at < len(self.edits) and self.edits[at].span.start < span.end

    def touching(self, span: Span) -> list[Edit]:
        """The edits that do."""
        found = []
        for at in range(bisect_right(self._ends, span.start), len(self.edits)):
            if self.edits[at].span.start >= span.end:
                break
            found.append(self.edits[at])
        return found

    def moved(self, offset: int) -> int:
        """Where a character that no edit touches stands afterwards."""
        return offset + self._grown[bisect_right(self._ends, offset)]

    @cached_property
    def written(self) -> Regions:
        """The places that the edits wrote, in the text afterwards."""
        starts = (edit.span.start + grown for edit, grown in zip(self.edits, self._grown, strict=False))
        return Regions(Span(at, at + len(edit.text)) for at, edit in zip(starts, self.edits, strict=True))

    @cached_property
    def lines(self) -> tuple[Regions, Regions]:
        """The lines that edits touch, in the text before and in the text afterwards: all others are the same."""
        touched = (edit.span for edit in self.edits)
        return _lines(self.before.text, touched), _lines(self.after.text, self.written.spans)

    def keeps(self, was: Regions, is_now: Regions) -> bool:
        """True if these places of the text before are those afterwards, for all characters that no edit touches."""
        if len(was.spans) != len(is_now.spans):
            return False
        return all(
            not self.touches(Span(old.start, old.start))
            and not self.touches(Span(old.end, old.end))
            and self.moved(old.start) == new.start
            and self.moved(old.end) == new.end
            for old, new in zip(was.spans, is_now.spans, strict=True)
        )


def _lines(text: str, spans: Iterable[Span]) -> Regions:
    ends = ((span.start, text.find("\n", span.end)) for span in spans)
    return Regions(Span(text.rfind("\n", 0, start) + 1, len(text) if end < 0 else end) for start, end in ends)
