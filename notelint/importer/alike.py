"""Blocks whose elements are named alike: if a fair part of them is the article, the others are, as answers below one.

Threads consist of posts that extractors judge one by one; a page whose second answer is lost says something else.
"""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DIGITS = re.compile(r"\d+")
_LEVELS = 6  # elements of a block's chain whose names count
_FEWEST = 3  # blocks alike
_FAIR_PART = 0.2  # of them
_PROSE = 12  # words of a block, on the mean
_LINKED = 0.2  # of the words of prose at most

_Form = tuple[str | int, ...]


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> set[int]:
    """The kept blocks, and prose whose elements are named as those of a fair part of kept blocks."""
    depths: dict[HtmlElement, int] = {}
    groups: dict[_Form, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.words:
            groups.setdefault(_form(block.element, depths), []).append(number)
    found = set(kept)
    for numbers in groups.values():
        own = found.intersection(numbers)
        if len(numbers) < _FEWEST or not len(numbers) > len(own) >= len(numbers) * _FAIR_PART:
            continue
        words = sum(blocks[number].words for number in numbers)
        linked = sum(blocks[number].linked_words for number in numbers)
        if words >= _PROSE * len(numbers) and linked <= words * _LINKED:
            found.update(numbers)
    return found


def _form(element: "HtmlElement", depths: "dict[HtmlElement, int]") -> _Form:
    """The names of an element and of those around it, without numbers in them, and how deep it lies."""
    path: list[str | int] = [_depth(element, depths)]
    at: HtmlElement | None = element
    for _ in range(_LEVELS):
        if at is None or at.tag in ("body", "html"):
            break
        path += [str(at.tag), _DIGITS.sub("0", at.get("class", ""))]
        at = at.getparent()
    return tuple(path)


def _depth(element: "HtmlElement", depths: "dict[HtmlElement, int]") -> int:
    if element not in depths:
        depths[element] = sum(1 for _ in element.iterancestors())
    return depths[element]
