"""Dates that readers see on a page: behind words that say what they are of, or alone near the title."""

import datetime
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import BLOCK_TAGS, SILENT_TAGS, count_words
from notelint.importer.facts import dates
from notelint.importer.facts.elements import is_foreign, is_foreign_box, is_quoted, names_of, text_of_start
from notelint.importer.facts.lines import SeenLine, SeenLines
from notelint.importer.facts.wording import fact_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTS = lazy_regex(r"\s*[|•·»●∙⋅▪|]\s*|\s+[–—-]\s+")
_TIMES = (
    r"\d{1,2}\s?[:.h時时시点]\s?\d{2}(?:\s?[:.]\d{2})?\s?(?:uhr|h|分|분|น\.?)?|(?:\d{1,2}\s?)?[ap]\.?m\b\.?|"
    r"오전|오후|上午|下午|utc|gmt|wita?|wib|เวลา|ساعت|kello|klo|o godz\.?|"
    r"[a-z]{1,3}t\b|[+-]\d{1,2}(?::?\d{2})?|o['’]clock"
)
_PREPOSITIONS = (
    r"(?:at|um|à|às|a las|alle|ore|om|kl|в|г|год[ау]?|р|року|о|r|roku|v|the|on|am|le|el|em|il|op|den|dnia|w|"
    r"ngày)\b|วันที่|"
    r"[,.:;，、،。·•|()\[\]\s–—-]"
)
# What may stand beside a date that stands alone: times, days of the week, prepositions, signs.
_BESIDE = lazy_regex(rf"(?:{_TIMES}|{dates.DAYS}|{_PREPOSITIONS})*+", re.I)
_NAMED = lazy_regex(
    r"(?:^|[\s_-])(?:date|time|published|publish|pubdate|posted|updated|entry-date|dateline|timestamp|post-meta|meta|byline|article-info|"
    r"info|created|modified|datetime|author|posthead)(?=$|[\s_-])",
    re.I,
)
_MODIFIED = lazy_regex(r"updat|modif|revis|edited|aktualis|mis à jour|actualiz|обновл|更新", re.I)
_LABELS = lazy_regex(r"(?<=[^\W\d])\s?[:：]")
_LABEL_ENDS = 30  # characters before a date in which the word that says what it is of stands
_LONGEST = 200
_LONGEST_BYLINE = 100
_FAR = 400  # words
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_BARE = ("p", "dt", "div")
_MOST_OF_NAME = 8  # words, with those around a name
_MOST_OF_BYLINE = 10  # words; more say what else was done, and that the date may be of
_MOST_BEFORE = 4  # words before a date that no word says what it is of
_FEW = 3  # elements alike that are dates: a list of other articles


@dataclass(frozen=True)
class VisibleDates:
    """The dates of publishing and of the last change; empty where the page shows none."""

    published: str = ""
    revised: str = ""


def find(body: "HtmlElement", lines: SeenLines, latest: datetime.date, *, day_first: bool) -> VisibleDates:
    """The dates that a page shows. Words that say what a date is of come first, then a date alone near the title."""
    labelled = dict(_labelled(lines, latest, day_first))
    near = [
        line
        for line in (*lines.behind, *reversed(lines.before))
        if line.is_short and _is_of_page(line.element, lines.own)
    ]
    days = _chronology(near, latest, day_first)
    own = [line for line in near if line.element not in days]
    unclear = next((at for at, line in enumerate(own) if not day_first and dates.is_ambiguous(line.text)), len(own))
    said = [
        one for at, line in enumerate(own) for one in _said(line, latest, day_first) if one[0] or at < unclear
    ]  # what stands alone below a date that nobody can read is of another post
    changed = labelled.get("updated")
    twice = changed == labelled.get("published") or ("updated", changed) in said  # published and changed on one day
    alone = [one for one in said if one[1] != changed or twice]
    published = _first(said, "published") or _first(alone, "")
    revised = _first(said, "updated") or _of_end(lines.last, latest, day_first)
    if not published and not labelled.get("published"):
        element_published, element_revised = _of_elements(body, lines, latest, day_first)
        published = element_published if element_published != revised else ""
        revised = revised or element_revised
    return VisibleDates(published or labelled.get("published", ""), revised or labelled.get("updated", ""))


