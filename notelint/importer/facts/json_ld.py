"""Facts that a page states about itself in JSON-LD: the node that describes its article, and the nodes that one
names.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TYPE_CHECKING, Any

from notelint.core.lazy_regex import lazy_regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = lazy_regex(
    r"(?:\w*Article|\w*BlogPosting|WebPage|TechArticle|Report|ScholarlyArticle|NewsArticle|Posting|DiscussionForumPosting|"
    r"QAPage|Question|Recipe|HowTo|FAQPage|MedicalWebPage|Product|Course|CreativeWork|Book|Review|VideoObject|Chapter|"
    r"AboutPage|ItemPage|CollectionPage|ProfilePage|Event|JobPosting)"
)
_FIRST = (
    "Article",
    "BlogPosting",
    "ScholarlyArticle",
    "DiscussionForumPosting",
    "Question",
    "Recipe",
    "Review",
    "HowTo",
)
_MOST_NODES = 2000
_MOST_SECONDS = 10**14
_CONTROL = lazy_regex(r"[\x00-\x1f]+")

Node = Mapping[str, Any]


class Listed(dict[str, Any]):
    """A node within a list of other things: entries of an index, parts of a page, questions of a FAQ."""


def nodes(tree: "HtmlElement") -> list[Node]:
    """All nodes of a page's JSON-LD, those that describe an article first."""
    found: list[Node] = []
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower().startswith("application/ld+json"):
            found += _read(script.text or "")
    return sorted(found, key=_rank)


def _read(text: str) -> Iterator[Node]:
    text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*$", "", text)
    try:
        read = json.loads(_CONTROL.sub(" ", text))
    except (ValueError, RecursionError):
        return
    rest: list[tuple[Any, bool]] = [(read, False)]
    seen = 0
    while rest and seen < _MOST_NODES:
        value, listed = rest.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield Listed(value) if listed else value
            within = listed or "FAQPage" in types(value)
            rest += [(value.get(key), within) for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in value]
            rest += [(value.get(key), True) for key in ("hasPart", "itemListElement", "item") if key in value]
        elif isinstance(value, list):
            rest += [(one, listed) for one in value]


def types(node: Node) -> list[str]:
    """The types of a node, without the address of their vocabulary."""
    said = node.get("@type")
    values = said if isinstance(said, list) else [said]
    return [value.rpartition("/")[2] for value in values if isinstance(value, str)]


def _rank(node: Node) -> int:
    names = types(node)
    if isinstance(node, Listed):
        return 2
    if any(name.endswith(_FIRST) for name in names):
        return 0
    return 1 if any(_ARTICLES.fullmatch(name) for name in names) else 2


def is_article(node: Node) -> bool:
    """True if a node describes the page or its article, and not the site or who made it."""
    return _rank(node) < 2


def text(value: Any) -> str:
    """A value as one line of text: of a string, of a node's name, of the first of a list."""
    if isinstance(value, list):
        return next((found for found in map(text, value) if found), "")
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value") or value.get("headline"))
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def describes(node: Node, address: str, title: str) -> bool:
    """True if a node says that it is of the page with this address or title, and so before others of its kind."""
    page = node.get("mainEntityOfPage")
    said = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    same = address.partition("#")[0].rstrip("/")
    if same and any(isinstance(one, str) and one.partition("#")[0].rstrip("/") == same for one in said):
        return True
    return bool(title) and text(node.get("headline")).casefold() == title.casefold()


def date(value: Any) -> str:
    """A date as a text: numbers are seconds or milliseconds since 1970."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(int(value)) if abs(value) < _MOST_SECONDS else ""
    return text(value)


def is_denied(value: Any) -> bool:
    """True if a value says no: the word, or its address in the vocabulary."""
    return value is False or (isinstance(value, str) and value.rpartition("/")[2].strip().lower() == "false")


def paragraphs(value: Any) -> str:
    """A long text with its line breaks; empty if the value is none."""
    return value if isinstance(value, str) else ""


def names(value: Any, all_nodes: list[Node]) -> list[str]:
    """The names of people: of strings, of nodes, and of nodes that are named by their `@id`.

    Where people and organisations are named side by side, the people are the authors.
    """
    if isinstance(value, list):
        people = [one for one in value[:50] if isinstance(one, dict) and "Person" in types(one)]
        companies = [one for one in value[:50] if isinstance(one, dict) and "Organization" in types(one)]
        chosen = people if companies and people else value[:50]
        return [name for one in chosen for name in names(one, all_nodes)]
    if isinstance(value, dict) and not value.get("name"):
        if isinstance(value.get("@id"), str):
            named = next((node for node in all_nodes if node.get("@id") == value["@id"] and _name(node)), None)
            return [_name(named)] if named is not None else []
        return [found] if (found := _name(value)) else []
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return [found for found in map(text, value["name"]) if found]
    found = text(value)
    return [found] if found else []


def _name(node: Node) -> str:
    """A person's name, whole or in its parts."""
    return text(node) or " ".join(part for key in ("givenName", "familyName") if (part := text(node.get(key))))
