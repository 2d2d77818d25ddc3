"""Authors and dates that a page's elements are marked with: microdata, RDFa, microformats, `rel`, `<time pubdate>`.

Sources: schema.org and Dublin Core terms as `itemprop` and `property`; the microformats h-entry, h-card, hatom, hcard.
"""

import datetime
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from notelint.importer.facts import dates, names
from notelint.importer.facts.elements import is_foreign, text_of_start

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Own = Collection[HtmlElement]

_AUTHORS = frozenset(("author", "creator"))
_PUBLISHED = frozenset(("datepublished", "datecreated", "published-date", "uploaddate", "date", "issued", "created"))
_MODIFIED = frozenset(("datemodified", "modified"))
_ENTRY_PUBLISHED, _ENTRY_UPDATED = frozenset(("dt-published", "published")), frozenset(("dt-updated", "updated"))
_NAMES = frozenset(("name", "fn", "p-name"))
_LONGEST = 90  # characters of a name
_MOST = 50  # elements


def authors(body: "HtmlElement", own: "Own" = ()) -> list[str]:
    """The authors, by the first kind of mark that names any, if one does. `own` are the elements around the title."""
    for element in _with_property(body, _AUTHORS, own):
        if found := _people(element):
            return _beside(element, found)
    for element in body.iterfind(".//a[@rel]"):
        is_author = "author" in element.get("rel", "").lower().split() and not is_foreign(element, own)
        if is_author and (found := _people(element)):
            return _beside(element, found)
    for element in _of_class(body, frozenset(("p-author", "vcard")), own):
        named = element.get("class", "").lower().split()
        around = (element, *element.iterancestors())[:3]
        is_author = "p-author" in named or any("author" in one.get("class", "").lower().split() for one in around)
        if is_author and (found := _people(element)):
            return found
    return []


def _beside(element: "HtmlElement", found: list[str]) -> list[str]:
    """The names of an element, and of its siblings that are marked alike: each author has one."""
    same = {key: element.get(key) for key in ("rel", "itemprop", "property") if element.get(key)}
    parent = element.getparent()
    siblings = [one for one in parent if all(one.get(key) == value for key, value in same.items())]
    if not 1 < len(siblings) <= _MOST:
        return found
    return names.unique([name for one in siblings for name in _people(one)])


def _people(element: "HtmlElement") -> list[str]:
    """The names in an element: of the elements in it that are marked as names, else of all of it."""
    within = [one for one in element.iterdescendants() if not _NAMES.isdisjoint(_marks(one))]
    named = [name for one in within[:_MOST] for name in names.split(_value(one))]
    if found := names.unique(named):
        return found
    text = _value(element)
    return names.split(text) if 1 < len(text) < _LONGEST else []


def published(body: "HtmlElement", latest: datetime.date, own: "Own" = (), *, day_first: bool = False) -> str:
    """The date of publishing that an element is marked with; empty if there is none."""
    pages = (one for one in body.iter("time") if one.get("pubdate") is not None and not is_foreign(one, own))
    marked = (*_with_property(body, _PUBLISHED, own), *_of_entry(body, _ENTRY_PUBLISHED, own), *pages)
    return _first(marked, latest, day_first)


def revised(body: "HtmlElement", latest: datetime.date, own: "Own" = (), *, day_first: bool = False) -> str:
    """The date of the last change that an element is marked with; empty if there is none."""
    marked = (*_with_property(body, _MODIFIED, own), *_of_entry(body, _ENTRY_UPDATED, own))
    return _first(marked, latest, day_first)


def _first(marked: "tuple[HtmlElement, ...]", latest: datetime.date, day_first: bool) -> str:
    for element in marked:
        for value in (element.get("content", ""), element.get("datetime", ""), element.get("title", "")):
            if value and (found := dates.of_value(value, latest)):
                return found
        if found := dates.iso(text_of_start(element), latest, day_first=day_first):
            return found
    return ""


def _with_property(body: "HtmlElement", wanted: frozenset[str], own: "Own") -> "Iterator[HtmlElement]":
    for key in ("itemprop", "property"):
        for element in body.iterfind(f".//*[@{key}]"):
            said = {one.rpartition(":")[2].rpartition("/")[2] for one in element.get(key, "").lower().split()}
            if not wanted.isdisjoint(said) and not is_foreign(element, own) and not _is_of_review(element):
                yield element


def _is_of_review(element: "HtmlElement") -> bool:
    """True if an element is within a comment or review that readers left below the article."""
    around = (f"{one.get('itemtype', '')} {one.get('typeof', '')}".lower() for one in element.iterancestors())
    return any(kind.strip().endswith(("comment", "review", "answer")) for kind in around)


def _of_entry(body: "HtmlElement", wanted: frozenset[str], own: "Own") -> "Iterator[HtmlElement]":
    """The elements of an h-entry or hatom entry that are named as its dates."""
    for element in _of_class(body, wanted, own):
        named = element.get("class", "").lower().split()
        if element.tag in ("time", "abbr") or any(one.startswith("dt-") for one in named):
            yield element


def _of_class(body: "HtmlElement", wanted: frozenset[str], own: "Own") -> "Iterator[HtmlElement]":
    for element in body.iterfind(".//*[@class]"):
        if not wanted.isdisjoint(element.get("class", "").lower().split()) and not is_foreign(element, own):
            yield element


def _marks(element: "HtmlElement") -> set[str]:
    said = f"{element.get('itemprop', '')} {element.get('property', '')} {element.get('class', '')}".lower()
    return {one.rpartition(":")[2] for one in said.split()}


def _value(element: "HtmlElement") -> str:
    """The value of a marked element: `content`, which no reader sees, or its text."""
    return element.get("content", "") or text_of_start(element)
