"""Lists and tables below the last text that extractors keep: plain ones, which lead nowhere.

Websites end with lists of links, tags and buttons; items that lead nowhere are an author's.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.importer import columns
from notelint.importer.blocks import PageBlock
from notelint.importer.gaps import is_own
from notelint.importer.normalise.dom import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = ("body", "html")
_LISTS = ("ul", "ol", "dl", "table")
_PARTS = ("li", "dt", "dd", "td", "th")
_BOXES = ("div", "section", "figure")
_ACTIVE = ("a", "button", "input", "select", "label", "form", "time", "svg")
_ITEMS, _MOST_ITEMS = 2, 60  # blocks of a list
_MOST_WORDS = 200
_LONGEST_NAME = 8  # words


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The list or table right below the last kept block, in one container with it; and those that stand right below
    the part of the text that holds this block, with a line that names them.
    """
    last = max((number for number in kept if blocks[number].words), default=None)
    if last is None:
        return
    element = blocks[last].element
    below = next((one for one in element.itersiblings() if text_of(one)), None)
    items = [] if below is None else _items(blocks, last, below)
    yield from items
    column = columns.holder(blocks, kept)
    part = next((one for one in blocks[last].around if one.getparent() is column), None)
    if column is None or part is None or part is element:
        return
    last = max([last, *items])
    for box in part.itersiblings():
        found = _items(blocks, last, box)
        if not found and text_of(box):
            return
        yield from found
        last = max([last, *found])


def _items(blocks: Sequence[PageBlock], last: int, box: "HtmlElement") -> list[int]:
    """The blocks of an element below another block, if it is a list or table, or a box of nothing else but its name."""
    home = box.getparent()
    if home is None or home.tag in _PAGE or not _is_of_lists(box) or not is_own(box, home):
        return []
    if any(one.tag != "a" or one.get("href") is not None for one in box.iter(*_ACTIVE)):
        return []
    found: list[int] = []
    for number in range(last + 1, len(blocks)):
        if box not in blocks[number].around:
            break
        found.append(number)
        if len(found) > _MOST_ITEMS:
            return []
    items = [number for number in found if _is_item(blocks[number])]
    heads = [number for number in found if number not in items and blocks[number].words]
    words = sum(blocks[number].words for number in found)
    named = all(number < items[0] and blocks[number].words <= _LONGEST_NAME for number in heads) if items else False
    if not named or len(items) < _ITEMS or words > _MOST_WORDS:
        return []
    return found if all(is_own(blocks[number].element, box) for number in found) else []


def _is_of_lists(box: "HtmlElement") -> bool:
    return box.tag in _LISTS or (box.tag in _BOXES and next(box.iter(*_LISTS), None) is not None)


def _is_item(block: PageBlock) -> bool:
    return any(one.tag in _PARTS for one in block.around[:3])
