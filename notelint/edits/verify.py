"""The fixer distrusts itself: what must still hold of a fixed note before it is written."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Regions, Span
from notelint.edits.change import Change
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
    change = Change.of(before, after, edits)
    if not change.is_faithful:
        return "text outside its edits would change"
    for lost in (_frontmatter, _code, _words, _links, _headings, _block_ids, _footnotes, _tables):
        found = lost(change)
        if found is not None:
            return found
    return None


def _frontmatter(change: Change) -> str | None:
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


def _code(change: Change) -> str | None:
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


def _words(change: Change) -> str | None:
    before, after = change.before, change.after
    kinds, kinds_now = _kinds(before), _kinds(after)
    is_same = all(change.keeps(kinds[name], kinds_now[name]) for name in kinds)
    lines, lines_now = change.lines if is_same else (_whole(before.text), _whole(after.text))
    ends = {word.start: word.end for word in _words_in(lines_now, after.text)}
    joined = Regions(
        Span(max(edit.span.start - 1, 0), edit.span.end + 1)
        for edit in change.edits
        if _is_unseen(edit.span.of(before.text))
    )
    for word in _words_in(lines, before.text):
        if change.touches(word):
            continue
        start = change.moved(word.start)
        if ends.get(start) != start + word.end - word.start and not joined.touching(word):
            return f"the word {word.of(before.text)!r} would be lost"
        kind = _kind(kinds_now, start)
        if _kind(kinds, word.start) != kind and not _was_in_lost_cell(change, word.start, start):
            return f"the word {word.of(before.text)!r} would become {kind}"
    return None


def _whole(text: str) -> Regions:
    return Regions([Span(0, len(text))])


def _words_in(lines: Regions, text: str) -> Iterator[Span]:
    return (Span(*match.span()) for span in lines.spans for match in _WORD.finditer(text, span.start, span.end))


def _was_in_lost_cell(change: Change, was: int, now: int) -> bool:
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


def _kinds(note: Note) -> dict[str, Regions]:
    """The kinds of text and where they stand: a word must not become code or a comment because of what was fixed beside
    it. The first kind that a place is of counts.
    """
    found = note.structure
    frontmatter = Regions([Span(0, note.body_start)] if note.body_start else ())
    return {"frontmatter": frontmatter, "code": _fenced(note), "HTML": found.html, "a comment": found.comments}


def _kind(kinds: Mapping[str, Regions], offset: int) -> str:
    return next((name for name, places in kinds.items() if offset in places), "text")


def _is_unseen(text: str) -> bool:
    """True if a text is nothing that parts words: characters without a shape, bytes that are not characters, NUL."""
    return bool(text) and not any(char.isspace() or unicodedata.category(char)[0] != "C" for char in text)


def _links(change: Change) -> str | None:
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


def _headings(change: Change) -> str | None:
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


def _block_ids(change: Change) -> str | None:
    new = {(block.id, block.span.start) for block in change.after.structure.block_ids}
    for block in change.before.structure.block_ids:
        if not change.touches(block.span) and (block.id, change.moved(block.span.start)) not in new:
            return f"the block id ^{block.id} would be lost"
    return None


def _footnotes(change: Change) -> str | None:
    lost = {*change.before.structure.footnotes} - {*change.after.structure.footnotes}
    for match in _FOOTNOTE.finditer(change.before.text, change.before.body_start) if lost else ():
        if match[1].lower() in lost and not change.touches(Span(match.start(1) - 2, match.end())):
            return f"the footnote {match[1]!r} would be lost"
    return None


def _tables(change: Change) -> str | None:
    for table in change.before.structure.tables.spans:
        if not change.touches(table) and change.moved(table.start) not in change.after.structure.tables:
            return "a table would be lost"
    return None
