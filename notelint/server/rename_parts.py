"""Renaming smaller things in an editor: a block id, an alias, a tag, each with every use of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from notelint.core.errors import NotelintError
from notelint.core.text import Edit, Span
from notelint.edits.rename_parts import LinkingNotes, alias_place, rename_alias, rename_block
from notelint.edits.rename_tag import rename_tag, renamed
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


def renamed_part(run: Workspace, part: NamedPart, new: str) -> Mapping[str, Sequence[Edit]]:
    """The edits, by note, that rename a block id or alias and every use. Raises `NotelintError` if that cannot be."""
    vault = run.vault_to_change
    if part.path not in vault.outlines:
        raise NotelintError(f"{part.path} is not there any more")
    notes = LinkingNotes(vault, [*linking(vault, part.path)], run.note)
    rename = rename_block if part.kind is PartKind.BLOCK else rename_alias
    return rename(notes, part.path, part.name, new)


def renamed_tag(run: Workspace, holding: Iterable[str], tag: str, new: str) -> Steps[Mapping[str, Sequence[Edit]]]:
    """Plan the edits, by note, that rename a tag. `holding` are the notes that have it in their bodies.

    Raises `NotelintError` if that cannot be.
    """
    wanted = {*holding, *run.unsaved}
    for outline in run.vault.outlines.values():
        if any(renamed(one, tag, new) for one in outline.tags):
            wanted.add(outline.path)
        yield
    found = list[Note]()
    for path in sorted(wanted):
        if run.has_note(path):
            found.append(run.note(path))
        yield
    return rename_tag(found, tag, new)
