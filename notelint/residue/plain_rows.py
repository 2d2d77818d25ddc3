"""Rows of short lines that have lost their links, in which several can only be a website's: its menus, pasted."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from notelint.residue.page import FACT, JudgedPage, Verdict
from notelint.residue.sentences import ENDS, is_whole_sentence
from notelint.residue.signs import has_citation, has_measure, is_cue, is_last_section
from notelint.residue.strong_cues import groups_of, is_strong, strong_texts
from notelint.residue.units import Unit

_LABEL = 8  # words of a line of a menu at most
_GAP = 12  # other short lines in a row, which stay
_STRONG = 4  # different lines that only websites have
_SORTS = 2  # of so many sorts (an account's, the law's ...)
_SHARE = 10  # one line in so many is a website's
_ENDS = (*ENDS, ":", ";", ",", "：")
_LONG = 100  # characters of a paragraph at least
_PARAGRAPHS = 2  # that somebody wrote: where there is less, an author's own list and a menu look alike
_REASON = "a line of the website's menus"


def cut(page: JudgedPage) -> None:
    """Let the lines of such rows go that websites are known for; what else stands among them stays.

    Where somebody wrote paragraphs above and below a row, it may be what they are about: that is a guess.
    """
    written = [0, *accumulate(_is_written(page, at) for at in range(len(page.units)))]
    for row in _rows(page) if written[-1] >= _PARAGRAPHS else ():
        known = [at for at in row if _is_sites(page, at)]
        if len(known) * _SHARE < len(row) or len(strong_texts(page, known)) < _STRONG:
            continue
        if groups_of(page, known) >= _SORTS:
            is_edge = min(written[row[0]], written[-1] - written[row[-1]]) < _PARAGRAPHS
            page.make_sure(known, Verdict("navigation", _REASON, safe=page.is_declared and is_edge))
            page.in_rows |= frozenset(known if is_edge else ())


def _is_written(page: JudgedPage, at: int) -> bool:
    unit = page.units[at]
    return page.verdicts[at] is None and len(unit.text) >= _LONG and not unit.is_link and is_whole_sentence(unit)


def _rows(page: JudgedPage) -> Iterator[Sequence[int]]:
    """The short lines from one that is a website's to another, with few others between two of them."""
    row, others = list[int](), list[int]()  # up to the last line of the website, and behind it
    for at, unit in enumerate(page.units):
        if unit.is_mark and not unit.kept:
            continue
        may_stand = _may_stand_in(page, at)
        if row and (not may_stand or at - row[-1] > _GAP + 1):
            yield row
            row, others = [], []
        if may_stand and _is_sites(page, at):
            row += [*others, at]
            others = []
        elif may_stand and row:
            others.append(at)
    if row:
        yield row


def _is_sites(page: JudgedPage, at: int) -> bool:
    unit, verdict = page.units[at], page.verdicts[at]
    if verdict is not None and verdict.kind != FACT and verdict.safe:
        return True
    return not unit.links and unit.known and page.may_go(at) and (is_strong(unit) or _is_button(unit))


def _is_button(unit: Unit) -> bool:
    return not unit.level and is_cue(unit)


def _may_stand_in(page: JudgedPage, at: int) -> bool:
    unit = page.units[at]
    if at == page.title or at in page.facts_at or at in page.sections or unit.kept or unit.level == 1:
        return False
    if is_strong(unit):
        return True
    if is_last_section(unit) or has_measure(unit.text) or has_citation(unit.text):
        return False
    return unit.words <= _LABEL and not unit.text.endswith(_ENDS)
