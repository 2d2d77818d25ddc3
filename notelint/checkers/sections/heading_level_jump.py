"""See heading_level_jump.md."""

from collections.abc import Iterator, Sequence

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.text import Edit, Span
from notelint.note.markdown.model import Heading
from notelint.note.note import Note


class HeadingLevelJump(NoteChecker):
    """A heading more than one level below the heading before it."""

    family = "sections"
    severity = Severity.INFO
    default = False

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each heading that skips a level on the way down; the first heading may have any."""
        headings = note.outer_headings
        for at in range(1, len(headings)):
            above, heading = headings[at - 1].level, headings[at]
            if heading.level > above + 1:
                message = f"heading of level {heading.level} follows one of level {above}: a level is skipped"
                yield Finding(heading.span, message, _raised(note.text, headings, at, heading.level - above - 1))


def _raised(text: str, headings: Sequence[Heading], first: int, by: int) -> Fix | None:
    """Raise the heading and all that stand with it or below it, so that their order stays."""
    edits = []
    for at in range(first, len(headings)):
        heading = headings[at]
        if heading.level < headings[first].level:
            break
        start = text.find("#", heading.span.start, heading.text_span.start + 1)
        if text[start : start + heading.level] != "#" * heading.level:
            return None
        edits.append(Edit(Span(start, start + by), ""))
    return Fix(f"raise it by {by}, and what stands below it", tuple(edits), Safety.UNSAFE)
