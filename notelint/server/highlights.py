"""Highlights: the other places in a note that name the same as the one under the cursor."""

from collections.abc import Iterator

from lsprotocol import types

from notelint.core.text import Span
from notelint.note.footnotes import footnotes
from notelint.note.note import Note
from notelint.note.tags import tags
from notelint.server.navigation import leads_to, named_at
from notelint.server.positions import Positions
from notelint.server.rename_parts import PartKind, part_at
from notelint.vault.vault import Vault


def highlights(note: Note, vault: Vault, at: int, places: Positions) -> list[types.DocumentHighlight]:
    """The places of a note that name the tag, footnote, heading, block or note at an offset; it is one of them."""
    found = dict.fromkeys([*_of_tag(note, vault, at), *_of_footnote(note, at)]) or dict.fromkeys(
        _of_target(note, vault, at)
    )
    return [types.DocumentHighlight(places.range(span), types.DocumentHighlightKind.Text) for span in sorted(found)]


def _of_tag(note: Note, vault: Vault, at: int) -> Iterator[Span]:
    part = part_at(note, vault, at)
    if part is not None and part.kind is PartKind.TAG:
        yield from (span for tag, span in tags(note) if tag.lower() == part.name.lower())


def _of_footnote(note: Note, at: int) -> Iterator[Span]:
    found = footnotes(note)
    every = [*found.definitions, *found.references]
    label = next((label for label, span in every if span.start <= at <= span.end), None)
    yield from (span for one, span in every if one == label)


def _of_target(note: Note, vault: Vault, at: int) -> Iterator[Span]:
    """The links that lead to the same, and the heading or block itself where it is in this note."""
    named = named_at(note, vault, at)
    if named is None:
        return
    if named.path == note.path and named.heading is not None:
        yield named.heading.text_span
    if named.path == note.path and named.block is not None:
        yield from (one.span for one in note.structure.block_ids if one.id.lower() == named.block.lower())
    yield from (link.target_span for link in note.links if leads_to(vault, link, note.path, named))
