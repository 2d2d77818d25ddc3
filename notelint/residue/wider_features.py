"""Numbers about each unit of a page that need all of the page: rows of like shape, sections, where the text is densest.

As in unit_features, none of them depends on which words a page has.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.page import PARAGRAPH, JudgedPage
from notelint.residue.units import Unit

_ENDS = lazy_regex(r"[.!?:;。！？…][\"”’)»]?$")
_CUT_SHORT = lazy_regex(r"(?:\.\.\.|…|\[\.\.\.\]|\[…\])[\"”’)»\]]?$")
_PRICE = lazy_regex(r"[$€£¥₹₽₩]\s?\d|\d\s?(?:[$€£¥₹₽₩]|USD|EUR|GBP|zł|kr\b)")
_SENTENCE_END = lazy_regex(r"[.!?。！？](?:\s|$)")
_WORD = lazy_regex(r"[^\W\d_]{3,}")
_FULL = 8  # words of a sentence that an article consists of
_SIZES = (0, 2, 7, 19)  # words up to which lines are of one size
_SHIFTS = ((0, 0), (-1, 1), (0, 2), (-2, 0), (-2, 2), (-3, 3))  # the rows around a unit whose like are counted
_PAUSES = (4, 12, 30)  # words that a unit without prose takes off what a stretch of prose has
_WINDOW = 50  # units to either side
_MANY = 12  # units of a section, above which one is as good as another
_NONE = -1.0

Row = list[float]


def of(page: JudgedPage) -> list[Row]:
    """A row of numbers for each unit of a page."""
    if not page.units:
        return []
    prose = [unit.words * _is_prose(page, at) for at, unit in enumerate(page.units)]
    columns = (_repeated(page.units), _linked(page.units), _titled(page), _dense(prose), _sections(page, prose))
    return [
        [*_text(unit), *(number for row in rows for number in row)]
        for unit, *rows in zip(page.units, *columns, _windows(page, prose), strict=True)
    ]


def _is_prose(page: JudgedPage, at: int) -> bool:
    unit = page.units[at]
    if unit.is_link:
        return False
    sentence = unit.words >= _FULL and page.verdicts[at] is None and _ENDS.search(unit.text) is not None
    return sentence or unit.words >= PARAGRAPH


def _text(unit: Unit) -> Row:
    """What a text looks like: cut short as teasers are, with a price, with how many sentences of which length."""
    text = unit.text
    return [
        float(_CUT_SHORT.search(text) is not None),
        float(_PRICE.search(text) is not None),
        float(len(_SENTENCE_END.findall(text))),
        len(text) / max(1, unit.words),
        *(float(text.endswith(mark)) for mark in "?!:"),
        *(float(mark in text) for mark in ":(|"),
        float('"' in text or "“" in text or "«" in text),
        float(text[:1].islower()),
    ]


def _shape(unit: Unit) -> tuple[int, ...]:
    size = sum(unit.words > most for most in _SIZES)
    flags = (unit.level > 0, unit.is_link, unit.bullet, unit.image, len(unit.links) > 1)
    return (size, *flags, _ENDS.search(unit.text) is not None)


def _repeated(units: Sequence[Unit]) -> Iterator[Row]:
    """How often the page has a unit of this shape, and rows of units of these shapes, as cards and comments are."""
    beyond = (-1,)
    shapes = [beyond, beyond, beyond, *map(_shape, units), beyond, beyond, beyond]
    rows = [[tuple(shapes[at + 3 + first : at + 4 + last]) for at in range(len(units))] for first, last in _SHIFTS]
    counts = [Counter(column) for column in rows]
    for at in range(len(units)):
        yield [math.log(count[column[at]]) for count, column in zip(counts, rows, strict=True)]


def _linked(units: Sequence[Unit]) -> Iterator[Row]:
    """Where the first link of a unit leads: how often others lead to the same page, or into the same folder."""
    targets = Counter(target for unit in units for _, target in unit.links)
    folders = Counter(_folder(target) for unit in units for _, target in unit.links)
    for unit in units:
        if not unit.links:
            yield [_NONE, _NONE, _NONE, 0.0, 0.0]
            continue
        target = unit.links[0][1]
        labels = sum(len(label) for label, _ in unit.links)
        yield [
            math.log(targets[target]),
            math.log(folders[_folder(target)]),
            float(_folder(target).count("/")),
            float(len(unit.links)),
            labels / max(1, len(unit.text)),
        ]


def _folder(target: str) -> str:
    """An address without its last part, query and fragment."""
    return target.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[0]


def _titled(page: JudgedPage) -> Iterator[Row]:
    """How much of a unit the title says, and how much of the title a unit."""
    units, at = page.units, page.title
    if at is None:
        headings = [other for other, unit in enumerate(units) if unit.level]
        at = next((other for other in headings if units[other].level == 1), headings[0] if headings else None)
    title = _words(units[at].text) if at is not None else frozenset()
    for unit in units:
        words = _words(unit.text)
        shared = len(words & title)
        yield [shared / max(1, len(words)), shared / max(1, len(title))]


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


def _dense(prose: Sequence[int]) -> Iterator[Row]:
    """Where units stand to the stretches that have most of the page's prose, and how much these have of it."""
    stretches = [_stretch([words - pause for words in prose]) for pause in _PAUSES]
    words, total = [0, *accumulate(prose)], max(1, sum(prose))
    for at in range(len(prose)):
        row: Row = []
        for stretch in stretches:
            row += [
                float(at in stretch),
                math.log1p(max(0, stretch.start - at)),
                math.log1p(max(0, at - stretch.stop + 1)),
                (words[stretch.stop] - words[stretch.start]) / total,
            ]
        yield row


