"""Completion: notes, aliases, headings and blocks in a wikilink; tags; property keys."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lsprotocol import types

from notelint.core.file_types import link_name
from notelint.core.text import Span
from notelint.note.note import Note, Outline
from notelint.server.positions import Positions
from notelint.vault.link_style import shortest_name
from notelint.vault.vault import Vault

_MOST = 200  # items that are sent at once: the editor asks again while one types
_LINK = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)$")
_TAG = re.compile(r"(?:^|(?<=\s))#([^\s#\[\]()|^]*)$")
_KEY = re.compile(r"^[^\s:#\[\]{}\"'-][^:]*$|^$")


@dataclass(frozen=True)
class Words:
    """The tags and property keys of a vault, each with the number of notes that have it."""

    tags: Mapping[str, int]
    keys: Mapping[str, int]


def words_of(outlines: Iterable[Outline]) -> Words:
    """Count the tags in the properties of notes, and the keys of these properties."""
    tags, keys = Counter[str](), Counter[str]()
    for outline in outlines:
        keys.update(outline.properties.keys())
        for key, value in outline.properties.items():
            if key.lower() == "tags" and value:  # F6
                items = value if isinstance(value, list) else re.split(r"[,\s]+", str(value))
                tags.update({str(item).lstrip("#") for item in items if item})
    return Words(tags, keys)


@dataclass(frozen=True)
class Cursor:
    """A place in a note where somebody types. `start` is where its line begins."""

    note: Note
    at: int
    start: int

    @property
    def before(self) -> str:
        """The line up to the cursor."""
        return self.note.text[self.start : self.at]

    @property
    def after(self) -> str:
        """The line behind the cursor."""
        return re.split(r"[\r\n]", self.note.text[self.at : self.at + 2000], maxsplit=1)[0]

    @property
    def in_frontmatter(self) -> bool:
        """Tell whether the cursor is between the fences."""
        return self.start > 0 and self.at < self.note.body_start


@dataclass(frozen=True)
class Item:
    """A proposal: its label, the text that takes the place of what is typed, and what it is."""

    label: str
    text: str
    kind: types.CompletionItemKind
    detail: str = ""


def complete(note: Note, vault: Vault, words: Words, at: int, places: Positions) -> types.CompletionList:
    """Propose what can be typed at an offset of a note: nothing in code, or where nothing is known."""
    line, _ = note.lines.position(at)
    cursor = Cursor(note, at, note.lines.line_span(line).start)
    typed, items = _proposals(cursor, vault, words)
    found = [item for item in items if _is_like(typed, item.label)]
    found.sort(key=lambda item: not item.label.lower().startswith(typed.lower()))  # else as they come
    place = places.range(Span(at - len(typed), at))
    shown = [
        types.CompletionItem(
            label=item.label,
            kind=item.kind,
            detail=item.detail or None,
            filter_text=item.label,
            sort_text=f"{number:05}",
            text_edit=types.TextEdit(place, item.text),
        )
        for number, item in enumerate(found[:_MOST])
    ]
    return types.CompletionList(is_incomplete=len(found) > _MOST, items=shown)


def _proposals(cursor: Cursor, vault: Vault, words: Words) -> tuple[str, Iterator[Item]]:
    """The typed part of a name, and its possible completions."""
    if not cursor.in_frontmatter and cursor.at in cursor.note.structure.code:
        return "", iter(())
    link = _LINK.search(cursor.before)
    if link is not None:
        path, mark, part = link.group(1).partition("#")
        if mark and "|" not in part:
            return part, _parts(cursor, vault, path, part)
        return (path, _names(cursor, vault, path)) if "|" not in path else ("", iter(()))
    if cursor.in_frontmatter:
        known = _KEY.match(cursor.before)
        return (cursor.before, _keys(cursor.note, words)) if known else ("", iter(()))
    tag = _TAG.search(cursor.before)
    if tag is None:
        return "", iter(())
    by_use = sorted(words.tags, key=lambda one: (-words.tags[one], one))
    return tag.group(1), (Item(one, one, types.CompletionItemKind.Keyword) for one in by_use)


def _keys(note: Note, words: Words) -> Iterator[Item]:
    """The property keys of the vault that the note does not have, the most used first."""
    there = {key.lower() for key in note.properties}
    for key in sorted(words.keys, key=lambda one: (-words.keys[one], one)):
        if key.lower() not in there:
            yield Item(key, f"{key}: ", types.CompletionItemKind.Property)


def _is_like(typed: str, name: str) -> bool:
    """Tell whether the letters that were typed stand in a name, in their order."""
    letters = iter(name.lower())
    return all(letter in letters for letter in typed.lower())


def _closing(cursor: Cursor) -> str:
    """The brackets that are missing behind the cursor."""
    opened, closed = cursor.after.find("[["), cursor.after.find("]]")
    return "" if closed >= 0 and (opened < 0 or closed < opened) else "]]"


def _names(cursor: Cursor, vault: Vault, typed: str) -> Iterator[Item]:
    """Notes and their aliases, those of the same folder first; as many as are shown, for each name is sought."""
    source, closing = cursor.note.path, _closing(cursor)
    bar = "" if "|" in cursor.after.partition("]]")[0] else "\\|" if cursor.at in cursor.note.structure.tables else "|"
    folder = source.rpartition("/")[0]
    wanted = list[tuple[bool, bool, int, str, str | None]]()
    for path, face in vault.faces.items():
        name = link_name(path)
        for label, alias in [(name, None), *((alias, alias) for alias in face.aliases if bar)]:
            if _is_like(typed, label):
                begins = label.lower().startswith(typed.lower())
                wanted.append((not begins, path.rpartition("/")[0] != folder, len(label), path, alias))
    wanted.sort(key=lambda one: (*one[:4], one[4] or ""))
    for *_, path, alias in wanted[: _MOST + 1]:
        name = shortest_name(source, path, vault) or ""
        if name and (alias is None or not re.search(r"[\[\]|\r\n]", alias)):
            label = link_name(path) if alias is None else alias
            text = name if alias is None else f"{name}{bar}{alias}"
            yield Item(label, text + closing, types.CompletionItemKind.File, path)


def _parts(cursor: Cursor, vault: Vault, path: str, typed: str) -> Iterator[Item]:
    """The headings of the note that is linked, or its block ids, as far as a link finds them by that."""
    target = vault.resolve(path.strip(), cursor.note.path).target if path.strip() else cursor.note.path
    parts = None if target is None else vault.anchors.parts(target)
    if target is None or parts is None:
        return
    closing = _closing(cursor)
    if typed.startswith("^"):
        for block in parts.block_ids:
            yield Item(f"^{block.id}", f"^{block.id}{closing}", types.CompletionItemKind.Reference)
        return
    for heading in parts.headings:
        text = vault.anchors.fragment(target, heading.text)
        if not heading.nested and not heading.hidden and vault.anchors.resolve(target, text).heading == heading:
            level = f"{'#' * heading.level} {heading.text}"
            yield Item(text, text + closing, types.CompletionItemKind.Reference, level)
