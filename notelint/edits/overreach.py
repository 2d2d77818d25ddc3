"""The second lock: holds every edit to what its checker declares that its fixes may take, inside the edit too."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from notelint.core.diagnostic import Fix
from notelint.core.text import Edit, Regions, Span
from notelint.edits.allowance import Allowance, Part
from notelint.note.links import Link
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.residue.imports import is_import

_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.I)
_FOOTNOTE = re.compile(r"\[\^([^\s\]]+)\]:")
_DESTINATION = r"\((?:<[^<>\r\n]*>)?[^()\r\n]*(?:\([^()\r\n]*\)[^()\r\n]*)*\)"
_EMPTY_LINK = re.compile(r"(?<!!)\[[^\S\r\n]*\]" + _DESTINATION)  # sites put one behind each heading, as its anchor
_LABELLED = re.compile(r"(?<=\])" + _DESTINATION)


@dataclass(frozen=True)
class Claim:
    """A fix that was applied, and what its checker may take."""

    fix: Fix
    allowed: Allowance

    def may(self, *parts: Part) -> bool:
        """True if one of these parts may be taken."""
        return not self.allowed.parts.isdisjoint(parts)


def overreaching(before: Note, after: Note, claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    """Yield each of the fixes that takes something without being allowed to, and what, in words.

    `after` is `before` with all of the fixes applied, whose edits lie apart.
    """
    change = _Whole(before, after, claims)
    for claim in claims:
        if claim.allowed.of_imports and not is_import(before):
            yield claim, "a note would be changed that nothing declares an import"
            continue
        for taken in (_words, _links, _headings, _block_ids, _footnotes, _code, _tables, _properties):
            found = taken(change, claim)
            if found is not None:
                yield claim, found
                break


@dataclass(frozen=True)
class _Whole:
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
    def old_links(self) -> tuple[Link, ...]:
        """The links of the body before."""
        return tuple(link for link in self.before.links if not link.in_property)

    @cached_property
    def new_links(self) -> tuple[Link, ...]:
        """The links of the body afterwards."""
        return tuple(link for link in self.after.links if not link.in_property)

    @cached_property
    def links_lost(self) -> int:
        """By how many the links of the body have become fewer."""
        return len(self.old_links) - len(self.new_links)


def _touched(claim: Claim, span: Span) -> bool:
    """True if an edit of a fix takes a character of a place."""
    return any(edit.span.start < span.end and span.start < edit.span.end for edit in claim.fix.edits)


def _words(change: _Whole, claim: Claim) -> str | None:
    """Words of the body, but for those in the places that the checker may change."""
    if claim.may(Part.WORDS):
        return None
    free = Regions(_free(change.before, claim))
    lost, written = Counter[str](), Counter(_WORD.findall(claim.fix.title))
    for edit in claim.fix.edits:
        old, new = _widened(change.before.text, edit)
        start = edit.span.start - _head(change.before.text, edit)
        if edit.span.start >= change.before.body_start or change.before.frontmatter is None:
            words = ((match, Span(start + match.start(), start + match.end())) for match in _WORD.finditer(old))
            lost.update(match.group() for match, place in words if not free.touching(place))
        as_it_is, decoded = Counter(_WORD.findall(new)), Counter(_WORD.findall(unquote(new)))
        written.update(as_it_is | decoded)  # `My%20Note.md` holds the words of `My Note.md`
    gone = lost - written
    return f"the word {next(iter(gone))!r} would be taken" if gone else None


def _free(note: Note, claim: Claim) -> Iterator[Span]:
    """The places of a note whose words a checker may change."""
    if claim.may(Part.TARGETS):
        yield from (link.target_span for link in note.links if not link.in_property)
    if claim.may(Part.ADDRESSES):
        yield from (Span(*match.span()) for match in _ADDRESS.finditer(note.text, note.body_start))
    if claim.may(Part.TITLES):
        yield from (heading.text_span for heading in note.headings)
    if claim.may(Part.BLOCK_IDS):
        yield from (block.span for block in note.structure.block_ids)


def _widened(text: str, edit: Edit) -> tuple[str, str]:
    """What an edit takes and what it writes, each with the rest of the words that it begins and ends in."""
    start, end = _head(text, edit), edit.span.end + _tail(text, edit)
    before, behind = text[edit.span.start - start : edit.span.start], text[edit.span.end : end]
    return before + edit.span.of(text) + behind, before + edit.text + behind


def _head(text: str, edit: Edit) -> int:
    at = edit.span.start
    while at and _WORD.match(text[at - 1]):
        at -= 1
    return edit.span.start - at


def _tail(text: str, edit: Edit) -> int:
    at = edit.span.end
    while at < len(text) and _WORD.match(text[at]):
        at += 1
    return at - edit.span.end


def _links(change: _Whole, claim: Claim) -> str | None:
    """Links of the body that cease to be, and the targets of those that stay."""
    if claim.may(Part.LINKS):
        return None
    old = [link for link in change.old_links if _touched(claim, link.span)]
    if not old:
        return None
    written = change.written(claim)
    new = [link for link in change.new_links if written.touching(_around(link.span))]
    if len(new) < len(old) and change.links_lost > 0:
        return f"the link to {old[0].target.path!r} would be taken"
    kept = Counter(map(_target, new))
    moved = [link for link in old if _touched(claim, link.target_span) and not kept[_target(link)]]
    if moved and not claim.may(Part.TARGETS):
        return f"the link to {moved[0].target.path!r} would lead elsewhere"
    return None


def _around(span: Span) -> Span:
    return Span(max(span.start - 1, 0), span.end + 1)


def _target(link: Link) -> tuple[str, str | None]:
    return link.target.path, link.target.subpath


def _headings(change: _Whole, claim: Claim) -> str | None:
    """Headings that cease to be, and the texts of those that stay, as a reader sees them."""
    old = [(one, _shown(one, claim)) for one in change.before.headings if _touched(claim, one.text_span)]
    old = [(one, shown) for one, shown in old if shown]
    written = change.written(claim)
    texts = Counter(_shown(one, claim) for one in change.after.headings if written.touching(_around(one.span)))
    if texts.total() - texts[""] < len(old) and not claim.may(Part.HEADINGS):
        return f"the heading {old[0][0].text!r} would be taken"
    if not claim.may(Part.HEADINGS, Part.TITLES):
        changed = [one.text for one, shown in old if not texts[shown]]
        return f"the heading {changed[0]!r} would read differently" if changed else None
    return None


def _shown(heading: Heading, claim: Claim) -> str:
    """Return a heading's text as a reader sees it: where its links lead is held with the links."""
    text = _LABELLED.sub("", _EMPTY_LINK.sub(" ", heading.text))
    if claim.may(Part.ADDRESSES):
        text = _ADDRESS.sub("", text)
    return " ".join("".join(char for char in text if not _is_shapeless(char)).split())


