"""Numbers about each block of a page, from which the vote is counted: ballots, place, shape, names of elements.

None of them depends on the words of a page or on its language.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.voters import VOTERS, Ballot

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_AROUND = lazy_regex(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|footer|foot|sidebar|side|aside|related|recommend\w*|share|"
    r"sharing|social|promo\w*|cookie\w*|consent|banner|advert\w*|ads?|sponsor\w*|newsletter|subscribe|subscription|"
    r"signup|sign-up|login|popup|modal|pagination|pager|tags?|toolbar|masthead|widget|toc|trending|popular|similar|"
    r"more-\w+|cta|rating|meta|author-?(?:bio|box)|byline|comments?|respond|reply|user|avatar|profile|signature|skip|"
    r"hidden|sr-only|screen-reader\w*|visually-?hidden|print|noprint|copyright|legal|search|header|top-?bar|"
    r"off-?canvas|drawer|dialog|overlay|tooltip|dropdown|carousel|slider|teaser|card)(?=$|[\s_-]|\d)",
    re.I,
)
_CONTENT = lazy_regex(
    r"(?:article|post|entry|story|page|main|body|content|text|message|prose|markdown|rich|copy|detail|description|"
    r"answer|question|thread|doc)",
    re.I,
)
_HIDDEN = lazy_regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SENTENCE_END = lazy_regex(r"[.!?:;。！？…][\"”’)»]?$")
_COMMA = lazy_regex("[,，、]")
_DIGIT = lazy_regex(r"\d")
_CAPITAL = lazy_regex("[A-Z]")
_TAGS = (
    ("nav",), ("header",), ("footer",), ("aside",), ("form", "label", "button"), ("article",), ("main",), ("table",),
    ("pre", "code"), ("blockquote",), ("figure", "figcaption"), ("h1",), ("h2", "h3", "h4", "h5", "h6"), ("ul", "ol"),
    ("dl",), ("p",),
)  # fmt: skip
_WINDOWS = (5, 15)  # blocks to either side
_CONTAINERS = (0, 50, 200, 800)  # words that a container holds at least
_NEIGHBOURS = (1, -1, 2, -2, 3, -3)
_LONG_NAME = 200  # characters of an element's names that are looked at

Row = list[float]
_Form = tuple[str | None, ...]


def of(blocks: Sequence[PageBlock], ballots: Mapping[str, Ballot]) -> list[Row]:
    """A row of numbers for each block, in the order that the weights of the vote were learned with."""
    return _Features(blocks, ballots).rows()


class _Features:
    def __init__(self, blocks: Sequence[PageBlock], ballots: Mapping[str, Ballot]) -> None:
        self.blocks = blocks
        self.words = [block.words for block in blocks]
        self.total = max(1, sum(self.words))
        self.votes = [[float(number in ballots[name]) for number in range(len(blocks))] for name in VOTERS]
        self.chains = _Chains()
        self.containers = self._containers()
        self.same_text = Counter(block.text for block in blocks)
        self.forms = [_forms(block.element) for block in blocks]
        self.alike = self._alike()
        self.whole_page = [
            sum(w * v for w, v in zip(self.words, votes, strict=True)) / self.total for votes in self.votes
        ]
        self.sums = [self._running(votes) for votes in (None, *self.votes)]
        self.first_title = next((n for n, block in enumerate(blocks) if self.chains.of(block.element).is_title), -1)

    def _running(self, votes: list[float] | None) -> list[float]:
        """Words up to each block, all or those that a voter keeps."""
        sums = [0.0]
        for number, words in enumerate(self.words):
            sums.append(sums[-1] + words * (1.0 if votes is None else votes[number]))
        return sums

    def _containers(self) -> "dict[HtmlElement, Row]":
        """Words, linked words and words kept by each voter, within each element that holds blocks."""
        found: dict[HtmlElement, Row] = {}
        for number, block in enumerate(self.blocks):
            own = [block.words, block.linked_words, *(block.words * votes[number] for votes in self.votes)]
            for element in block.around:
                row = found.get(element)
                if row is None:
                    found[element] = list(map(float, own))
                else:
                    for at, value in enumerate(own):
                        row[at] += value
        return found

    def rows(self) -> list[Row]:
        before = 0
        rows = []
        for number, block in enumerate(self.blocks):
            rows.append(
                [
                    *(votes[number] for votes in self.votes),
                    *self._neighbours(number),
                    *self._windows(number),
                    *self._around(block),
                    *self.whole_page,
                    *self._shape(block),
                    *self.chains.of(block.element).row,
                    before / self.total,
                    number / len(self.blocks),
                    float(number > self.first_title) if self.first_title >= 0 else 0.5,
                    float(min(50, self.same_text[block.text])),
                    *self._of_form(number),
                    math.log1p(self.total),
                    *self._beside(number),
                ]
            )
            before += block.words
        return rows

    def _neighbours(self, number: int) -> Row:
        near = (number + distance for distance in _NEIGHBOURS)
        return [sum(v[n] for v in self.votes) / len(self.votes) if 0 <= n < len(self.blocks) else 0.0 for n in near]

    def _windows(self, number: int) -> Row:
        row = []
        for width in _WINDOWS:
            low, high = max(0, number - width), min(len(self.blocks), number + width + 1)
            words, *kept = (sums[high] - sums[low] for sums in self.sums)
            row += [share / (words or 1) for share in kept]
        return row

    def _around(self, block: PageBlock) -> Row:
        row: Row = []
        chain = block.around
        for least in _CONTAINERS:
            start = 1 if least == 0 else 0
            found = self.containers[chain[-1]]
            for element in chain[start:]:
                here = self.containers[element]
                if here[0] >= least and (least == 0 or here[0] > block.words):
                    found = here
                    break
            row += [*(value / max(1.0, found[0]) for value in found[1:]), math.log1p(found[0])]
        return row

    def _alike(self) -> "dict[_Form, Row]":
        """Blocks, words and words kept by each voter, of the blocks whose elements are named alike."""
        found: dict[_Form, Row] = {}
        for number, forms in enumerate(self.forms):
            words = self.words[number]
            own = (1.0, words, *(words * votes[number] for votes in self.votes))
            for form in forms:
                found[form] = [a + b for a, b in zip(found.get(form, [0.0] * len(own)), own, strict=True)]
        return found

    def _of_form(self, number: int) -> Row:
        row: Row = []
        for form in self.forms[number]:
            count, words, *kept = self.alike[form]
            row += [math.log1p(count), math.log1p(words), *(share / max(1.0, words) for share in kept)]
        return row

    def _shape(self, block: PageBlock) -> Row:
        text, words = block.text, block.words
        length = max(1, len(text))
        return [
            float(words),
            math.log1p(words),
            block.linked_words / max(1, words),
            float(len(_COMMA.findall(text))),
            float(_SENTENCE_END.search(text) is not None),
            len(text) / max(1, words),
            len(_DIGIT.findall(text)) / length,
            len(_CAPITAL.findall(text)) / length,
            float(len(block.media)),
        ]

    def _beside(self, number: int) -> Row:
        row = []
        for near in (number - 1, number + 1, number - 2, number + 2):
            if 0 <= near < len(self.blocks):
                block = self.blocks[near]
                row += [math.log1p(block.words), block.linked_words / max(1, block.words)]
            else:
                row += [0.0, 0.0]
        return row


def _forms(element: "HtmlElement") -> tuple[_Form, _Form]:
    """An element's name and class, by itself and with those of the two around it."""
    path: list[str | None] = []
    at: HtmlElement | None = element
    for _ in range(3):
        if at is not None:
            path += [str(at.tag), at.get("class")]
            at = at.getparent()
    return tuple(path[:2]), tuple(path)


