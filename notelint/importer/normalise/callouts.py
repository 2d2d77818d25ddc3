"""Callouts: notes and warnings of all makes become `<x-callout kind="..." title="...">`."""

import re
from itertools import islice
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import HEADINGS, classes, drop, is_blank, make, replace, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_KINDS = {
    "note": "note", "info": "info", "information": "info", "informational": "info", "abstract": "abstract", "summary": "summary",  # noqa: E501
    "tldr": "tldr", "todo": "todo", "tip": "tip", "hint": "hint", "important": "important", "success": "success",
    "check": "check", "done": "done", "question": "question", "help": "help", "faq": "faq", "warning": "warning",
    "warn": "warning", "caution": "caution", "attention": "attention", "failure": "failure", "fail": "fail",
    "missing": "missing", "danger": "danger", "error": "error", "bug": "bug", "example": "example", "quote": "quote",
    "cite": "cite", "seealso": "info", "deprecated": "warning", "secondary": "note", "primary": "note",
    "experimental": "warning", "critical": "danger", "pitfall": "warning", "alert": "warning",
}  # fmt: skip
_BOX = lazy_regex(
    r"admonition|callout|markdown-alert|theme-admonition|notecard|custom-(?:block|container)|confluence-information-macro|"
    r"admonitionblock|note-?box|infobox-note|alert|hint|aside|rh-note|box|panel|message-box|doc-note"
)
_PREFIX = lazy_regex(
    r"(?:markdown-alert|theme-admonition|bd-callout|alert|admonition|callout|hint|notecard|confluence-information-macro|custom-block|box|panel|is|type|note)[-_]{1,2}(\w+)"
)
_TITLE = lazy_regex(
    r"(?:admonition|callout|markdown-alert|alert|custom-block|hint|note|box|panel|sidebar|confluence-information-macro)?[-_]*_?"
    r"(?:title|heading|header|admonitionheading)(?:[-_]+[^\W_]+)*[-_]*$|admonitionheading.*|.*callout-title.*",
    re.I,
)
_CARD = lazy_regex(r"(?:\w+-)+callout(?:-(?:card|block|box))?")  # of editors that let their writers choose a colour
_WORD = lazy_regex(r"\w")
_LONG_TITLE = 120
_MOST_CELLS = 6  # of a table that lays out one
_ICONS = lazy_regex(r".*callout-emoji|(?:admonition|callout|alert|hint)[-_]*icon.*|octicon.*|icon", re.I)
_STRONG_BOXES = (
    "admonition",
    "callout",
    "markdown-alert",
    "theme-admonition",
    "notecard",
    "custom-block",
    "admonitionblock",
    "bd-callout",
)


def normalise(body: "HtmlElement") -> None:
    """Make callouts of boxes that say what they are, and of `<details>`."""
    for element in list(body.iter("div", "aside", "section", "blockquote", "table", "p", "article", "figure")):
        kind = _kind(element)
        if kind and element.getparent() is not None and not _in_same_box(element):
            _box(element, kind)
    for details in list(body.iter("details")):
        _details(details)
    for summary in list(body.iter("summary")):
        summary.tag = "p"


def _kind(element: "HtmlElement") -> str:
    """The kind of callout that an element names: "warning"; empty if it is not a callout."""
    if said := element.get("data-callout") or element.get("data-callout-type"):
        return _KINDS.get(said.lower(), "note")
    names = classes(element)
    if "sidebar" in names and any("sidebar-title" in classes(child) for child in element):  # docutils
        return "note"
    if element.tag == "blockquote":  # Wiki.js
        for name in names:
            if name.startswith("is-") and name[3:] in _KINDS:
                return _KINDS[name[3:]]
    strong = any(name.startswith(_STRONG_BOXES) and not _TITLE.fullmatch(name) for name in names)
    box = strong or any(_BOX.fullmatch(name) for name in names)
    for name in names:
        match = _PREFIX.fullmatch(name)
        if (
            match is not None
            and match[1] in _KINDS
            and (box or element.get("role") == "alert" or name.startswith(_STRONG_BOXES))
        ):
            return _KINDS[match[1]]
    if box or element.tag == "aside" or element.get("role") in ("note", "doc-tip", "doc-notice"):
        found = next((_KINDS[name] for name in names if name in _KINDS and name not in ("alert", "note")), None)
        if (
            found
            or "note" in names
            or (element.get("role") == "note" and element.tag in ("div", "aside", "section") and _is_short(element))
        ):
            return found or "note"
        if "admonition" in names or "callout" in names:
            return "note"
    if (
        element.tag in ("div", "p")
        and len(names) == 1
        and names[0] in ("note", "tip", "warning", "caution", "important", "danger")
    ):
        return _KINDS[names[0]]
    is_card = element.tag in ("div", "aside", "section") and any(_CARD.fullmatch(name) for name in names)
    return _kind_of_card(element) if is_card else ""


