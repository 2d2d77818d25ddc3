"""See mistaken_block_id.md."""

import re
from collections.abc import Iterator

from notelint.checker import NoteChecker
from notelint.diagnostic import Finding, Fix, Severity
from notelint.note import Note
from notelint.permalink import is_published
from notelint.text import Edit, Span

_CARET = re.compile(r"(?<=[ \t])\^[A-Za-z0-9_-]+|(?<=\n)\^[A-Za-z0-9-]+\Z")


class MistakenBlockId(NoteChecker):
    """A caret in a published note that the plugin takes for a block id, or a block id that it does not see."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each of them outside code (digital-garden DG-A5)."""
        block = note.frontmatter
        if not is_published(note.properties) or (block is not None and block.form == "json"):
            return
        ids = {block_id.span.start for block_id in note.structure.block_ids}
        for start in sorted(ids):
            if note.text[start - 1] == "^" and note.text[start - 2 : start - 1].strip():  # Obsidian does without
                blank = Fix("put a blank before it", (Edit(Span(start - 1, start - 1), " "),))
                message = "the site shows this block id as text, for no blank stands before it"
                yield Finding(Span(start - 1, start), message, blank)
        for match in _CARET.finditer(note.text, note.body_start):
            span = Span(*match.span())
            if note.structure.code.touching(span):
                continue
            if span.end == len(note.text) and note.text[span.start - 1] == "\n":
                fix = Fix("end the note with a line break", (Edit(Span(span.end, span.end), "\n"),))
                yield Finding(span, "the site shows this block id as text, for no line break follows", fix)
            elif span.start + 1 not in ids:
                message = f"the site takes {match.group()} for a block id, and it vanishes from the text"
                yield Finding(span, f"{message}: write it without the blank before, or as <sup>")
