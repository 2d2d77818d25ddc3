"""See todo_left.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from notelint.api import Finding, Note, NoteChecker, Severity, Span


@dataclass(frozen=True)
class Options:
    """The options of `todo-left`."""

    words: Annotated[tuple[str, ...], "Words that mark what is left to do."] = ("TODO", "FIXME")


class TodoLeft(NoteChecker):
    """A mark of something left to do."""

    Options = Options
    family = "example"
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each mark outside code."""
        words = re.compile(rf"\b(?:{'|'.join(map(re.escape, self.options.words))})\b")
        for match in words.finditer(note.text, note.body_start):
            if match.start() not in note.structure.code:
                yield Finding(Span(*match.span()), f"{match.group()} is left to do")
