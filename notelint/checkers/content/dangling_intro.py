"""See dangling_intro.md."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.note import Note
from notelint.residue.imports import is_import

_COLON = lazy_regex(r":[*_]{0,3}[ \t]*\r?$", re.M)
_WORDS = "(?:includes?|including|are|is|as follows|the following|such as|comprises?|consists? of)[*_]{0,3}"
_ANNOUNCES = lazy_regex(rf"\b{_WORDS}$", re.I)
_NOTHING = lazy_regex(r"(?:\s|%%[^%]*%%|<!--.*?-->|(?:-{3,}+|\*{3,}+|_{3,}+)[ \t]*+$)*+", re.S | re.M)
_NEVER_CLOSED = lazy_regex(r"(?:\s|%%[^%]*%%|(?:-{3,}+|\*{3,}+|_{3,}+)[ \t]*+$)*+", re.M)
_MARKS = "-*+0123456789.)( \t"
_EXAMPLE = lazy_regex(
    r"#+[ \t]+[*_]{0,3}(?:examples?|listing|option|method|step)\b", re.I
)  # a heading of what is announced
_DEEPEST = 6  # levels of headings
_LONGEST = 20  # characters in which a word of announcing ends


class DanglingIntro(NoteChecker):
    """A sentence that announces a list ("considerations include:") and nothing follows."""

    family = "content"
    severity = Severity.WARNING

    def hint(self) -> str:
        """A line that ends with such words and a colon."""
        return rf"(?im){_WORDS}\n?:[*_]{{0,3}}[ \t]*\r?$"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such sentence at the end of the note or right before a heading that is none of its own section."""
        text, headings = note.text, {heading.span.start: heading.level for heading in note.headings}
        starts = list(headings)
        last_comment = text.rfind("-->")  # behind it none is closed, and none is looked for again and again
        for match in _COLON.finditer(text, note.body_start):
            if not _ANNOUNCES.search(text, max(note.body_start, match.start() - _LONGEST), match.start()):
                continue
            line = note.lines.line_span(note.lines.position(match.start())[0])
            sentence = text[line.start : match.end()].lstrip(_MARKS).rstrip()
            if sentence[:1] in "#|>" or line.start in headings or match.start() in note.structure.opaque:
                continue
            nothing = _NOTHING if match.end() < last_comment else _NEVER_CLOSED
            following = nothing.match(text, match.end())
            end = match.end() if following is None else following.end()
            above = bisect_left(starts, line.start)  # without a heading above no list of sections begins
            level = headings[starts[above - 1]] if above else _DEEPEST
            if end in headings and ((not above and _may_list_all(note)) or _EXAMPLE.match(text, end)):
                continue
            if end >= len(text) or (end in headings and headings[end] <= level):
                start = text.index(sentence, line.start)
                message = "this announces a list, and nothing follows: write it, or remove the sentence"
                yield Finding(Span(start, start + len(sentence)), message)


def _may_list_all(note: Note) -> bool:
    """True if all sections of a note may be what its first words announce: nobody else says what they are for."""
    levels = [heading.level for heading in note.headings]
    return note.profile is None and levels.count(levels[0]) > 1 and not is_import(note)