def _is_shapeless(char: str) -> bool:
    return not char.isprintable() and not char.isspace()


def _block_ids(change: _Whole, claim: Claim) -> str | None:
    left = {block.id for block in change.after.structure.block_ids}
    gone = [b.id for b in change.before.structure.block_ids if _touched(claim, b.span) and b.id not in left]
    return f"the block id ^{gone[0]} would be taken" if gone and not claim.may(Part.BLOCK_IDS) else None


def _footnotes(change: _Whole, claim: Claim) -> str | None:
    lost = {*change.before.structure.footnotes} - {*change.after.structure.footnotes}
    found = _FOOTNOTE.finditer(change.before.text, change.before.body_start) if lost else ()
    gone = [one[1] for one in found if one[1].lower() in lost and _touched(claim, Span(*one.span()))]
    return f"the footnote {gone[0]!r} would be taken" if gone and not claim.may(Part.FOOTNOTES) else None


def _code(change: _Whole, claim: Claim) -> str | None:
    """Code, but for what nobody sees in it: bytes that are not characters."""
    old = [span for span in change.before.structure.code.spans if _touched(claim, span) and _is_marked(change, span)]
    if not old or claim.may(Part.CODE):
        return None
    left = Counter(span.of(change.after.text) for span in change.after.structure.code.spans)
    taken = [span.of(change.before.text) for span in old if not left[span.of(change.before.text)]]
    return "code would be taken" if taken and not _is_unseen(change.before, claim) else None


def _is_marked(change: _Whole, span: Span) -> bool:
    """True if marks make it code, not its indentation alone: of that, crude scrapes are full."""
    return span.of(change.before.text).lstrip()[:1] in ("`", "~")


def _is_unseen(note: Note, claim: Claim) -> bool:
    """True if all that a fix takes is nothing that anybody sees."""
    taken = "".join(edit.span.of(note.text) for edit in claim.fix.edits)
    return all(char.isspace() or _is_shapeless(char) for char in taken)


def _tables(change: _Whole, claim: Claim) -> str | None:
    old, new = change.before.structure.tables.spans, change.after.structure.tables.spans
    if len(new) >= len(old) or claim.may(Part.TABLES):
        return None
    return "a table would be taken" if any(_touched(claim, span) for span in old) else None


def _properties(change: _Whole, claim: Claim) -> str | None:
    """Properties that cease to be, and the values of those that stay."""
    block, new = change.before.frontmatter, change.after.properties
    if block is None or block.fault is not None:
        return None
    for key, value in block.properties.items():
        place = block.place((key,))
        if not _touched(claim, Span(place.key.start, place.value.end)):
            continue
        if key not in new and not claim.may(Part.PROPERTIES):
            return f"the property {key!r} would be taken"
        if key in new and repr(new[key]) != repr(value) and value not in (None, "") and not claim.may(Part.VALUES):
            return f"the property {key!r} would say something else"
    return None
