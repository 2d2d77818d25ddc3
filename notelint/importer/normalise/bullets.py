"""Lists whose signs and numbers are written as text: rows of a sign and a text, paragraphs that begin with a sign."""

from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import drop, holds_block, is_blank, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SIGN = lazy_regex(r"[•●▪◦‣⁃■□▸►]")
_STARTS = lazy_regex(r"[\s\u00a0]*[•●▪◦‣⁃■▸►][\s\u00a0]*(?=\S)")
_NUMBER = lazy_regex(r"\s*(\d{1,3})[.)]\s+")
_ROWS = ("div", "p")


def normalise(body: "HtmlElement") -> None:
    """Make items of rows and paragraphs beside their like that begin with a sign; the sign goes."""
    for sign in list(body.iter("div", "span", "p")):
        row = sign.getparent()
        if row is not None and row.tag == "div" and len(row) == 2 and row[0] is sign and _is_row(row):
            row.tag = "li"
            drop(sign)
    for paragraph in list(body.iter(*_ROWS)):
        if _begins(paragraph) and any(_begins(one) or one.tag == "li" for one in _beside(paragraph)):
            paragraph.set("signed", "yes")
    for paragraph in list(body.iterfind(".//*[@signed]")):
        holder = _first_text(paragraph)
        holder.text = _STARTS.sub("", holder.text or "", count=1)
        paragraph.attrib.pop("signed")
        paragraph.tag = "li"


def without_own_numbers(items: "HtmlElement") -> None:
    """Take the numbers out that all items of an ordered list begin with, where they are those of the list itself."""
    children = [child for child in items if child.tag == "li"]
    found = []
    for child in children:
        holder = _first_text(child)
        match = _NUMBER.match(holder.text or "")
        if match is None or match[1] != child.get("number"):
            return
        found.append((holder, match.end()))
    for holder, end in found if len(found) > 1 else ():
        holder.text = (holder.text or "")[end:]


def _is_row(row: "HtmlElement") -> bool:
    sign, text = row
    alone = is_blank(row.text) and is_blank(sign.tail) and is_blank(text.tail)
    return alone and _SIGN.fullmatch(text_of(sign)) is not None and not is_blank(text.text_content())


def _begins(paragraph: "HtmlElement") -> bool:
    """True if a paragraph begins with a sign, and holds no other block."""
    if paragraph.tag not in _ROWS or holds_block(paragraph):
        return False
    return _STARTS.match(_first_text(paragraph).text or "") is not None


def _beside(paragraph: "HtmlElement") -> "list[HtmlElement]":
    before, after = paragraph.getprevious(), paragraph.getnext()
    found = []
    if before is not None and is_blank(before.tail):
        found.append(before)
    if after is not None and is_blank(paragraph.tail):
        found.append(after)
    return found


def _first_text(element: "HtmlElement") -> "HtmlElement":
    """The element that holds the first text of another one, or that one itself."""
    at = element
    while is_blank(at.text) and len(at) and isinstance(at[0].tag, str) and at[0].tag not in ("pre", "code"):
        at = at[0]
    return at if not is_blank(at.text) else element
