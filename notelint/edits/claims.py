"""Changes that fixes made to a note, and what each of their checkers may take: prepared once for all questions."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from notelint.core.diagnostic import Fix
from notelint.core.lazy_regex import lazy_regex
from notelint.core.places import Places
from notelint.core.text import Regions, Span
from notelint.edits.allowance import Allowance, Part
from notelint.note.links import Link
from notelint.note.markdown.model import BlockId, Heading
from notelint.note.note import Note

_ADDRESS = lazy_regex(r"https?://[^\s<>\"'`]+", re.I)
_FOOTNOTE = lazy_regex(r"\[\^([^\s\]]{1,999})\]:")  # no label is longer, and this is tried at each bracket
_DESTINATION = r"\((?:<[^<>\r\n]*>)?[^()\r\n]*(?:\([^()\r\n]*\)[^()\r\n]*)*\)"
_EMPTY_LINK = lazy_regex(r"(?<!!)\[[^\S\r\n]*\]" + _DESTINATION)  # sites put one behind each heading, as its anchor
_LABELLED = lazy_regex(r"(?<=\])" + _DESTINATION)
_GONE = object()


class Claim(Struct, frozen=True):
    """A fix that was applied, and what its checker may take."""

    fix: Fix
    allowed: Allowance

    def may(self, *parts: Part) -> bool:
        """True if one of these parts may be taken."""
        return not self.allowed.parts.isdisjoint(parts)


class NumberedLink(NamedTuple):
    """A link, and a number that all have which lead to the same place: long paths are compared once."""

    thing: Link
    says: int


class ClaimedChange(Struct, frozen=True, dict=True):
    """A note before and after, and all the edits between."""

    before: Note
    after: Note
    claims: Sequence[Claim]

    @cached_property
    def _grown(self) -> dict[int, int]:
        """Where what each edit wrote begins afterwards, by the identity of the edit."""
        edits, grown, found = sorted(edit for claim in self.claims for edit in claim.fix.edits), 0, {}
        for edit in edits:
            found[id(edit)] = edit.span.start + grown
            grown += len(edit.text) - (edit.span.end - edit.span.start)
        return found

    def written(self, claim: Claim) -> Regions:
        """Where what one fix wrote stands afterwards."""
        places = ((self._grown[id(edit)], edit) for edit in claim.fix.edits)
        return Regions(Span(at, at + len(edit.text)) for at, edit in places)

    @cached_property
    def old_links(self) -> Places[NumberedLink]:
        """The links of the body before."""
        return Places(self._links(self.before), lambda one: one.thing.span)

    @cached_property
    def new_links(self) -> Places[NumberedLink]:
        """The links of the body afterwards, each with the characters beside it."""
        return Places(self._links(self.after), lambda one: _around(one.thing.span))

    @cached_property
    def links_lost(self) -> int:
        """By how many the links of the body have become fewer."""
        return len(self.old_links) - len(self.new_links)

    @cached_property
    def old_headings(self) -> Places[Heading]:
        """The headings before."""
        return Places(self.before.headings, lambda one: one.text_span)

    @cached_property
    def new_headings(self) -> Places[Heading]:
        """The headings afterwards, each with the characters beside it."""
        return Places(self.after.headings, lambda one: _around(one.span))

    def shown(self, heading: Heading, addresses: bool) -> int:
        """Return a number for what a reader sees of one of these headings: 0 for nothing, else one for each text.

        Where its links lead is held with the links; `addresses` says that web addresses may change as well.
        """
        key = (id(heading), addresses)
        if key not in self._shown:
            text = _LABELLED.sub("", _EMPTY_LINK.sub(" ", heading.text))
            text = _ADDRESS.sub("", text) if addresses else text
            text = " ".join("".join(char for char in text if not is_shapeless(char)).split())
            self._shown[key] = self._number(text) + 1 if text else 0
        return self._shown[key]

    @cached_property
    def _shown(self) -> dict[tuple[int, bool], int]:
        return {}

    def _links(self, note: Note) -> Iterator[NumberedLink]:
        links = (link for link in note.links if not link.in_property)
        return (NumberedLink(one, self._number(one.target.path, one.target.subpath)) for one in links)

    def _number(self, *said: str | None) -> int:
        return self._numbers.setdefault(said, len(self._numbers))

    @cached_property
    def _numbers(self) -> dict[tuple[str | None, ...], int]:
        return {}

    @cached_property
    def old_block_ids(self) -> Places[BlockId]:
        """The block ids before that are none afterwards."""
        left = {block.id for block in self.after.structure.block_ids}
        return Places((b for b in self.before.structure.block_ids if b.id not in left), lambda block: block.span)

    @cached_property
    def lost_footnotes(self) -> Places[re.Match[str]]:
        """Where footnotes were defined that are not afterwards."""
        lost = {*self.before.structure.footnotes} - {*self.after.structure.footnotes}
        found = _FOOTNOTE.finditer(self.before.text, self.before.body_start) if lost else ()
        return Places((one for one in found if one[1].lower() in lost), lambda match: Span(*match.span()))

    @cached_property
    def lost_code(self) -> Places[Span]:
        """Code before, marked as such and not only indented (of that, crude scrapes are full), that is gone."""
        text, left = self.before.text, Counter(one.of(self.after.text) for one in self.after.structure.code.spans)
        code = (one for one in self.before.structure.code.spans if one.of(text).lstrip()[:1] in ("`", "~"))
        return Places((one for one in code if not left[one.of(text)]), lambda span: span)

    @cached_property
    def old_tables(self) -> Places[Span]:
        """The tables before."""
        return Places(self.before.structure.tables.spans, lambda span: span)

    @cached_property
    def changed_properties(self) -> Places[str]:
        """The properties before that are gone or have another value, each from its name to the end of its value."""
        block, new = self.before.frontmatter, self.after.properties
        if block is None or block.fault is not None:
            return Places(list[str](), lambda key: Span(0, 0))
        changed = (key for key, value in block.properties.items() if repr(new.get(key, _GONE)) != repr(value))
        return Places(changed, lambda key: Span(block.place((key,)).key.start, block.place((key,)).value.end))

    def free(self, parts: frozenset[Part]) -> Regions:
        """The places of the note before whose words a checker that may take these parts may change."""
        if parts not in self._free:
            self._free[parts] = Regions(_free(self.before, parts))
        return self._free[parts]

    @cached_property
    def _free(self) -> dict[frozenset[Part], Regions]:
        return {}


def _free(note: Note, parts: Collection[Part]) -> Iterator[Span]:
    if Part.TARGETS in parts:
        yield from (link.target_span for link in note.links if not link.in_property)
    if Part.ADDRESSES in parts:
        yield from (Span(*match.span()) for match in _ADDRESS.finditer(note.text, note.body_start))
    if Part.TITLES in parts:
        yield from (heading.text_span for heading in note.headings)
    if Part.BLOCK_IDS in parts:
        yield from (block.span for block in note.structure.block_ids)


def _around(span: Span) -> Span:
    return Span(max(span.start - 1, 0), span.end + 1)


def is_shapeless(char: str) -> bool:
    """True if nothing is seen of a character, not even a blank."""
    return not char.isprintable() and not char.isspace()
