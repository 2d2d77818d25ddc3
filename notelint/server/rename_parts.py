"""Renaming smaller things in an editor: a block id, an alias, a tag, each with every use of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from notelint.core.errors import NotelintError
from notelint.core.text import Edit, Span
from notelint.edits.rename_parts import LinkingNotes, alias_place, rename_alias, rename_block
from notelint.edits.rename_tag import rename_tag
from notelint.engine.workspace import Workspace
from notelint.note.links import Link
from notelint.note.note import Note
from notelint.note.tags import tags
from notelint.server.incoming import linking
from notelint.server.steps import Steps
from notelint.vault.resolution import Anchor
from notelint.vault.vault import Vault


class PartKind(Enum):
    """A kind of part that can be renamed."""

    BLOCK = auto()
    ALIAS = auto()
    TAG = auto()


@dataclass(frozen=True)
class NamedPart:
    """A block id, alias or tag at a place: the note that it belongs to, its name, and where that is written."""

    kind: PartKind
    path: str
    name: str
    span: Span


def part_at(note: Note, vault: Vault, at: int) -> NamedPart | None:
    """The block id, alias or tag at an offset of a note, where it is defined or used; None if there is none."""
    link = next((one for one in note.links if one.span.start <= at <= one.span.end), None)
    if link is not None:
        return _in_link(note, vault, link, at)
    for block in note.structure.block_ids:
        if block.span.start - 1 <= at <= block.span.end:
            return NamedPart(PartKind.BLOCK, note.path, block.id, block.span)
    for alias in note.outline.aliases:
        place = alias_place(note, alias)
        if place is not None and place.start <= at <= place.end:
            return NamedPart(PartKind.ALIAS, note.path, alias, place)
    for tag, span in tags(note):
        if span.start - 1 <= at <= span.end:
            return NamedPart(PartKind.TAG, note.path, tag, span)
    return None


def _in_link(note: Note, vault: Vault, link: Link, at: int) -> NamedPart | None:
    """The block that a link names, on its id; the alias that it shows, on that."""
    target = vault.resolve_link(link, note.path).target
    if target is None or target not in vault.outlines:
        return None
    if link.path_span.end < at <= link.target_span.end:
        found = vault.anchors.resolve(target, link.target.subpath)
        written = link.target_span.of(note.text).rpartition("^")[2]
        if found.kind is Anchor.BLOCK and found.block is not None and written.lower() == found.block.lower():
            span = Span(link.target_span.end - len(written), link.target_span.end)
            return NamedPart(PartKind.BLOCK, target, found.block, span)
    if link.alias and at > link.target_span.end and link.alias in vault.outlines[target].aliases:
        start = note.text.find(link.alias, link.target_span.end, link.span.end)
        if 0 <= start <= at:
            return NamedPart(PartKind.ALIAS, target, link.alias, Span(start, start + len(link.alias)))
    return None


def renamed_part(
    run: Workspace, unsaved: Mapping[str, Note], read: Callable[[str], Note], part: NamedPart, new: str
) -> Steps[Mapping[str, Sequence[Edit]]]:
    """Plan the edits, by note, that rename a part of a note and every use. Raises `NotelintError` if that cannot be."""
    if part.kind is PartKind.TAG:
        return rename_tag((yield from _with_tag(run, unsaved, part.name)), part.name, new)
    vault = run.vault_with(unsaved)
    if part.path not in vault.outlines:
        raise NotelintError(f"{part.path} is not there any more")
    yield
    notes = LinkingNotes(vault, [*linking(vault, part.path)], read)
    rename = rename_block if part.kind is PartKind.BLOCK else rename_alias
    return rename(notes, part.path, part.name, new)


def _with_tag(run: Workspace, unsaved: Mapping[str, Note], tag: str) -> Steps[list[Note]]:
    """Find the notes in which the words of a tag stand: the others are not parsed."""
    wanted = re.compile(re.escape(tag), re.I)
    found = list[Note]()
    for path in run.files.notes:
        data = b"" if path in unsaved else run.data(path) or b""
        if wanted.search(data.decode("utf-8", "replace")):
            found.append(run.decode(path, data))
        yield
    return found + [note for note in unsaved.values() if wanted.search(note.text)]
