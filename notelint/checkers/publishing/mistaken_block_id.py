"""See mistaken_block_id.md."""

import re
from collections.abc import Iterable, Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Severity
from notelint.core.text import Edit, Span
from notelint.garden.permalinks import is_published
from notelint.note.note import Note

_CARET = re.compile(r"\^[A-Za-z0-9_-]+")


class MistakenBlockId(NoteChecker):
    """A caret in a published note that the plugin takes for a block id, or a block id that it does not see."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each of them outside code (digital-garden DG-A5)."""
        block = note.frontmatter
        if "^" not in note.text or not is_published(note.properties) or (block is not None and block.form == "json"):
            return
        ids = {block_id.span.start for block_id in note.structure.block_ids}
        yield from _without_blank(note, ids)
        for match in _CARET.finditer(note.text, note.body_start):
            span, before = Span(*match.span()), note.text[match.start() - 1]
            if note.structure.code.touching(span) or span.start in note.structure.comments:
                continue
            if before == "\n" and span.end == len(note.text):
                yield Finding(span, "the site shows this block id as text, for no line break follows", _ended(note))
            elif before in " \t" and span.start + 1 not in ids:
                message = f"the site takes {match.group()} for a block id, and it vanishes from the text"
                yield Finding(span, f"{message}: write it without the blank before, or as <sup>")


def _without_blank(note: Note, ids: Iterable[int]) -> Iterator[Finding]:
    """Block ids right behind a word, which Obsidian takes for what they are."""
    for start in sorted(ids):
        if note.text[start - 1] == "^" and note.text[start - 2 : start - 1].strip():
            fix = Fix("put a blank before it", (Edit(Span(start - 1, start - 1), " "),))
            message = "the site shows this block id as text, for no blank stands before it"
            yield Finding(Span(start - 1, start), message, fix)


def _ended(note: Note) -> Fix:
    end = len(note.text)
    line_break = "\r\n" if "\r\n" in note.text else "\n"
    return Fix("end the note with a line break", (Edit(Span(end, end), line_break),))
