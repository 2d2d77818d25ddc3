"""What a website sets into an article to lead readers elsewhere: "Read also" lines, boxes of related articles, forms of
newsletters. Extractors keep them, as they stand between paragraphs.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import steps
from notelint.importer.blocks import PageBlock, count_words, has_more_words
from notelint.importer.normalise.dom import HEADINGS, names_of
from notelint.residue.web_address import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    _HostOf = Callable[[HtmlElement], str]  # the host of a page by its root

_MOST_WORDS = 40  # of a line
_MOST_OF_BOX = 120  # words
_MOST_OF_HEAD = 8  # words
_MOST_AROUND = 25  # words around a field for an address
_MOST_OF_NAMED = 60  # words of a box that is named as one of newsletters
_LONGEST = 100  # characters of what a field says of itself
_MAIL = lazy_regex(r"e-?mail|почт|メール|邮箱|郵箱|이메일|البريد|דוא|อีเมล|ईमेल", re.I)
_OF_LETTERS = lazy_regex(r"(?:^|[\s_-])(?:sign-?up|newsletters?|subscri\w*|mailing-?list)(?=$|[\s_-])", re.I)
_OF_LETTER = lazy_regex(r"(?:^|[\s_-])newsletters?(?=$|[\s_-])", re.I)
_ASKS = lazy_regex(r"newsletter|subscri|sign-?up|abonn|anmeld|inscri|iscri|suscri|assin", re.I)
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
    own = cache(_host)  # of the page, where a link has a host at all
    boxes = set(_boxes(blocks, chosen)) | set(_forms(blocks, chosen)) | set(_lists(blocks, chosen, own))
    boxes.update(_letters(blocks, chosen))
    return {
        number
        for number in chosen
        if _leads_away(blocks[number], own) or (boxes and not boxes.isdisjoint(blocks[number].around))
    }


def _leads_away(block: PageBlock, own: "_HostOf") -> bool:
    """True if a line is a link behind words such as "Read also", or a link that begins with them and a colon.

    "Read more:" may be the author's own words: there no link leads to another website.
    """
    if not block.linked_words or block.words > _MOST_WORDS or block.element.tag in ("li", "td", "th"):
        return False
    also = steps.also(block.text)
    begun = also or steps.more(block.text)
    if not begun or block.own_words not in (0, count_words(begun)):
        return False
    return bool(also) or not any(link is not None and _leads_elsewhere(link, own) for link in block.links())


def _boxes(blocks: Sequence[PageBlock], chosen: Collection[int]) -> "Iterator[HtmlElement]":
    """Boxes that are mostly links, and are named as of related articles, or begin with such words."""
    for block, box in _around(blocks, chosen):
        is_beside = block.element is not box or has_more_words(box, block.words)
        is_head = is_beside and steps.also(block.text) == block.text
        if (is_head or _NAMED.search(names_of(box)) is not None) and _is_of_links(box):
            yield box


def _around(blocks: Sequence[PageBlock], chosen: Collection[int]) -> "Iterator[tuple[PageBlock, HtmlElement]]":
    """Each box near around the chosen blocks, once, with the first block in it."""
    seen: set[HtmlElement] = set()
    for number in sorted(chosen):
        block = blocks[number]
        for box in block.around[:_NEAR] if block.words else ():
            if box not in seen and box.tag in _BOXES:
                seen.add(box)
                yield block, box


def _lists(blocks: Sequence[PageBlock], chosen: Collection[int], own: "_HostOf") -> "Iterator[HtmlElement]":
    """Lists of links to pages of the same website right below a line such as "Related articles", with that line."""
    for number in sorted(chosen):
        block = blocks[number]
        if not block.words or block.words > _MOST_OF_HEAD or steps.also(block.text) != block.text:
            continue
        below = block.element.getnext()
        links = list(below.iter("a")) if below is not None and below.tag in ("ul", "ol") else []
        if len(links) < 2 or below is None or not _is_of_links(below):
            continue
        if not any(_leads_elsewhere(link, own) for link in links):
            yield from (block.element, below)


def _leads_elsewhere(link: "HtmlElement", own: "_HostOf") -> bool:
    """True if a link has an address on the web that is not the page's own: the page may be saved with its own, too."""
    host = host_of(link.get("href", ""))
    return bool(host) and host != own(link.getroottree().getroot())


def _host(page: "HtmlElement") -> str:
    canonical = (one.get("href", "") for one in page.iter("link") if one.get("rel", "").lower() == "canonical")
    return next((host for one in canonical if (host := host_of(one))), "")


def _is_of_links(box: "HtmlElement") -> bool:
    if has_more_words(box, _MOST_OF_BOX):
        return False
    words = count_words(box.text_content())
    linked = sum(count_words(link.text_content()) for link in box.iter("a"))
    heads = [one.text_content() for one in box.iter(*HEADINGS)]
    named = any(steps.is_own_heading(" ".join(head.split())) for head in heads)
    return linked * 2 >= words and not named


def _is_for_address(field: "HtmlElement") -> bool:
    """True if a field asks for an address of mail."""
    kind = field.get("type", "text").lower()
    said = " ".join(field.get(key, "")[:_LONGEST] for key in ("name", "placeholder", "autocomplete", "aria-label"))
    return kind == "email" or (kind == "text" and _MAIL.search(said) is not None)


def _is_large(box: "HtmlElement") -> bool:
    """True if a box holds more than a form for an address needs; one that says what it is may say more of it."""
    is_named = _OF_LETTERS.search(names_of(box)) is not None
    return has_more_words(box, _MOST_OF_NAMED if is_named else _MOST_AROUND)


def _forms(blocks: Sequence[PageBlock], chosen: Collection[int]) -> "Iterator[HtmlElement]":
    """The small boxes around forms that ask for an address of mail, in or beside the chosen blocks."""
    holding = {one for number in chosen for one in blocks[number].around}
    is_large = cache(_is_large)  # many fields may stand in one table
    top = blocks[0].around[-1] if blocks else None
    for field in top.iter("input") if top is not None else ():
        if not _is_for_address(field):
            continue
        box = None
        for one in field.iterancestors():
            if one.tag in _HOLDERS or is_large(one):
                break
            box = one
        if box is not None and box in holding:
            yield box


def _letters(blocks: Sequence[PageBlock], chosen: Collection[int]) -> "Iterator[HtmlElement]":
    """Small boxes that are named as of a newsletter, and lead to where readers ask for it."""
    for _, box in _around(blocks, chosen):
        if _OF_LETTER.search(names_of(box)) is None or has_more_words(box, _MOST_OF_NAMED):
            continue
        if any(_ASKS.search(link.get("href", "")) is not None for link in box.iter("a")):
            yield box
