"""See malformed_frontmatter.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix
from notelint.core.text import Edit, Span
from notelint.note.frontmatter import parse
from notelint.note.frontmatter.lost import lost_frontmatter
from notelint.note.note import Note


class MalformedFrontmatter(NoteChecker):
    """Frontmatter that cannot be read, so that none of its properties count."""

    family = "frontmatter"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield the first place that cannot be read, or the frontmatter that does not begin on the first line."""
        block = note.frontmatter
        if block is not None:
            if block.fault is not None:
                yield Finding(block.fault.span, block.fault.message)
            return
        found = parse.misplaced(note.text)
        if found is not None:
            fence = Span(found.start, found.start + 3)
            message = "frontmatter must begin on the first line: here it is text, and none of its properties count"
            fix = Fix("remove the blank lines before the frontmatter", (Edit(Span(0, found.start), ""),))
            yield Finding(fence, message, fix)
            return
        lost = lost_frontmatter(note.text)
        if lost is not None:
            fence = Span(lost.start, lost.start + 3)
            closed = (
                "the fence must be the note's first three characters" if lost.start else "no second '---' closes it"
            )
            yield Finding(fence, f"this is not frontmatter, and none of its properties count: {closed}")
