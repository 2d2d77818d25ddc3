"""Elements that a page defines itself (`<my-paragraph>`): their names say nothing, but where they stand does.

Readers of pages take an unknown element for a part of a line. One that holds blocks, or stands among its like without
text between them, is a block.
"""

from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import BLOCKS, is_blank

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAME = lazy_regex(r"[a-z][\w.]*-[\w.-]*")  # as the standard for such elements asks for
_NO_CONTENT = frozenset(("font-face", "color-profile", "missing-glyph", "annotation-xml"))  # of SVG and MathML
_OWN = ("amp-", "x-", "too-")
_LEVEL = lazy_regex("[1-6]")
_FEWEST = 5  # words of an element that makes a block of itself and of those beside it


def settle(tree: "HtmlElement") -> None:
    """Name those that are blocks `div`, and those that say that they are headings as such, in place."""
    custom = [one for one in tree.iter() if isinstance(one.tag, str) and _is_custom(one.tag)]
    for element in reversed(custom):  # what stands within comes first
        if _is_heading(element):
            element.tag = f"h{element.get('level') or element.get('aria-level')}"
        elif any(inner.tag in BLOCKS for inner in element.iterdescendants()):
            element.tag = "div"
    for parent in {one.getparent() for one in custom if one.getparent() is not None}:
        _settle_beside(parent)


def _settle_beside(parent: "HtmlElement") -> None:
    """Name elements beside each other `div` where none stands in a text, and one is a paragraph or a block is there."""
    children = [one for one in parent if isinstance(one.tag, str)]
    in_text = not is_blank(parent.text) or any(not is_blank(one.tail) for one in children)
    custom = [one for one in children if _is_custom(one.tag)]
    if in_text or parent.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "pre", "code", "svg", "math"):
        return
    if any(one.tag in BLOCKS for one in children) or any(
        len((one.text_content() or "").split()) >= _FEWEST for one in custom
    ):
        for one in custom:
            one.tag = "div"


def _is_custom(tag: str) -> bool:
    return _NAME.fullmatch(tag) is not None and tag not in _NO_CONTENT and not tag.startswith(_OWN)


def _is_heading(element: "HtmlElement") -> bool:
    said = element.get("level") or element.get("aria-level") or ""
    return _LEVEL.fullmatch(said) is not None and "head" in str(element.tag)
