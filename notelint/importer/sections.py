"""Sections above the first and below the last kept text of a page, which stand as kept ones do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.importer.alike import form
from notelint.importer.blocks import PageBlock
from notelint.importer.gaps import common, is_own
from notelint.importer.normalise.dom import HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_WORDS = 200  # of the sections above or below
_SECTIONS = ("h2", "h3", "h4")
_WRAPPERS = ("div", "section")
_FEWEST = 2  # sections that stand alike

_Place = tuple[str, str, "HtmlElement | None"]


def above(blocks: Sequence[PageBlock], kept: set[int]) -> set[int]:
    """Sections between the page's title and the first kept block whose headings are as those of kept sections.

    Reference pages begin with a name, a module, a synopsis: too short for extractors, and all that some are read for.
    """
    kept = kept | set(_heading_of_first(blocks, kept))
    with_words = [number for number in sorted(kept) if blocks[number].words]
    titles = [number for number, block in enumerate(blocks) if heading_of(block) == "h1"]
    own_heading = {min(with_words)} if with_words else set[int]()
    if not with_words or len(titles) != 1 or titles[0] >= with_words[0]:
        return own_heading
    gap = [number for number in range(titles[0] + 1, with_words[0]) if blocks[number].words]
    known = {heading_of(blocks[number]) for number in with_words} & set(_SECTIONS)
    first = next((number for number in gap if heading_of(blocks[number]) in known), None)
    found = {number for number in gap if first is not None and number >= first}
    words = sum(blocks[number].words for number in found)
    linked = sum(blocks[number].linked_words for number in found)
    own = blocks[with_words[0]].element
    if not 0 < words <= _MOST_WORDS or linked * 3 > words:
        return own_heading
    pairs = [(blocks[number].element, common(blocks[number].element, own)) for number in found]
    is_whole = all(shared is not None and is_own(one, shared) for one, shared in pairs)
    return own_heading | found if is_whole else own_heading


def _heading_of_first(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """The heading right above the first kept block, if it begins an element around it, as others do beside it."""
    first = min((number for number in kept if blocks[number].words), default=0)
    above = next((number for number in range(first - 1, -1, -1) if blocks[number].words), None)
    if above is None:
        return
    heading = blocks[above].element
    around = heading.getparent()
    if heading.tag not in _SECTIONS or around is None or around not in blocks[first].around:
        return
    beside = [block.element for block in blocks if block.element.tag == heading.tag]
    if _place(heading) in _places(beside) and is_own(heading, around):
        yield above


def below(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Sections behind the last kept block whose headings stand as those of kept sections: "Return value" at the end.

    And the rest of the last kept section, where it goes on with an element named as kept ones are, or in one element.
    """
    with_words = [number for number in sorted(kept) if blocks[number].words]
    headings = [blocks[number].element for number in with_words if blocks[number].element.tag in _SECTIONS]
    forms = {form(one) for one in headings}
    places = _places(headings)
    last = with_words[-1] if with_words else 0
    known = {form(blocks[number].element) for number in with_words} if forms else set()
    own = headings[-1].getparent() if places and headings else None
    words, in_section = 0, False
    for number in range(last + 1, len(blocks) if forms else 0):
        block, before = blocks[number], blocks[last].element
        shared = common(block.element, before) if block.words else None
        if shared is None:
            continue
        words += block.words
        if block.element.tag in HEADINGS:
            in_section = form(block.element) in forms or _place(block.element) in places
        elif words == block.words:  # the first: the last kept section goes on
            in_section = form(block.element) in known or own in block.around
        near = shared.tag not in ("body", "html") and is_own(block.element, shared)
        leads_away = block.is_mostly_links and block.element.tag != "td"
        if not in_section or not near or words > _MOST_WORDS or leads_away:
            return
        yield number


def _places(headings: "Sequence[HtmlElement]") -> "set[_Place]":
    """The places of headings that each begin an element of their own, beside those of others."""
    found = Counter(_place(one) for one in headings)
    return {place for place, count in found.items() if count >= _FEWEST and place[2] is not None}


def _place(heading: "HtmlElement") -> "_Place":
    """The tag of a heading that begins an element, the tag of this element, and what that stands in."""
    around = heading.getparent()
    if around is None:
        return str(heading.tag), "", None
    is_first = around.tag in _WRAPPERS and next(iter(around), None) is heading
    return (str(heading.tag), str(around.tag), around.getparent()) if is_first else (str(heading.tag), "", None)


def heading_of(block: PageBlock) -> str:
    """The kind of heading that a block is, or stands in; empty if it is none."""
    around = block.around
    return next((str(one.tag) for one in around if one.tag in HEADINGS), "")
