"""See invalid_encoding.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.note import Note, is_utf16

_RUN = lazy_regex(r"[\udc80-\udcff]+|\x00+")
_BYTE = lazy_regex(r"[\udc80-\udcff]")
_WORD = lazy_regex(  # three characters beyond ASCII side by side, one of them such a byte
    r"[\udc80-\udcff][^\x00-\x7f]{2}|[^\x00-\x7f](?:[\udc80-\udcff][^\x00-\x7f]|[^\x00-\x7f][\udc80-\udcff])"
)
_LETTER = lazy_regex(r"[A-Za-z]")
_MOST = 5  # findings in a note
_BYTES = 4  # shown of a run


class InvalidEncoding(NoteChecker):
    """Bytes that are not UTF-8, or NUL characters: what stands there cannot be read."""

    family = "content"
    takes = frozenset({Part.WORDS, Part.LINKS, Part.TITLES, Part.VALUES, Part.CODE})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the first runs of bytes that are not text; the last one shown stands for the rest."""
        if note.is_valid and "\x00" not in note.text:
            return
        if is_utf16(note.text):
            yield Finding(
                Span(0, min(2, len(note.text))), "this note is UTF-16, which Obsidian does not read: save it as UTF-8"
            )
            return
        runs = [Span(*match.span()) for match in _RUN.finditer(note.text)]
        western = _is_western(note.text)
        for at, span in enumerate(runs[:_MOST]):
            rest = runs[at:] if at == _MOST - 1 else [span]
            yield Finding(span, _message(span.of(note.text), len(rest) - 1), _fix(note.text, rest) if western else None)


def _is_western(text: str) -> bool:
    """Tell if the bytes that are not UTF-8 can be Windows-1252: rare, and seldom side by side.

    In other scripts whole words are such bytes, which read as Windows-1252 would be other words.
    """
    return _WORD.search(text) is None and len(_BYTE.findall(text)) <= len(_LETTER.findall(text))


def _message(run: str, more: int) -> str:
    also = f" (and {more} more such places)" if more else ""
    if run.startswith("\x00"):
        many = "a NUL character" if len(run) == 1 else f"{len(run)} NUL characters"
        return f"{many}, which no text has{also}: remove what is not text, or save the note as UTF-8"
    shown = " ".join(f"0x{byte:02X}" for byte in run.encode("utf-8", "surrogateescape")[:_BYTES])
    dots = " ..." if len(run) > _BYTES else ""
    many = "a byte that is" if len(run) == 1 else f"{len(run)} bytes that are"
    return f"{many} not UTF-8 ({shown}{dots}){also}: save the note as UTF-8"


def _fix(text: str, runs: list[Span]) -> Fix | None:
    """Remove NUL characters; read other bytes as Windows-1252, which most such notes were once written in."""
    edits = []
    for span in runs:
        run = span.of(text)
        try:
            meant = "" if run[0] == "\x00" else run.encode("utf-8", "surrogateescape").decode("cp1252")
        except UnicodeDecodeError:
            continue
        edits.append(Edit(span, meant))
    return Fix("read the bytes as Windows-1252, without NUL", tuple(edits), Safety.UNSAFE) if edits else None
