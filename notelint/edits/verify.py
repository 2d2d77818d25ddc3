"""The fixer distrusts itself: what must still hold of a fixed note before it is written."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Regions, Span
from notelint.note.frontmatter import parse
from notelint.note.frontmatter.lost import lost_block
from notelint.note.links import Link, heading_key
from notelint.note.note import Note

_WORD = lazy_regex(r"\w+")
_FOOTNOTE = lazy_regex(r"^[ \t>]*+\[\^([^\s\]]+)\]:", re.M)
_GONE = object()


def violation(before: Note, after: Note, edits: Iterable[Edit]) -> str | None:
    """The loss in `after` from applying `edits` to `before`, in words, or None.

    Outside the places that the edits name, every word, property, link, heading and block id must still be there, each
    in its own place, and code must be the same to the letter. Inside them the edit says what it does.
    """
    change = _Change.of(before, after, edits)
    if not change.is_faithful:
        return "text outside its edits would change"
    for lost in (_frontmatter, _code, _words, _links, _headings, _block_ids, _footnotes, _tables):
        found = lost(change)
        if found is not None:
            return found
    return None


class _Change(Struct, frozen=True, dict=True):
    """A note before and after, and the edits between them: where what they leave alone stands afterwards."""

    before: Note
    after: Note
    edits: tuple[Edit, ...]

    @classmethod
    def of(cls, before: Note, after: Note, edits: Iterable[Edit]) -> "_Change":
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
    def _with_fence(cls, before: Note, after: Note, edits: Sequence[Edit]) -> "_Change":
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
        """True if an edit changes a character of `span`, or inserts between two of them."""
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


def _frontmatter(change: _Change) -> str | None:
    old, new = change.before.frontmatter, change.after.frontmatter
    if old is None:
        is_made = new is None or 0 in change.written
        return None if is_made else "text would become frontmatter"
    if new is None or (new.fault is not None and old.fault is None):
        return "the frontmatter would not be readable any more"
    if new.content.end != change.moved(old.content.end):
        return "the frontmatter would end elsewhere"
    if old.fault is not None:
        return None
    for key, value in old.properties.items():
        place, there = old.place((key,)), new.properties.get(key, _GONE)
        is_changed = repr(there) != repr(value) and not change.touches(Span(place.key.start, place.value.end))
        if is_changed or (there is _GONE and not change.touches(place.key)):
            return f"the property {key!r} would change"
    twice = Counter(one.key for one in new.duplicates) - Counter(one.key for one in old.duplicates)
    if twice:
        return f"the property {next(iter(twice))!r} would stand twice"
    added = (key for key in new.properties if key not in old.properties)
    strange = [key for key in added if new.place((key,)).key.start not in change.written]
    return f"the property {strange[0]!r} would appear" if strange else None


def _code(change: _Change) -> str | None:
    """Code may go as a whole, in a place that an edit names; within it only what is not text may be fixed."""
    new = set(_fenced(change.after).spans)
    for span in _fenced(change.before).spans:
        start, touching = change.moved(span.start), change.touching(span)
        if not touching and Span(start, start + span.end - span.start) not in new:
            return "code would change"
        for edit in touching:
            covers = edit.span.start <= span.start and span.end <= edit.span.end
            if not covers and not _is_unseen(edit.span.of(change.before.text)):
                return "code would change"
    return None


def _fenced(note: Note) -> Regions:
    # What is code by its indentation alone changes with the lines around it, and crude scrapes are full of that; its
    # words are kept like all others.
    return Regions(span for span in note.structure.code.spans if span.of(note.text).lstrip()[:1] in ("`", "~"))


def _words(change: _Change) -> str | None:
    was, is_now = _kinds(change.before), _kinds(change.after)
    ends = dict(match.span() for match in _WORD.finditer(change.after.text))
    joined = Regions(
        Span(max(edit.span.start - 1, 0), edit.span.end + 1)
        for edit in change.edits
        if _is_unseen(edit.span.of(change.before.text))
    )
    for match in _WORD.finditer(change.before.text):
        word = Span(*match.span())
        if change.touches(word):
            continue
        start = change.moved(word.start)
        if ends.get(start) != start + word.end - word.start and not joined.touching(word):
            return f"the word {match.group()!r} would be lost"
        if was(word.start) != is_now(start) and not _was_in_lost_cell(change, word.start, start):
            return f"the word {match.group()!r} would become {is_now(start)}"
    return None


def _was_in_lost_cell(change: _Change, was: int, now: int) -> bool:
    """True if code stood, as it is, in a row of a table behind its last cell: nobody saw it there."""
    tables, code = change.before.structure.tables, change.after.structure.code
    if was not in tables or now not in change.after.structure.tables:
        return False
    whole = next((one for one in code.spans if now in one), None)
    if whole is None or "\n" in whole.of(change.after.text):
        return False
    start = was - (now - whole.start)
    before = Span(start, start + whole.end - whole.start)
    return before.of(change.before.text) == whole.of(change.after.text) and not change.touching(before)


def _kinds(note: Note) -> Callable[[int], str]:
    """A function from an offset to the kind of text there: a word must not become code or a comment because of what
    was fixed beside it.
    """
    fenced, found = _fenced(note), note.structure

    def kind(offset: int) -> str:
        if offset < note.body_start:
            return "frontmatter"
        if offset in fenced:
            return "code"
        if offset in found.html:
            return "HTML"
        return "a comment" if offset in found.comments else "text"

    return kind


def _is_unseen(text: str) -> bool:
    """True if a text is nothing that parts words: characters without a shape, bytes that are not characters, NUL."""
    return bool(text) and not any(char.isspace() or unicodedata.category(char)[0] != "C" for char in text)


def _links(change: _Change) -> str | None:
    new = {(link.span.start, link.in_property): link for link in change.after.links}
    for link in change.before.links:
        start = link.span.start
        if change.touches(Span(start, start + 1)):
            continue
        there = new.get((change.moved(start), link.in_property))
        if there is None or (not change.touches(link.span) and _says(there) != _says(link)):
            return f"the link to {link.target.path!r} would be lost"
    return None


def _says(link: Link) -> tuple[object, ...]:
    return link.target, link.embed, link.form, link.alias, link.hidden


def _headings(change: _Change) -> str | None:
    new = {one.text_span.start: one for one in change.after.headings if not one.nested}
    for heading in change.before.headings:
        start = heading.text_span.start
        if heading.nested or not heading.text or change.touches(Span(start, start + 1)):
            continue
        there = new.get(change.moved(start))
        same = there is not None and heading_key(there.text) == heading_key(heading.text)
        if there is None or (not same and not change.touches(heading.text_span)):
            return f"the heading {heading_key(heading.text)!r} would be lost"
    return None


def _block_ids(change: _Change) -> str | None:
    new = {(block.id, block.span.start) for block in change.after.structure.block_ids}
    for block in change.before.structure.block_ids:
        if not change.touches(block.span) and (block.id, change.moved(block.span.start)) not in new:
            return f"the block id ^{block.id} would be lost"
    return None


def _footnotes(change: _Change) -> str | None:
    lost = {*change.before.structure.footnotes} - {*change.after.structure.footnotes}
    for match in _FOOTNOTE.finditer(change.before.text, change.before.body_start) if lost else ():
        if match[1].lower() in lost and not change.touches(Span(match.start(1) - 2, match.end())):
            return f"the footnote {match[1]!r} would be lost"
    return None


def _tables(change: _Change) -> str | None:
    for table in change.before.structure.tables.spans:
        if not change.touches(table) and change.moved(table.start) not in change.after.structure.tables:
            return "a table would be lost"
    return None
