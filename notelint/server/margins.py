"""Texts that an editor shows beside a note, if its settings ask for them: code lenses, and hints behind links."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lsprotocol import types

from notelint.core.text import Span
from notelint.note.note import Note
from notelint.server.navigation import publish_state
from notelint.server.positions import Positions
from notelint.vault.vault import Vault


@dataclass(frozen=True)
class Margins:
    """The settings of what is shown beside the text: nothing at first."""

    code_lens: bool = False
    inlay_hints: bool = False

    @classmethod
    def of(cls, settings: Any) -> "Margins":
        """The settings `codeLens` and `inlayHints`, which may stand under `notelint`; what is not true is false."""
        given = settings.get("notelint", settings) if isinstance(settings, dict) else {}
        given = given if isinstance(given, dict) else {}
        return cls(given.get("codeLens") is True, given.get("inlayHints") is True)


def lenses(note: Note, vault: Vault, backlinks: int, places: Positions) -> Iterator[types.CodeLens]:
    """Above the first heading, or the first line: how many links lead to the note, and where it is published."""
    first = next(iter(note.outer_headings), None)
    at = note.body_start if first is None else first.span.start
    place = places.range(Span(at, at))
    for title in (f"{backlinks} backlink{'' if backlinks == 1 else 's'}", *publish_state(vault, note.path)):
        yield types.CodeLens(place, types.Command(title=title, command=""))


def hints(note: Note, vault: Vault, span: Span, places: Positions) -> Iterator[types.InlayHint]:
    """Behind each link in a span that leads to another published note: the address of that note."""
    for link in note.links:
        if link.span.end < span.start or link.span.start > span.end or link.in_property:
            continue
        target = vault.resolve_link(link, note.path).target
        if target is None or target == note.path or not vault.site.is_garden or not vault.site.publishes(target):
            continue
        address = vault.site.claimed_at(target)
        if address:
            yield types.InlayHint(places.position(link.span.end), address, padding_left=True, tooltip=target)