@lru_cache(maxsize=10_000)
def _named(names: str) -> tuple[bool, bool]:
    """If an element's names speak of what stands around a page's content, and of content."""
    return _AROUND.search(names) is not None, _CONTENT.search(names) is not None


class _Chain:
    """The names of an element and of those around it."""

    def __init__(self, element: "HtmlElement", above: "_Chain | None") -> None:
        self.tags: frozenset[str]
        self.around: list[bool]
        self.content: list[bool]
        self.hidden: bool
        self.is_title: bool
        self.depth: int
        tag = str(element.tag)
        names = " ".join(element.get(key, "") for key in ("class", "id", "role", "data-testid"))[:_LONG_NAME]
        counts = tag not in ("body", "html")
        around, content = _named(names) if counts else (False, False)
        hidden = counts and (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style", "")[:_LONG_NAME]) is not None
        )
        self.tags = (above.tags if above is not None else frozenset()) | {tag}
        self.around = [around, *(above.around if above is not None else ())]
        self.content = [content, *(above.content if above is not None else ())]
        self.hidden = hidden or (above is not None and above.hidden)
        self.is_title = "h1" in self.tags
        self.depth = int(counts) + (above.depth if above is not None else 0)
        self.row: Row = [
            *(float(not self.tags.isdisjoint(group)) for group in _TAGS),
            float(sum(self.around)),
            float(any(self.around[:3])),
            float(any(self.around[3:6])),
            float(sum(self.content)),
            float(any(self.content[:3])),
            float(self.hidden),
            float(self.depth),
        ]


class _Chains:
    """The chain of each element, made once."""

    def __init__(self) -> None:
        self._made: dict[HtmlElement, _Chain] = {}

    def of(self, element: "HtmlElement") -> _Chain:
        missing = []
        at: HtmlElement | None = element
        while at is not None and at not in self._made:
            missing.append(at)
            at = at.getparent()
        above = None if at is None else self._made[at]
        for one in reversed(missing):
            above = self._made[one] = _Chain(one, above)
        assert above is not None
        return above
