"""Blocks of a note and what they stand in: lists, quotes, tables, footnotes. Read only of notes that are published.

`parse` keeps of blocks what links need; this asks the parser again, for the few notes of which more is wanted.
"""

from collections.abc import Iterator
from typing import Any

import pyromark
from msgspec import Struct

from notelint.core.text import ByteOffsets, Span, encodable
from notelint.note.markdown.events import parser_options
from notelint.note.markdown.model import BlockId
from notelint.note.note import Note

_CONTAINERS = {"Item": "list item", "BlockQuote": "quote", "Table": "table", "FootnoteDefinition": "footnote"}
_BLOCKS = frozenset({"Paragraph", "Heading", "CodeBlock", "HtmlBlock", "Table", "BlockQuote", "List", "Item", "Rule"})


class Container(Struct, frozen=True):
    """A list item, quote, table or footnote, by its `kind`, and where it stands."""

    kind: str
    span: Span


def containers(note: Note) -> list[Container]:
    """The containers of a note, the outer ones first; callouts are quotes."""
    return [Container(_CONTAINERS[kind], span) for kind, span, _ in _blocks(note) if kind in _CONTAINERS]


def block_at(note: Note, id: str) -> Span | None:
    """The lines of the block with an id, to which capitals do not matter, as Obsidian keeps it.

    That is a whole block between headings, or one item of a list without the items below it. An id alone on its line
    belongs to the block above it.
    """
    wanted = id.lower()
    found = next((block for block in note.structure.block_ids if block.id.lower() == wanted), None)
    return None if found is None else _lines(note.text, _block_of(note, found))


def _block_of(note: Note, block: BlockId) -> Span:
    caret = block.span.start - 1
    line = note.text.rfind("\n", 0, caret) + 1
    alone = not note.text[line:caret].strip(" \t>")
    at = len(note.text[:line].rstrip()) - 1 if alone else caret
    around = [(kind, span) for kind, span, depth in _blocks(note) if at in span and (depth == 0 or kind == "Item")]
    if not around:
        return Span(line, block.span.end)
    kind, span = around[0]
    if kind == "List" and not alone:
        item = around[-1][1]
        below = min(
            (s.start for k, s, _ in _blocks(note) if k == "List" and item.start < s.start < item.end), default=0
        )
        span = Span(item.start, below if below > caret else item.end)
    return span if alone else Span(span.start, max(span.end, block.span.end))


def _lines(text: str, span: Span) -> Span:
    """Whole lines, without the last line end and blank lines before it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = start + len(text[start : span.end].rstrip())
    line_end = text.find("\n", end)
    return Span(start, len(text) if line_end < 0 else line_end)


def _blocks(note: Note) -> Iterator[tuple[str, Span, int]]:
    """Kind, place and depth of each block, in order of their beginnings."""
    text = encodable(note.text)
    body = "\n" * note.body_start + text[note.body_start :]
    at = ByteOffsets(body).characters
    depth = 0
    event: Any
    for event, where in pyromark.events_with_range(body, options=parser_options(), merge_text=True):
        if type(event) is str:
            continue
        what, detail = event.popitem()
        if what not in ("Start", "End"):
            continue
        kind = detail if type(detail) is str else next(iter(detail))
        if kind not in _BLOCKS and kind not in _CONTAINERS:
            continue
        if what == "End":
            depth -= 1
        else:
            yield kind, Span(at(where["start"]), at(where["end"])), depth
            depth += 1
