"""Sections that a page's own list of contents names: they are the article's, however short their text is.

Extractors judge text by its length. A short section at the end, or a list or a table under a heading, is lost to them.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.gaps import common, is_own
from notelint.importer.normalise.dom import HEADINGS, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NUMBER = lazy_regex(r"^\W*(?:\d+(?:\.\d+)*\.?\s+)?|\W+$")
_FEWEST = 2  # headings that the list names
_NEAR = 3  # elements around a heading that may have the name that links lead to
_WORDS_OF_PICTURE = 20  # that leads elsewhere, at least, in a text
_LONGEST = 300  # characters of a heading


def complete(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """The blocks of those sections that nothing marks as foreign, where something below such a heading is kept."""
    headings = [number for number, block in enumerate(blocks) if block.words and block.element.tag in HEADINGS]
    if len(headings) < _FEWEST or kept.issuperset(range(headings[0], headings[-1])):
        return
    names = _names_of_links(blocks[0].around[-1])
    listed = [number for number in headings if names and _is_listed(blocks[number], names)]
    home = _home(blocks, listed) if len(listed) >= _FEWEST else None
    if home is None:
        return
    sections = list(_sections(blocks, headings, listed, home))
    if any(not kept.isdisjoint(section) for section in sections):
        for section in sections:
            if not _is_of_cards(blocks, section):
                yield from section


def _is_of_cards(blocks: Sequence[PageBlock], section: Sequence[int]) -> bool:
    """True if a section is pictures that lead elsewhere, with a few words each: products of a shop."""
    pictures = [one for number in section for one in blocks[number].media]
    leading = [one for one in pictures if next(one.iterancestors("a"), None) is not None]
    words = sum(blocks[number].own_words for number in section)
    return len(leading) >= _FEWEST and words < len(leading) * _WORDS_OF_PICTURE


def _names_of_links(page: "HtmlElement") -> set[tuple[str, str]]:
    """The places of the page that its links lead to, each with a link's text."""
    links = ((one.get("href", ""), one) for one in page.iter("a"))
    return {(unquote(to[1:]), _bare(text_of(one))) for to, one in links if to[:1] == "#" and len(to) > 1}


def _is_listed(block: PageBlock, names: set[tuple[str, str]]) -> bool:
    """True if a link leads to a heading and has its words."""
    if len(block.text) > _LONGEST:
        return False
    before = block.element.getprevious()
    near = [*block.around[:_NEAR], *block.element.iter("a", "span"), *([] if before is None else [before])]
    text = _bare(block.text)
    places = {place for one in near for place in (one.get("id"), one.get("name")) if place}
    return bool(text) and any((place, text) in names for place in places)


def _bare(text: str) -> str:
    """A heading without its number and signs around it."""
    return _NUMBER.sub("", text).casefold()


def _home(blocks: Sequence[PageBlock], listed: Sequence[int]) -> "HtmlElement | None":
    """The innermost element that holds some headings."""
    home: HtmlElement | None = blocks[listed[0]].element.getparent()
    for number in listed[1:]:
        home = None if home is None else common(blocks[number].element, home)
    return home


def _sections(
    blocks: Sequence[PageBlock], headings: Sequence[int], listed: Sequence[int], home: "HtmlElement"
) -> Iterator[list[int]]:
    """The blocks below each listed heading, up to the next heading, with it. The last one ends at what is foreign."""
    for number in listed:
        after = bisect_right(headings, number)
        section = []
        for other in range(number, headings[after] if after < len(headings) else len(blocks)):
            block = blocks[other]
            if home not in block.around:
                break
            if is_own(block.element, home):
                section.append(other)
            elif number == listed[-1] and block.words:
                break
        yield section
