"""See missing_section.md."""

import re
from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span, newline
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.profile import Section, title_key
from notelint.note.sections import asked, extent, first_line, has_callout, known

_TITLE = lazy_regex(r"^(?:\*\*|__)?[^\W\d_][^\r\n]{0,60}$", re.M)
_SHOWN = 3  # synonyms in a message
_NEAR = 80  # of 100: a heading so close in spelling is named


class MissingSection(NoteChecker):
    """A section that the note's profile requires and the note has not."""

    family = "sections"
    rests_on_profile = True

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each required section that no heading stands for, at the note's title or first line."""
        if note.profile is None:
            return
        present = {section.name: heading for heading, section in reversed(list(known(note)))}
        wanted = [section for section in note.profile.sections if section.required and section.name not in present]
        wanted = wanted if wanted and asked(note) else []
        missing = [section for section in wanted if not has_callout(note, section)]
        unmarked = bool(missing) and _has_unmarked_title(note, present)
        for section in missing:
            near = _near(note, section)
            names = ", ".join(repr(name) for name in section.synonyms[:_SHOWN])
            hint = f" (or {names})" if names else ""
            message = f"no section {section.name!r}{hint}, which profile {note.profile.name!r} requires"
            if near is not None:
                yield Finding(near.span, f"{message}: is it this one, {near.text!r}?", about=section.name)
            else:
                fix = None if unmarked or note.profile.guessed else _skeleton(note, section, present)
                yield Finding(first_line(note), message, fix, about=section.name, of_note=True)


def _has_unmarked_title(note: Note, present: dict[str, Heading]) -> bool:
    """True if a line of text is the title of a section that is not there: it may become its heading first."""
    for match in _TITLE.finditer(note.text, note.body_start):
        section = note.profile.section(match.group()) if note.profile is not None else None
        if section is not None and section.name not in present and match.start() not in note.structure.opaque:
            return True
    return False


def _near(note: Note, section: Section) -> Heading | None:
    """A heading that is nearly one of the section's names."""
    from rapidfuzz import fuzz, process

    for heading in note.outer_headings:
        free = note.profile is None or note.profile.section(heading.text) is None
        key = title_key(heading.text)
        if free and len(key) > _SHOWN and process.extractOne(key, section.keys, scorer=fuzz.ratio, score_cutoff=_NEAR):
            return heading
    return None


def _skeleton(note: Note, section: Section, present: dict[str, Heading]) -> Fix | None:
    """An empty section in its place: before the first that should follow, or behind the last that should precede.

    None if the text ends in code or a comment, which the section would be a part of.
    """
    assert note.profile is not None
    order = [other.name for other in note.profile.sections]
    at = order.index(section.name)
    later = [present[name] for name in order[at + 1 :] if name in present]
    earlier = [present[name] for name in order[:at] if name in present]
    if earlier and later and earlier[-1].span.start > later[0].span.start:
        later = []
    beside = later[0] if later else earlier[-1] if earlier else None  # of its level, so not a parent of others
    level = beside.level if beside is not None else section.level
    title, end = f"{'#' * level} {section.name}", newline(note.text)
    if later:
        start = later[0].span.start
        edit = Edit(Span(start, start), title + end + end)
    else:
        start = extent(note, earlier[-1]).end if earlier else len(note.text)
        before = note.text[:start]
        gap = "" if not before or before.endswith(end + end) else end if before.endswith(end) else end + end
        edit = Edit(Span(start, start), gap + title + end + (end if start < len(note.text) else ""))
    if start == len(note.text) and not _is_read(note, edit):
        return None
    return Fix(f"add an empty section {section.name!r}", (edit,), Safety.UNSAFE)


def _is_read(note: Note, edit: Edit) -> bool:
    """True if a heading put at the end is one: code, HTML or a comment there may never be closed."""
    structure, last = note.structure, len(note.text) - 1
    if last not in structure.opaque and last not in structure.comments:
        return True
    return len(Note(note.path, note.text + edit.text).outer_headings) > len(note.outer_headings)
