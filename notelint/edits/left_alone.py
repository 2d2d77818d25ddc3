"""Notes that no fix may change: they are in the middle of a merge, or their bytes are not those of UTF-8 text."""

from notelint.edits.merge_conflict import conflict
from notelint.note.note import Note, is_utf16


def reason_to_leave(note: Note) -> str | None:
    """The reason to leave a note alone, as a clause that follows its path, or None for a note that can be changed.

    Bytes of UTF-8 written into a note of UTF-16 make all of it unreadable.
    """
    return "it is UTF-16: save it as UTF-8 first" if is_utf16(note.text) else conflict(note)
