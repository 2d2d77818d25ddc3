"""The second lock: holds every edit to what its checker declares that its fixes may take, inside the edit too."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

<<<<<<< HEAD
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.edits.claims import Claim, ClaimedChange
=======
from notelint.core.diagnostic import Fix
from notelint.core.text import Edit, Regions, Span
from notelint.edits.allowance import Allowance, Part
from notelint.note.links import Link
from notelint.note.markdown.model import Heading
>>>>>>> main
from notelint.note.note import Note
from notelint.residue.imports import is_import

_WORD = re.compile(r"[^\W_]+")
<<<<<<< HEAD
_LONGEST_NAME = 80  # characters of what a message names: thousands of messages may name the same
=======
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
        """Whether one of these parts may be taken."""
        return not self.allowed.parts.isdisjoint(parts)
>>>>>>> main


def overreaching(before: Note, after: Note, claims: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    """Yield each of the fixes that takes something without being allowed to, and what, in words.

    `after` is `before` with all of the fixes applied, whose edits lie apart.
    """
    change = ClaimedChange(before, after, claims)
    for claim in claims:
        if claim.allowed.of_imports and not is_import(before):
            yield claim, "a note would be changed that nothing declares an import"
            continue
        for taken in (_words, _links, _headings, _block_ids, _footnotes, _code, _tables, _properties):
            found = taken(change, claim)
            if found is not None:
                yield claim, found
                break


def _spans(claim: Claim) -> Iterator[Span]:
    """The places that a fix changes."""
    return (edit.span for edit in claim.fix.edits)


def _touched(claim: Claim, span: Span) -> bool:
    """Whether an edit of a fix takes a character of a place."""
    return any(edit.span.start < span.end and span.start < edit.span.end for edit in claim.fix.edits)


def _words(change: ClaimedChange, claim: Claim) -> str | None:
    """Words of the body, but for those in the places that the checker may change."""
    if claim.may(Part.WORDS):
        return None
    free = change.free(claim.allowed.parts)
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
    return f"the word {_named(next(iter(gone)))} would be taken" if gone else None


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


def _links(change: ClaimedChange, claim: Claim) -> str | None:
    """Links of the body that cease to be, and the targets of those that stay."""
    if claim.may(Part.LINKS):
        return None
    old = [*change.old_links.touching(_spans(claim))]
    if not old:
        return None
    new = [*change.new_links.touching(change.written(claim).spans)]
    if len(new) < len(old) and change.links_lost > 0:
<<<<<<< HEAD
        return f"the link to {_named(old[0].thing.target.path)} would be taken"
    if claim.may(Part.TARGETS):
=======
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
>>>>>>> main
        return None
    kept = {one.says for one in new}
    moved = next((one for one in old if _touched(claim, one.thing.target_span) and one.says not in kept), None)
    return None if moved is None else f"the link to {_named(moved.thing.target.path)} would lead elsewhere"


def _headings(change: ClaimedChange, claim: Claim) -> str | None:
    """Headings that cease to be, and the texts of those that stay."""
    if claim.may(Part.HEADINGS):
        return None
    old = [*change.old_headings.touching(_spans(claim))]
    if not old:
        return None
    new = [*change.new_headings.touching(change.written(claim).spans)]
    if len(new) < len(old):
        return f"the heading {_named(old[0].thing.text)} would be taken"
    if claim.may(Part.TITLES):
        return None
    kept = {one.says for one in new}
    changed = next((one for one in old if one.says not in kept), None)
    return None if changed is None else f"the heading {_named(changed.thing.text)} would read differently"


def _named(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…")


def _block_ids(change: ClaimedChange, claim: Claim) -> str | None:
    if claim.may(Part.BLOCK_IDS):
        return None
    gone = next(change.old_block_ids.touching(_spans(claim)), None)
    return None if gone is None else f"the block id ^{gone.id[:_LONGEST_NAME]} would be taken"


def _footnotes(change: ClaimedChange, claim: Claim) -> str | None:
    if claim.may(Part.FOOTNOTES):
        return None
    gone = next(change.lost_footnotes.touching(_spans(claim)), None)
    return None if gone is None else f"the footnote {_named(gone[1])} would be taken"


def _code(change: ClaimedChange, claim: Claim) -> str | None:
    """Code, but for what nobody sees in it: bytes that are not characters."""
    if claim.may(Part.CODE):
        return None
    taken = any(True for _ in change.lost_code.touching(_spans(claim)))
    return "code would be taken" if taken and not _is_unseen(change.before, claim) else None


def _is_unseen(note: Note, claim: Claim) -> bool:
    """Whether all that a fix takes is nothing that anybody sees."""
    taken = "".join(edit.span.of(note.text) for edit in claim.fix.edits)
    return all(char.isspace() or _is_shapeless(char) for char in taken)


def _tables(change: ClaimedChange, claim: Claim) -> str | None:
    old, new = change.before.structure.tables, change.after.structure.tables
    if len(new.spans) >= len(old.spans) or claim.may(Part.TABLES):
        return None
    return "a table would be taken" if any(True for _ in change.old_tables.touching(_spans(claim))) else None


def _properties(change: ClaimedChange, claim: Claim) -> str | None:
    """Properties that cease to be, and the values of those that stay."""
    old, new = change.before.properties, change.after.properties
    for key in change.changed_properties.touching(_spans(claim)):
        if key not in new and not claim.may(Part.PROPERTIES):
            return f"the property {_named(key)} would be taken"
        if key in new and old[key] not in (None, "") and not claim.may(Part.VALUES):
            return f"the property {_named(key)} would say something else"
    return None