def _kind_of_card(element: "HtmlElement") -> str:
    """The kind of a card, by its heading; none if that is a title of its own, which a note's outline needs."""
    heading = next((one for one in element.iterdescendants() if one.tag in HEADINGS), None)
    if heading is None:
        return "note" if _is_short(element) else ""
    return _KINDS.get(text_of(heading).rstrip(":").lower(), "")


def is_callout(element: "HtmlElement") -> bool:
    """True if an element says that it is a note, a warning or the like within the text."""
    return bool(_kind(element))


def _is_short(element: "HtmlElement") -> bool:
    return len(text_of(element).split()) < 150


def _in_same_box(element: "HtmlElement") -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "x-callout"


def _of_table(element: "HtmlElement") -> str:
    """Unfold a box that is laid out as a table of a picture, a title and the text below; the title."""
    table = next((child for child in element), None)
    if table is None or table.tag != "table" or table.getnext() is not None or not is_blank(element.text):
        return ""
    cells = list(islice(table.iter("td", "th"), _MOST_CELLS + 1))
    if len(cells) > _MOST_CELLS:
        return ""
    icons = [cell for cell in cells if not text_of(cell) and len(list(cell.iter("img"))) == 1]
    titles, texts = [cell for cell in cells if cell.tag == "th"], [cell for cell in cells if cell.tag == "td"]
    texts = [cell for cell in texts if cell not in icons]
    if len(icons) != 1 or len(titles) > 1 or len(texts) != 1 or next(table.iterdescendants("table"), None) is not None:
        return ""
    text = texts[0]
    text.drop_tree()
    text.tag, text.tail = "div", None
    replace(table, text)
    return text_of(titles[0]) if titles else ""


def _box(element: "HtmlElement", kind: str) -> None:
    title = _of_table(element) or _take_title(element)
    if is_blank(element.text_content()) and element.find(".//img") is None:
        if title and element.getparent() is not None:
            replace(element, make(element, "p", title))
        return
    if element.tag == "table":
        return
    element.attrib.clear()
    element.tag = "x-callout"
    element.set("kind", kind)
    if title and title.rstrip(":").strip().lower() != kind:
        element.set("title", title)
    elif title:
        element.set("title", title.rstrip(":").strip())


def _take_title(element: "HtmlElement") -> str:
    """Take the title out of a box: the first part that is named so, or is all bold."""
    for part in list(element.iterdescendants()):
        if any(_ICONS.fullmatch(name) for name in classes(part)) and _WORD.search(text_of(part)) is None:
            drop(part)
    first = next((child for child in element if text_of(child)), None)
    if first is None or not is_blank(element.text):
        return ""
    named = next(
        (part for part in (first, *first.iterdescendants()) if any(_TITLE.fullmatch(name) for name in classes(part))),
        None,
    )
    if named is None and first.tag in HEADINGS:
        named = first
    whole = text_of(named) if named is not None else ""
    if named is None or not whole or len(whole) > _LONG_TITLE:
        return ""
    if any(inner.tag in ("a", "img", "x-math", "code") for inner in named.iterdescendants()):
        return ""  # it would lose what it says
    drop(named)
    return whole


def _details(details: "HtmlElement") -> None:
    if details.getparent() is None:
        return
    summary = details.find("summary")
    title = text_of(summary) if summary is not None else ""
    rich = (
        summary is None
        or len(title) > _LONG_TITLE
        or any(
            inner.tag in HEADINGS or inner.tag in ("a", "img", "x-math", "code") for inner in summary.iterdescendants()
        )
    )
    headed = any(inner.tag in HEADINGS for inner in details.iterdescendants())
    fold = "-" if details.get("open") is None else "+"
    if rich or headed:
        if summary is not None:
            summary.tag = "div" if any(inner.tag in HEADINGS for inner in summary.iterdescendants()) else "p"
        details.tag = "div"
        return
    drop(summary)
    details.attrib.clear()
    if is_blank(details.text_content()) and details.find(".//img") is None:
        details.tag = "p"
        details.text = f"{title} "
        return
    details.tag = "x-callout"
    details.set("kind", "note")
    details.set("fold", fold)
    if title:
        details.set("title", title)
