"""Bylines that readers see on a page, where its head is silent."""

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from copy import deepcopy
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import count_words
from notelint.importer.facts import dates, marked_up, names, profiles
from notelint.importer.facts.elements import (
    is_comment,
    is_foreign_box,
    is_in_menu,
    is_of_reference,
    is_quoted,
    names_of,
    text_of_start,
)
from notelint.importer.facts.lines import Piece, SeenLine, SeenLines, lines_of
from notelint.importer.facts.wording import FactWords, fact_words
from notelint.importer.unseen import is_for_screen_readers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AUTHOR = lazy_regex(
    r"(?:^|[\s_-])(?:author|byline|by-?line|writer|creator|contributor|username|user-?name|poster|autor(?:in|a|e|en|es|i)?|auteur|"
    r"yazar|muhabir)s?(?:[\s_-]*(?:name|link|title|text|info|fn|vcard))?(?=$|[\s_-])",
    re.I,
)
_NOT_AUTHOR = lazy_regex(
    r"bio|box|avatar|image|img|photo|social|follow|role|about|description|comment|related|card-list|archive|icon|time|date|count|meta-sep",
    re.I,
)
_LABEL = lazy_regex(r"([^\W\d_]{2,20})\s?[:：]\s+(?=\S)")  # "Interview: Ada Heron"
_OTHER_HAND = lazy_regex(
    r"(?:foto|photo|image|imagen|bild|illustr|grafi|video|translat|übersetz|traduc|tradu[cz]|review|edit|redak|редакт|перевод|фото)",
    re.I,
)
_HANDLE = lazy_regex(r"(?:^|[\s_-])(?:user-?name|u-author|p-author)(?=$|[\s_-])", re.I)  # a forum's names are one word
_ENDS = (  # what ends a name in a line
    r"\s*[|•·»«●∙⋅▪|]\s*|\s+[–—]\s+|\s+(?:(?:(?:am|den|dnia|el|em|il|le|op)\s+)?\d|"
    r"on (?:\w+,? ){{0,3}}\d|at \w+ \d|in (?=[A-Z])"
    r"|(?:updated|posted|published|posts|co-founder|founder|{months})(?!\w))"
)
_SEPARATORS = lazy_regex(r"\s*[|•·»●∙⋅▪|]\s*|\s+[–—-]\s+|\u3000+")
_HAN_NAMES = lazy_regex(r"(?:[\u4e00-\u9fff]{2,4})(?: [\u4e00-\u9fff]{2,4})+")
_KANA = lazy_regex(r"[\u3041-\u30ff]")
_PARTS_OF_NAME = 2
_LONGEST = 90  # characters of a byline
_IN_LINE = lazy_regex(r"(?:作者|撰文|著者|執筆者?|記者|记者|文)\s*[:：]\s*([^\s:：|／/、，。]{2,12})")
_JOIN = lazy_regex(r"\s*(?:,|;|&|、|and|und|et|y|e|og|och|en|и)\s*(?:and\s*)?", re.I)
_SHORT = 2  # letters of a name
_SIGNS = " ,.;|•·–—-"
_MOST_LINES = 10  # of an element that names the author
_LINES_OF_MAIL = 3  # below a title, one of which says who wrote a letter
_MOST_BYLINES = 2  # more of different names are of a list of works
_PROSE, _MOST_PROSE = 12, 3  # words of a sentence, and how many may stand between the title and a link to the author


def authors(body: "HtmlElement", lines: SeenLines, language: str) -> list[str]:
    """The people of the byline: by marks of elements, names of classes, words like "By", or links to their pages.

    `language` is the page's, as `lang` names it.
    """
    if found := marked_up.authors(body, lines.own):
        return found
    near = [line for line in (*lines.behind, *lines.before) if line.is_short and not is_in_menu(line.element)]
    near = [line for line in near if not is_comment(line.element) and not is_quoted(line.element)]
    return (
        _named(body)
        or _by_words(near, fact_words(language))
        or _in_line(near)
        or _labelled(lines.every, lines.own)
        or profiles.linked([*_at_title(lines.behind), *lines.before], lines.own)
        or _of_mail(near[:_LINES_OF_MAIL])
    )


def _at_title(lines: "Sequence[SeenLine]") -> Iterator[SeenLine]:
    """The lines below the title, up to the text."""
    prose = 0
    for line in lines:
        prose += count_words(line.text) > _PROSE and not all(piece.link for piece in line.pieces)
        if prose > _MOST_PROSE:
            return
        yield line


