"""Numbers about each unit of a page, by which learned weights tell an article from what stands around it.

They say where a unit stands, of what shape it and its neighbours are, what the rules know of it, and how many of its
words the rest of the page has. None of them depends on which words those are.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from notelint.core.lazy_regex import lazy_regex
from notelint.residue import own_pages, shared_words, wider_features
from notelint.residue.knowledge import either, general, meant
from notelint.residue.page import PARAGRAPH, JudgedPage
from notelint.residue.signs import (
    has_citation,
    has_fact_of_science,
    is_about_site,
    is_chrome,
    is_cue,
    is_last_section,
)
from notelint.residue.strong_cues import is_strong
from notelint.residue.units import Unit, count_words

_ENDS = lazy_regex(r"[.!?:;。！？…][\"”’)»]?$")
_COMMA = lazy_regex("[,，、;]")
_DIGIT = lazy_regex(r"\d")
_WORD = lazy_regex(r"[^\W_]+")
_WINDOWS = (1, 3, 8, 20)  # units to either side
_BESIDE = (-3, -2, -1, 1, 2, 3)
_FULL = 8  # words of a sentence that an article consists of
_DAY = 12  # words of a line with a day, or with who speaks, at most
_AGO = lazy_regex(
    r"\b(?:\d+|an?|one) ?(?:s|sec|m|min|h|hrs?|d|w|mo|yr?|second|minute|hour|day|week|month|year)s? ago\b", re.I
)
_SPEAKS = lazy_regex(
    r"(?:\b(?:says|said|wrote|writes|replied|schrieb|sagt|a (?:dit|écrit)|dice|dijo|disse|пишет)|より)\s*:?$", re.I
)
_FAR = 200  # units to the nearest paragraph, at most

Row = list[float]


class Rows:
    """The rows of a page's units as they are now. Most of a row is made when it is asked for."""

    def __init__(self, page: JudgedPage) -> None:
        self._places, self._wider = _Places(page), wider_features.of(page)
        same = self._places.same
        own, shared = own_pages.hosts(page), shared_words.shares(page.units)
        self._shapes = [
            [*_shape(page, at), *shared[at], *_habits(unit, own, same[unit.text.lower()])]
            for at, unit in enumerate(page.units)
        ]
        self._sums = [[0.0, *accumulate(column)] for column in zip(*self._shapes, strict=True)]
        count = len(self._shapes)
        self._whole = [*(column[-1] / max(1, count) for column in self._sums), math.log1p(count)]

    def of(self, at: int) -> Row:
        """The row of the unit at a place: numbers in the order that the weights were learned with."""
        near = (*_windows(self._sums, at), *_beside(self._shapes, at))
        return [*self._shapes[at], *near, *self._places.of(at), *self._whole, *self._wider[at]]


def of(page: JudgedPage) -> list[Row]:
    """A row of numbers for each unit of a page."""
    rows = Rows(page)
    return [rows.of(at) for at in range(len(page.units))]


def _shape(page: JudgedPage, at: int) -> Row:
    unit, verdict = page.units[at], page.verdicts[at]
    text, words = unit.text, unit.words
    linked = sum(count_words(label) for label, _ in unit.links)
    sentence = words >= _FULL and _ENDS.search(text) is not None
    return [
        math.log1p(words),
        min(1.0, linked / max(1, words)),
        float(unit.is_link),
        float(unit.level > 0),
        float(unit.bullet),
        float(unit.image),
        float(unit.is_mark),
        float(sentence),
        float(_ENDS.search(text) is not None),
        min(3.0, len(_COMMA.findall(text)) / max(1, words) * 10),
        len(_DIGIT.findall(text)) / max(1, len(text)),
        _capitals(unit),
        float(unit.known),
        float(is_strong(unit)),
        float(is_cue(unit)),
        float(is_chrome(unit)),
        float(is_about_site(text)),
        float(has_fact_of_science(text)),
        float(has_citation(text)),
        float(is_last_section(unit)),
        float(verdict is not None and verdict.safe),
        float(verdict is not None and not verdict.safe),
        float(words >= PARAGRAPH),
        float(unit.kept),
    ]


