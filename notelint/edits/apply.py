"""Applying fixes to a text."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from itertools import chain, takewhile

from notelint.core.diagnostic import Fix
from notelint.core.text import Edit
from notelint.note.note import Note


def _start(edit: Edit) -> int:
    return edit.span.start


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Apply each fix, whole, that touches no edit of an earlier one; the fixed text and the fixes applied.

    Edits count in characters of `text`. What was left out gets its turn when the fixed text is checked again.
    """
    taken: list[Edit] = []  # in the order of the text
    applied: list[Fix] = []
    for fix in fixes:
        if not any(_is_touched(edit, taken) for edit in fix.edits):
            for edit in fix.edits:
                insort(taken, edit)
            applied.append(fix)
    pieces, at = list[str](), 0
    for edit in taken:
        pieces += text[at : edit.span.start], edit.text
        at = edit.span.end
    return "".join([*pieces, text[at:]]), applied


def _is_touched(edit: Edit, taken: list[Edit]) -> bool:
    """True if an edit touches one of those taken, which are in order and touch nothing of each other."""
    first = bisect_left(taken, edit.span.start, key=_start)
    before = taken[bisect_left(taken, taken[first - 1].span.start, key=_start) : first] if first else []
    end = max(edit.span.end, edit.span.start + 1)
    behind = takewhile(lambda other: other.span.start < end, map(taken.__getitem__, range(first, len(taken))))
    return any(_touch(edit, other) for other in chain(before, behind))


def conflicts(fix: Fix, others: Iterable[Fix]) -> bool:
    """True if a fix touches an edit of one of the others, so that both cannot be applied at once."""
    return any(_touch(edit, other) for edit in fix.edits for one in others for other in one.edits)


def applied_whole(note: Note, fixes: Iterable[Fix]) -> Note:
    """The note with fixes applied that do not conflict."""
    return note.with_text(apply(note.text, fixes)[0])


def _touch(edit: Edit, other: Edit) -> bool:
    """True if two edits get in each other's way: they share characters, or begin at the same place.

    An insertion and a removal that begin at the same place do not: the one stands before what the other takes out.
    """
    if edit.span.start != other.span.start:
        return edit.span.overlaps(other.span)
    first, second = sorted((edit, other))
    return bool(second.text) or first.span == second.span or first.span.end > first.span.start
