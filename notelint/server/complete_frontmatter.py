"""Completion between the fences: the keys of properties, and their values, of the schema and of the vault."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lsprotocol import types

from notelint.checkers.frontmatter.schema_violation import SchemaViolation
from notelint.checkers.schema_files import located
from notelint.checkers.schema_values import known_keys, listed_values
from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.engine.workspace import Workspace
from notelint.note.frontmatter.values import scalar
from notelint.note.note import Note
from notelint.server.complete_body import checker_ids
from notelint.server.open_notes import OpenNotes
from notelint.server.typing_place import Cursor, Item, Words

_KEY = lazy_regex(r"^[^\s:#\[\]{}\"'-][^:]*$|^$")
_VALUE = lazy_regex(r"^([ \t]*)([^\s:#\[\]{}\"'-][^:]*):[ \t]+(?:\[(?:[^\[\]]*,)?[ \t]*)?([^\[\],{}\"'#]*)$")
_ITEM = lazy_regex(r"^[ \t]*-[ \t]+([^\[\]{}\"'#:]*)$")
_OPEN = lazy_regex(r"^[ \t]*([^\s:#\[\]{}\"'-][^:]*):[ \t]*$")
_MOST_LINES = 200  # of a list above the cursor
Proposed = tuple[str, Iterator[Item]]


def properties(cursor: Cursor, run: Workspace, notes: OpenNotes) -> Proposed | None:
    """The keys that the note does not have, or the values of the property on this line."""
    typed = _typed(cursor)
    if typed is not None:
        return typed.text, _values(cursor, run, notes, typed.key, inside=typed.inside)
    if _ITEM.match(cursor.before) is not None or _KEY.match(cursor.before) is None:
        return None
    return cursor.before, _keys(cursor.note, notes.words(run), _schema(cursor.note, run))


def is_tag(cursor: Cursor) -> bool:
    """Tell whether a value is typed that is a tag of the note."""
    typed = _typed(cursor)
    return typed is not None and typed.key.lower() == "tags"  # F6


class _Typed(NamedTuple):
    """A value that is being typed: its text, the key, and whether that is the key of a mapping in a property."""

    text: str
    key: str
    inside: bool


def _typed(cursor: Cursor) -> _Typed | None:
    value, item = _VALUE.match(cursor.before), _ITEM.match(cursor.before)
    if value is not None:
        return _Typed(value[3], value[2].strip(), inside=bool(value[1]))
    key = None if item is None else _key_above(cursor)
    return None if item is None or key is None else _Typed(item[1], key, inside=False)


_Schema = tuple[str, Mapping[str, Any]]


def _schema(note: Note, run: Workspace) -> _Schema | None:
    """The schema that the note's frontmatter is held against, and all that it refers to."""
    checkers = [one for one in run.plan(note).checkers if isinstance(one, SchemaViolation)]
    if not checkers or note.frontmatter is None:
        return None
    try:
        return located(checkers[0].schema_of(note, note.frontmatter), str(run.root))
    except NotelintError:
        return None


def _keys(note: Note, words: Words, schema: _Schema | None) -> Iterator[Item]:
    """The property keys of the schema and of the vault that the note does not have."""
    there = {key.lower() for key in note.properties}
    said = {} if schema is None else known_keys(*schema)
    for key in dict.fromkeys([*words.keys, *said]):
        if key.lower() not in there:
            kind = types.CompletionItemKind.Property
            yield Item(key, f"{key}: ", kind, said.get(key, ""), far=key not in words.keys, use=words.keys.get(key, 0))


def _values(cursor: Cursor, run: Workspace, notes: OpenNotes, key: str, *, inside: bool) -> Iterator[Item]:
    """The values that the schema lists for a property, then those that other notes give it."""
    if inside and key == "ignore":
        yield from checker_ids(cursor, run, notes)
        return
    schema, seen = _schema(cursor.note, run), set[str]()
    listed = [] if schema is None else listed_values(*schema, key)
    for at, value in enumerate(listed):
        if isinstance(value, str | bool | int | float):
            text = scalar(value)
            seen.add(text)
            yield Item(text, text, types.CompletionItemKind.EnumMember, "listed by the schema", far=at)
    used = notes.words(run).values.get(key, {})
    if key.lower() == "tags":  # F6
        used = notes.tags(run, cursor.note, cursor.at)
    for value, use in used.items():
        text = scalar(value)
        if text not in seen and "\n" not in text:
            yield Item(text, text, types.CompletionItemKind.Value, far=len(listed), use=use)


def _key_above(cursor: Cursor) -> str | None:
    """The property in whose list a line is."""
    lines = cursor.note.text[: cursor.start].splitlines()[-_MOST_LINES:]
    for line in reversed(lines):
        opening = _OPEN.match(line)
        if opening is not None:
            return opening[1].strip()
        if not line.lstrip().startswith(("-", "#")):
            return None
    return None
