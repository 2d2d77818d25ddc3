"""Rows of links to a website's own pages, at the edges of a page, in which some lines can only be a website's."""

from collections.abc import Iterator, Sequence

from notelint.core.lazy_regex import lazy_regex
from notelint.residue import own_pages, page_foot
from notelint.residue.page import FACT, JudgedPage, Verdict
from notelint.residue.signs import (
    has_citation,
    has_measure,
    is_chrome,
    is_known_root,
    is_last_section,
    is_written,
    leads_within,
)
from notelint.residue.strong_cues import groups_of, is_menu, is_strong, strong_texts
from notelint.residue.units import Unit

_LABEL = 10  # words of a link in a menu at most
_TITLE = 5  # words above a column of links at most
_LINKS = 4  # links to the site's own pages at least
_CERTAIN = 2  # lines at an edge of the page that only websites have
_ANYWHERE = 3  # the same of a row that stands wherever it likes
_MANY = 25  # such links, whatever they say
_SORTS = 2  # of so many sorts (an account's, the law's ...) there
_GAP = 3  # other short lines in a row, which stay
_ENDS = (".", "!", "?", ":", ";", ",", "。", "！", "？", "：")
_DIGIT = lazy_regex(r"\d")
_REASON = "a menu of the website"


def cut(page: JudgedPage) -> None:
    """Let the links of such rows go, and the titles above them."""
    own = own_pages.hosts(page)
    first, last = _bounds(page)
    if last < first:
        return  # where nothing is written, a menu and the article's own list look alike
    is_sure = page.is_declared and not first == last == page.title  # a title alone heads a list of one's own, too
    for row in filter(None, _rows(page, own)):
        at_head, at_foot = row[-1] < first, row[0] > last
        links = {page.units[at].text.lower() for at in row if _is_entry(page.units[at], own)}
        if len(links) >= _LINKS and _is_the_sites(page, row, at_edge=at_head or at_foot):
            certain = _closed(page, row) if at_head else _opened(page, row)
            if is_sure or at_head:
                page.make_sure(certain, Verdict("navigation", _REASON, safe=page.is_declared))
            page.cut_all(row if at_foot else (), Verdict("navigation", _REASON, safe=False))
        elif (at_head or at_foot) and len(links) >= _MANY:
            page.cut_all(row, Verdict("navigation", _REASON, safe=False))


def _is_the_sites(page: JudgedPage, row: Sequence[int], *, at_edge: bool) -> bool:
    """True if so many lines of a row can only be a website's that all of it is."""
    gone = {page.units[at].text.lower() for at in row if _is_gone(page, at) and page.units[at].words}
    certain = strong_texts(page, row) | gone
    if at_edge:
        return len(certain) >= _CERTAIN
    return len(certain) >= _ANYWHERE and groups_of(page, row) >= _SORTS


def _opened(page: JudgedPage, row: list[int]) -> list[int]:
    """A row from its first line on that can only be a website's: links above it may be the article's last list."""
    start = next((at for at, unit in enumerate(row) if _is_certain(page, unit)), len(row))
    while start and is_known_root(page.units[row[start - 1]]):
        start -= 1
    return row[start:]


def _closed(page: JudgedPage, row: list[int]) -> list[int]:
    """A row above the title; above no title, up to its last line that can only be a website's."""
    if page.title is not None:
        return row
    last = max((at for at, unit in enumerate(row) if _is_certain(page, unit)), default=-1)
    return row[: last + 1]


def _is_certain(page: JudgedPage, at: int) -> bool:
    return _is_gone(page, at) or is_strong(page.units[at])


def _bounds(page: JudgedPage) -> tuple[int, int]:
    """The first and the last unit that somebody may have written for the article."""
    foot = page_foot.begins(page)
    written = [
        at
        for at, unit in enumerate(page.units[:foot])
        if at == page.title or (page.verdicts[at] is None and not is_strong(unit) and is_written(unit, sentences=False))
    ]
    return (written[0], written[-1]) if written else (0, -1)


def _rows(page: JudgedPage, own: frozenset[str]) -> Iterator[list[int]]:
    """The units of each row that may go, without what stands among them and stays.

    What is listed below sources, or below a line that announces it, is in none.
    """
    row: list[int] = []
    gap, is_listed = 0, False
    for at, unit in enumerate(page.units):
        if unit.is_mark and not unit.kept:
            continue
        is_listed = _announces(unit) or (is_listed and unit.is_link and not is_strong(unit))
        if not is_listed and _is_member(page, at, own):
            row.append(at)
            gap = 0
        elif row and gap < _GAP and not is_listed and _may_stand_among(page, at):
            gap += 1
        else:
            yield row
            row, gap = [], 0
    yield row


def _announces(unit: Unit) -> bool:
    """True if links below a unit are perhaps the article's."""
    return not unit.is_link and (is_last_section(unit) or unit.text.endswith((":", "：")))


def _is_member(page: JudgedPage, at: int, own: frozenset[str]) -> bool:
    unit = page.units[at]
    if at == page.title or not page.may_go(at) or at in page.sections:
        return False
    if _is_gone(page, at) or _is_entry(unit, own) or is_strong(unit):
        return True
    return is_title(page, at, own)


def _is_gone(page: JudgedPage, at: int) -> bool:
    verdict = page.verdicts[at]
    return verdict is not None and verdict.safe and verdict.kind != FACT


def _is_entry(unit: Unit, own: frozenset[str]) -> bool:
    """True if a unit is a short link to another page of the website."""
    if unit.kept or not unit.is_link or unit.words > _LABEL or leads_within(unit) or unit.text.endswith(_ENDS):
        return False
    return is_chrome(unit) or own_pages.leads_to_own(unit, own)


def is_title(page: JudgedPage, at: int, own: frozenset[str]) -> bool:
    """True if a unit stands above a column of links: a few words, and the next line is a link of the site."""
    unit = page.units[at]
    if unit.is_link or unit.image or not 0 < unit.words <= _TITLE or _DIGIT.search(unit.text):
        return False
    if unit.text.endswith(_ENDS) or is_last_section(unit):
        return False
    below = page.below(at)
    return below is not None and (_is_entry(page.units[below], own) or is_menu(page.units[below]))


def _may_stand_among(page: JudgedPage, at: int) -> bool:
    unit = page.units[at]
    if at == page.title or at in page.facts_at or unit.kept or unit.level == 1 or is_last_section(unit):
        return False
    return unit.words <= _LABEL and not has_measure(unit.text) and not has_citation(unit.text)
