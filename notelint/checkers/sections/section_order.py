"""See section_order.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.note.note import Note
from notelint.note.sections import asked, known


class SectionOrder(NoteChecker):
    """A required section that stands behind one that it should precede."""

    family = "sections"
    rests_on_profile = True
    severity = Severity.WARNING
    default = False

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each required section that comes after one which the profile puts later."""
        if note.profile is None or not asked(note):
            return
        order = {section.name: at for at, section in enumerate(note.profile.sections)}
        seen: set[str] = set()
        latest = ""
        for heading, section in known(note):
            if not section.required or section.name in seen:
                continue
            seen.add(section.name)
            if latest and order[section.name] < order[latest]:
                message = (
                    f"section {section.name!r} stands behind {latest!r}: profile {note.profile.name!r} puts it first"
                )
                yield Finding(heading.span, message, about=section.name)
            else:
                latest = section.name
