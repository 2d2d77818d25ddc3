"""The second lock: holds every edit to what its checker declares that its fixes may take, inside the edit too."""

from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.edits.claims import Claim, ClaimedChange, is_shapeless
from notelint.note.note import Note
from notelint.residue.imports import is_import

_WORD = lazy_regex(r"[^\W_]+")
_LONGEST_NAME = 80  # characters of what a message names: thousands of messages may name the same


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
    """True if an edit of a fix takes a character of a place."""
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
    """The text that an edit takes and the text that it writes, each with the rest of the words that it begins and
    ends in.
    """
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
        return f"the link to {_named(old[0].thing.target.path)} would be taken"
    if claim.may(Part.TARGETS):
        return None
    kept = {one.says for one in new}
    moved = next((one for one in old if _touched(claim, one.thing.target_span) and one.says not in kept), None)
    return None if moved is None else f"the link to {_named(moved.thing.target.path)} would lead elsewhere"


def _headings(change: ClaimedChange, claim: Claim) -> str | None:
    """Headings that cease to be, and the texts of those that stay, as a reader sees them."""
    if claim.may(Part.HEADINGS):
        return None
    addresses = claim.may(Part.ADDRESSES)
    old = [(one, change.shown(one, addresses)) for one in change.old_headings.touching(_spans(claim))]
    old = [(one, shown) for one, shown in old if shown]
    if not old:
        return None
    touched = change.new_headings.touching(change.written(claim).spans)
    new = [shown for one in touched if (shown := change.shown(one, addresses))]
    if len(new) < len(old):
        return f"the heading {_named(old[0][0].text)} would be taken"
    if claim.may(Part.TITLES):
        return None
    changed = next((one for one, shown in old if shown not in new), None)
    return None if changed is None else f"the heading {_named(changed.text)} would read differently"


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
    """True if all that a fix takes is nothing that anybody sees."""
    taken = "".join(edit.span.of(note.text) for edit in claim.fix.edits)
    return all(char.isspace() or is_shapeless(char) for char in taken)


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
