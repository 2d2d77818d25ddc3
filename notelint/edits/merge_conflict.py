"""Notes in the middle of a merge: marks of git stand in them, and nobody but their author can say what they hold."""

import re

from notelint.core.lazy_regex import lazy_regex
from notelint.note.note import Note

_OURS = lazy_regex(r"^<{7,}(?: [^\r\n]*)?\r?$", re.M)
_MIDDLE = lazy_regex(r"^={7,}\r?$", re.M)
_THEIRS = lazy_regex(r"^>{7,}(?: [^\r\n]*)?\r?$", re.M)
_HINT = "<<<<<<<"


def conflict(note: Note) -> str | None:
    """The reason to leave a note alone, if it holds the marks of a merge: one line, with the line of the first mark.

    A mark that begins a conflict counts outside code; inside, a whole conflict does (ours, theirs, and with diff3 what
    was there before), for merges do not care what they cut through.
    """
    if _HINT not in note.text:
        return None
    for ours in _OURS.finditer(note.text):
        middle = _MIDDLE.search(note.text, ours.end())
        whole = middle is not None and _THEIRS.search(note.text, middle.end()) is not None
        if whole or ours.start() not in note.structure.code:
            line = note.lines.position(ours.start())[0]
            return f"it is in the middle of a merge: choose one version at line {line} first"
    return None
