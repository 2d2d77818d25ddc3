"""Where links lead and what leads here: definition, references, hover, document links."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lsprotocol import types

from notelint.core.text import Span
from notelint.note.links import Link
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.server.incoming import linking
from notelint.server.open_notes import OpenNote, OpenNotes, uri_of
from notelint.server.positions import Positions
from notelint.vault.vault import Vault

Placed = Callable[[str], Positions]  # gives the places of a text, in the units of the editor
_PREVIEWED = 20  # lines


@dataclass(frozen=True)
class Named:
    """The thing that the cursor is on: a file of the vault, or the heading or block of a note.

    `span` is where it is named; `link` is None on a heading. `rule` resolved the link.
    """

    path: str
    span: Span
    heading: Heading | None = None
    block: str | None = None
    link: Link | None = None
    rule: str | None = None


def named_at(note: Note, vault: Vault, at: int) -> Named | None:
    """The thing at an offset of a note: the target of the link there, or the heading."""
    link = next((link for link in note.links if link.span.start <= at <= link.span.end), None)
    if link is not None:
        found = vault.resolve_link(link, note.path)
        if found.target is None:
            return None
        part = vault.anchors.resolve(found.target, link.target.subpath)
        return Named(found.target, link.target_span, part.heading, part.block, link, found.rule)
    heading = next((one for one in note.headings if one.span.start <= at <= one.text_span.end), None)
    return None if heading is None or heading.hidden else Named(note.path, heading.text_span, heading)


def definition(one: OpenNote, at: int, notes: OpenNotes, placed: Placed) -> types.Location | None:
    """The place that the link at an offset leads to."""
    vault = notes.vault(one.run)
    named = named_at(one.note, vault, at)
    if named is None or named.link is None:
        return None
    span = _place(notes.note(one.run, named.path), named) if named.path in vault.outlines else Span(0, 0)
    text = notes.note(one.run, named.path).text if span.end else ""
    return types.Location(uri_of(one.run, named.path, notes), placed(text).range(span))


def _place(note: Note, named: Named) -> Span:
    """Where a heading or a block id stands; the beginning of the note, if no part of it is named."""
    if named.heading is not None:
        return named.heading.text_span
    wanted = (named.block or "").lower()
    return next((one.span for one in note.structure.block_ids if one.id.lower() == wanted), Span(0, 0))


def references(
    one: OpenNote, at: int, notes: OpenNotes, placed: Placed, *, declared: bool
) -> Iterator[list[types.Location]]:
    """All links to what stands at an offset, in saved and unsaved notes, note by note: a list for each that is read.

    They lead to the whole note, where nothing stands. With `declared`, the place itself is the first one.
    """
    vault = notes.vault(one.run)
    named = named_at(one.note, vault, at) or Named(one.note.path, Span(0, 0))
    if declared and (named.path in vault.outlines):
        there = notes.note(one.run, named.path)
        yield [types.Location(uri_of(one.run, named.path, notes), placed(there.text).range(_place(there, named)))]
    for outline in linking(vault, named.path):
        source = outline.path
        spans = [link.span for link in outline.links if leads_to(vault, link, source, named)]
        if spans:
            places, uri = placed(notes.note(one.run, source).text), uri_of(one.run, source, notes)
            yield [types.Location(uri, places.range(span)) for span in spans]
        else:
            yield []


def leads_to(vault: Vault, link: Link, source: str, named: Named) -> bool:
    """Tell whether a link leads to a note, or to that part of it which is named."""
    if vault.resolve_link(link, source).target != named.path:
        return False
    part = vault.anchors.resolve(named.path, link.target.subpath)
    if named.heading is not None:
        return named.heading in part.headings
    return named.block is None or part.block == named.block


def hover(one: OpenNote, at: int, notes: OpenNotes, placed: Placed) -> types.Hover | None:
    """A preview of the note or section that the link at an offset leads to, its publish state, and the rule."""
    vault = notes.vault(one.run)
    named = named_at(one.note, vault, at)
    if named is None or named.link is None:
        return None
    parts = [" · ".join([f"**{named.path}**", *publish_state(vault, named.path), f"rule {named.rule}"])]
    if named.path in vault.outlines:
        parts.append(preview(notes.note(one.run, named.path), named.heading))
    value = "\n\n---\n\n".join(part for part in parts if part)
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, value), placed(one.note.text).range(named.link.span)
    )


def publish_state(vault: Vault, path: str) -> Iterator[str]:
    """Where a note is published, in a vault that publishes; nothing of other files."""
    published = vault.site.publishes(path) if vault.site.is_garden else None
    if published is not None:
        address = vault.site.claimed_at(path) if published else None
        yield f"published at `{address}`" if address else "published" if published else "not published"


def preview(note: Note, heading: Heading | None) -> str:
    """The first lines of a note without its frontmatter, or of the section under a heading."""
    start, end = note.body_start, len(note.text)
    if heading is not None:
        start, end = heading.span.start, section_end(note, heading)
    lines = note.text[start:end].strip("\r\n").splitlines()
    return "\n".join([*lines[:_PREVIEWED], *(["…"] if len(lines) > _PREVIEWED else [])])


def section_end(note: Note, heading: Heading) -> int:
    """Where the section under a heading ends: before the next one of its level or above."""
    after = (one.span.start for one in note.outer_headings
             if one.span.start > heading.span.start and one.level <= heading.level)  # fmt: skip
    return next(after, len(note.text))


def document_links(one: OpenNote, notes: OpenNotes, places: Positions) -> Iterator[types.DocumentLink]:
    """The links of a note that lead to a file of the vault."""
    vault = notes.vault(one.run)
    for link in one.note.links:
        target = vault.resolve_link(link, one.note.path).target
        if target is not None and target != one.note.path:
            uri = uri_of(one.run, target, notes)
            yield types.DocumentLink(places.range(link.target_span), target=uri, tooltip=target)
