"""See merge_conflict_marker.md."""

import re
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.note import Note

_OURS = lazy_regex(r"^<{7}(?: [^\r\n]*)?$", re.M)
_REST = lazy_regex(r"^(?:={7}|>{7}(?: [^\r\n]*)?|\|{7}(?: [^\r\n]*)?)\r?$", re.M)


class MergeConflictMarker(NoteChecker):
    """A mark that git left where two versions of the note met."""

    family = "content"

    def hint(self) -> str:
        """The text with which a conflict begins."""
        return "<<<<<<<"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each marker outside code, if a conflict begins at all: `=======` alone belongs to a heading."""
        openings = [m for m in _OURS.finditer(note.text) if m.start() not in note.structure.code]
        if not openings:
            return
        rest = (m for m in _REST.finditer(note.text, openings[0].end()) if m.start() not in note.structure.code)
        for match in (*openings, *rest):
            place = Span(match.start(), match.start() + len(match.group().rstrip()))
            yield Finding(place, "git left a conflict here: choose one version and remove the marks")
