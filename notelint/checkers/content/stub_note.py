"""See stub_note.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.text import Regions, Span
from notelint.garden.permalinks import is_home
from notelint.note.note import Note
from notelint.note.sections import first_line

_WORD = re.compile(r"[^\W_]+")
_INDEX = re.compile(r"(?:^|[\W_])(?:index|home|readme|moc|map of content|contents|dashboard)$", re.I)


@dataclass(frozen=True)
class StubNoteOptions:
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
        count = sum(1 for _ in _words(note))
        if count < self.options.words:
            words = "1 word" if count == 1 else f"{count} words"
            yield Finding(first_line(note), f"only {words} here: write more, or join it with another note")


def _words(note: Note) -> Iterator[str]:
    """The words that a reader sees: none of the frontmatter, of headings, of comments."""
    headings = (heading.span for heading in note.headings)
    comments = [html for html in note.structure.html.spans if html.of(note.text).lstrip().startswith("<!--")]
    apart = Regions([*headings, *note.structure.comments.spans, *comments])
    for match in _WORD.finditer(note.text, note.body_start):
        if not apart.touching(Span(*match.span())):
            yield match.group()
