"""The sections of a note: which of its headings stand for sections of its profile, and where each section ends."""

import re
from collections.abc import Iterator

from notelint.core.text import Span
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.profile import Section


def known(note: Note) -> Iterator[tuple[Heading, Section]]:
    """The headings that stand for a section of the note's profile, on whatever level, in document order."""
    if note.profile is not None and note.profile.sections:
        for heading in note.outer_headings:
            section = note.profile.section(heading.text)
            if section is not None:
                yield heading, section


def ends(headings: list[Heading], last: int) -> list[int]:
    """Where what belongs to each heading ends: at the next one of its level or above, or at the offset `last`."""
    found = [last] * len(headings)
    open_headings: list[int] = []
    for at, heading in enumerate(headings):
        while open_headings and headings[open_headings[-1]].level >= heading.level:
            found[open_headings.pop()] = heading.span.start
        open_headings.append(at)
    return found


def extent(note: Note, heading: Heading) -> Span:
    """What belongs to a heading: up to the next heading of its level or above."""
    after = (other for other in note.outer_headings if other.span.start > heading.span.start)
    end = next((other.span.start for other in after if other.level <= heading.level), len(note.text))
    return Span(heading.span.end, end)


def first_line(note: Note) -> Span:
    """Where a finding about the whole body stands: its first heading of level 1, or its first line with text."""
    for heading in note.outer_headings:
        if heading.level == 1:
            return heading.span
    match = re.compile(r"\S[^\r\n]*").search(note.text, note.body_start)
    if match is None:
        return Span(note.body_start, note.body_start)
    return Span(match.start(), match.start() + len(match.group().rstrip()))
