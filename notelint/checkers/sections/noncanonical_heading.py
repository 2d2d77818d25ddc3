"""See noncanonical_heading.md."""

import re
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.profile import Section, title_key
from notelint.note.sections import asked, known


class NoncanonicalHeading(NoteChecker):
    """A heading that calls a section by another name than its profile does."""

    family = "sections"
    rests_on_profile = True
    severity = Severity.INFO
    default = False
    takes = frozenset({Part.TITLES})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each heading that is a synonym."""
        if not asked(note):
            return
        taken = {title_key(heading.text) for heading, _ in known(note)}
        for heading, section in known(note):
            if title_key(heading.text) != title_key(section.name):
                free = title_key(section.name) not in taken
                message = f"heading {heading.text!r} stands for section {section.name!r}: call it so"
                yield Finding(heading.text_span, message, _fix(note, heading, section) if free else None, section.name)
                taken.add(title_key(section.name))


def _fix(note: Note, heading: Heading, section: Section) -> Fix | None:
    """Put the name in place of the synonym; what stands around it stays. Unsafe: links may name the heading."""
    key = title_key(heading.text)
    for synonym in section.synonyms:
        found = (
            re.search(re.escape(synonym), heading.text_span.of(note.text), re.I) if title_key(synonym) == key else None
        )
        if found is not None:
            start = heading.text_span.start
            edit = Edit(Span(start + found.start(), start + found.end()), section.name)
            return Fix(f"call it {section.name!r}", (edit,), Safety.UNSAFE)
    return None
