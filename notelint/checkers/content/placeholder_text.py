"""See placeholder_text.md."""

import re
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.note import Note

_PLACEHOLDER = lazy_regex(
    r"\blorem ipsum dolor sit amet\b"
    r"|\[(?:insert|add|your|describe|enter)\b[^\[\]\r\n]{0,60}\bhere\](?![(\[])"
    r"|<(?:insert|add|your|enter)\b[^<>\r\n]{0,60}\bhere>",
    re.I,
)


class PlaceholderText(NoteChecker):
    """Text that was to be replaced and was not: `lorem ipsum`, `[insert figure here]`."""

    family = "content"
    severity = Severity.WARNING

    def hint(self) -> str:
        """The text with which each of them begins."""
        return r"(?i)lorem ipsum dolor|\[(?:insert|add|your|describe|enter)|<(?:insert|add|your|enter)"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each placeholder outside code and comments."""
        for match in _PLACEHOLDER.finditer(note.text, note.body_start):
            if match.start() not in note.structure.code and match.start() not in note.structure.comments:
                yield Finding(Span(*match.span()), f"{match.group()!r} was to be replaced")
