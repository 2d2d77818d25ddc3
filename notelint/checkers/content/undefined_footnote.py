"""See undefined_footnote.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.note.footnotes import Footnotes, footnotes
from notelint.note.note import Note

_RANGE = lazy_regex(r"(?:\w-\w){1,4}\w{0,4}|.*\\.*")  # of characters, in a pattern: `[^a-z]`, `[^a-z0-9]`
_WORD = lazy_regex(r"[\w.:-]+")


class UndefinedFootnote(NoteChecker):
    """A reference to a footnote that the note does not define, and that is shown as it is written."""

    family = "content"
    severity = Severity.WARNING

    def hint(self) -> str:
        """The texts with which references begin, and those with the caret on the wrong side."""
        return r"\[\^[^\s\]]|\^\["

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each reference without a definition, and `^[1]` where `[^1]` is defined."""
        found = footnotes(note)
        defined = found.defined | found.hidden
        for label, span in found.references:
            if label not in defined and _is_meant(note.text, span, label, found):
                message = f"no footnote {span.of(note.text)} is defined in this note: write a line that begins with "
                yield Finding(span, f"{message}{span.of(note.text)}:", about=label)
        for label, span in found.inline:
            if label in found.defined:
                meant = f"[^{span.of(note.text)[2:-1]}]"
                message = f"{span.of(note.text)} is a footnote that says {label!r}: write {meant}, which is defined"
                yield Finding(span, message, Fix(f"write {meant}", (Edit(span, meant),), Safety.UNSAFE), label)


def _is_meant(text: str, span: Span, label: str, found: Footnotes) -> bool:
    """True unless this is a pattern like `[^a-z]+`: it is a number, stands at a word, or footnotes are defined here.

    Behind `#` it is a link's (H5), and the footnote may be another note's.
    """
    before = text[span.start - 1 : span.start] if span.start else ""
    if before == "#" or text[span.end : span.end + 1] in ("*", "+", "{", "$"):
        return False
    if _RANGE.fullmatch(label) or not _WORD.fullmatch(label):
        return False
    return label.isdecimal() or bool(found.definitions) or before.isalnum() or before in tuple(".,;:!?)\"'’”»%")