def _habits(unit: Unit, own: frozenset[str], times: int) -> Row:
    """What lists, cards and comments consist of: links to the site itself, days, names that speak, repeated lines."""
    return [
        float(own_pages.leads_to_own(unit, own)),
        float(unit.words <= _DAY and _is_day(unit.text)),
        float(unit.words <= _DAY and _SPEAKS.search(unit.text) is not None),
        math.log(times),
    ]


def _is_day(text: str) -> bool:
    return _AGO.search(text) is not None or _any_day().match(text) is not None


@cache
def _any_day() -> re.Pattern[str]:
    """An expression for a line that begins with a day, after a word or two at most."""
    return re.compile(rf"(?:\S+ ){{0,2}}{meant('%date%')}")


def _capitals(unit: Unit) -> float:
    """The share of words that begin with a capital."""
    words = _WORD.findall(unit.text)
    capitals: int = sum(word[0].isupper() for word in words)
    return capitals / max(1, len(words))


def _windows(sums: Sequence[Sequence[float]], at: int) -> Row:
    """The means of all shapes' numbers before and behind a unit, as far as some windows reach."""
    row: Row = []
    last = len(sums[0]) - 1
    for width in _WINDOWS:
        for low, high in ((max(0, at - width), at), (at + 1, min(last, at + 1 + width))):
            count = max(1, high - low)
            row += [(column[high] - column[low]) / count for column in sums]
    return row


def _beside(shapes: Sequence[Row], at: int) -> Row:
    row: Row = []
    for step in _BESIDE:
        near = shapes[at + step] if 0 <= at + step < len(shapes) else None
        row += near[:4] if near is not None else [-1.0] * 4
    return row


class _Places:
    """Where units stand: on the page, to its title, to its paragraphs, and how often their texts are repeated."""

    def __init__(self, page: JudgedPage) -> None:
        self.page = page
        self.same = Counter(unit.text.lower() for unit in page.units)
        self.counts = [0, *accumulate(unit.words for unit in page.units)]
        every = range(len(page.units))
        prose = [self._is_prose(at) for at in every]
        self.before = self._distances(prose)
        self.behind = self._distances(prose[::-1])[::-1]
        self.prose = [0, *accumulate(unit.words * told for unit, told in zip(page.units, prose, strict=True))]
        self.strong = [0, *accumulate(page.verdicts[at] is not None or is_strong(page.units[at]) for at in every)]
        self.lists = self._since(page, tuple(block.title for block in general().block) + general().listings)
        self.answers = self._since(page, (general().strong[-1], general().footers[0]))
        self.headings = [0, *accumulate(unit.level > 0 for unit in page.units)]

    def _is_prose(self, at: int) -> bool:
        unit = self.page.units[at]
        if self.page.verdicts[at] is not None or unit.is_link or is_about_site(unit.text):
            return False
        return unit.words >= PARAGRAPH or (unit.words >= _FULL and _ENDS.search(unit.text) is not None)

    @staticmethod
    def _since(page: JudgedPage, titles: tuple[str, ...]) -> list[int]:
        """The units since the last line that is one of these, at most `_FAR`."""
        known = either(titles)
        return _Places._distances([unit.known and known.fits(unit.text) for unit in page.units])

    @staticmethod
    def _distances(prose: Sequence[bool]) -> list[int]:
        found, last = [], _FAR
        for told in prose:
            found.append(min(last, _FAR))
            last = 1 if told else last + 1
        return found

    def of(self, at: int) -> Row:
        page, units = self.page, len(self.page.units)
        title = page.title
        total = max(1, self.prose[-1])
        return [
            at / units,
            self.counts[at] / max(1, self.counts[-1]),
            self.prose[at] / total,
            (self.prose[-1] - self.prose[at + 1]) / total,
            math.log1p(at),
            math.log1p(units - at),
            math.log1p(self.before[at]),
            math.log1p(self.behind[at]),
            -1.0 if title is None else float(at > title),
            0.0 if title is None else max(-50.0, min(50.0, float(at - title))),
            math.log(self.same[page.units[at].text.lower()]),
            math.log1p(self.lists[at]),
            math.log1p(self.answers[at]),
            math.log1p(self.strong[at]),
            math.log1p(self.strong[-1] - self.strong[at]),
            math.log1p(self.headings[at]),
            math.log1p(self.headings[-1] - self.headings[at]),
        ]
