"""See schema_violation.md."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.checkers.schema import load
from notelint.checkers.schema_messages import Problem
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.note.frontmatter.model import Frontmatter
from notelint.note.frontmatter.values import scalar
from notelint.note.note import Note

_PLACEHOLDERS = ("{{", "<%")
_OF_OBSIDIAN = "obsidian"


class SchemaViolationOptions(Struct, frozen=True):
    """Options of `schema-violation`: the schema, by name or path."""

    schema: Annotated[str, "Schema for notes whose profile names none; empty: chosen by their properties."] = ""
    obsidian: Annotated[bool, "Hold notes against Obsidian's own schema where no other is named."] = True
    root: Annotated[str, "The vault root, from which paths of schemas start. A run sets it."] = "."


class SchemaViolation(NoteChecker):
    """A property that its JSON Schema does not allow: a wrong type or value, or a misspelt key."""

    Options = SchemaViolationOptions
    family = "frontmatter"
    takes = frozenset({Part.PROPERTIES, Part.VALUES})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding for each error, at the key or value that it is about."""
        block = note.frontmatter
        if block is None or block.fault is not None:
            return
        name = self.schema_of(note, block)
        if name == _OF_OBSIDIAN and not self.options.obsidian:
            return
        schema = load(name, self.options.root)
        for problem in schema.problems(block.properties):
            span = _span(note, block, problem)
            if not any(mark in span.of(note.text) for mark in _PLACEHOLDERS):  # a template, filled in later
                about = str(problem.path[0]) if problem.path else None
                better = _better(note, block, problem)
                if better is None or better.safety is not Safety.SUGGESTION:
                    yield Finding(span, problem.message, better, about)
                else:
                    yield Finding(span, problem.message, None, about, (better,))

    def schema_of(self, note: Note, block: Frontmatter) -> str:
        """The name or path of the schema that a note's frontmatter is held against."""
        sure = note.profile is not None and not note.profile.guessed
        profile_schema = note.profile.schema if sure and note.profile is not None else None
        return profile_schema or self.options.schema or _schema_of(block)


def _schema_of(block: Frontmatter) -> str:
    """The shipped schema that fits: a published garden note, a note to be published there, or any Obsidian note."""
    if block.form == "json" and "dg-publish" in block.properties:
        return "digital-garden-published"
    if any(str(key).startswith("dg-") for key in block.properties):
        return "digital-garden-source"
    return _OF_OBSIDIAN


def _span(note: Note, block: Frontmatter, problem: Problem) -> Span:
    """The value, if it stands on its key's line, or else the key; for what is missing, the opening fence."""
    place = block.places.get(problem.path)
    if place is None:
        parent = block.places.get(problem.path[:-1]) if len(problem.path) > 1 else None
        return parent.key if parent is not None else Span(block.span.start, block.span.start + 3)
    value = note.text[min(place.key.start, place.value.start) : place.value.end]
    one_line = bool(place.value.of(note.text).strip()) and "\n" not in value and "\r" not in value
    return place.key if problem.on_key or not one_line else place.value


def _better(note: Note, block: Frontmatter, problem: Problem) -> Fix | None:
    """Put what was probably meant in place of the key or the value, in the same quotes."""
    place = block.places.get(problem.path)
    if place is None or problem.instead is None:
        return None
    span = place.key if problem.on_key else place.value
    others = {key.casefold() for key in block.properties if key != problem.path[-1]}
    if problem.on_key and str(problem.instead).casefold() in others:
        return None
    written = span.of(note.text)
    like = "" if isinstance(problem.instead, bool) else '"' if block.form == "json" else written
    shown = repr(problem.instead) if isinstance(problem.instead, str) else scalar(problem.instead)
    return Fix(f"write {shown}", (Edit(span, scalar(problem.instead, like)),), problem.safety)
