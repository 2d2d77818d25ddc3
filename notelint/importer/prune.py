"""The tree of a page reduced to the blocks that stay."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements without words that say something beside others.
_SILENT_PARTS = frozenset("br hr wbr td th tr colgroup col".split())
_INLINE = ("span", "em", "i", "b", "strong", "font", "a")
_CHECKBOX = ("checkbox", "radio")


def prune(body: "HtmlElement", blocks: Sequence[PageBlock], kept: Collection[int]) -> None:
    """Take out of the tree whatever is not in a kept block, in place."""
    living = {body}
    nodes = set()
    for number in kept:
        block = blocks[number]
        for node, is_tail in block.nodes:
            nodes.add((node, is_tail))
            _revive(living, node.getparent() if is_tail else node)
        for media in block.media:
            _revive(living, media)
            living.update(media.iter())
    for block in blocks:
        for node, is_tail in block.nodes:
            if (node, is_tail) not in nodes:
                if is_tail:
                    node.tail = " "
                else:
                    node.text = " "
    for element in list(body.iter()):
        if element in living or _says_something(element, living):
            continue
        parent = element.getparent()
        if parent is not None and parent in living:
            _drop(element)


def _revive(living: "set[HtmlElement]", element: "HtmlElement | None") -> None:
    while element is not None and element not in living:
        living.add(element)
        element = element.getparent()


def _says_something(element: "HtmlElement", living: "set[HtmlElement]") -> bool:
    parent = element.getparent()
    if parent is None or parent not in living:
        return False
    if element.tag in _SILENT_PARTS:
        living.add(element)
        return True
    # Targets of links within the page: footnotes and headings are named by empty anchors.
    if element.tag in ("a", "span", "i") and not len(element) and (element.get("id") or element.get("name")):
        return True
    return element.tag == "input" and element.get("type", "").lower() in _CHECKBOX


def _drop(element: "HtmlElement") -> None:
    """Take an element out and leave the text behind it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    if element.tag in _INLINE and not len(element) and (element.text or "").isspace():
        tail = f" {tail or ''}"  # highlighters put the blanks between words into elements of their own
    parent.remove(element)
    if not tail:
        return
    if before is not None:
        before.tail = f"{before.tail or ''}{tail}"
    else:
        parent.text = f"{parent.text or ''}{tail}"
