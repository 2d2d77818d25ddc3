"""See stub_note.md."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.garden.permalinks import is_home
from notelint.note.note import Note
from notelint.note.sections import first_line
from notelint.note.words import words

_INDEX = lazy_regex(r"(?:^|[\W_])(?:index|home|readme|moc|map of content|contents|dashboard)$", re.I)


class StubNoteOptions(Struct, frozen=True):
    """Options of `stub-note`."""

    words: Annotated[int, "A note with fewer words than this is a stub."] = 30


class StubNote(NoteChecker):
    """A note with hardly any words in it."""

    Options = StubNoteOptions
    family = "content"
    severity = Severity.INFO
    default = False

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding for a note that is too short; index and home notes, and those that embed, are let be."""
        name = PurePosixPath(note.path)
        is_index = _INDEX.search(name.stem) or name.stem.casefold() == name.parent.name.casefold()
        if is_index or is_home(note.outline.properties) or (note.profile is not None and note.profile.name == "index"):
            return
        if any(link.embed for link in note.links):
            return
        count = sum(1 for _ in words(note))
        if count < self.options.words:
            number = "1 word" if count == 1 else f"{count} words"
            message = f"only {number} here: write more, or join it with another note"
            yield Finding(first_line(note), message, of_note=True)
