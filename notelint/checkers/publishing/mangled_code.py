"""See mangled_code.md."""

import re
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.text import Span
from notelint.garden.permalinks import is_published
from notelint.note.links import LinkForm
from notelint.note.note import Note

_BRACKETS = re.compile(
    r"\[\[(?:[^\r\n]*?\]\]|[^\r\n]*+)"
)  # where nothing closes one, nothing closes others of its line
_HIGHLIGHTED = re.compile(r"(?:`{3,}|~{3,})[ \t]*[^\s`]")


class MangledCode(NoteChecker):
    """Code in a published note that the site makes a link of."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield double brackets in code that the template (DG-L6) or the plugin (DG-L2) takes for a link."""
        if not is_published(note.properties) or "[[" not in note.text:
            return
        links = {link.span.of(note.text) for link in note.links if link.form is LinkForm.WIKILINK}
        for code in note.structure.code.spans:
            if _HIGHLIGHTED.match(note.text, code.start):
                continue  # colours take the brackets apart
            for match in _BRACKETS.finditer(note.text, code.start, code.end):
                written = match.group()
                if not written.endswith("]]"):
                    continue
                if "|" in written:
                    yield Finding(
                        Span(*match.span()), "the site makes a link of this code: write it without double brackets"
                    )
                elif written in links:
                    message = (
                        "in this code the plugin writes the link as it does in the text: write one of them differently"
                    )
                    yield Finding(Span(*match.span()), message)
