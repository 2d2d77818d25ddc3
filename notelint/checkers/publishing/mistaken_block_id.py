"""See mistaken_block_id.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Fix, Severity
from notelint.core.text import Edit, Regions, Span
from notelint.garden.published_text import Embedding
from notelint.garden.traced_text import HOST
from notelint.note.note import Note, Outline
from notelint.vault.published_page import PublishedPage
from notelint.vault.published_pages import embedded_parts
from notelint.vault.vault import Vault


class MistakenBlockId(VaultChecker):
    """A caret in a published note that the plugin takes for a block id, or a block id that it does not see."""

    family = "publishing"
    severity = Severity.WARNING
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each of them, in code too, and what goes wrong with ids of embedded notes (DG-A5 to DG-A7, DG-E8)."""
        page = vault.page(note)
        if page is None:
            return
        if "^" in page.note.text:
            yield from _mistaken(page, note)
            yield from _unseen(page, note)
        for embed in page.published.embeddings:
            if (
                embed.parent == HOST
                and page.is_shown(embed.number)
                and (message := _embedded(embed, page, vault)) is not None
            ):
                yield Finding(embed.place or note.place("dg-publish"), message, about=embed.target)


def _mistaken(page: PublishedPage, outline: Outline) -> Iterator[Finding]:
    """Carets with a blank before them that are not ids to Obsidian."""
    note = page.note
    ids = {block.span.start - 1 for block in outline.block_ids}
    others = [made for made in page.published.ids if made.place is not None and made.place.start not in ids]
    hidden = Regions([*note.comments, *note.structure.html.spans] if others else ())
    for made in others:
        place = made.place
        if place is None or place.start in hidden:
            continue
        in_code, in_head = place.start in note.structure.code, place.start < note.body_start
        where = "in code, too" if in_code else "in properties, too" if in_head else "and it vanishes from the text"
        cure = "write it without the blank before" + ("" if in_code or in_head else ", or as <sup>")
        yield Finding(place, f"the site takes ^{made.id} for a block id, {where}: {cure}")


def _unseen(page: PublishedPage, outline: Outline) -> Iterator[Finding]:
    """Block ids that stay text on the site: of `cm^2` and the like nobody knows what is meant."""
    note = page.note
    made = {made.place.start for made in page.published.ids if made.place is not None}
    carets = [
        (block, note.text[block.span.start - 2 : block.span.start - 1])
        for block in outline.block_ids
        if note.text[block.span.start - 1] == "^" and block.span.start - 1 not in made
    ]
    carets = [(block, before) for block, before in carets if not before or before.isspace()]
    hidden = Regions(note.comments if carets else ())
    for block, before in carets:
        caret = block.span.start - 1
        if caret in hidden:
            continue
        if block.span.end == len(note.text) and before == "\n":
            message, fix = "the site shows this block id as text, for no line break follows", _ended(note)
            yield Finding(Span(caret, block.span.end), message, fix)
        else:
            message = "the site shows this block id as text: write it behind a space at the end of the block"
            yield Finding(Span(caret, block.span.end), message)


def _ended(note: Note) -> Fix:
    end = len(note.text)
    line_break = "\r\n" if "\r\n" in note.text else "\n"
    return Fix("end the note with a line break", (Edit(Span(end, end), line_break),))


def _embedded(embed: Embedding, page: PublishedPage, vault: Vault) -> str | None:
    """The damage to the carets of an embedded note: some go with their line break, ids with a hyphen stay."""
    note = page.published.notes[embed.number]
    if "^" not in note.text:
        return None
    ids = {block.span.start - 1: block for block in embedded_parts(embed, page, vault).block_ids}
    for span in page.references.get(embed.number, ()) if embed.number in page.showing else ():
        written = span.of(note.text).rstrip("\r\n")
        if span.start not in ids or note.text[span.start - 1 : span.start].strip():
            return f"embedded here, {embed.target!r} loses {written!r} at the end of a line: write it as <sup>"
        if note.text[span.end : span.end + 1] not in ("", "\n", "\r", "#", "`"):
            lost = f"the line break behind {written!r}"
            return f"embedded here, {embed.target!r} loses {lost}: put a blank line there"
    hyphened = [(caret, block) for caret, block in ids.items() if "-" in block.id]
    kept = Regions(place for place, _ in page.kept.get(embed.number, ()) if hyphened)
    hidden = Regions(note.comments if hyphened else ())
    for caret, block in hyphened:
        if caret in kept and caret not in hidden:
            shown = f"the block id ^{block.id} of {embed.target!r} is shown as text"
            return f"embedded here, {shown}: write it without hyphens"
    return None