def _named(body: "HtmlElement") -> list[str]:
    """The people in an element whose class says that it names the author."""
    for element in _of_class(body):
        text = _first_name(element) or _without_marks_of_notes(element)
        if _NOT_AUTHOR.search(names_of(element)) or not _SHORT < len(text) < _LONGEST or is_comment(element):
            continue
        if is_of_reference(element):
            continue
        by = fact_words().by.match(text) or fact_words().author.match(text) or _LABEL.match(text)
        if by is not None and _OTHER_HAND.match(text) is not None:
            continue
        said = _name_in(text[by.end() :] if by is not None else text)
        if said.rstrip().endswith(":"):
            continue  # a label: "Posts: 3", "Ada Joined: May 2014"
        found = _of_segments(text) or _each_link(element, said) or names.split(said)
        is_handle = " " not in text and (_HANDLE.search(names_of(element)) is not None or _leads_to(element, text))
        if found and (is_handle or all(map(names.is_person, found))):
            return found
    return []


def _each_link(element: "HtmlElement", name: str) -> list[str]:
    """The people of links that stand side by side and are together all of a name; empty if they are not."""
    linked = [text_of_start(one) for one in islice(element.iter("a"), _MOST_LINES)]
    are_people = len(linked) > 1 and all(" " in one and names.is_person(one) for one in linked)
    return linked if are_people and " ".join(linked) == name else []


def _first_name(element: "HtmlElement") -> str:
    """The line of an element that is a link to somebody, where other lines below it say what they are: a rank, a town.

    Empty if there is none, if it is all of the element, or if the next line goes on with more names.
    """
    seen = list(islice(lines_of(element), _MOST_LINES))
    if len(seen) > 1 and fact_words().label.fullmatch(seen[0].text) is not None:
        seen = seen[1:]
    if len(seen) < _PARTS_OF_NAME or not all(piece.link for piece in seen[0].pieces):
        return ""
    first, second = seen[0].text, seen[1]
    goes_on = first.endswith(",") or _JOIN.match(second.text) is not None or second.pieces[0].link
    return "" if goes_on or not names.is_person(first) else first


def _without_marks_of_notes(element: "HtmlElement") -> str:
    """The start of an element's text without raised marks, and without what is for screen readers alone."""
    if next(element.iter("sup"), None) is None and not any(map(is_for_screen_readers, element.iter())):
        return text_of_start(element)
    shown = deepcopy(element)
    shown.tail = None
    for inner in list(shown.iterdescendants()):
        if inner.getparent() is not None and (inner.tag == "sup" or is_for_screen_readers(inner)):
            inner.drop_tree()
    return re.sub(r"\s+(?=[,;])", "", text_of_start(shown))


def _leads_to(link: "HtmlElement", handle: str) -> bool:
    """True if an element is a link whose address ends in a text: the page of somebody who is called so."""
    end = re.split(r"[?#]", link.get("href", ""), maxsplit=1)[0].rstrip("/").rpartition("/")[2]
    return link.tag == "a" and end.lstrip("@~").casefold() == handle.lstrip("@~").casefold()


def _of_class(body: "HtmlElement") -> "Iterator[HtmlElement]":
    return (one for one in body.iterfind(".//*[@class]") if _AUTHOR.search(names_of(one)))


def _name_in(text: str) -> str:
    """The start of a text, up to what ends a name."""
    return re.split(_ends(), text, maxsplit=1)[0]


@cache
def _ends() -> re.Pattern[str]:
    day = rf"[\s,،-]+(?:{dates.DAYS})(?!\w)"
    return re.compile(f"{_ENDS.format(months=dates.month_names())}|{day}", re.I)


def _of_segments(text: str) -> list[str]:
    """The people behind a word like "by" at the start of a part of a text that others precede."""
    for part in _SEPARATORS.split(text)[1:]:
        if (match := fact_words().by.match(part)) is not None:
            found = names.split(_name_in(part[match.end() :]))
            if found and all(map(names.is_person, found)):
                return found
    return []


def _by_words(lines: list[SeenLine], known: FactWords) -> list[str]:
    """The people behind a word like "by", where it begins a line or a part of it."""
    every: list[list[str]] = []
    is_parted = any(_KANA.search(line.text) for line in lines)  # Japanese parts a person's names
    for line in lines:
        for text, pieces in _parts(line):
            match = known.by.match(text) or known.author.match(text)
            found = _before_word(text) if match is None else _behind_word(text[match.end() :], pieces, is_parted)
            found = found or _behind_date(line, known)
            if found and _is_dated(line.text):
                return found
            if found:
                every += [found] if found not in every else []
                break
    return every[0] if 0 < len(every) <= _MOST_BYLINES else []


