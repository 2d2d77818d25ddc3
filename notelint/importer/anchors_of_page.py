"""Anchors of a page's own headings: ids that name a place in the text, not a kind of thing.

Readers of pages take an element with the id `related` for a list of links. In a manual, each section has an id made of
its title, and one about related errors is not such a list. Where many elements of one kind begin with a heading and
have an id each, their ids are anchors, and must not count while the page is judged.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import HEADINGS, is_blank

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SECTIONS = ("section", "div", "article")
_FEWEST = 4  # elements of one kind
_Kind = tuple[str, str]  # an element's name and classes


@contextmanager
def hidden(body: "HtmlElement") -> Iterator[None]:
    """Take the anchors of headings out of a page, and put them back afterwards."""
    kinds: dict[_Kind, list[HtmlElement]] = {}
    for element in body.iter(*_SECTIONS, *HEADINGS):
        if element.get("id") and (element.tag in HEADINGS or _begins_with_heading(element)):
            kinds.setdefault((str(element.tag), element.get("class", "")), []).append(element)
    anchors = [(one, one.attrib.pop("id")) for kind in kinds.values() if len(kind) >= _FEWEST for one in kind]
    try:
        yield
    finally:
        for element, name in anchors:
            element.set("id", name)


def _begins_with_heading(element: "HtmlElement") -> bool:
    """True if a heading is the first thing in an element, but for an empty anchor."""
    before = element.text
    for child in element:
        if not is_blank(before) or child.tag in HEADINGS:
            return is_blank(before)
        if child.tag not in ("a", "span") or not is_blank(child.text_content()):
            return False
        before = child.tail
    return False
