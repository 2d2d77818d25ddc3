"""Elements of a page in which facts are looked for: their names, the start of their text, what stands around them."""

import re
from collections.abc import Collection
from itertools import islice
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import HEADINGS, classes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FOREIGN = lazy_regex("related|comment|sidebar|recommend|recent", re.I)
_MENU = lazy_regex(
    r"(?:^|[\s_-])(?<!under-)(?<!no-)(?<!has-)(?<!with-)(?:sub|mega|main)?-?(?:menu|nav|navbar|dropdown)(?=$|[\s_-])",
    re.I,
)
_COLUMN = lazy_regex(r"(?:^|\s)(?:side|sidebar)(?=$|\s)", re.I)
_LOGO = lazy_regex(r"(?:^|[\s_-])(?:logo|site-?(?:title|name)|brand(?:ing)?)(?=$|\s)", re.I)
_ROOT = lazy_regex(r"https?://[^/]+/?", re.I)  # the first page of a website
_REFERENCE = lazy_regex(
    r"(?:^|[\s_-])(?:references?|ref-?list|bib|bibliograph\w*|biblio|citations?|citedby|cited-by)(?=$|[\s_-]|\d)", re.I
)
_NEAR_LOGO = 3  # elements
_EDGES = ("aside", "nav", "footer")
_OF_WORK = frozenset(("infobox", "vevent", "hproduct"))  # boxes about what an article is on: a film, an event
_LONGEST = 200  # characters of names and texts
_MOST_PARTS = 500  # of a text that may be nothing but blanks
_NEAR = 6  # elements around another, whose names say where it stands


def names_of(element: "HtmlElement") -> str:
    """The class, id and property of an element."""
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"[:_LONGEST]


def is_foreign(element: "HtmlElement", own: "Collection[HtmlElement]" = ()) -> bool:
    """True if an element stands in a list of other articles, in a comment, in a table of facts, or at the page's edges.

    `own` are the elements around the page's title, of which none is foreign: "article with-sidebar" is the article.
    """
    if _is_edge(element):
        return True
    for outer in element.iterancestors():
        if outer in own or outer.tag in ("body", "html", "main"):
            continue
        if _is_edge(outer) or _is_named_foreign(outer):
            return True
    return False


def _is_edge(element: "HtmlElement") -> bool:
    """True for an element at the edge of a page. A footer that an article begins with says who wrote it, and when."""
    around = element.getparent()
    is_first = around is not None and around.tag == "article" and element.getprevious() is None
    return element.tag in _EDGES and not (element.tag == "footer" and is_first and element.getnext() is not None)


def is_foreign_box(element: "HtmlElement", own: "Collection[HtmlElement]" = ()) -> bool:
    """True if an element stands in a list of other articles, in a comment, or in a table of facts."""
    around = (one for one in element.iterancestors() if one not in own and one.tag not in ("body", "html", "main"))
    return any(_is_named_foreign(outer) for outer in around)


def _is_named_foreign(element: "HtmlElement") -> bool:
    names = [name for name in names_of(element).split() if "[" not in name and ":" not in name]  # rules of style
    return _FOREIGN.search(" ".join(names)) is not None or not _OF_WORK.isdisjoint(names)


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


def is_of_site(heading: "HtmlElement") -> bool:
    """True if a heading names the website: it is a logo, or a link to the first page."""
    links = heading.findall(".//a") + list(heading.iterancestors("a"))
    text = " ".join((heading.text_content() or "").split())
    if any(link.find(".//img") is not None and " ".join((link.text_content() or "").split()) == text for link in links):
        return True  # a logo with the name beside it
    if any(
        link.get("href", "").strip() in ("/", "./", "../") or _ROOT.fullmatch(link.get("href", "")) for link in links
    ):
        return True
    around = (heading, *heading.iterancestors())[:_NEAR_LOGO]
    return any(_LOGO.search(names_of(one)) is not None for one in around if one.tag not in ("body", "html"))


def is_comment(element: "HtmlElement") -> bool:
    """True if an element stands within what is named as a comment."""
    return any(
        "comment" in f"{outer.tag} {names_of(outer)}".lower()
        for outer in element.iterancestors()
        if outer.tag != "body"
    )


def is_of_reference(element: "HtmlElement") -> bool:
    """True if an element stands in a list of references: who and when it names are those of other works."""
    around = (element, *element.iterancestors())
    return any(_REFERENCE.search(names_of(outer)) is not None for outer in around if outer.tag not in ("body", "html"))


def is_quoted(element: "HtmlElement") -> bool:
    """True if an element stands in a quotation: who and when it names are those of what is quoted."""
    return any(outer.tag == "blockquote" for outer in (element, *element.iterancestors()))


def text_of_start(element: "HtmlElement | None") -> str:
    """The first 400 characters of an element's text, on one line."""
    if element is None:
        return ""
    parts: list[str] = []
    length = 0
    for part in islice(element.itertext(), _MOST_PARTS):
        parts.append(part)
        length += len(part.strip())
        if length > _LONGEST * 2:
            break
    return " ".join(" ".join(parts).split())[: _LONGEST * 2]


def title_of_document(body: "HtmlElement") -> str:
    """What a paragraph named as the title says above the first heading: so office programs export documents."""
    for element in body.iter():
        if element.tag in HEADINGS:
            break
        if element.tag == "p" and "title" in classes(element):
            return " ".join((element.text_content() or "").split())[:_LONGEST]
    return ""


def title_above(body: "HtmlElement", headings: list[str], in_head: list[str]) -> str:
    """What an element named as a title says above the first heading, if `<title>` is it behind a project's name.

    Empty if that name is one of the headings: then the element names the site.
    """
    for element in body.iter():
        if element.tag in HEADINGS:
            break
        if "title" in classes(element):
            said = " ".join((element.text or "").split())
            before = [one.removesuffix(f": {said}") for one in in_head if said and one.endswith(f": {said}")]
            if any(name not in headings for name in before):
                return said
    return ""
