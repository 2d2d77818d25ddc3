"""See mojibake.md."""

import re
from collections.abc import Iterator
from functools import lru_cache

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Regions, Span
from notelint.edits.allowance import Part
from notelint.note.note import Note

# What the bytes of UTF-8 look like in an encoding of one byte a letter: a first byte, and one that follows.
_SUSPICIOUS = lazy_regex(
    "[\u00c2-\u00f4\u0102\u0103\u0413\u0420\u0421\u0432][\u0080-\u00bf\u0152-\u017e\u02c6\u02dc\u2013-\u2122]"
)
_LINE = lazy_regex(r"[^\r\n]+")
_PARAGRAPH = lazy_regex(r"\r?\n[ \t>]*\r?\n")
_MENTIONED = lazy_regex(  # what a text that speaks of encodings says
    r"\b(?:utf-?(?:8|16)|unicode|latin-?[19]|iso[- _]?8859|windows-?125\d|cp-?125\d|mojibake)\b", re.I
)
_NEAR = 300  # characters on either side
_LETTERS = 2  # that may stand in quotes for themselves
_QUOTES = "\"'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb\u2039\u203a"
_SIGNS = f"{_QUOTES}()[]*_.,;:!?"
_WORD = lazy_regex(r"[^ \t\r\n]+")  # a no-break space can be half of a letter


class Mojibake(NoteChecker):
    """Text that was decoded in the wrong encoding: `cafÃ©`, `donâ€™t`."""

    family = "content"
    severity = Severity.WARNING
    takes = frozenset({Part.WORDS, Part.LINKS, Part.TITLES, Part.VALUES})

    def hint(self) -> str:
        """Two such letters."""
        return _SUSPICIOUS.pattern

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each run of such words in the body; code, mathematics, HTML and link targets are left alone."""
        if not _SUSPICIOUS.search(note.text, note.body_start):
            return
        targets = (link.target_span for link in note.structure.links)
        apart = Regions([*note.structure.opaque.spans, *note.structure.comments.spans, *targets])
        mentioned = _MENTIONED.search(note.text) is not None
        for line in _LINE.finditer(note.text, note.body_start):
            if _SUSPICIOUS.search(note.text, *line.span()):
                for match in _WORD.finditer(note.text, *line.span()):
                    span = Span(*match.span())
                    if _SUSPICIOUS.search(match.group()) and not apart.touching(span):
                        yield from _finding(note, span, mentioned)


def _is_spoken_of(note: Note, span: Span, meant: str, mentioned: bool) -> bool:
    """True if a text about encodings shows what they do: its paragraph says so near by, or has the right form beside
    it, or a letter alone stands in quotes. Where it is not `mentioned` that there are any, no paragraph says so.
    """
    text, right = note.text, meant.strip(_SIGNS)
    if len(right) <= _LETTERS and meant[:1] in _QUOTES and meant.rstrip(".,;:!?")[-1:] in _QUOTES:
        return True
    before, behind = text[max(note.body_start, span.start - _NEAR) : span.start], text[span.end : span.end + _NEAR]
    if not mentioned and right not in before and right not in behind:
        return False  # nearly always
    around = f"{_PARAGRAPH.split(before)[-1]} {_PARAGRAPH.split(behind, maxsplit=1)[0]}"
    has_right = right and right in around and re.search(rf"(?<!\w){re.escape(right)}(?!\w)", around)
    return bool(has_right) or _MENTIONED.search(around) is not None


@lru_cache(maxsize=4096)  # where all is decoded wrongly, the same few words are in each line
def _decoded(word: str) -> str:
    from ftfy import fix_encoding

    return fix_encoding(word)


def _finding(note: Note, span: Span, mentioned: bool) -> Iterator[Finding]:
    written = span.of(note.text)
    meant = _decoded(written)
    is_readable = not any(char in meant for char in "\ufffd\n\r")
    if meant != written and is_readable and not _is_spoken_of(note, span, meant, mentioned):
        fix = Fix(f"write {meant!r}", (Edit(span, meant),), Safety.UNSAFE)
        yield Finding(span, f"decoded in the wrong encoding: probably {meant!r}", fix, "encoding")
