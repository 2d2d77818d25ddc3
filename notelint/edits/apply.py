"""Applying fixes to a text."""

from collections.abc import Iterable

from notelint.core.diagnostic import Fix
from notelint.core.text import Edit
from notelint.note.note import Note


def apply(text: str, fixes: Iterable[Fix]) -> tuple[str, list[Fix]]:
    """Apply each fix, whole, that touches no edit of an earlier one; the fixed text and the fixes applied.

    Edits count in characters of `text`. What was left out gets its turn when the fixed text is checked again.
    """
    taken: list[Edit] = []
    applied: list[Fix] = []
    for fix in fixes:
        if not any(_touch(edit, other) for edit in fix.edits for other in taken):
            taken += fix.edits
            applied.append(fix)
    for edit in sorted(taken, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text, applied


def conflicts(fix: Fix, others: Iterable[Fix]) -> bool:
    """Whether a fix touches an edit of one of the others, so that both cannot be applied at once."""
    return any(_touch(edit, other) for edit in fix.edits for one in others for other in one.edits)


def applied_whole(note: Note, fixes: Iterable[Fix]) -> Note:
    """The note with fixes applied that do not conflict."""
    return Note(note.path, apply(note.text, fixes)[0], note.profile, note.bom)


def _touch(edit: Edit, other: Edit) -> bool:
    """Whether two edits get in each other's way: they share characters, or begin at the same place.

    An insertion and a removal that begin at the same place do not: the one stands before what the other takes out.
    """
    if edit.span.start != other.span.start:
        return edit.span.overlaps(other.span)
    first, second = sorted((edit, other))
    return bool(second.text) or first.span == second.span or first.span.end > first.span.start
