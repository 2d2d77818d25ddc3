"""Tables of contents, and lists of a website's other pages."""

import re

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.knowledge import general, matcher
from notelint.residue.page import PARAGRAPH, JudgedPage, Verdict
from notelint.residue.signs import has_measure, is_written
from notelint.residue.units import Unit, count_words

_ENTRIES = 3  # of a table of contents at least
_FEW = 2  # links of a list at least
_ENTRY = 14  # words of an entry without a link at most
_TEASER = 40  # words of a line below a link at most
_TEASERS = 3  # such lines at most
_FAR = 2_000  # units of a list at most
_LONGEST = 400  # units of a row of cards at most
_BUTTON = lazy_regex(
    r"(?:read|learn|see|view|show|find out|watch) (?:more|now|article|story|post|video|full .{1,20})|"
    r"continue reading.{0,60}",
    re.I,
)
_CONTENTS = lazy_regex(r"(?:table of )?contents:?|on this page:?|in this (?:article|page):?|jump to:?", re.I)
_PART = lazy_regex(r"(?:article|images|sections?):?", re.I)


def cut_contents(page: JudgedPage) -> None:
    """Tables of contents: each entry is a link within the page whose words a heading of the note repeats."""
    _cut_plain_contents(page)
    headings = {unit.text.lower() for unit in page.units if unit.level}
    run: list[int] = []
    for at in range(len(page.units) + 1):
        unit = page.units[at] if at < len(page.units) else None
        if unit is not None and _is_anchor(unit):
            run.append(at)
        elif run and (unit is None or not unit.is_mark):
            _cut_entries(page, run, headings)
            run = []


def _table(page: JudgedPage) -> Verdict:
    """Why a table of contents goes: for certain only where the site is known to have such ones."""
    return Verdict("navigation", "the page's own table of contents", safe=page.knows_contents)


def _cut_entries(page: JudgedPage, run: list[int], headings: set[str]) -> None:
    named = sum(page.units[at].text.lower() in headings for at in run)
    if len(run) < _ENTRIES or named * 3 < len(run) * 2:
        return
    page.cut_all(run, _table(page))
    _cut_parts(page, run[-1] + 1)
    before = run[0] - 1
    while before >= 0 and (page.units[before].is_mark or _PART.fullmatch(page.units[before].text)):
        before -= 1
    if before >= 0 and _CONTENTS.fullmatch(page.units[before].text):
        page.cut_all(range(before, run[0]), _table(page))


def _cut_parts(page: JudgedPage, start: int) -> None:
    """Further parts of a table of contents below it: a label such as "Images:", and links within the page."""
    end = start
    while end < len(page.units) and (
        page.units[end].is_mark or _is_label(page.units[end]) or _is_anchor(page.units[end])
    ):
        end += 1
    while end > start and not _is_anchor(page.units[end - 1]):
        end -= 1
    page.cut_all(range(start, end), _table(page))


def _is_anchor(unit: Unit) -> bool:
    return unit.is_link and not unit.level and all("#" in target for _, target in unit.links)


def _cut_plain_contents(page: JudgedPage) -> None:
    """A table of contents in a text that has lost its links: nearly every entry stands again below."""
    opening = [
        at for at, unit in enumerate(page.units) if not (unit.kept or unit.level) and _CONTENTS.fullmatch(unit.text)
    ]
    last = {_entry(unit.text): at for at, unit in enumerate(page.units)} if opening else {}  # where it stands last
    for at in opening:
        end, seen = at + 1, set[str]()
        while end < len(page.units) and page.units[end].words <= PARAGRAPH and not page.units[end].kept:
            entry = _entry(page.units[end].text)
            if entry in seen:
                break  # the first section begins
            if not page.units[end].is_mark and not _PART.fullmatch(page.units[end].text):
                seen.add(entry)
            end += 1
        below, again = end, sum(last[entry] >= end for entry in seen)
        while end > at + 1 and last[_entry(page.units[end - 1].text)] < below and not page.units[end - 1].is_mark:
            end -= 1  # the article begins with a line that the table does not name
        if len(seen) >= _ENTRIES and again * 4 >= len(seen) * 3:
            page.cut_all(range(at, end), _table(page))


def _entry(text: str) -> str:
    """An entry of a table of contents, without its number and what an editor adds."""
    return re.sub(r"^\d+(?:\.\d+)*\.? |(?<!\s)\s*+\[ ?edit ?\]$", "", text.lower())


