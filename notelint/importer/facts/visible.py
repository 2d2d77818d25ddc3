"""Bylines and dates that readers see on a page, where its head is silent."""

import datetime
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from notelint.importer.facts import dates, names

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AUTHOR = re.compile(
    r"(?:^|[\s_-])(?:author|byline|by-?line|writer|p-author|creator|contributor|username|user-?name|poster)s?(?:[\s_-]*(?:name|link|title|text|info|fn|vcard))?(?=$|[\s_-])",
    re.I,
)
_NOT_AUTHOR = re.compile(
    r"bio|box|avatar|image|img|photo|social|follow|role|about|description|comment|related|card-list|archive|icon|time|date|count|meta-sep",
    re.I,
)
_DATE = re.compile(
    r"(?:^|[\s_-])(?:date|time|published|publish|pubdate|posted|updated|entry-date|dateline|timestamp|post-meta|meta|byline|article-info|info|created|modified)(?=$|[\s_-])",
    re.I,
)
_MODIFIED = re.compile(r"updat|modif|revis|edited|aktualis|mis à jour|actualiz|обновл|更新", re.I)
_HANDLE = re.compile(r"(?:^|[\s_-])(?:user-?name|u-author|p-author)(?=$|[\s_-])", re.I)  # a forum's names are one word
_BY_LINE = re.compile(r"^(?:By|Written by|Posted by|Von|Par|Por|Автор|作者)[:：]?\s+(.{3,80})$", re.I)
_LONGEST = 200
_FIRST = 600  # elements of the body in which a byline without a name is looked for


def authors(body: "HtmlElement") -> list[str]:
    """The people of the byline: by `rel`, microdata, names of classes, or the words "By ..."."""
    for element in (*body.iterfind(".//a[@rel]"), *body.iterfind(".//*[@itemprop]")):
        said = f"{element.get('rel', '')} {element.get('itemprop', '')}".lower().split()
        if "author" in said and not _is_foreign(element):
            name = element.find(".//*[@itemprop='name']")
            found = names.split(_value(name) if name is not None else "") or names.split(_value(element))
            if found:
                return found
    for element in _named(body, _AUTHOR):
        text = _text(element)
        if not _NOT_AUTHOR.search(_names_of(element)) and 2 < len(text) < 90:
            found = names.split(text.partition("|")[0].partition("•")[0].partition("·")[0])
            is_handle = _HANDLE.search(_names_of(element)) is not None and " " not in text
            if found and (is_handle or all(_is_person(name) for name in found)):
                return found
    for number, element in enumerate(
        body.iter("p", "span", "div", "a", "address", "li", "small", "em", "strong", "h2", "h3", "h4", "h5", "h6")
    ):
        if number > _FIRST:
            break
        match = _BY_LINE.match(_text(element)) if len(element) < 4 else None
        if match is not None:
            found = [
                name
                for name in names.split(re.split(r"[|•·–—]|\s(?:on|updated|published|posted)\s", match[1])[0])
                if _is_person(name)
            ]
            if found:
                return found
    return []


def _value(element: "HtmlElement") -> str:
    """The value of an element of microdata: `content`, which no reader sees, or its text."""
    return element.get("content", "") or _text(element)


def _is_person(name: str) -> bool:
    """True if a text has the shape of a name: few words, none of them a number."""
    words = name.split()
    if any(word[0].islower() for word in words[:1] + words[-1:]) or (len(words) == 1 and name.islower()):
        return False
    return 0 < len(words) <= 6 and not any(char.isdigit() for char in name) and not re.search(r"[!?/\\{}<>]", name)


def published(body: "HtmlElement", latest: datetime.date) -> str:
    """The date of the article, not that of its last change if both are there."""
    later = ""
    for text, names_around in _dated(body):
        found = dates.iso(text, latest)
        if found and _MODIFIED.search(names_around):
            later = later or found
        elif found:
            return found
    return later


def _dated(body: "HtmlElement") -> Iterator[tuple[str, str]]:
    for element in body.iterfind(".//*[@itemprop]"):
        if element.get("itemprop", "").lower() in ("datepublished", "datecreated"):
            yield element.get("content") or element.get("datetime") or _text(element), ""
    for element in body.iter("time"):
        if not _is_foreign(element):
            parent = element.getparent()
            around = f"{_names_of(element)} {_names_of(parent)} {_text(parent)[:60]}"
            yield f"{element.get('datetime', '')} {_text(element)}", around
    for element in _named(body, _DATE):
        text = _text(element)
        if 5 < len(text) <= _LONGEST and not _is_foreign(element):
            yield text, f"{_names_of(element)} {text}"


def _named(body: "HtmlElement", pattern: re.Pattern[str]) -> Iterator["HtmlElement"]:
    for element in body.iterfind(".//*[@class]"):
        if pattern.search(_names_of(element)):
            yield element


def _names_of(element: "HtmlElement") -> str:
    return f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"[:_LONGEST]


def _is_foreign(element: "HtmlElement") -> bool:
    """True if an element stands in a list of other articles, in a comment, or at the page's edges."""
    for outer in element.iterancestors():
        if outer.tag in ("aside", "nav", "footer") or re.search(
            r"related|comment|sidebar|recommend|recent", _names_of(outer), re.I
        ):
            return True
    return False


def _text(element: "HtmlElement | None") -> str:
    if element is None:
        return ""
    return " ".join(" ".join(part for part in element.itertext()).split())[: _LONGEST * 2]
