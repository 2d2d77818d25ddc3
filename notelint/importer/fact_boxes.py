"""Boxes of facts that a text begins with, as wikis have: who or what it is about, in a few rows."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.importer import columns
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise.dom import classes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = frozenset(("infobox", "portable-infobox"))
_TAGS = ("aside", "table", "div", "section")
_MOST_WORDS = 400
_FAR = 10  # levels between a block and its box
_PAGE = ("body", "html")
_ACTIVE = ("form", "input", "button", "iframe")


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The blocks of such boxes within the smallest element that holds the kept text, if they ask for nothing."""
    column = columns.holder(blocks, kept)
    if column is None or column.tag in _PAGE:
        return
    boxes: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        box = next(
            (one for one in block.around[:_FAR] if one.tag in _TAGS and not _NAMES.isdisjoint(classes(one))), None
        )
        if box is not None:
            boxes.setdefault(box, []).append(number)
    for box, numbers in boxes.items():
        words = sum(blocks[number].words for number in numbers)
        linked = sum(blocks[number].linked_words for number in numbers)
        is_text = words <= _MOST_WORDS and linked * 2 <= words and next(box.iter(*_ACTIVE), None) is None
        if is_text and column in box.iterancestors():
            yield from numbers
