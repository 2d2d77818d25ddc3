"""See unbalanced_bracket.md."""

import re
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.note import Note

_PARAGRAPH = lazy_regex(r"(?:^[ \t]*\S[^\r\n]*(?:\r?\n|\r|$))+", re.M)
_DESTINATION = lazy_regex(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*[^)\n]*\)")
_ROUND = lazy_regex(r"\\.|[()]")
_SMILEY_OR_ITEM = lazy_regex(r"(?:[:;]-?|(?:^|[\s(])(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4}))$")


class UnbalancedBracket(NoteChecker):
    """A round bracket that is opened and not closed in its paragraph, or closed and never opened."""

    family = "content"
    severity = Severity.WARNING
    default = False

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each bracket without its partner; code, mathematics, links, list numbers such as `1)` do not count."""
        elsewhere = Regions([*note.structure.opaque.spans, *note.structure.comments.spans, *_links(note)])
        for paragraph in _PARAGRAPH.finditer(note.text, note.body_start):
            opened: list[int] = []
            for match in _ROUND.finditer(note.text, *paragraph.span()):
                at = match.start()
                if match.group() not in "()" or at in elsewhere:
                    continue
                if match.group() == "(":
                    opened.append(at)
                elif opened:
                    opened.pop()
                elif not _SMILEY_OR_ITEM.search(note.text, max(paragraph.start(), at - 6), at):
                    yield Finding(Span(at, at + 1), "this bracket was never opened")
            for at in opened:
                yield Finding(Span(at, at + 1), "this bracket is not closed in its paragraph")


def _links(note: Note) -> Iterator[Span]:
    """Links, and web addresses as they stand in the text."""
    yield from (link.span for link in note.structure.links)
    start = 0
    for line in note.text.split("\n"):  # up to its last bracket: what is never closed is not looked for again and again
        for found in _DESTINATION.finditer(note.text, start, start + line.rfind(")") + 1):
            yield Span(*found.span())
        start += len(line) + 1
