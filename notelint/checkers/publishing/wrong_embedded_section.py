"""See wrong_embedded_section.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.garden.published_embeds import Part
from notelint.note.links import Link
from notelint.note.note import Outline
from notelint.vault.vault import Anchor, AnchorResolution, Vault


class WrongEmbeddedSection(VaultChecker):
    """An embed of a section or block of which the site shows another one, or the whole note."""

    family = "publishing"
    severity = Severity.WARNING

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each such embed of a published note (digital-garden DG-E6, DG-E9)."""
        page = vault.page(note)
        for embed, link in page.shown_embeds() if page is not None else ():
            if not link.target.subpath or embed.is_drawing or embed.number not in page.showing:
                continue
            asked = vault.anchor_in(page.published.notes[embed.number].outline, link.target.subpath)
            if asked.kind is not Anchor.NONE and not _is_same(asked, embed.part):
                yield Finding(link.span, _message(asked, embed.part, link), about=f"{embed.target}{link.target.subpath}")


def _is_same(asked: AnchorResolution, part: Part) -> bool:
    if asked.kind is Anchor.BLOCK:
        return part.block is not None and part.block.lower() == (asked.block or "").lower()
    if asked.kind is Anchor.HEADING and part.heading is not None and asked.heading is not None:
        return part.heading.span == asked.heading.span
    return asked.kind is Anchor.FOOTNOTE


def _message(asked: AnchorResolution, part: Part, link: Link) -> str:
    """What Obsidian shows and what the site does, and the remedy."""
    site = "the whole note" if part.is_whole else f"the section {part.heading.text!r}" if part.heading else "a block"
    if asked.heading is None:
        return f"there is no {(link.target.subpath or '').strip('#')!r} in this note: the site shows {site}"
    wanted = asked.heading.text
    if part.is_whole:
        return f"the site finds no section {part.wanted!r} and shows the whole note: write {wanted!r}, capitals too"
    if len([one for one in (link.target.subpath or "").split("#") if one.strip()]) > 1:
        return f"the site shows {site}, all of it: name {wanted!r} alone, if no other heading has this name"
    return f"the site shows another section of this name, {part.heading.text!r}: rename one of them" if (
        part.heading is not None
    ) else f"the site shows {site}"
