"""See wrong_embedded_section.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.garden.published_embeds import EmbeddedPart
from notelint.note.links import Link
from notelint.note.note import Outline
from notelint.vault.published_pages import embedded_parts
from notelint.vault.resolution import Anchor, AnchorResolution
from notelint.vault.vault import Vault


class WrongEmbeddedSection(VaultChecker):
    """An embed of a section or block of which the site shows another one, or the whole note."""

    family = "publishing"
    severity = Severity.WARNING
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each such embed of a published note (digital-garden DG-E6, DG-E9)."""
        page = vault.page(note)
        if page is None:
            return
        for embed, link in page.shown_embeds():
            if not link.target.subpath or embed.is_drawing or embed.number not in page.showing:
                continue
            asked = vault.anchors.within(embedded_parts(embed, page, vault), link.target.subpath)
            if asked.kind is not Anchor.NONE and not _is_same(asked, embed.part):
                yield Finding(
                    link.span, _message(asked, embed.part, link), about=f"{embed.target}{link.target.subpath}"
                )


def _is_same(asked: AnchorResolution, part: EmbeddedPart) -> bool:
    if asked.kind is Anchor.BLOCK:
        return part.block is not None and part.block.lower() == (asked.block or "").lower()
    if asked.kind is Anchor.HEADING and part.heading is not None and asked.heading is not None:
        return part.heading.span == asked.heading.span
    return asked.kind is Anchor.FOOTNOTE


def _message(asked: AnchorResolution, part: EmbeddedPart, link: Link) -> str:
    """A message: the section that Obsidian shows, the one that the site shows, and the remedy."""
    named = [one for one in (link.target.subpath or "").split("#") if one.strip()]
    if asked.heading is None or part.is_whole:
        if asked.heading is None and part.heading is not None:
            return f"there is no {named[-1]!r} in this note: the site shows the section {part.heading.text!r}"
        if asked.heading is None:
            return f"there is no {named[-1]!r} in this note: the site shows the whole note"
        cure = f"write {asked.heading.text!r}, capitals too"
        return f"the site does not find the section {part.wanted!r} and shows the whole note: {cure}"
    if part.heading is None:
        return f"the site shows the block ^{part.block}: name {asked.heading.text!r} alone"
    if len(named) > 1:
        cure = f"name {asked.heading.text!r} alone, if no other heading has this name"
        return f"the site shows all of the section {part.heading.text!r}: {cure}"
    return f"the site shows another section, {part.heading.text!r}: rename one of the headings"
