"""Headings: without the links that lead to themselves or to an editor, and in no button."""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import BLOCKS, HEADINGS, classes, drop, make, text_of, unwrap

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SIGN = lazy_regex(r"[\s#¶§†‡⚓🔗⛓️\u200b\u200c\u200d\ufeff⁋❡◆\uf0c1\ue157∞]*")
_ANCHOR = lazy_regex(
    r"(?:header|heading|hash|perma|anchor|section|self|fragment|copy)-?_?(?:link|anchor)?s?$|^octicon-link$|^anchorjs",
    re.I,
)
_SELF_LINK = lazy_regex(
    r"(?:direct |copy )?(?:perma(?:nent )?link|link|anchor)(?: (?:to|for) (?:this |the )?(?:heading|section|headline|definition|title|.{1,80}))?",  # noqa: E501
    re.I,
)
_EDIT = lazy_regex(r"(?:edit|editsection|mw-editsection.*|edit-section|edit-link)$")
_EDIT_ADDRESS = lazy_regex(r"[?&](?:action|veaction)=edit|/edit/|/edit$", re.I)
_LEVEL = lazy_regex("[1-6]")


def normalise(body: "HtmlElement") -> None:
    """Leave of each heading its title alone, on its level."""
    for element in list(body.iterfind(".//*[@role='heading']")):
        level = element.get("aria-level", "2")
        if element.tag not in HEADINGS and not any(inner.tag in BLOCKS for inner in element.iterdescendants()):
            element.tag = f"h{level}" if _LEVEL.fullmatch(level) else "h2"
    for element in list(body.iter()):
        if any(_EDIT.fullmatch(name) for name in classes(element)) and len(text_of(element)) < 40:
            drop(element)
    for element in list(body.iter("button")):
        if element.getparent() is not None and any(inner.tag in HEADINGS for inner in element.iterdescendants()):
            unwrap(element)
    for heading in [element for element in body.iter() if element.tag in HEADINGS]:
        _clean(heading)
    for link in [element for element in body.iter("a") if _is_stray(element)]:
        drop(link)


def _clean(heading: "HtmlElement") -> None:
    for link in list(heading.iter("a")):
        text = text_of(link)
        if _EDIT_ADDRESS.search(link.get("href", "")) and len(text) < 40:
            drop(link)
        elif _is_anchor(link, text):
            (unwrap if text and not _SIGN.fullmatch(text) and not _SELF_LINK.fullmatch(text) else drop)(link)
    for part in list(heading.iterdescendants()):
        if part.tag == "button" and part.getparent() is not None:
            if _SELF_LINK.fullmatch(text_of(part)) or not text_of(part):
                drop(part)
            else:
                unwrap(part)
        elif part.tag in BLOCKS:
            part.text, part.tail = f" {part.text or ''}", f" {part.tail or ''}"
            unwrap(part)
        elif part.tag == "br":
            part.tail = f" {part.tail or ''}"
            drop(part)
    _strip_sign(heading)
    if not text_of(heading) and heading.find(".//img") is None:
        keep_targets(heading)


def keep_targets(heading: "HtmlElement") -> None:
    """Take an empty heading out."""
    drop(heading)


def _is_anchor(link: "HtmlElement", text: str) -> bool:
    """True if a link in a heading leads to this heading."""
    href = link.get("href", "")
    if _SIGN.fullmatch(text) and link.find(".//img") is None:
        return True
    within = "#" in href and (href.startswith("#") or any(_ANCHOR.search(name) for name in classes(link)))
    return within or not href


def _is_stray(link: "HtmlElement") -> bool:
    """True if a link beside a heading is its sign: `¶` or an icon that leads to a place of the page."""
    text = text_of(link)
    href = link.get("href", "")
    beside = (link.getprevious(), link.getnext())
    near = any(one is not None and one.tag in HEADINGS for one in beside)
    signed = bool(text) and _SIGN.fullmatch(text) is not None and any(_ANCHOR.search(name) for name in classes(link))
    return "#" in href and link.find(".//img") is None and (signed or (near and _SIGN.fullmatch(text) is not None))


def _strip_sign(heading: "HtmlElement") -> None:
    """Take the sign off a heading's end where it is text: "Setup ¶"."""
    last = heading[-1] if len(heading) else None
    text = heading.text if last is None else last.tail
    if text and text.rstrip().endswith(("¶", "🔗")):
        short = text.rstrip().rstrip("¶🔗").rstrip()
        if last is None:
            heading.text = short
        else:
            last.tail = short


def title(near: "HtmlElement", level: int, text: str) -> "HtmlElement":
    """A new heading."""
    return make(near, f"h{level}", text)