def _labelled(lines: SeenLines, latest: datetime.date, day_first: bool) -> Iterator[tuple[str, str]]:
    """The dates that stand alone below, or behind, a label that is all of a line: "Last updated", wherever on the page.

    Where several dates are labelled alike, they are those of a list of articles.
    """
    found: dict[str, set[str]] = {}
    known = fact_words()
    for at, line in enumerate(lines.every):
        text = line.text
        if len(text) > _LABEL_ENDS * 2 or not (known.updated.match(text) or known.published.match(text)):
            continue
        if is_quoted(line.element) or is_foreign_box(line.element, lines.own):
            continue
        below = lines.every[at + 1].text if at + 1 < len(lines.every) else ""
        if not any(map(str.isdigit, text)) and len(below) <= _LABEL_ENDS:
            text = f"{text}: {below}"
        for date in dates.find(text, latest, day_first=day_first)[:1]:
            kind = _label(text[: date.start])
            if kind and _BESIDE.fullmatch(text[date.end :]) is not None:
                found.setdefault(kind, set()).add(date.iso)
    yield from ((kind, one) for kind, isos in found.items() if len(isos) == 1 for one in isos)


def _label(text: str) -> str:
    """What a date is of, by a text that is nothing but a label."""
    known = fact_words()
    label = text.strip(" :：-–—|")
    for kind, pattern in (("updated", known.updated), ("published", known.published)):
        match = pattern.match(label)
        if match is not None and _BESIDE.fullmatch(label[match.end() :]) is not None:
            return kind
    return ""


def _is_of_page(element: "HtmlElement", own: "Collection[HtmlElement]") -> bool:
    return not is_foreign(element, own) and not is_quoted(element) and not _is_of_row(element)


def _chronology(lines: Sequence[SeenLine], latest: datetime.date, day_first: bool) -> "set[HtmlElement]":
    """The elements of days that head parts of a text: headings of one level, bare paragraphs, cells of a table."""
    days: dict[tuple[object, ...], list[SeenLine]] = {}
    for line in lines:
        form = _form_of_day(line)
        if form and [kind for kind, _ in _said(line, latest, day_first)] == [""]:
            days.setdefault(form, []).append(line)
    alike = (group for group in days.values() if len({line.text for line in group}) > 1)
    return {line.element for group in alike for line in group}


def _form_of_day(line: SeenLine) -> tuple[object, ...]:
    """What a line has in common with those that stand for the same kind of thing; empty for a line of another kind."""
    around = (line.element, *line.element.iterancestors())
    block = next((one for one in around if one.tag in BLOCK_TAGS), line.element)
    heading = next((one for one in around if one.tag in _HEADINGS), None)
    if heading is not None:
        return (heading.tag,)
    if block.tag in ("td", "th"):
        return ("td", next(block.iterancestors("table"), None))
    return (block.tag, block.getparent()) if block.tag in _BARE and not block.attrib else ()


def _first(said: Iterable[tuple[str, str]], kind: str) -> str:
    return next((date for one, date in said if one == kind), "")


def _of_end(lines: Sequence[SeenLine], latest: datetime.date, day_first: bool) -> str:
    """The date of the last change that the end of a page states."""
    said = (one for line in lines if line.is_short for one in _said(line, latest, day_first))
    return _first(said, "updated")


def _said(line: SeenLine, latest: datetime.date, day_first: bool) -> Iterator[tuple[str, str]]:
    """The dates of a line, each with what it is of: "published", "updated", or nothing where it stands alone."""
    text = line.text
    end = 0
    for found in dates.find(text, latest, day_first=day_first):
        kind = _kind(text[max(end, found.start - _LONGEST) : found.start])
        if kind or _is_alone(line, found.start, found.iso, latest, day_first) or _ends_byline(text, found):
            yield kind, found.iso
        end = found.end


def _ends_byline(text: str, found: dates.FoundDate) -> bool:
    """True if a line begins with a word like "by" and ends with the date, or begins with the date and such a word."""
    by = fact_words().by.match(text)
    behind = fact_words().by.match(text[found.end :].lstrip(" ,"))
    if behind is not None and behind.end() and len(text) <= _LONGEST_BYLINE:
        return _BESIDE.fullmatch(text[: found.start]) is not None
    rest = _PARTS.split(text[found.end :])[0]  # behind a sign stands another fact: "4 min read"
    is_short = len(text) <= _LONGEST_BYLINE and len(text[: found.start].split()) <= _MOST_OF_BYLINE
    return by is not None and is_short and _BESIDE.fullmatch(rest) is not None


def _kind(before: str) -> str:
    """What a date is of, by the last words before it."""
    known = fact_words()
    near = _PARTS.split(before[-_LABEL_ENDS * 2 :].rstrip(" :：-–—|"))[-1]
    ends = {
        kind: max((match.end() for match in pattern.finditer(near)), default=-1)
        for kind, pattern in (("updated", known.updated), ("published", known.published))
    }
    kind = max(ends, key=lambda one: ends[one])
    rest = near[ends[kind] :]
    return kind if ends[kind] >= 0 and (_BESIDE.fullmatch(rest) is not None or _is_by_somebody(rest)) else ""


