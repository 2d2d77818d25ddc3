"""Writing down that a note is an import, so that every later run knows it."""

from collections.abc import Mapping
from typing import Any

from notelint.core.diagnostic import Fix
from notelint.core.text import Edit, Span, newline
from notelint.note.frontmatter.lost import lost_frontmatter
from notelint.note.frontmatter.values import scalar
from notelint.note.note import Note


def declaration(note: Note, properties: Mapping[str, Any]) -> Fix | str:
    """The fix that adds the properties which declare a note an import to its frontmatter; or why that cannot be.

    What the frontmatter says already is never changed.
    """
    wanted = {key: value for key, value in properties.items() if note.properties.get(key) in (None, "")}
    taken = [key for key in properties if key not in wanted]
    if taken:
        return f"its property {taken[0]!r} says something else already"
    block = note.frontmatter
    lines = [f"{scalar(key)}: {scalar(value)}" for key, value in wanted.items()]
    end = newline(note.text)
    title = f"declare the note an import: {', '.join(lines)}"
    if block is None:
        if lost_frontmatter(note.text) is not None:
            return "its frontmatter must be fixed first"
        return Fix(title, (Edit(Span(0, 0), end.join(["---", *lines, "---", "", ""])),))
    if block.fault is not None:
        return "its frontmatter cannot be read"
    empty = [key for key in wanted if key in note.properties]
    if empty:
        return f"its property {empty[0]!r} is there without a value"
    if block.form == "json":
        at = note.text.index("{", block.content.start) + 1
        pairs = "".join(f'"{key}":{scalar(value, chr(34))},' for key, value in wanted.items())
        is_empty = not block.properties
        return Fix(title, (Edit(Span(at, at), pairs.rstrip(",") if is_empty else pairs),))
    at = block.content.end
    gap = "" if note.text[:at].endswith(("\n", "\r")) else end
    return Fix(title, (Edit(Span(at, at), gap + "".join(line + end for line in lines)),))
