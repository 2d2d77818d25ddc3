"""See unmarked_heading.md."""

from collections.abc import Iterator

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.note import Note
from notelint.note.profile import Profile, Section, title_key
from notelint.note.sections import asked

_LINE = lazy_regex(r"([^\r\n]*)(?:\r\n|\n|\r|$)")
_LONGEST, _WORDS = 60, 6  # characters and words of a title
_SENTENCE_END = '.,;:!?…"”»)]|*_`'
_NO_TITLE = lazy_regex(r"[^\w]|\d|_|.*(?:https?://|\[|\]\()")
_PROSE = lazy_regex(r"\S+(?:[ \t\u00a0]+\S+){7}")  # eight words: a paragraph, not another item of a list
_LEAST = 2  # titles that a profile knows, which make other lines like them credible
_CONTENTS = 3  # titles that follow one upon another: a table of contents


class _Line(Struct, frozen=True):
    """A line that holds something: what, where, whether a blank line is before and after, whether it can be a title."""

    text: str
    span: Span
    blank_before: bool
    blank_after: bool
    free: bool

    @property
    def is_title_like(self) -> bool:
        short = len(self.text) <= _LONGEST and len(self.text.split()) <= _WORDS
        return short and self.free and self.text[-1] not in _SENTENCE_END and not _NO_TITLE.match(self.text)

    @property
    def is_prose(self) -> bool:
        return _PROSE.match(self.text) is not None


class UnmarkedHeading(NoteChecker):
    """A line that is a section's title and no heading, as in text pasted from a website."""

    family = "sections"
    rests_on_profile = True
    severity = Severity.WARNING
    default = False
    takes = frozenset({Part.WORDS})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each line that the note's profile knows as a title; and others like it, if there are several."""
        if note.profile is None or not asked(note):
            return
        lines = _lines(note)
        known = _known(note.profile, lines, {title_key(heading.text) for heading in note.outer_headings})
        alike = _alike(lines, known) if len(known) >= _LEAST else set()
        named = _named(note, [lines[at].text for at in sorted(known)])
        for at in sorted(known | alike):
            yield _finding(lines[at], note.profile.section(lines[at].text), named)


def _lines(note: Note) -> list[_Line]:
    structure, headings = note.structure, {heading.span.start for heading in note.headings}
    apart = (structure.opaque, structure.tables, structure.comments)
    rows = [(match.start(1), match[1].strip(), match[1]) for match in _LINE.finditer(note.text, note.body_start)]
    found = []
    for at, (start, text, written) in enumerate(rows):
        if text:
            first = start + written.index(text)
            span = Span(first, first + len(text))
            free = first not in headings and not any(regions.touching(span) for regions in apart)
            before = at == 0 or not rows[at - 1][1]
            after = at + 1 == len(rows) or not rows[at + 1][1]
            found.append(_Line(text, span, before, after, free))
    return found


def _known(profile: Profile, lines: list[_Line], marked: set[str]) -> set[int]:
    """Lines that the profile knows as titles, between paragraphs; of a title that occurs twice, the last."""
    last: dict[str, int] = {}
    contents: set[int] = set()  # lines of a table of contents
    run = 0  # how many titles follow one upon another
    for at, line in enumerate(lines):
        title = line.is_title_like and profile.section(line.text) is not None
        run = run + 1 if title else 0
        following = lines[at + 1] if at + 1 < len(lines) else None
        before = line.blank_before or lines[at - 1].text[-1] in _SENTENCE_END
        after = following is not None and (line.blank_after or following.is_prose)
        if title and before and after and title_key(line.text) not in marked:
            last[title_key(line.text)] = at
        if run >= _CONTENTS:
            contents.update(range(at - run + 1 if run == _CONTENTS else at, at + 1))
    return set(last.values()) - contents


def _alike(lines: list[_Line], known: set[int]) -> set[int]:
    """Short lines alone that begin with a capital letter, between paragraphs, below the first known title."""
    found: set[int] = set()
    for at in range(min(known) + 1, len(lines) - 1):
        line, before, after = lines[at], lines[at - 1], lines[at + 1]
        alone = line.blank_before and line.blank_after and line.is_title_like and line.text[0].isupper()
        if at not in known and alone and after.is_prose and (before.is_prose or at - 1 in known):
            found.add(at)
    return found


def _named(note: Note, titles: list[str]) -> dict[str, str]:
    """The title that becomes each section's name: that which its profile lists first; none if a heading has the
    name.
    """
    taken = {title_key(heading.text) for heading in note.outer_headings}
    best: dict[str, tuple[int, str]] = {}
    for title in titles:
        section = note.profile.section(title) if note.profile is not None else None
        if section is not None and title_key(section.name) not in taken:
            rank = [title_key(name) for name in (section.name, *section.synonyms)].index(title_key(title))
            best[section.name] = min(best.get(section.name, (rank, title)), (rank, title))
    return {name: title for name, (_, title) in best.items()}


def _finding(line: _Line, section: Section | None, named: dict[str, str]) -> Finding:
    """The heading that the line becomes: the section's name if it was chosen for that, else itself, a level deeper."""
    title, level = line.text, 3
    message = f"{title!r} stands alone like a title: mark it as a heading"
    if section is not None:
        message = f"{title!r} is the title of section {section.name!r}: mark it as a heading"
        chosen = named.get(section.name) == title
        level = section.level + (not chosen)
        title = section.name if chosen and title_key(title) != title_key(section.name) else title
    heading = f"{'#' * min(level, 6)} {title}"
    return Finding(line.span, message, Fix(f"write {heading!r}", (Edit(line.span, heading),), Safety.UNSAFE), title)
