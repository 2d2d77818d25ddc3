"""Lists whose items are sections of the text: Javadoc and others lay out a page so. In a note they are no list."""

from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import HEADINGS, is_blank, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HOLDERS = ("div", "section", "article", "header")
_DEEPEST = 6  # elements between an item and its heading


def normalise(body: "HtmlElement") -> None:
    """Make sections of the items of each list, if all begin with a heading and have text below it; inner ones first."""
    for items in reversed(list(body.iter("ul"))):
        if len(items) and is_blank(items.text) and all(map(_is_section, items)):
            for item in items:
                item.tag = "div"
            items.tag = "div"


def _is_section(item: "HtmlElement") -> bool:
    """True if an item begins with a heading, and says more."""
    heading = _first(item)
    return (
        item.tag == "li"
        and is_blank(item.tail)
        and heading is not None
        and heading.tag in HEADINGS
        and len(text_of(item)) > len(text_of(heading))
    )


def _first(item: "HtmlElement") -> "HtmlElement | None":
    """The first element in an item, or in what holds all of it, that says something; None if text stands before."""
    at: HtmlElement | None = item
    for _ in range(_DEEPEST):
        if at is None or at.tag not in ("li", *_HOLDERS) or not is_blank(at.text):
            return at if at is not None and at.tag in HEADINGS else None
        below = None
        for child in at:
            below = child
            if text_of(child) or not is_blank(child.tail):
                break
        at = below
    return at
