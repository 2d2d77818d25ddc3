"""See repeated_frontmatter.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.frontmatter.model import Frontmatter
from notelint.note.frontmatter.parse import parse
from notelint.note.note import Note

_GAP = lazy_regex(r"(?:[ \t]*(?:\r\n|\n|\r))*")
_KEY = lazy_regex(r"[\w\"'][\w .\"'-]{0,60}:(?:[ \t]|$)|[ \t#]|- |[{}]|$")
_LONGEST = 20_000  # characters of a second block


class RepeatedFrontmatter(NoteChecker):
    """A second block of properties right below the first: it is text, and none of them count."""

    family = "frontmatter"
    takes = frozenset({Part.WORDS, Part.LINKS, Part.HEADINGS})  # what was text becomes properties

    def hint(self) -> str:
        """A closing fence with another fence below it, and nothing but blank lines between."""
        return r"(?m)^---[^\r\n]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r))*---[ \t]*\r?$"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding, at the second block's fence."""
        first = note.frontmatter
        if first is None:
            return
        gap = _GAP.match(note.text, first.span.end)
        start = first.span.end if gap is None else gap.end()
        rest = note.text[start : start + _LONGEST]
        second = parse(rest) if rest.startswith("---") else None
        if second is None or second.fault is not None or not second.properties:
            return
        lines = second.content.of(rest).splitlines()
        if not all(map(_KEY.match, lines)):
            return
        is_near = (
            start == first.span.end
            or len(second.properties) > 1
            or not first.properties.keys().isdisjoint(second.properties)
        )
        if is_near:
            place = Span(start, start + 3)
            message = "a second block of properties: only the first one counts, and this one is text"
            yield Finding(place, message, _merged(note, first, rest, second, start))


def _merged(note: Note, first: Frontmatter, rest: str, second: Frontmatter, start: int) -> Fix | None:
    """One block that holds all properties; none where the two disagree, or are written in different ways."""
    if first.fault is not None or first.form == "json" or second.form == "json" or second.duplicates:
        return None
    shared = first.properties.keys() & second.properties.keys()
    if any(first.properties[key] != second.properties[key] for key in shared):
        return None
    starts = sorted((place.key.start, str(path[0])) for path, place in second.places.items() if len(path) == 1)
    ends = [*(at for at, _ in starts[1:]), second.content.end]
    content = rest[second.content.start : starts[0][0]]
    content += "".join(rest[at:end] for (at, key), end in zip(starts, ends, strict=True) if key not in shared)
    gone = Edit(Span(first.span.end, start + second.span.end), "")
    edits = (Edit(Span(first.content.end, first.content.end), content), gone) if content else (gone,)
    return Fix("make one block of the two", edits, Safety.UNSAFE)
