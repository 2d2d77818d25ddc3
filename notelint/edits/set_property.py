"""Giving a note a property: one more line of its frontmatter, or another value in its place, and nothing else."""

from typing import Any

from notelint.core.diagnostic import Fix
from notelint.core.text import Edit, Span, newline
from notelint.edits.apply import apply
from notelint.note.frontmatter.lost import lost_frontmatter
from notelint.note.frontmatter.model import Frontmatter
from notelint.note.frontmatter.values import scalar
from notelint.note.note import Note


def set_property(note: Note, key: str, value: Any) -> Edit | None:
    """The edit by which a note's property `key` has this simple value. None where no edit does that and nothing else.

    That is so where the frontmatter cannot be read, is damaged, or gives the property a list or a map.
    """
    block = note.frontmatter
    if block is None:
        edit = _new_block(note, key, value)
    elif block.fault is not None:
        return None
    elif key in block.properties:
        edit = _other_value(note, block, key, value)
    else:
        edit = added(note, block, f"{scalar(key)}: {scalar(value)}", f'"{key}":{scalar(value, chr(34))}')
    return edit if edit is not None and _says_only(note, edit, {**note.properties, key: value}) else None


def added(note: Note, block: Frontmatter, in_yaml: str, in_json: str) -> Edit:
    """The edit that adds an entry to a block of properties: lines of YAML, or one member of the object in JSON."""
    if block.form == "json":
        at = note.text.index("{", block.content.start) + 1
        return Edit(Span(at, at), f"{in_json}," if block.properties else in_json)
    end, at = newline(note.text), block.content.end
    gap = "" if note.text[:at].endswith(("\n", "\r")) else end
    return Edit(Span(at, at), gap + in_yaml.replace("\n", end) + end)


def _new_block(note: Note, key: str, value: Any) -> Edit | None:
    if lost_frontmatter(note.text) is not None:
        return None
    return Edit(Span(0, 0), newline(note.text).join(["---", f"{scalar(key)}: {scalar(value)}", "---", "", ""]))


def _other_value(note: Note, block: Frontmatter, key: str, value: Any) -> Edit | None:
    if isinstance(block.properties[key], list | dict):
        return None
    place = block.place((key,)).value
    written = scalar(value, '"' if block.form == "json" else "")
    blank = "" if note.text[place.start - 1 : place.start] != ":" else " "
    return Edit(place, blank + written)


def _says_only(note: Note, edit: Edit, wanted: dict[str, Any]) -> bool:
    """Tell whether a note says after an edit what is wanted, and its body is the same."""
    after = Note(note.path, apply(note.text, [Fix("", (edit,))])[0])
    body = after.text[after.body_start :].lstrip("\r\n") == note.text[note.body_start :].lstrip("\r\n")
    return body and repr(sorted(after.properties.items())) == repr(sorted(wanted.items()))