def _stretch(worth: Sequence[int]) -> range:
    """The stretch of numbers with the highest sum."""
    best = total = start = 0
    found = range(0)
    for at, number in enumerate(worth):
        if total <= 0:
            total, start = 0, at
        total += number
        if total > best:
            best, found = total, range(start, at + 1)
    return found


def _sections(page: JudgedPage, prose: Sequence[int]) -> Iterator[Row]:
    """What the section of a unit, from one heading to the next, is made of."""
    units, count = page.units, len(page.units)
    sums = [
        [0, *accumulate(column)]
        for column in (
            [unit.words for unit in units],
            [unit.words * unit.is_link for unit in units],
            [int(unit.is_link) for unit in units],
            [int(verdict is not None) for verdict in page.verdicts],
            prose,
        )
    ]
    starts = sorted({0, *(at for at, unit in enumerate(units) if unit.level)})
    parts = [range(*bounds) for bounds in pairwise((*starts, count))]
    like = Counter((units[part.start].level, min(len(part), _MANY)) for part in parts)
    for part in parts:
        words, linked, links, known, written = (column[part.stop] - column[part.start] for column in sums)
        head, size = units[part.start], len(part)
        row = [
            math.log1p(size),
            math.log1p(words),
            linked / max(1, words),
            links / size,
            known / size,
            written / max(1, words),
            float(head.level),
            float(head.is_link),
            math.log(like[head.level, min(size, _MANY)]),
            float(page.verdicts[part.start] is not None),
        ]
        for at in part:
            yield [math.log1p(at - part.start), *row]


def _windows(page: JudgedPage, prose: Sequence[int]) -> Iterator[Row]:
    """Prose, links and what rules know in many units before and behind each."""
    columns = (prose, [unit.is_link for unit in page.units], [verdict is not None for verdict in page.verdicts])
    sums = [[0, *accumulate(column)] for column in columns]
    count = len(page.units)
    for at in range(count):
        low, high = max(0, at - _WINDOW), min(count, at + 1 + _WINDOW)
        yield [
            (column[last] - column[first]) / _WINDOW for column in sums for first, last in ((low, at), (at + 1, high))
        ]
