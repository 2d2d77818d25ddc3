"""Sections below an article that lead to others: lists of links and cards, outside the element that is its text.

Extractors and weights keep some where an article is short. Lists of links within the text are the author's.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.importer.alike import form
from notelint.importer.blocks import PageBlock
from notelint.importer.normalise.dom import HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_OF_TEXT = 0.5  # of the kept words that are in no link, which the text's element holds
_FEWEST_WORDS = 60  # of a text
_LINKED = 0.6  # of the words of a section of links
_BOXES = (
    "div",
    "section",
    "aside",
    "nav",
    "article",
    "footer",
    "td",
    "center",
    "form",
)  # paragraphs are the text's own
_FEWEST_CARDS = 3
_MOSTLY = 0.6  # of the words of a menu, which its links hold
_PART = 0.6  # of the words of a section, which its cards hold


def found(blocks: Sequence[PageBlock], kept: Collection[int], agreed: Collection[int]) -> set[int]:
    """The kept blocks of such sections below the text, but for those of which extractors `agreed` to keep a part.

    And those of menus beside the text.
    """
    text = _text(blocks, kept)
    if text is None:
        return set()
    last = max(number for number, block in enumerate(blocks) if text in block.around)
    leading: set[int] = set()
    for numbers in _sections(blocks, text, last).values():
        own = [number for number in numbers if number in kept]
        if own and not any(number in agreed for number in own) and _leads_away(blocks, numbers):
            leading.update(own)
    return leading | set(_of_menus(blocks, kept, text))


def _of_menus(blocks: Sequence[PageBlock], kept: Collection[int], text: "HtmlElement") -> Iterator[int]:
    """The kept blocks in elements for navigation outside the text, wherever they stand, if these are mostly links."""
    menus: dict[HtmlElement, list[int]] = {}
    for number in sorted(kept):
        around = blocks[number].around if blocks[number].words else ()
        if text in around:
            continue
        menu = next((one for one in reversed(around) if one.tag == "nav" or one.get("role") == "navigation"), None)
        if menu is not None:
            menus.setdefault(menu, []).append(number)
    for numbers in menus.values():
        linked = [number for number in numbers if blocks[number].is_mostly_links]
        words = sum(blocks[number].words for number in numbers)
        if len(linked) >= _FEWEST_CARDS and sum(blocks[number].words for number in linked) >= words * _MOSTLY:
            yield from numbers


def _text(blocks: Sequence[PageBlock], kept: Collection[int]) -> "HtmlElement | None":
    """The innermost element that holds most of the kept words; None if that is all of the page, or they are few."""
    words: Counter[HtmlElement] = Counter()
    for number in kept:
        block = blocks[number]
        for element in block.around:
            words[element] += block.own_words
    total = max(words.values(), default=0)
    if total < _FEWEST_WORDS:
        return None
    holders = [element for element, count in words.items() if count >= total * _MOST_OF_TEXT]
    innermost = max(holders, key=lambda one: sum(1 for _ in one.iterancestors()))
    return None if innermost.tag in ("body", "html") else innermost


def _sections(blocks: Sequence[PageBlock], text: "HtmlElement", last: int) -> "dict[HtmlElement, list[int]]":
    """The elements beside the text, or beside one around it, below it: each with its blocks."""
    around = {text, *text.iterancestors()}
    found: dict[HtmlElement, list[int]] = {}
    for number in range(last + 1, len(blocks)):
        if not blocks[number].words:
            continue
        for element in blocks[number].around:
            parent = element.getparent()
            if parent is None or parent in around:
                if element.tag in _BOXES and not _is_like_text(element, around):
                    found.setdefault(element, []).append(number)
                break
    return found


def _is_like_text(section: "HtmlElement", around: "Collection[HtmlElement]") -> bool:
    """True if a section is named as the one beside it that holds the text: they are parts of one thing."""
    parent = section.getparent()
    beside = next((one for one in parent if one in around), None) if parent is not None else None
    same = beside is not None and beside.tag == section.tag and beside.get("class") == section.get("class")
    return same and bool(section.get("class") or section.tag != "div")


def _leads_away(blocks: Sequence[PageBlock], numbers: Sequence[int]) -> bool:
    """True if a section is mostly links, or several cards that each lead to an article."""
    words = sum(blocks[number].words for number in numbers)
    linked = sum(blocks[number].linked_words for number in numbers)
    if sum(1 for number in numbers if blocks[number].is_mostly_links) < _FEWEST_CARDS:
        return False
    return linked >= words * _LINKED or sum(_of_cards(blocks, numbers)) >= words * _PART


def _of_cards(blocks: Sequence[PageBlock], numbers: Sequence[int]) -> Iterator[int]:
    """The words of cards: a heading that is a link, and a few lines below it, several of them alike."""
    heads = [number for number in numbers if _is_head(blocks[number])]
    forms = Counter(form(blocks[number].element) for number in heads)
    heads = [number for number in heads if forms[form(blocks[number].element)] >= _FEWEST_CARDS]
    bodies = Counter(form(blocks[number].element) for number in numbers)
    for number in numbers if heads else ():
        if number >= heads[0] and bodies[form(blocks[number].element)] >= _FEWEST_CARDS:
            yield blocks[number].words


def _is_head(block: PageBlock) -> bool:
    around = block.around
    in_link = any(one.tag == "a" for one in around[:4])
    return any(one.tag in HEADINGS for one in around[:2]) and (in_link or block.is_mostly_links)
