"""Comments of readers behind an article: replies in a row, each with a day, a button to answer, or its own address.

A forum's page is made of the same rows, but there nothing of an article's length stands above them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.either import Either
from notelint.residue.knowledge import either, meant, wordings
from notelint.residue.page import JudgedPage
from notelint.residue.sentences import is_whole_sentence
from notelint.residue.units import Unit

_WORDS = 14  # of a line that is part of a reply's head or foot, at most
_UNITS = 14  # from one such line to the next, at most
_LONG = 420  # words between them
_REPLIES = 4  # such lines at least
_ANSWERED = 3  # of them with a button or an address of a reply, or with who speaks and a day
_ARTICLE = 400  # words of sentences above the first reply, at least
_BEHIND = 4  # of so many of them, one may stand behind the last reply
_ADDRESS = lazy_regex(r"#(?:li-)?(?:comment|respond|reply)|[?&](?:replytocom|comment(?:_?id)?)=|/comments?/\w*\d", re.I)


def of(page: JudgedPage) -> list[range]:
    """The stretches of a page that are replies of readers to the article above them, by their shape alone."""
    found = [run for run in _runs(page, _marks(page)) if _is_thread(page, run)]
    if not found:
        return []
    written = [0, *accumulate(unit.words * is_whole_sentence(unit) for unit in page.units)]
    first = found[0][0]
    threads = [range(run[0], _end(page, run[-1])) for run in found]
    behind = written[-1] - written[threads[-1].stop]
    if written[first] < _ARTICLE or behind * _BEHIND > written[first]:
        return []
    return threads


def _marks(page: JudgedPage) -> list[int]:
    """The units that are part of a reply's head or foot."""
    return [at for at, unit in enumerate(page.units) if _is_short(unit) and (_is_answered(unit) or _is_weak(unit))]


def _is_short(unit: Unit) -> bool:
    return 0 < unit.words <= _WORDS and not unit.kept and unit.level != 1


def _is_answered(unit: Unit) -> bool:
    """True if a unit has an address of a reply, or is a button to write one."""
    return any(_ADDRESS.search(target) for _, target in unit.links) or _buttons().fits(unit.text)


def _is_weak(unit: Unit) -> bool:
    return _is_day(unit) or _speakers().fits(unit.text)


def _is_day(unit: Unit) -> bool:
    return _day().match(unit.text) is not None


def _runs(page: JudgedPage, marks: Sequence[int]) -> Iterator[list[int]]:
    """Marks that follow each other closely."""
    words = [0, *accumulate(unit.words for unit in page.units)]
    run = list(marks[:1])
    for last, at in pairwise(marks):
        if at - last > _UNITS or words[at] - words[last + 1] > _LONG:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _is_thread(page: JudgedPage, run: Sequence[int]) -> bool:
    if len(run) < _REPLIES:
        return False
    units = page.units
    answered = sum(_is_answered(units[at]) for at in run)
    spoken = sum(_speakers().fits(units[at].text) and _is_day(units[after]) for at, after in pairwise(run))
    return answered + spoken >= _ANSWERED


def _end(page: JudgedPage, last: int) -> int:
    """The unit behind the words of the last reply, whose day may stand above them."""
    end = last + 1
    while end < min(len(page.units), last + _UNITS):
        unit = page.units[end]
        if page.verdicts[end] is not None or unit.level or unit.kept or unit.known or unit.is_link:
            break
        end += 1
    return end


@cache
def _buttons() -> Either:
    return either(tuple(line for wording in wordings() for line in wording.answer))


@cache
def _speakers() -> Either:
    return either(tuple(line for wording in wordings() for line in wording.speaks))


@cache
def _day() -> re.Pattern[str]:
    """An expression for a line that begins with a day, or with how long ago that was, after a few words at most."""
    ago = "|".join(line for wording in wordings() for line in wording.ago)
    return re.compile(rf"(?:\S{{1,30}} ){{0,4}}(?:{ago}|{meant('%date%')}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b)", re.I)
