"""Inline elements that only a style sheet keeps apart: a blank goes between them, and a break where one is drawn."""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import is_blank

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_INLINE = ("a", "span", "time", "label", "strong", "b", "em", "i", "small", "abbr")
_APART = frozenset(("a", "time", "label"))
_ROLES = frozenset(("tab", "button", "link", "option", "menuitem", "listitem"))
_BREAK = lazy_regex(r"(?:^|\s)(?:br|line-?break|newline)(?:\s|$)", re.I)
_WHOLE = ("pre", "code", "svg", "math", "x-math", "ruby")  # in which elements part nothing
_STARTS = lazy_regex(r"\w|[(\"“‘«€$£¥•·]")
_SIGN = lazy_regex(r"[•·|]")
_LONGEST = 20_000  # characters of two elements that are looked at


def part(tree: "HtmlElement") -> None:
    """Put a blank between elements beside each other that are words of their own, in place."""
    for element in list(tree.iter("span")):
        if not len(element) and is_blank(element.text) and _BREAK.search(element.get("class", "")):
            element.tag = "br"
            element.text = None
    for element in tree.iter(*_INLINE):
        following = element.getnext()
        if element.tail or following is None or following.tag not in _INLINE:
            continue
        if _are_apart(element, following) and next(element.iterancestors(*_WHOLE), None) is None:
            element.tail = " "


def _are_apart(one: "HtmlElement", other: "HtmlElement") -> bool:
    before, after = _text(one), _text(other)
    if not before or not after or before[-1].isspace() or _STARTS.match(after) is None:
        return False
    if not (before[-1].isalnum() or before[-1] in ').!?:;,"”’»•·'):
        return False
    tags = _tag(one), _tag(other)
    said = _APART.intersection(tags)
    if said and (tags[0] == tags[1] or "time" in said or "label" in said):
        return True
    if one.get("role") in _ROLES and other.get("role") in _ROLES:
        return True
    if _SIGN.fullmatch(before.strip()) or _SIGN.fullmatch(after.strip()):
        return True
    several = " " in before.strip() and " " in after.strip()
    # Programs that write text part a word in the middle: what goes on in small letters is one.
    ends = before[-1] in ".!?:;)" or (after[0].isupper() and not before[-1].isupper())
    return one.tag == other.tag == "span" and several and ends


def _tag(element: "HtmlElement") -> str:
    """The tag of an element, or of the one that is all of it."""
    while len(element) and is_blank(element.text) and (len(element) == 1 or element[0].tag == "time"):
        if len(element) == 1 and not is_blank(element[0].tail):
            break
        element = element[0]
    return str(element.tag)


def _text(element: "HtmlElement") -> str:
    text = element.text_content() or ""
    return text if len(text) <= _LONGEST else ""
