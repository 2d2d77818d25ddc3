"""Checkers without code: what the configuration forbids or requires, as ordinary checkers of one note."""

from collections.abc import Iterator
from typing import Annotated, Any

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.regex import compile_pattern
from notelint.core.text import Span, encodable
from notelint.note.note import Note
from notelint.note.profile import title_key


class CustomOptions(Struct, frozen=True):
    """The questions of a custom checker. Exactly one of the five is set."""

    message: Annotated[str, "What to tell the reader."] = ""
    forbid_pattern: Annotated[str | None, "A pattern (RE2) that must not occur in the body."] = None
    require_pattern: Annotated[str | None, "A pattern (RE2) that must occur in the body."] = None
    forbid_property: Annotated[str | None, "A property that must not be set."] = None
    require_property: Annotated[str | None, "A property that must be set."] = None
    require_section: Annotated[str | None, "A heading that must be there."] = None
    ignore_code: Annotated[bool, "Leave code blocks and code spans alone."] = True


class CustomChecker(NoteChecker):
    """A checker that the configuration defines: forbid or require a pattern, a property or a section."""

    Options = CustomOptions

    def __init__(self, options: Any, id: str, severity: Severity | None = None) -> None:
        super().__init__(options, id)
        if severity is not None:
            self.severity = severity  # type: ignore[misc]

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each place of what is forbidden; the note's first line where something required is missing."""
        asked = self.options
        if asked.forbid_pattern is not None:
            yield from (self._finding(span) for span in _matches(asked.forbid_pattern, note, asked.ignore_code))
        elif asked.require_pattern is not None:
            if next(_matches(asked.require_pattern, note, asked.ignore_code), None) is None:
                yield self._finding(_first_line(note), of_note=True)
        elif asked.forbid_property is not None:
            if asked.forbid_property in note.properties and note.frontmatter is not None:
                yield self._finding(note.frontmatter.place((asked.forbid_property,)).key)
        elif asked.require_property is not None:
            if note.properties.get(asked.require_property) in (None, "", []):
                yield self._finding(note.outline.start, of_note=True)
        elif title_key(asked.require_section) not in {title_key(heading.text) for heading in note.headings}:
            yield self._finding(_first_line(note), of_note=True)

    def _finding(self, span: Span, *, of_note: bool = False) -> Finding:
        message = self.options.message or f"{self.id}: see the configuration"
        return Finding(span, message, about=self.id, of_note=of_note)


def _matches(pattern: str, note: Note, ignore_code: bool) -> Iterator[Span]:
    body = encodable(note.text[note.body_start :])  # RE2 takes no lone surrogates
    for match in compile_pattern(pattern).finditer(body):
        span = Span(match.start() + note.body_start, match.end() + note.body_start)
        if not (ignore_code and span.start in note.structure.code):
            yield span


def _first_line(note: Note) -> Span:
    line = note.lines.line_span(note.lines.position(note.body_start)[0])
    return Span(line.start, line.start + len(line.of(note.text).rstrip("\r\n")))