def _behind_date(line: SeenLine, known: FactWords) -> list[str]:
    """The people behind a date at the start of a line, and a word like "by": "Posted on 3 May 2021 by Ada Heron"."""
    for date in dates.find(line.text, datetime.date.max)[:1]:
        before, rest = known.published.sub("", line.text[: date.start]), line.text[date.end :].lstrip(_SIGNS)
        by = known.by.match(rest)
        if by is None or not by.end() or len(before.split()) > _SHORT or known.updated.search(before) is not None:
            return []
        rest = rest[by.end() :].lstrip()
        own = next((piece.text for piece in line.pieces if piece.link and rest.startswith(piece.text)), "")
        found = names.split(own or _name_in(rest))
        return found if all(names.is_person(name) and (own or " " in name) for name in found) else []
    return []


def _of_mail(lines: list[SeenLine]) -> list[str]:
    """Who wrote a letter of an archive: a name, and an address of mail behind it, below the title."""
    for line in lines:
        if len(line.pieces) < 2 or line.pieces[0].link or not line.pieces[1].link.lower().startswith("mailto:"):
            continue
        found = names.split(line.pieces[0].text)
        if len(found) == 1 and names.is_person(found[0]) and " " in found[0]:
            return found
    return []


def _in_line(lines: list[SeenLine]) -> list[str]:
    """A person whom a line of facts names in a script without blanks: "来源：日报 作者：王伟"."""
    found = (match for line in lines if (match := _IN_LINE.search(line.text)) is not None)
    return next((people for match in found if (people := names.split(match[1]))), [])


def _parts(line: SeenLine) -> Iterator[tuple[str, list[Piece]]]:
    """A line, and its parts between signs, each with its pieces (none where a sign is within a piece)."""
    yield line.text, list(line.pieces)
    parts = _SEPARATORS.split(line.text)
    if len(parts) > 1:
        yield from ((part, []) for part in parts)


def _behind_word(rest: str, pieces: list[Piece], is_parted: bool) -> list[str]:
    """The people that follow a word like "by": what stands in an element of its own, else up to what ends a name.

    `is_parted` if a name of two parts in Han characters is one person's.
    """
    handle, _, behind = rest.partition(" ")
    is_dated = re.match(r"(?:[»·•,●–—-]|on\b|at\b)", behind) is not None and _is_dated(behind)
    if pieces and len(pieces) > 1 and fact_words().label.fullmatch(pieces[0].text) is not None:
        own = " ".join(piece.text for piece in _run_of_names(pieces[1:]))
        rest = own if len(own) < len(rest) else rest
    if len(rest) > _LONGEST * 2:
        return []
    name = _name_in(rest).strip()
    label = fact_words().published.search(name) or fact_words().updated.search(name)
    name = name[: label.start()].strip() if label is not None else name
    if _HAN_NAMES.fullmatch(name):
        return names.unique([name] if is_parted and len(name.split()) == _PARTS_OF_NAME else name.split())
    found = [one for one in names.split(name) if names.is_person(one)]
    if is_dated and (not found or found == [handle]):
        return names.unique([handle])
    is_word = len(found) == 1 and " " not in found[0] and found[0].isascii()
    return [] if is_word and len(rest.split()) > 1 and not _is_dated(rest) else found


def _run_of_names(pieces: list[Piece]) -> Iterator[Piece]:
    """The first piece, and those joined to it by commas and words like "and"."""
    joins = True
    for piece in pieces:
        is_join = _JOIN.fullmatch(piece.text) is not None
        if not joins and not is_join:
            return
        yield piece
        joins = is_join or piece.text.rstrip().endswith((",", " and", "&"))


def _is_dated(text: str) -> bool:
    return bool(dates.find(text, datetime.date.max))


def _before_word(text: str) -> list[str]:
    """The person before a word like "reporter" that ends a line, in languages that put it there."""
    if len(text) > _LONGEST or (match := fact_words().after.search(text)) is None:
        return []
    return names.split(text[: match.start()].rsplit(maxsplit=1)[-1]) if text[: match.start()].split() else []


def _labelled(lines: "Sequence[SeenLine]", own: "Collection[HtmlElement]") -> list[str]:
    """The people behind a label of their own: a heading "Author", and a name below it."""
    for at, line in enumerate(lines[:-1]):
        label, *rest = line.pieces
        if label.link or len(label.text) > _LONGEST or fact_words().label.fullmatch(label.text) is None:
            continue
        if is_in_menu(line.element) or is_comment(line.element) or is_foreign_box(line.element, own):
            continue
        said = " ".join(piece.text for piece in rest) or lines[at + 1].text
        said = said.rstrip(".")
        found = names.split(_without_marks(said)) if _SHORT < len(said) < _LONGEST else []
        if found and all(names.is_person(name) and (" " in name or not name.isascii()) for name in found):
            return found
    return []


def _without_marks(text: str) -> str:
    """A text without the numbers of notes behind names: "Ada Heron 1 ; Bo Crane 2"."""
    return re.sub(r"\s*\d+(?=\s*(?:[,;.]|$))", "", text)
