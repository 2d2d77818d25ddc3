"""Elements of a page in which facts are looked for: their names, the start of their text, what stands around them."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FOREIGN = re.compile("related|comment|sidebar|recommend|recent", re.I)
_MENU = re.compile(
    r"(?:^|[\s_-])(?<!under-)(?<!no-)(?<!has-)(?<!with-)(?:sub|mega|main)?-?(?:menu|nav|navbar|dropdown)(?=$|[\s_-])",
    re.I,
)
_COLUMN = re.compile(r"(?:^|\s)(?:side|sidebar)(?=$|\s)", re.I)
_EDGES = ("aside", "nav", "footer")
_LONGEST = 200  # characters of names and texts
_NEAR = 6  # elements around another, whose names say where it stands


def names_of(element: "HtmlElement") -> str:
    """The class, id and property of an element."""
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"[:_LONGEST]


def is_foreign(element: "HtmlElement") -> bool:
    """True if an element stands in a list of other articles, in a comment, or at the page's edges."""
    if element.tag in _EDGES:
        return True
    for outer in element.iterancestors():
        if outer.tag in _EDGES:
            return True
        if outer.tag not in ("body", "html", "main") and _FOREIGN.search(names_of(outer)) is not None:
            return True
    return False


def is_in_menu(element: "HtmlElement") -> bool:
    """True if an element is a menu, or one near around it is."""
    around = (element, *element.iterancestors())[:_NEAR]
    return any(
        outer.tag in ("nav", "footer") or _MENU.search(names_of(outer)) for outer in around if outer.tag != "body"
    )


def is_in_column(element: "HtmlElement") -> bool:
    """True if an element stands in a column beside the text: what it names is the site, or a part of it."""
    return any(
        outer.tag in ("aside", "nav") or _COLUMN.search(names_of(outer)) is not None
        for outer in element.iterancestors()
        if outer.tag not in ("body", "html")
    )


def is_comment(element: "HtmlElement") -> bool:
    """True if an element stands within what is named as a comment."""
    return any(
        "comment" in f"{outer.tag} {names_of(outer)}".lower()
        for outer in element.iterancestors()
        if outer.tag != "body"
    )


def is_quoted(element: "HtmlElement") -> bool:
    """True if an element stands in a quotation: who and when it names are those of what is quoted."""
    return any(outer.tag == "blockquote" for outer in (element, *element.iterancestors()))


def text_of_start(element: "HtmlElement | None") -> str:
    """The first 400 characters of an element's text, on one line."""
    if element is None:
        return ""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(part)
        length += len(part.strip())
        if length > _LONGEST * 2:
            break
    return " ".join(" ".join(parts).split())[: _LONGEST * 2]
