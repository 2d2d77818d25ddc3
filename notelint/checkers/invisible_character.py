"""See invisible_character.md."""

import re
import unicodedata
from collections.abc import Iterator

from notelint.checker import NoteChecker
from notelint.diagnostic import Finding, Fix, Severity
from notelint.note import Note
from notelint.text import Edit, Regions, Span

# Zero-width joiners are part of emoji and of several scripts; only between two ASCII characters they mean nothing.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\u180e]+|(?<=[\x00-\x7f])[\u200c\u200d]+(?=[\x00-\x7f])")


class InvisibleCharacter(NoteChecker):
    """A character that nobody sees and that keeps words from being found: zero-width space, soft hyphen."""

    family = "residue"
    severity = Severity.WARNING
    default = False

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each run of invisible characters in the body, outside code and links."""
        if note.text.isascii():
            return
        links = Regions(link.span for link in note.structure.links)
        for match in _INVISIBLE.finditer(note.text, note.body_start):
            if match.start() in note.structure.opaque or match.start() in links:
                continue
            names = ", ".join(dict.fromkeys(unicodedata.name(char, "unnamed").lower() for char in match.group()))
            span = Span(*match.span())
            yield Finding(span, f"invisible here: {names}", Fix("remove it", (Edit(span, ""),)), about=names)
