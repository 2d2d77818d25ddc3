"""Lines above a text that say nothing but what the note's properties say: who wrote it, and when.

A line that says anything else stays as it is, as do heads of posts, which tell who answers whom.
"""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import gaps
from notelint.importer.blocks import PageBlock
from notelint.importer.facts import dates, visible_dates
from notelint.importer.facts.wording import fact_words
from notelint.importer.normalise.dom import HEADINGS, names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from notelint.importer.facts.collect import PageFacts

_MOST_LINES = 20  # before the text
_PROSE = 12  # words of a line that is text
_MOST_PROSE = 2  # such lines above a byline: the lead, a caption
_NEAR = 3  # elements around a line that say what it is
_LONGEST = 200  # characters
_SHORTEST_NAME = 3  # characters
_SIGNS = lazy_regex(r"[|•·»●∙⋅▪|/,;()\[\]–—-]+|\s{2,}")
_READING = lazy_regex(
    r"(?:(?:reading time|time to read|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo de leitura|"
    r"tempo di lettura|leestijd|czas czytania|время чтения|okuma süresi)\s*)?(?:ca\.?|~|<|about)?\s*"
    r"(?:\d{1,3}\s?-?(?:min(?:ute|uto|uta|uut|uten|utes|utos|uti|uty|ut)?s?\b\.?|мин\w*\.?|dk\.?|dakika|分钟?|分鐘|분)\s*"
    r"(?:read(?:ing time)?|to read|lesezeit|de lecture|de lectura|de leitura|di lettura|leestijd|czytania|okuma|"
    r"чтения|阅读)?)?",
    re.I,
)
_COUNTED = lazy_regex(
    r"(?:no|\d{1,6})\s(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarzy)",
    re.I,
)
_AND = lazy_regex(r"and|und|et|y|e|og|och|en|i|и|&", re.I)
_NUMBER = lazy_regex(r"[^\W\d_]{2,20}\s?[:：]\s?[\d.,]+")  # "Views: 5312"
_SURE = ("date", "by")  # what a name alone is not: it may be who speaks, or whom the text is about
_LISTS = ("ul", "ol", "dl")
_NEITHER = frozenset(("td", "th", "blockquote", "figure", "pre", *HEADINGS))


def found(blocks: Sequence[PageBlock], kept: Collection[int], heads: Collection[int], facts: "PageFacts") -> set[int]:
    """The numbers of such lines among the kept ones, above the first paragraph. None of a thread, which has `heads`."""
    rows = sorted(number for number in kept if blocks[number].words)[:_MOST_LINES]
    if heads or not rows:
        return set()
    known = _Known(facts, blocks[0].around[-1])
    kinds: dict[int, str] = {}
    prose = 0
    for number in rows:
        kind = known.kind(blocks[number])
        prose += not kind and blocks[number].words >= _PROSE
        if prose > _MOST_PROSE:
            break
        if (
            not prose or kind == "beside" or _is_named(blocks[number])
        ):  # below a lead, a date alone may head a part of the text
            kinds[number] = kind
    lines: set[int] = set()
    for is_line, run in groupby(kinds, key=lambda number: bool(kinds[number])):
        numbers = list(run)
        if is_line and any(kinds[number] in _SURE for number in numbers):
            lines.update(numbers)
    return _whole_lists(blocks, kept, kinds, lines)


def _whole_lists(
    blocks: Sequence[PageBlock], kept: Collection[int], kinds: Mapping[int, str], lines: set[int]
) -> set[int]:
    """The lines, but for items of lists that say more; of a list of facts, also what else it counts or leads to."""
    found = set(lines)
    lists: dict[HtmlElement, list[int]] = {}
    for number in kinds:
        around = next((one for one in reversed(blocks[number].around) if one.tag in _LISTS), None)
        if around is not None:
            lists.setdefault(around, []).append(number)
    for around, numbers in lists.items():
        is_whole = all(number in kinds for number in kept if blocks[number].words and around in blocks[number].around)
        rest = [number for number in numbers if number not in lines]
        if is_whole and len(rest) < len(numbers) and all(kinds[number] or _is_small(blocks[number]) for number in rest):
            found.update(numbers)
        else:
            found.difference_update(numbers)
    return found


def _is_named(block: PageBlock) -> bool:
    """True if an element around a line says that it is of who and when."""
    return any(visible_dates.NAMED.search(names_of(one)) is not None for one in block.around[:_NEAR])


def _is_small(block: PageBlock) -> bool:
    """True for an item that leads to something, counts something, or is the head of a list of terms."""
    is_head = block.element.tag == "dt" and block.words == 1
    return is_head or block.own_words <= 1 < block.words or _NUMBER.fullmatch(block.text) is not None


class _Known:
    """What the properties say, to be found in lines."""

    def __init__(self, facts: "PageFacts", top: "HtmlElement | None") -> None:
        language = "" if top is None else top.getroottree().getroot().get("lang", "")
        self._title = facts.title.casefold()
        self._dates = {facts.published, facts.revised} - {""}
        self._day_first = dates.is_day_first(language)
        self._words = fact_words(language)
        long = sorted((name for name in facts.authors if len(name) >= _SHORTEST_NAME), key=len, reverse=True)
        names = "|".join(map(re.escape, long))
        self._authors = re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.I) if names else None

    def kind(self, block: PageBlock) -> str:
        """What a line says: "date", "by" for a name behind a word such as "by", "name", "beside" for what may stand
        beside them; empty if it says more.
        """
        text = block.text
        if len(text) > _LONGEST or text.casefold() == self._title:
            return ""
        if any(one.tag in _NEITHER for one in block.around) or not all(map(gaps.is_icon, block.media)):
            return ""
        found = dates.find(text, datetime.date.max, day_first=self._day_first)
        if any(one.iso not in self._dates for one in found):
            return ""
        for one in reversed(found):
            text = f"{text[: one.start]} | {text[one.end :]}"
        rest = text if self._authors is None else self._authors.sub(" | ", text)
        parts = [part for one in _SIGNS.split(rest) if (part := one.strip(" :："))]
        if not all(map(self._is_beside, parts)):
            return ""
        if found or rest == text:
            return "date" if found else "beside"
        return "by" if parts else "name"

    def _is_beside(self, part: str) -> bool:
        """True for what may stand beside a name or a date: a word that says which, a time, how long reading takes."""
        rest = self._words.updated.sub(" ", self._words.published.sub(" ", part)).strip()
        return not rest or any(
            pattern.fullmatch(rest) is not None
            for pattern in (visible_dates.BESIDE, self._words.label, _AND, _READING, _COUNTED)
        )
