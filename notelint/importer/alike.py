"""Blocks whose elements are named alike: if a fair part of them is the article, the others are, as answers below one.

Threads consist of posts that extractors judge one by one; a page whose second answer is lost says something else.
"""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DIGITS = re.compile(r"\d+")
_LEVELS = 4  # elements of a block's chain whose names count
_FEWEST = 3  # blocks alike
_LINKED = 0.2  # of the words of prose at most


class _Rule(NamedTuple):
    """The part of blocks alike that is kept at least, and the words that such a block has at least, on the mean."""

    part: float
    words: int


_RULES = (_Rule(0.2, 12), _Rule(0.6, 5))


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> set[int]:
    """The kept blocks, and prose whose elements are named as those of a fair part of kept blocks."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, block in enumerate(blocks):
        if block.words:
            groups.setdefault(form(block.element), []).append(number)
    found = set(kept)
    for numbers in groups.values():
        own = len(found.intersection(numbers))
        words = sum(blocks[number].words for number in numbers)
        linked = sum(blocks[number].linked_words for number in numbers)
        if len(numbers) < _FEWEST or own == len(numbers) or linked > words * _LINKED:
            continue
        if any(own >= rule.part * len(numbers) and words >= rule.words * len(numbers) for rule in _RULES):
            found.update(numbers)
    return found


def form(element: "HtmlElement") -> tuple[str, ...]:
    """The names of an element and of those around it, without numbers in them."""
    path: list[str] = []
    at: HtmlElement | None = element
    for _ in range(_LEVELS):
        if at is None or at.tag in ("body", "html"):
            break
        path += [str(at.tag), _DIGITS.sub("0", at.get("class", ""))]
        at = at.getparent()
    return tuple(path)
