"""See leaking_embed.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.printable import first_of
from notelint.core.text import Span
from notelint.garden.published_text import Embedding
from notelint.note.note import Outline
from notelint.vault.published_page import PublishedPage
from notelint.vault.vault import Vault

_SHOWN = 3


class LeakingEmbed(VaultChecker):
    """An embed that publishes the text of a note which is not to be published."""

    family = "publishing"
    of_pages = True

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each embed, in a published note, by which such text is on the page (digital-garden DG-E4, DG-E5)."""
        page = vault.page(note)
        if page is not None:
            yield from findings_on(page, note.place("dg-publish"))


def findings_on(page: PublishedPage, default: Span) -> Iterator[Finding]:
    """Findings for private text on a page; at `default` what the plugin made of the note's embeds itself."""
    told: set[Finding] = set()  # the plugin writes some properties twice into a page's head
    for embed, leaking in page.leaks:
        targets = sorted({one.target for one in leaking} - {embed.target})
        is_private = not targets or any(one is embed for one in leaking)  # not targets: by way of itself
        what = f"{_part(embed)} of {embed.target!r}" if is_private else f"text of {_listed(targets)}"
        which = "which is" if is_private or len(targets) == 1 else "which are"
        own = "" if is_private else f" (by way of {embed.target!r})"
        more = f", and with it text of {_listed(targets)}" if is_private and targets else ""
        unseen = "" if embed.place in page.shown_links else _unseen(embed, page)
        cure = "link to it, or publish it" if not unseen else "take the embed out, or publish the note"
        message = f"publishes {what}{own}, {which} not to be published{more}{unseen}: {cure}"
        finding = Finding(embed.place or default, message, about=embed.target if is_private else targets[0])
        if finding not in told:
            told.add(finding)
            yield finding


def _part(embed: Embedding) -> str:
    """The part of the note that is on the page, in words."""
    part = embed.part
    if embed.is_drawing:
        return "the drawing"
    if part.heading is not None:
        return f"the section {part.heading.text!r}"
    if part.block is not None:
        return f"the block ^{part.block}"
    if part.wanted is None:
        return "all the text"
    what = "block" if part.wanted.startswith("^") else "heading"
    return f"all the text (there is no {what} {part.wanted!r})"


def _unseen(embed: Embedding, page: PublishedPage) -> str:
    """Why its author does not see an embed that the plugin replaces (DG-E5)."""
    note, place = page.note, embed.place
    if place is None:
        return ""
    if place.start < note.body_start:
        return "; the plugin embeds it in properties, too"
    structure, start = note.structure, place.start + 1
    where = (
        "in code"
        if start in structure.code
        else "in HTML"
        if start in structure.html
        else "in formulas"
        if start in structure.opaque
        else "in comments"
        if start in structure.comments
        else "behind a backslash"
        if note.text[place.start - 1 : place.start] == "\\"
        else "here"
    )
    return f"; the plugin embeds it {where}, too"


def _listed(paths: list[str]) -> str:
    return first_of([*map(repr, paths)], _SHOWN)
