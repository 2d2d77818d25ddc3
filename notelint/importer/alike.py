"""Blocks and sections named alike: if a fair part of them is the article, the others are, as answers below one.

Threads consist of posts that extractors judge one by one; a page whose second answer is lost says something else. A
manual may make an `<article>` of each function, of which extractors take the first ones.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise.dom import HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DIGITS = lazy_regex(r"\d+")
_LEVELS = 4  # elements of a block's chain whose names count
_FEWEST = 3  # blocks alike
_LINKED = 0.2  # of the words of prose at most


class _Rule(NamedTuple):
    """The part of blocks alike that is kept at least, and the words that such a block has at least, on the mean."""

    part: float
    words: int


_RULES = (_Rule(0.2, 12), _Rule(0.6, 5))
_WHOLE, _PART = 0.9, 0.5  # of the words of a section, which are kept
_FEWEST_WHOLE = 2


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> set[int]:
    """The kept blocks, and prose whose elements are named as those of a fair part of kept blocks."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, block in enumerate(blocks):
        if block.words:
            groups.setdefault(form(block.element), []).append(number)
    found = set(kept)
    for numbers in groups.values():
        own = len(found.intersection(numbers))
        if len(numbers) < _FEWEST or own == len(numbers):
            continue
        words = _prose(blocks, numbers)
        if any(own >= rule.part * len(numbers) and words >= rule.words * len(numbers) for rule in _RULES):
            found.update(numbers)
    return found


def sections(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The blocks of `<article>`s that have headings, if others of the same name beside them are kept whole.

    Not of articles whose heading is a page's title: that are other pages in this one.
    """
    inside: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        for element in block.around if block.words else ():
            if element.tag == "article":
                inside.setdefault(element, []).append(number)
    groups: dict[tuple[HtmlElement | None, str], list[HtmlElement]] = {}
    for element, numbers in inside.items():
        if any(blocks[number].element.tag in HEADINGS for number in numbers):
            groups.setdefault((element.getparent(), _name(element)), []).append(element)
    for group in groups.values():
        numbers = [number for element in group for number in inside[element]]
        words = _prose(blocks, numbers)
        shares = [_share(blocks, inside[element], kept) for element in group]
        whole = sum(share >= _WHOLE for share in shares)
        enough = whole >= max(_FEWEST_WHOLE, len(group) * _RULES[0].part)
        has_title = any(blocks[number].element.tag == "h1" for number in numbers)
        if enough and words >= _RULES[0].words * len(group) and not has_title:
            lost = (inside[element] for element, share in zip(group, shares, strict=True) if share < _PART)
            yield from chain.from_iterable(lost)


def _prose(blocks: Sequence[PageBlock], numbers: Sequence[int]) -> int:
    """The words of these blocks; none if too many of them are those of links."""
    words = sum(blocks[number].words for number in numbers)
    linked = sum(blocks[number].linked_words for number in numbers)
    return words if linked <= words * _LINKED else 0


def _name(element: "HtmlElement") -> str:
    return f"{element.tag} {_DIGITS.sub('0', element.get('class', ''))}"


def _share(blocks: Sequence[PageBlock], numbers: Sequence[int], kept: Collection[int]) -> float:
    """The share of the words of these blocks that is kept."""
    words = sum(blocks[number].words for number in numbers)
    return sum(blocks[number].words for number in numbers if number in kept) / words


def form(element: "HtmlElement") -> tuple[str, ...]:
    """The names of an element and of those around it, without numbers in them."""
    path: list[str] = []
    at: HtmlElement | None = element
    for _ in range(_LEVELS):
        if at is None or at.tag in ("body", "html"):
            break
        path.append(_name(at))
        at = at.getparent()
    return tuple(path)
