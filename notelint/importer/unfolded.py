"""Parts of a text that readers unfold: items of accordions, spoilers, answers to questions below an article.

Extractors lose them where they stand at the end of a page, or outside the element of the text.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import columns
from notelint.importer.blocks import PageBlock
from notelint.importer.gaps import FOREIGN_NAMES
from notelint.importer.normalise.dom import names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = lazy_regex("accordion|collaps|faq|toggle|expand|spoiler", re.I)
_FOREIGN_TAGS = frozenset("aside footer form dialog header".split())
_ACTIVE = ("form", "input", "select", "textarea", "iframe")
_PROSE = 12  # words of a paragraph that is unfolded
_LINKED = 4  # at most one word in so many is that of a link
_FEWEST = 50  # words that are kept


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The blocks of such parts within the element that holds the kept text, of which nothing is kept yet."""
    column = columns.holder(blocks, kept)
    if column is None or column.tag in ("body", "html"):
        return
    for part, numbers in _parts(blocks, kept).items():
        if column in part.iterancestors():
            yield from numbers


def rest(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The other blocks of `<details>` of which something is kept: their heads say what they hold."""
    holding = {one for number in kept if blocks[number].words for one in blocks[number].around if one.tag == "details"}
    if not holding:
        return
    for number, block in enumerate(blocks):
        if number in kept or block.is_mostly_links:
            continue
        inside = list(takewhile(lambda one: one not in holding, block.around))
        if len(inside) < len(block.around) and not any(
            one.tag in _FOREIGN_TAGS or one.tag in _ACTIVE or FOREIGN_NAMES.search(_names(one)) for one in inside
        ):
            yield number


def words_beside(blocks: Sequence[PageBlock], kept: Collection[int]) -> int:
    """The number of words outside links in such parts that stand beside the kept text, and are not kept."""
    return sum(blocks[number].own_words for numbers in _parts(blocks, kept).values() for number in numbers)


def _parts(blocks: Sequence[PageBlock], kept: Collection[int]) -> "dict[HtmlElement, list[int]]":
    """Such parts that stand in one container with kept text, of which nothing is kept, each with its blocks."""
    holding = {one for number in kept if blocks[number].words for one in blocks[number].around}
    if sum(blocks[number].words for number in kept) < _FEWEST:
        return {}
    known: dict[HtmlElement, HtmlElement | None] = dict.fromkeys(holding)
    inside: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        part = _part(block.element, known) if block.words and number not in kept else None
        if part is not None:
            inside.setdefault(part, []).append(number)
    return {
        part: numbers
        for part, numbers in inside.items()
        if _is_text([blocks[number] for number in numbers]) and _is_beside(part, holding)
    }


def _part(element: "HtmlElement", known: "dict[HtmlElement, HtmlElement | None]") -> "HtmlElement | None":
    """The outermost element around another, or itself, that is named as one that unfolds, and holds nothing kept.

    `known` has it for elements of which it is known, and none for those that hold what is kept.
    """
    chain = []
    at: HtmlElement | None = element
    while at is not None and at not in known:
        chain.append(at)
        at = at.getparent()
    part = None if at is None else known[at]
    for one in reversed(chain):
        if part is None and (one.tag == "details" or _NAMES.search(_names(one)) is not None):
            part = one
        known[one] = part
    return part


def _is_text(blocks: Sequence[PageBlock]) -> bool:
    words = sum(block.words for block in blocks)
    linked = sum(block.linked_words for block in blocks)
    return linked * _LINKED <= words and any(block.own_words >= _PROSE for block in blocks)


def _is_beside(part: "HtmlElement", holding: "Collection[HtmlElement]") -> bool:
    """True if the nearest element around that holds kept text is not the page, and nothing is foreign on the way."""
    if next(part.iter(*_ACTIVE), None) is not None:
        return False
    for one in (part, *part.iterancestors()):
        if one in holding:
            return one.tag not in ("body", "html")
        if one.tag in _FOREIGN_TAGS or FOREIGN_NAMES.search(_names(one)) is not None:
            return False
    return False


def _names(element: "HtmlElement") -> str:
    return names_of(element).replace("hidden", "")  # as what is not unfolded yet
