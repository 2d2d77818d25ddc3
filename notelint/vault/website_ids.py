"""The ids of a note's parts on websites, as any generator may give them (docs/link-rules.md, WS2)."""

from collections.abc import Mapping
from functools import cached_property

from notelint.core.lazy_regex import lazy_regex
from notelint.garden.heading_ids import ids_of_generators, loose_id, loose_ids
from notelint.note.markdown.attributes import GENERATED, own_id
from notelint.note.markdown.model import Heading
from notelint.note.note import Parts
from notelint.vault.resolution import Anchor, AnchorResolution

_NUMBER = lazy_regex(r"[-_]\d+$")  # behind the id of a heading that is not the first of its name


class WebsiteIds:
    """The ids of one note, ready to be looked up: very many links may lead there."""

    def __init__(self, note: Parts, on_github: Mapping[str, Heading]) -> None:
        """`on_github` are the note's headings by the ids that GitHub gives them."""
        own = {id: heading for heading in reversed(note.headings) if (id := own_id(heading.text)) is not None}
        self._headings = {**own, **on_github}
        self._others = frozenset((*note.html_ids, *note.attribute_ids))
        self._in_order = note.headings
        self._texts = [heading.text for heading in note.headings]

    @cached_property
    def _by_generators(self) -> Mapping[str, Heading]:
        """The headings by the ids that generators give them which do not follow GitHub."""
        ways = ids_of_generators(self._texts)
        return {id: heading for ids in ways.values() for id, heading in zip(ids, self._in_order, strict=True) if id}

    @cached_property
    def _loose(self) -> frozenset[str]:
        return loose_ids(self._texts)

    def find(self, id: str) -> AnchorResolution | None:
        """What an id names: a heading, by its text (GH4) or its attributes, a part with an `id` of its own (GH5), or
        what may have it (WS2). None if nothing may.
        """
        heading = self._headings.get(id)
        if heading is not None:
            return AnchorResolution(Anchor.HEADING, heading, "GH4", (heading,))
        if id in self._others:
            return AnchorResolution(Anchor.NONE, rule="GH5")
        heading = self._by_generators.get(id)
        if heading is not None:
            return AnchorResolution(Anchor.HEADING, heading, "WS2", (heading,))
        may_be = (
            GENERATED in self._others or loose_id(id) in self._loose or loose_id(_NUMBER.sub("", id)) in self._loose
        )
        return AnchorResolution(Anchor.NONE, rule="WS2") if may_be else None
