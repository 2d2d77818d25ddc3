"""Changes of a tree that keep the text around them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section summary table tbody
    td tfoot th thead tr ul x-callout x-note""".split()
)
_GIVING_WAY = "x-unwrapped"
_LONG_NAMES = 200  # characters
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def make(near: "HtmlElement", tag: str, text: str = "", **attributes: str) -> "HtmlElement":
    """A new element of the tree that `near` is in, not yet at any place."""
    element = near.makeelement(tag, attributes)
    element.text = text
    return element


def replace(old: "HtmlElement", new: "HtmlElement") -> None:
    """Put an element in the place of another; the text behind it stays."""
    parent = old.getparent()
    new.tail, old.tail = old.tail, None
    parent.replace(old, new)


def drop(element: "HtmlElement") -> None:
    """Take an element out with all that is in it; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def unwrap(element: "HtmlElement") -> None:
    """Put what an element holds in its place. Takes no longer for one of many siblings, as `drop_tag` does."""
    parent = element.getparent()
    if parent is None:
        return
    text, tail = element.text or "", element.tail or ""
    before = element.getprevious()
    if text and before is not None:
        before.tail = f"{before.tail or ''}{text}"
    elif text:
        parent.text = f"{parent.text or ''}{text}"
    for child in list(element):
        element.addprevious(child)
        before = child
    if tail and before is not None:
        before.tail = f"{before.tail or ''}{tail}"
    elif tail:
        parent.text = f"{parent.text or ''}{tail}"
    element.tail = None
    parent.remove(element)


def give_way(element: "HtmlElement") -> None:
    """Mark an element of many for `unwrap_marked`: text that grows with each one would be copied each time."""
    element.tag = _GIVING_WAY


def unwrap_marked(body: "HtmlElement") -> None:
    """Put what the marked elements hold in their places."""
    from lxml import etree

    etree.strip_tags(body, _GIVING_WAY)


def text_of(element: "HtmlElement") -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def classes(element: "HtmlElement") -> list[str]:
    """The classes of an element in lower case."""
    return str(element.get("class", "")).lower().split()


def names_of(element: "HtmlElement") -> str:
    """The classes and the id of an element, as they are written, and no more of them than tells what it is."""
    return f"{element.get('class', '')} {element.get('id', '')}"[:_LONG_NAMES]


def holds_block(element: "HtmlElement") -> bool:
    """True if a block element is anywhere in an element."""
    return any(inner.tag in BLOCKS for inner in element.iterdescendants())


def move_into(target: "HtmlElement", elements: Iterable["HtmlElement"]) -> None:
    """Append elements to another one, each with the text behind it."""
    for element in elements:
        target.append(element)


def append_text(element: "HtmlElement", text: str) -> None:
    """Add text at the end of what an element holds."""
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{text}"
    else:
        element.text = f"{element.text or ''}{text}"


def is_blank(text: str | None) -> bool:
    """True if there is no text but blanks."""
    return not text or text.isspace()