def cut_lists(page: JudgedPage) -> None:
    """A title such as "More like this" and what is listed below it.

    That is certain where nothing but links is listed, or nothing that somebody wrote comes after it; else a guess.
    """
    found: list[tuple[range, str]] = []
    for block in (block for block in general().block if not block.behind):
        title = matcher(block.title)
        for at in page.known:
            unit = page.units[at]
            if page.verdicts[at] is None and title.match(unit.text) and page.may_go(at):
                listed = _listed(page, at, plain=block.plain)
                known = next((other for other in listed if other in page.sections), listed.stop)
                listed = range(at, known) if known > at + 1 else range(0)
                if listed:
                    certain = all(_is_entry(page, entry) for entry in listed[1:])
                    found += [] if certain else [(listed, block.reason)]
                    page.cut_all(listed, Verdict("navigation", block.reason, safe=certain))
    within = {at for listed, _ in found for at in listed}
    last = max(
        (at for at, unit in enumerate(page.units) if at not in within and _is_written(page, at, unit)), default=-1
    )
    for listed, reason in found:
        for at in listed if listed.start > last else ():
            if page.verdicts[at] == Verdict("navigation", reason, safe=False):
                page.verdicts[at] = Verdict("navigation", reason)


def _is_written(page: JudgedPage, at: int, unit: Unit) -> bool:
    return page.verdicts[at] is None and is_written(unit, True)


def _listed(page: JudgedPage, at: int, *, plain: bool) -> range:
    """The title at a unit, and what is listed below it; nothing if that is too little to be a list."""
    end = at + 1
    while end < len(page.units) and _is_entry(page, end):
        end += 1
    while end > at + 1 and not page.units[end - 1].is_link and page.verdicts[end - 1] is None:
        end -= 1
    links = sum(page.units[entry].is_link for entry in range(at + 1, end))
    end = max(end, _cards_end(page, at + 1), _closed_cards_end(page, at + 1))
    end = max(end, _plain_end(page, at + 1) if plain else 0)
    return range(at, end if links >= _FEW or end > at + 1 + _ENTRIES else at)


def _cards_end(page: JudgedPage, start: int) -> int:
    """The end of a row of cards: links, each followed by as many other lines as the one before; `start` if none is."""
    cards: list[int] = []  # where each begins
    lines: list[int] = []  # how many it has
    at = start
    while at < len(page.units) and len(set(lines[:-1])) <= 1 and (not cards or at - cards[0] < _LONGEST):
        unit = page.units[at]
        if page.verdicts[at] is None and not unit.is_mark:
            if unit.kept or unit.level == 1 or unit.words > _TEASER or has_measure(unit.text):
                break
            if _leads(unit):
                cards.append(at)
                lines.append(0)
            elif not cards or unit.level or (len(lines) > 1 and lines[-1] == lines[0]):
                break
            else:
                lines[-1] += 1
        at += 1
    whole = [number for number in lines if number == lines[0]]
    if len(whole) < _ENTRIES or lines[0] > _TEASERS or len(whole) < len(lines) - 1:
        return start
    return at if len(whole) == len(lines) else cards[-1]


def _closed_cards_end(page: JudgedPage, start: int) -> int:
    """The same of cards without links, each of which ends with the same button ("Read more")."""
    at, last, seen, lines, button = start, start, 0, 0, ""
    while at < len(page.units) and lines <= _TEASERS + 1:  # a title, and lines below it
        unit = page.units[at]
        if unit.kept or unit.words > _TEASER or has_measure(unit.text):
            break
        if _BUTTON.fullmatch(unit.text) and button in ("", unit.text):
            button, last, seen, lines = unit.text, at + 1, seen + 1, 0
        elif not unit.is_mark:
            lines += 1
        at += 1
    return last if seen >= _ENTRIES else start


def _plain_end(page: JudgedPage, start: int) -> int:
    """The end of a list that has lost its links, at its last button ("Load more"); `start` if it has none."""
    last = at = start
    while at < min(len(page.units), start + _FAR) and not page.units[at].kept and not page.units[at].level:
        unit = page.units[at]
        if page.verdicts[at] is not None:
            last = at + 1
        elif unit.words > _ENTRY or has_measure(unit.text) or unit.text.endswith((".", "!", ";")):
            break
        at += 1
    return last


def _leads(unit: Unit) -> bool:
    """True if a unit begins with a link that has most of its words."""
    labels = sum(count_words(label) for label, _ in unit.links)
    return bool(unit.links) and labels * 2 >= unit.words and unit.text.startswith(unit.links[0][0])


def _is_entry(page: JudgedPage, at: int) -> bool:
    unit = page.units[at]
    if unit.kept or (unit.level and not unit.is_link):
        return False
    return unit.is_link or unit.is_mark or page.verdicts[at] is not None or _is_label(unit)


def _is_label(unit: Unit) -> bool:
    return unit.words <= 4 and unit.text.endswith(":")