def _is_by_somebody(between: str) -> bool:
    """True if what stands between a label and its date says who did it: "Last revised by Ada Heron on 3 May 2021"."""
    by = fact_words().by.match(between.lstrip())
    return by is not None and by.end() > 0 and len(between.split()) <= _MOST_OF_NAME


def _is_alone(line: SeenLine, start: int, iso: str, latest: datetime.date, day_first: bool) -> bool:
    """True if a piece of a line, or a part of it between signs, is a date and no more."""
    if any(_BESIDE.fullmatch(rest) for rest in _LABELS.split(line.text[:start])[1:][-1:]):
        return False  # of something else: "Joined: 3 May 2012"
    parts = [part for piece in line.pieces for part in _PARTS.split(piece.text)]
    for part in (line.text, *parts):
        for found in dates.find(part, latest, day_first=day_first):
            rest = (part[: found.start], part[found.end :])
            if found.iso == iso and all(_BESIDE.fullmatch(fact_words().updated.sub("", one)) for one in rest):
                return True
    return False


def _of_elements(body: "HtmlElement", lines: SeenLines, latest: datetime.date, day_first: bool) -> tuple[str, str]:
    """Dates of publishing and changing in `<time>`, and in elements that are named as dates, wherever they stand."""
    later = ""
    start = lines.behind[0].element if lines.behind else None
    for text, names_around in _dated(body, start, lines.own, latest):
        found = dates.iso(text, latest, day_first=day_first)
        if found and _MODIFIED.search(names_around):
            later = later or found
        elif found or (not day_first and dates.is_ambiguous(text)):
            return found, later
    return "", later


def _dated(
    body: "HtmlElement", start: "HtmlElement | None", own: "Collection[HtmlElement]", latest: datetime.date
) -> Iterator[tuple[str, str]]:
    far = _far_behind(body, start)
    for element in _single([one for one in body.iter("time") if not is_foreign(one, own) and not _is_of_row(one)], far):
        parent = element.getparent()
        around = f"{names_of(element)} {names_of(parent)} {text_of_start(parent)[:60]}"
        moment = dates.of_value(element.get("datetime", ""), latest)
        yield f"{moment} {text_of_start(element)}", around
    named = (one for one in body.iterfind(".//*[@class]") if _NAMED.search(names_of(one)))
    for element in _single([one for one in named if not is_foreign(one, own) and not _is_of_row(one)], far):
        text = text_of_start(element)
        if 5 < len(text) <= _LONGEST and not _is_of_sentence(text, latest):
            yield text, f"{names_of(element)} {text}"


def _is_of_row(element: "HtmlElement") -> bool:
    """True if an element stands in a row of facts whose head calls it another thing: "Due"."""
    row = next((one for one in (element, *element.iterancestors()) if one.tag == "tr"), None)
    head = None if row is None else row.find("th")
    return head is not None and not _label(text_of_start(head))


def _is_of_sentence(text: str, latest: datetime.date) -> bool:
    """True if a date stands in a sentence about something: a meeting, a review."""
    date = next(iter(dates.find(text, latest)), None)
    before = "" if date is None else _PARTS.split(text[: date.start])[-1]
    by = fact_words().by.match(before)
    is_byline = by is not None and by.end() > 0
    return not is_byline and not _kind(before) and len(before.split()) > _MOST_BEFORE


def _single(elements: "Sequence[HtmlElement]", far: "Collection[HtmlElement]") -> "Iterator[HtmlElement]":
    """The elements without those of a list far below the title, which are dates of other articles."""
    forms = Counter(_form(one) for one in elements)
    yield from (one for one in elements if forms[_form(one)] < _FEW or one not in far)


def _form(element: "HtmlElement") -> tuple[str, str, str]:
    parent = element.getparent()
    return str(element.tag), element.get("class", ""), parent.get("class", "") if parent is not None else ""


def _far_behind(body: "HtmlElement", start: "HtmlElement | None") -> "Collection[HtmlElement]":
    """The elements that stand more than some hundred words behind the title."""
    words = -1
    found = set()
    for element in body.iter():
        words = 0 if element is start else words
        if words >= 0 and isinstance(element.tag, str) and element.tag not in SILENT_TAGS:
            if words > _FAR:
                found.add(element)
            words += count_words(element.text or "")
        if words >= 0:
            words += count_words(element.tail or "")
    return found
