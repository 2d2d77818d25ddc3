"""Completion: what can be typed at a place of a note, the likeliest first."""

import re
from collections.abc import Callable, Iterable

from lsprotocol import types

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.server.complete_body import begins_tag, callouts, checkers, sections, tags
from notelint.server.complete_frontmatter import is_tag, properties
from notelint.server.complete_links import links
from notelint.server.open_notes import OpenNotes
from notelint.server.positions import Positions
from notelint.server.typing_place import Cursor, Item

_MOST = 200  # items that are sent at once: the editor asks again while one types
_WORD = lazy_regex(r"[^\W_]+")


def complete(note: Note, run: Workspace, notes: OpenNotes, at: int, places: Positions) -> types.CompletionList:
    """Propose what can be typed at an offset of a note: nothing in code, or where nothing is known."""
    cursor = Cursor.of(note, at)
    typed, items = _proposals(cursor, run, notes)
    ranked = sorted(_ranked(typed, items), key=lambda one: one[0])
    place = places.range(Span(at - len(typed), at))
    shown = [_shown(item, place, number, places) for number, (_, item) in enumerate(ranked[:_MOST])]
    return types.CompletionList(is_incomplete=len(ranked) > _MOST, items=shown)


def proposes_tags(note: Note, at: int) -> bool:
    """Tell whether tags may be proposed at an offset of a note, for which all notes have to be read."""
    cursor = Cursor.of(note, at)
    return is_tag(cursor) if cursor.in_frontmatter else begins_tag(cursor)


_Way = Callable[[Cursor, Workspace, OpenNotes], tuple[str, Iterable[Item]] | None]


def _proposals(cursor: Cursor, run: Workspace, notes: OpenNotes) -> tuple[str, Iterable[Item]]:
    """The typed part of a name, and its possible completions."""
    ways: tuple[_Way, ...]
    if cursor.in_frontmatter:
        ways = (links, properties)
    elif cursor.at in cursor.note.structure.code:
        return "", ()
    else:
        ways = (links, checkers, callouts, sections, tags)
    for way in ways:
        found = way(cursor, run, notes)
        if found is not None:
            return found
    return "", ()


_Rank = tuple[int, int, int, int, str, str]


def _ranked(typed: str, items: Iterable[Item]) -> Iterable[tuple[_Rank, Item]]:
    """The items in whose labels the letters that were typed stand in their order, each with its rank."""
    small = typed.lower()
    letters = re.compile(".*?".join(map(re.escape, small)), re.S)
    for item in items:
        label = item.label.lower()
        half = item.label == typed and item.use == 1  # what is typed itself, if it was saved so
        if not half and letters.search(label):
            yield (_match(small, label), item.far, -item.use, len(label), label, item.detail), item


def _match(typed: str, label: str) -> int:
    """Rank a label by its fit: it begins with the text, a word of it does, it holds the text, or only its letters."""
    if label.startswith(typed):
        return 0
    if any(label.startswith(typed, word.start()) for word in _WORD.finditer(label)):
        return 1
    return 2 if typed in label else 3


def _shown(item: Item, place: types.Range, number: int, places: Positions) -> types.CompletionItem:
    also = [types.TextEdit(places.range(edit.span), edit.text) for edit in item.also]
    return types.CompletionItem(
        label=item.label,
        kind=item.kind,
        detail=item.detail or None,
        filter_text=item.label,
        sort_text=f"{number:05}",
        text_edit=types.TextEdit(place, item.text),
        additional_text_edits=also or None,
        command=item.command,
    )
