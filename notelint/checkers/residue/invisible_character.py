"""See invisible_character.md."""

import unicodedata
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Openings, Regions, Span
from notelint.edits.allowance import Part
from notelint.note.note import Note

# Zero-width joiners are part of emoji and of several scripts; only between two ASCII characters they mean nothing.
_INVISIBLE = lazy_regex("[\u200b\u2060\ufeff\u00ad\u180e]+|(?<=[\x00-\x7f])[\u200c\u200d]+(?=[\x00-\x7f])")
# Scripts without spaces between words write a zero-width space there; Mongolian has a vowel separator of its own.
_SPACELESS = "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19ff\u1a20-\u1aaf\ua9e0-\ua9ff\uaa60-\uaadf"
_WRITTEN = lazy_regex(f"[{_SPACELESS}]\u200b[{_SPACELESS}]|[\u1800-\u18af]\u180e[\u1800-\u18af]")
# In quotes it is shown, as a letter is.
_QUOTED = lazy_regex(r"""(?:"[^"]+"|'[^']+'|\u201c[^"]+\u201d|\u201e[^"]+\u201c|\u00ab[^"]+\u00bb)""")
# Some put one there on purpose, so that a line is not a heading or list, a word no tag, and brackets are not a link.
_BEGINS = lazy_regex(r"[-+*][ \t]|\d{1,9}[.)][ \t]|[>|=~`<]|---|\$\$|%%")
_DEEP = lazy_regex(r"[ \t>]*(?:    |\t)[ \t]*+[^\s]")
_CODE = lazy_regex(r"[ \t>]*(?: {4}|\t)")
_INDENT = 4
_REST_IS_BLANK = lazy_regex(r"[^\S\r\n]*+(?:[\r\n]|\Z)")
_PARTED = lazy_regex(r"\s#|[\[\]*_~`$%=\\!<][\[(*_~`$%=:<]")


class InvisibleCharacter(NoteChecker):
    """A character that nobody sees and that keeps words from being found: zero-width space, soft hyphen."""

    family = "residue"
    severity = Severity.WARNING
    default = False
    takes = frozenset({Part.WORDS})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each run of invisible characters in the body, outside code and links."""
        if note.text.isascii():
            return
        links = Regions(link.span for link in note.structure.links)
        margins, blanks = Openings(note.text, note.lines, r" \t>"), Openings(note.text, note.lines, r"\s")
        for match in _INVISIBLE.finditer(note.text, note.body_start):
            if match.start() in note.structure.opaque or match.start() in links:
                continue
            if _WRITTEN.fullmatch(note.text, match.start() - 1, match.end() + 1):
                continue
            if _QUOTED.fullmatch(note.text, match.start() - 1, match.end() + 1):
                continue
            names = ", ".join(dict.fromkeys(unicodedata.name(char, "unnamed").lower() for char in match.group()))
            span = Span(*match.span())
            safety = Safety.UNSAFE if _keeps_apart(note, span, margins) else Safety.SAFE
            fix = None if _holds_line(note, span, blanks) else Fix("remove it", (Edit(span, ""),), safety)
            yield Finding(span, f"invisible here: {names}", fix, about=names)


def _holds_line(note: Note, span: Span, blanks: Openings) -> bool:
    """True if it is all of a line, and the next one is indented below it: behind an empty line that would be code."""
    line = note.lines.line_span(note.lines.position(span.start)[0])
    if not blanks.reach(span.start) or _REST_IS_BLANK.match(note.text, span.end) is None:
        return False
    return _DEEP.match(note.text, line.end) is not None


def _keeps_apart(note: Note, span: Span, margins: Openings) -> bool:
    """True if what stands around it would be Markdown without it; `margins` are how far lines are blank or quotes."""
    text = note.text
    if margins.reach(span.start):
        start = note.lines.line_span(note.lines.position(span.start)[0]).start
        indented = text[start : span.start] + text[span.end : span.end + _INDENT]
        if _BEGINS.match(text, span.end) or _CODE.match(indented):
            return True
    around = (text[max(span.start - 1, 0) : span.start] or " ") + text[span.end : span.end + 1]
    return _PARTED.fullmatch(around) is not None
