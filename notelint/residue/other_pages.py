"""Cards of a website's other pages below a title such as "Related articles": links, and teasers between them."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

from notelint.core.lazy_regex import lazy_regex
from notelint.residue import own_pages, page_foot
from notelint.residue.either import Either
from notelint.residue.knowledge import OTHERS, either, general
from notelint.residue.page import FACT, JudgedPage, Verdict
from notelint.residue.sentences import is_whole_sentence
from notelint.residue.signs import has_citation, has_measure, is_written
from notelint.residue.strong_cues import is_strong
from notelint.residue.units import Unit, count_words

_CARDS = 2  # different links at least
_LINES = 4  # lines between one link and the next at most
_TEASER = 45  # words of such a line at most
_LONGEST = 400  # units
_BEHIND = 12  # of so many words that somebody wrote, at most one stands behind a list at a page's end
_DOUBLED = 3  # pages in a row that are linked twice, at least
_COUNTED = lazy_regex(  # a place in a list, the hour of a message
    r"#?\d{1,2}[.):]? ?|(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\.?,? ?)?\d{1,2}[:.h]\d{2} ?[|–—-]? ?|[·•»›▶■–—-] ?"
)
_SHORTER = 2  # so many times as many words as such a row has stand before it


def cut(page: JudgedPage) -> None:
    """Let such lists go: those behind the article safely, in a declared import; others are guesses."""
    starts = [at for at in page.known if page.may_go(at) and _opens(page.units[at])]
    own, words = own_pages.hosts(page), [0, *accumulate(_written(page))]
    for at in starts:
        end = _end(page, at + 1, own)
        if end > at + 1:
            safe = page.is_declared and _is_behind(words, at, end)
            page.make_sure(range(at, end), Verdict("navigation", OTHERS, safe=safe))
    _cut_doubled(page, own, words)


def _is_behind(words: Sequence[int], start: int, end: int) -> bool:
    """True if nearly nothing that somebody wrote stands behind these units: `words` counts it up to each unit."""
    return (words[-1] - words[end]) * _BEHIND <= words[start]


def _cut_doubled(page: JudgedPage, own: frozenset[str], words: Sequence[int]) -> None:
    """Rows of cards behind the article, without a known title: each page is linked by its picture and by its title."""
    at = next((at for at in range(len(page.units)) if _is_behind(words, at, at)), len(page.units))
    while at < len(page.units):
        if page.verdicts[at] is not None or not _is_card(page, at, own):
            at += 1
            continue
        end = _end(page, at, own)
        targets = Counter(target for other in range(at, end) for _, target in page.units[other].links)
        doubled = sum(count > 1 for count in targets.values())
        if doubled >= _DOUBLED and doubled * 3 >= len(targets) * 2:
            listed = sum(unit.words for unit in page.units[at:end])
            safe = page.is_declared and own_pages.is_sure(page, own, at, end)
            safe = safe and listed * _SHORTER <= words[at]  # else the page may be nothing but its list
            page.make_sure(range(at, end), Verdict("navigation", OTHERS, safe=safe))
        at = max(end, at + 1)


def _written(page: JudgedPage) -> list[int]:
    """The words of each unit that somebody may have written."""
    foot = page_foot.begins(page)
    return [
        unit.words if at < foot and verdict is None and not is_strong(unit) and is_written(unit, sentences=True) else 0
        for at, (unit, verdict) in enumerate(zip(page.units, page.verdicts, strict=True))
    ]


def _end(page: JudgedPage, start: int, own: frozenset[str]) -> int:
    """The end of the list that begins at a unit, behind its last link; `start` if none does.

    A sentence may be the article's, which goes on: below several links that have no line of their own, and above the
    title of a further list.
    """
    end, lines, labels = start, list[int](), set[str]()  # lines below the last link
    bare = 0  # links in a row without such lines
    for at in range(start, min(len(page.units), start + _LONGEST)):
        if page.units[at].is_mark and not page.units[at].kept:
            continue
        if _is_card(page, at, own):
            bare = 0 if lines else bare + 1
            end, lines = at + 1, []
            labels.add(page.units[at].text.lower())
            continue
        said = [line for line in lines if _is_said(page, line)]
        if len(lines) >= _LINES or not _may_be_teaser(page, at) or (said and _opens(page.units[at])):
            break
        if bare > 1 and _is_said(page, at):
            break
        lines.append(at)
    return end if len(labels) >= _CARDS else start


def _is_said(page: JudgedPage, at: int) -> bool:
    return page.verdicts[at] is None and is_whole_sentence(page.units[at])


def _opens(unit: Unit) -> bool:
    """True if a unit is a title of such lists."""
    return unit.known and _titles().fits(unit.text)


@cache
def _titles() -> Either:
    return either(tuple(block.title for block in general().block if block.behind))


def _is_card(page: JudgedPage, at: int, own: frozenset[str]) -> bool:
    """True if a unit begins with a link to another page of the site that has most of its words."""
    unit = page.units[at]
    if not page.may_go(at) or at in page.sections or not own_pages.leads_to_own(unit, own):
        return False
    if unit.is_link:
        return True
    labels = sum(count_words(label) for label, _ in unit.links)
    at = max(unit.text.find(unit.links[0][0]), 0)
    if at and _COUNTED.fullmatch(unit.text, 0, at) is None:
        return False
    return labels * 2 >= unit.words - count_words(unit.text[:at])


def _may_be_teaser(page: JudgedPage, at: int) -> bool:
    unit, verdict = page.units[at], page.verdicts[at]
    if verdict is not None:
        return verdict.kind != FACT
    if at == page.title or not page.may_go(at) or at in page.sections or unit.level == 1:
        return False
    return unit.words <= _TEASER and not _is_of_science(unit)


def _is_of_science(unit: Unit) -> bool:
    return has_measure(unit.text) or has_citation(unit.text)
