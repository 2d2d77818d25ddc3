"""Lists of Word: paragraphs that say their level in their style, with their signs and numbers as text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import HEADINGS, drop, is_blank, make, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PLACE = lazy_regex(r"mso-list:\s*(\w+)\s+level(\d)\b", re.I)
_IGNORE = lazy_regex(r"mso-list:\s*ignore", re.I)
_COUNTED = lazy_regex(r"[(\[]?(?:(\d{1,4})|[a-z]{1,5}|[A-Z]{1,5})[.)\]]+")
_LONGEST = 1000  # characters of a style
_DEEPEST = 9  # levels


class _Item(NamedTuple):
    paragraph: "HtmlElement"
    of_list: str
    level: int
    sign: str

    @property
    def tag(self) -> str:
        return "ol" if _COUNTED.fullmatch(self.sign) is not None else "ul"


def normalise(body: "HtmlElement") -> None:
    """Make lists of such paragraphs that follow each other; the sign, or number, goes into the list itself."""
    signs = [one for one in body.iter("span", "font", "b") if _IGNORE.search(one.get("style", "")[:_LONGEST])]
    home: list[HtmlElement] = []  # the lists that are open, the outermost first
    last: HtmlElement | None = None
    for item in list(_items(signs)):
        if last is None or not _follows(item.paragraph, last):
            home = []
        home = _opened(home, item)
        last = home[0]


def _items(signs: "list[HtmlElement]") -> Iterator[_Item]:
    for sign in signs:
        paragraph = next(sign.iterancestors("p", "li", "div", *HEADINGS), None)
        if paragraph is None or sign.getparent() is None:
            continue
        place = _PLACE.search(paragraph.get("style", "")[:_LONGEST])
        text = text_of(sign)
        _take_out(sign, "" if place is not None and paragraph.tag == "p" else f"{text} ")
        if place is not None and paragraph.tag == "p":
            yield _Item(paragraph, place[1], min(int(place[2]), _DEEPEST), text)


def _take_out(sign: "HtmlElement", instead: str) -> None:
    sign.tail = f"{instead}{(sign.tail or '').lstrip()}"
    drop(sign)


def _follows(paragraph: "HtmlElement", items: "HtmlElement") -> bool:
    return paragraph.getprevious() is items and is_blank(items.tail)


def _opened(home: "list[HtmlElement]", item: _Item) -> "list[HtmlElement]":
    """Put an item into the list of its level, which is opened where there is none; the lists that are open then."""
    paragraph = item.paragraph
    kept = [one for one in home if int(one.get("level", "1")) <= item.level]
    same = bool(kept) and int(kept[-1].get("level", "1")) == item.level
    if same and (kept[-1].tag != item.tag or (len(kept) == 1 and kept[-1].get("of") != item.of_list)):
        kept = kept[:-1]
        same = False
    if not same:
        made = make(paragraph, item.tag, level=str(item.level), of=item.of_list)
        number = _COUNTED.fullmatch(item.sign)
        if number is not None and number[1] and number[1] != "1":
            made.set("start", number[1])
        if kept and len(kept[-1]):
            kept[-1][-1].append(made)
        else:
            paragraph.addprevious(made)
        kept = [*kept, made]
    tail, paragraph.tail = paragraph.tail, None
    paragraph.tag = "li"
    outermost = kept[0]
    kept[-1].append(paragraph)
    outermost.tail = f"{outermost.tail or ''}{tail or ''}"
    return kept
