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
    r"(?:^|[\s_-])(?:date|time|published|publish|pubdate|posted|updated|entry-date|dateline|timestamp|post-meta|meta|byline|article-info|info|created|modified|datetime|author|posthead)(?=$|[\s_-])",
    re.I,
)
_MODIFIED = re.compile(r"updat|modif|revis|edited|aktualis|mis à jour|actualiz|обновл|更新", re.I)
_FOREIGN = re.compile("related|comment|sidebar|recommend|recent", re.I)
_LABEL = re.compile(r"(?:authors?|written by|words by|contributors?|writers?|by|autor|auteure?|作者)\s*[:：]?", re.I)
_ALONE = re.compile(  # what may stand beside the date of an article
    r"(?:(?:first |originally )?(?:published|posted|post time|post date|date|on|written|created|added)|le|am|vom|"
    r"publié|veröffentlicht|fecha|by|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|day|[ap]m|[a-z]{2,4}t|"
    r"[·•|:,.\-–—\d\s()])*",
    re.I,
)
_AFTER_NAME = re.compile(
    r"\s*[|•·»]\s*|\s+(?:\d|on (?:\w+,? ){0,3}\d"
    rf"|(?:updated|posted|published|posts|co-founder|founder|{dates.MONTH})\b)",
    re.I,
)
_MENU = re.compile(r"(?:^|[\s_-])(?:sub|mega|main)?-?(?:menu|nav|navbar|dropdown)(?=$|[\s_-])", re.I)
_IN_LINE = re.compile(r"(?:作者|撰文|著者|執筆者?|記者|记者|文)\s*[:：]\s*([^\s:：|／/、，。]{2,12})")
_MOST_TEXTS = 60  # behind the title, in which a date that nothing names is looked for
_HANDLE = re.compile(r"(?:^|[\s_-])(?:user-?name|u-author|p-author)(?=$|[\s_-])", re.I)  # a forum's names are one word
_BY_LINE = re.compile(r"^(?:By|Written by|Posted by|Von|Par|Por|Автор|作者)[:：]?\s+(.{3,80})$", re.I)
_PARTICLES = frozenset(
    "de da do dos das del della di du van von der den ter ten la le el al bin ibn ben y e i af av zu".split()
)
_LONGEST = 200
_EDGES = ("aside", "nav", "footer")
_NEAR = 6  # elements around another, whose names say where it stands
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
        if not _NOT_AUTHOR.search(_names_of(element)) and 2 < len(text) < 90 and not _is_comment(element):
            found = names.split(_AFTER_NAME.split(text)[0])
            is_handle = _HANDLE.search(_names_of(element)) is not None and " " not in text
            if found and (is_handle or all(_is_person(name) for name in found)):
                return found
    for number, element in enumerate(
        body.iter("p", "span", "div", "a", "address", "li", "small", "em", "strong", "h2", "h3", "h4", "h5", "h6")
    ):
        if number > _FIRST:
            break
        match = _BY_LINE.match(_text(element)) if len(element) < 4 and not _is_in_menu(element) else None
        if match is not None:
            found = [
                name
                for name in names.split(re.split(r"[|•·–—]|\s(?:on|updated|published|posted)\s", match[1])[0])
                if _is_person(name)
            ]
            if found:
                return found
    return _labelled(body) or _in_line(body)


def _in_line(body: "HtmlElement") -> list[str]:
    """A person whom a line of facts names in a script without blanks: "来源：日报 作者：王伟"."""
    if _IN_LINE.search(body.text_content()) is None:
        return []
    for element in body.iter("p", "span", "div", "li", "dd", "small"):
        text = _text(element) if len(element) < 4 else ""
        match = _IN_LINE.search(text) if 3 < len(text) < 120 else None
        if match is not None and not _is_in_menu(element):
            return names.split(match[1])
    return []


def _is_in_menu(element: "HtmlElement") -> bool:
    around = (element, *element.iterancestors())[:_NEAR]
    return any(
        outer.tag in ("nav", "footer") or _MENU.search(_names_of(outer)) for outer in around if outer.tag != "body"
    )


def _is_comment(element: "HtmlElement") -> bool:
    return any("comment" in _names_of(outer).lower() for outer in element.iterancestors() if outer.tag != "body")


def _labelled(body: "HtmlElement") -> list[str]:
    """The people behind a label of their own: a heading "Author", and a name below it."""
    for element in body.iter("h2", "h3", "h4", "h5", "h6", "strong", "b", "span", "div", "dt", "p"):
        if len(element) or _LABEL.fullmatch((element.text or "").strip()) is None:
            continue
        following = element.getnext()
        said = (element.tail or "").strip() or (_text(following) if following is not None else "")
        found = names.split(said) if 2 < len(said) < 90 else []
        if found and all(_is_person(name) and " " in name for name in found):
            return found
    return []


def _value(element: "HtmlElement") -> str:
    """The value of an element of microdata: `content`, which no reader sees, or its text."""
    return element.get("content", "") or _text(element)


def _is_person(name: str) -> bool:
    """True if a text has the shape of a name: few words, none of them a number."""
    words = name.partition(",")[0].split()
    if any(word[0].islower() for word in words[:1] + words[-1:]) or (len(words) == 1 and name.islower()):
        return False
    if any(word.islower() and word.isalpha() and word not in _PARTICLES for word in words[1:-1]):
        return False
    return 0 < len(words) <= 6 and not any(char.isdigit() for char in name) and not re.search(r"[!?/\\{}<>]", name)


def published(body: "HtmlElement", latest: datetime.date, revised: str = "") -> str:
    """The date of the article, not that of its last change if both are there. `revised` is that, where it is known."""
    later = ""
    for text, names_around in _dated(body):
        found = dates.iso(text, latest)
        if found and _MODIFIED.search(names_around):
            later = later or found
        elif found:
            return found
    below = _below_title(body, latest)
    return below if below and below != revised else later


def _below_title(body: "HtmlElement", latest: datetime.date) -> str:
    """A date that stands alone near the title, or behind "Published on"."""
    title = next(body.iter("h1"), None)
    if title is None:
        return ""
    seen = 0
    behind = False
    for element in body.iter():
        behind = behind or element is title
        for text in (element.text, element.tail) if behind else ():
            short = " ".join((text or "").split())
            seen += bool(short)
            if 5 < len(short) < 60 and (found := dates.iso(short, latest)) and _stands_alone(short):
                return "" if element.tag in _EDGES or _is_foreign(element) else found
        if seen > _MOST_TEXTS:
            break
    return ""


def _stands_alone(text: str) -> bool:
    """True if a text is a date and no more than what says that it is one of publishing."""
    return _ALONE.fullmatch(dates.without_months(text)) is not None and _MODIFIED.search(text) is None


def _dated(body: "HtmlElement") -> Iterator[tuple[str, str]]:
    for element in body.iterfind(".//*[@itemprop]"):
        if element.get("itemprop", "").lower() in ("datepublished", "datecreated", "published-date"):
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
        if outer.tag in _EDGES:
            return True
        if outer.tag not in ("body", "html", "main") and _FOREIGN.search(_names_of(outer)) is not None:
            return True
    return False


def _text(element: "HtmlElement | None") -> str:
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
