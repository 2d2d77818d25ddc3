"""What a website sets into an article to lead readers elsewhere: "Read also" lines, boxes of related articles, forms of
newsletters. Extractors keep them, as they stand between paragraphs.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import steps
from notelint.importer.blocks import PageBlock, count_words, has_more_words
from notelint.importer.normalise.dom import HEADINGS, names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_WORDS = 40  # of a line
_MOST_OF_BOX = 120  # words
_MOST_AROUND = 25  # words around a field for an address
_HOLDERS = ("body", "html", "main", "article")
_NEAR = 6  # elements around a block that may be its box
_BOXES = ("div", "section", "aside")
_NAMED = lazy_regex(
    r"(?:^|[\s_-])(?:related|similar|recommend(?:ed|ations?)|read-?(?:also|next)|also-?read|more-?(?:stories|articles|posts|news)|"
    r"inread|catcher|promo)(?=$|[\s_-])",
    re.I,
)


def found(blocks: Sequence[PageBlock], chosen: Collection[int]) -> set[int]:
    """The numbers of those blocks among the chosen ones."""
    boxes = set(_boxes(blocks, chosen)) | set(_forms(blocks, chosen))
    return {
        number
        for number in chosen
        if _leads_away(blocks[number]) or (boxes and not boxes.isdisjoint(blocks[number].around))
    }


def _leads_away(block: PageBlock) -> bool:
    """True if a line is a link behind words such as "Read also", or a link that begins with them and a colon."""
    if not block.linked_words or block.words > _MOST_WORDS or block.element.tag in ("li", "td", "th"):
        return False
    begun = steps.also(block.text)
    return bool(begun) and block.own_words in (0, count_words(begun))


def _boxes(blocks: Sequence[PageBlock], chosen: Collection[int]) -> "Iterator[HtmlElement]":
    """Boxes that are mostly links, and are named as of related articles, or begin with such words."""
    seen: set[HtmlElement] = set()
    for number in sorted(chosen):
        block = blocks[number]
        for box in block.around[:_NEAR] if block.words else ():
            if box in seen or box.tag not in _BOXES:
                continue
            seen.add(box)
            is_head = steps.also(block.text) == block.text and block.element is not box
            if (is_head or _NAMED.search(names_of(box)) is not None) and _is_of_links(box):
                yield box


def _is_of_links(box: "HtmlElement") -> bool:
    if has_more_words(box, _MOST_OF_BOX):
        return False
    words = count_words(box.text_content())
    linked = sum(count_words(link.text_content()) for link in box.iter("a"))
    heads = [one.text_content() for one in box.iter(*HEADINGS)]
    named = any(steps.is_own_heading(" ".join(head.split())) for head in heads)
    return linked * 2 >= words and not named


def _forms(blocks: Sequence[PageBlock], chosen: Collection[int]) -> "Iterator[HtmlElement]":
    """The small boxes around forms that ask for an address of mail, in or beside the chosen blocks."""
    holding = {one for number in chosen for one in blocks[number].around}
    is_large = cache(lambda element: has_more_words(element, _MOST_AROUND))  # many fields may stand in one table
    top = blocks[0].around[-1] if blocks else None
    for field in top.iter("input") if top is not None else ():
        if field.get("type", "").lower() != "email":
            continue
        box = None
        for one in field.iterancestors():
            if one.tag in _HOLDERS or is_large(one):
                break
            box = one
        if box is not None and box in holding:
            yield box
