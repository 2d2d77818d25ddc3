"""Completion in a wikilink: notes, aliases and attachments, and the headings and blocks of the note that it names."""

import re
from collections.abc import Iterator, Mapping

from lsprotocol import types

from notelint.core.file_types import is_attachment, is_shown, link_name
from notelint.core.lazy_regex import lazy_regex
from notelint.engine.workspace import Workspace
from notelint.server.block_ids import ADD_BLOCK_ID, unnamed_blocks
from notelint.server.open_notes import OpenNotes, uri_of
from notelint.server.typing_place import Cursor, Item
from notelint.vault.link_style import shortest_name
from notelint.vault.vault import Vault

_MOST = 200  # names whose shortest form is sought
_LINK = lazy_regex(r"(!?)\[\[((?:(?!\[\[|\]\]).)*)$")
Proposed = tuple[str, Iterator[Item]]


def links(cursor: Cursor, run: Workspace, notes: OpenNotes) -> Proposed | None:
    """Propose targets, or parts of one, for a link that is begun; None where none is."""
    link = _LINK.search(cursor.before)
    if link is None:
        return None
    path, mark, part = link[2].partition("#")
    if mark:
        return ("", iter(())) if "|" in part else (part, _parts(cursor, run, notes, path, part))
    if "|" in path:
        return "", iter(())
    return path, _names(cursor, notes.vault(run), notes.words(run).links, path, embeds=bool(link[1]))


def _closing(cursor: Cursor) -> str:
    """The brackets that are missing behind the cursor."""
    opened, closed = cursor.after.find("[["), cursor.after.find("]]")
    return "" if closed >= 0 and (opened < 0 or closed < opened) else "]]"


_Wanted = tuple[int, int, int, int, str, str | None]


def _names(cursor: Cursor, vault: Vault, uses: Mapping[str, int], typed: str, *, embeds: bool) -> Iterator[Item]:
    """Notes, their aliases, and attachments; as many as are shown, for the shortest form of each is sought."""
    source, closing = cursor.note.path, _closing(cursor)
    bar = "" if "|" in cursor.after.partition("]]")[0] else "\\|" if cursor.at in cursor.note.structure.tables else "|"
    wanted = sorted(_wanted(source, vault, uses, typed, embeds=embeds, aliases=bool(bar)), key=_rank)
    for _, far, less_used, _, path, alias in wanted[: _MOST + 1]:
        name = shortest_name(source, path, vault) or ""
        if name and (alias is None or not re.search(r"[\[\]|\r\n]", alias)):
            label = link_name(path) if alias is None else alias
            text = name if alias is None else f"{name}{bar}{alias}"
            kind = types.CompletionItemKind.File
            yield Item(label, text + closing, kind, path, far, -less_used)


def _rank(one: _Wanted) -> tuple[int, int, int, int, str, str]:
    return (*one[:5], one[5] or "")


def _wanted(
    source: str, vault: Vault, uses: Mapping[str, int], typed: str, *, embeds: bool, aliases: bool
) -> Iterator[_Wanted]:
    """The files in whose names the letters stand that were typed: how they fit, how far they are, how little used."""
    small = typed.lower()
    letters = re.compile(".*?".join(map(re.escape, small)), re.S)
    own = source.split("/")[:-1]
    for path, label, alias in _labels(vault, embeds=embeds, aliases=aliases):
        name = label.lower()
        if path != source and letters.search(name):
            fits = 0 if name.startswith(small) else 1 if small in name else 2
            yield fits, _distance(own, path), -uses.get(link_name(path).lower(), 0), len(label), path, alias


def _labels(vault: Vault, *, embeds: bool, aliases: bool) -> Iterator[tuple[str, str, str | None]]:
    """Files with their names, and notes with each of their aliases. Embeds show attachments, links lead to notes."""
    for path, face in vault.faces.items():
        yield path, link_name(path), None
        if aliases:
            yield from ((path, alias, alias) for alias in face.aliases)
    for name, paths in vault.names.attachments.items():
        if is_shown(name) if embeds else is_attachment(name):
            yield from ((path, name, None) for path in paths)


def _distance(own: list[str], path: str) -> int:
    """Number of folders between a note's folder and a file."""
    other = path.split("/")[:-1]
    shared = 0
    while shared < min(len(own), len(other)) and own[shared] == other[shared]:
        shared += 1
    return len(own) + len(other) - 2 * shared


def _parts(cursor: Cursor, run: Workspace, notes: OpenNotes, path: str, typed: str) -> Iterator[Item]:
    """The headings of the note that is linked, or its blocks, as far as a link finds them by that."""
    vault = notes.vault(run)
    target = vault.resolve(path.strip(), cursor.note.path).target if path.strip() else cursor.note.path
    parts = None if target is None else vault.anchors.parts(target)
    if target is None or parts is None:
        return
    closing, kind = _closing(cursor), types.CompletionItemKind.Reference
    if typed.startswith("^"):
        for block in parts.block_ids:
            yield Item(f"^{block.id}", f"^{block.id}{closing}", kind)
        yield from _blocks(cursor, run, notes, target, closing)
        return
    for at, heading in enumerate(parts.headings):
        text = vault.anchors.fragment(target, heading.text)
        if not heading.nested and not heading.hidden and vault.anchors.resolve(target, text).heading == heading:
            yield Item(text, text + closing, kind, f"{'#' * heading.level} {heading.text}", far=at)


def _blocks(cursor: Cursor, run: Workspace, notes: OpenNotes, target: str, closing: str) -> Iterator[Item]:
    """Blocks without an id: one is added, in this note at once, in another by a command of the server."""
    note = cursor.note if target == cursor.note.path else notes.note(run, target)
    line = cursor.note.lines.line_span(cursor.note.lines.position(cursor.at)[0])
    for block in unnamed_blocks(note):
        here = note is cursor.note
        if here and line.start <= block.edit.span.start <= line.end:
            continue
        also = (block.edit,) if here else ()
        asked = [uri_of(run, target, notes), block.id]
        command = None if here else types.Command(title="Add the block id", command=ADD_BLOCK_ID, arguments=asked)
        kind = types.CompletionItemKind.Reference
        yield Item(f"^{block.text}", f"^{block.id}{closing}", kind, "adds a block id", 1, 0, also, command)
