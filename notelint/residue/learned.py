"""Units that learned weights take for the website's: guesses, which only unsafe fixes follow.

What a rule guessed goes only if the weights do not take it for the article's; what is certain goes whatever they say.

The weights (learned.json, made by benchmarks/train_residue.py) see where lines stand and of what shape they and those
around them are. A line alone among an article's goes only where they are very sure, or a rule knows its like; a list
goes whole or stays, and a heading stays if anything below it does. Comments of readers, which a rule finds by their
shape, go whole if the weights doubt that they are the article's.
"""

import json
import math
from bisect import bisect
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from operator import mul

from notelint.core.decision_trees import Trees
from notelint.residue import chronicle, comments, unit_features
from notelint.residue.page import JudgedPage, Verdict
from notelint.residue.sentences import is_protected, is_whole_sentence
from notelint.residue.signs import is_about_site, is_chrome, is_last_section
from notelint.residue.units import Unit
from notelint.residue.untouchable import figures, is_icon

_SURE = 0.25  # chance of a line alone, below which it goes
_SURE_ABOVE = 0.1  # of a line above the article's first sentence
_SHORT = 20  # units of a note that cannot hold an article and a website's edges
_PARAGRAPHS = 4  # lines of sentences that surely are the article's
_ENOUGH = 100  # words of them
_LEFT = 4  # one word in so many of whole sentences must stay
_OF_SENTENCES = 0.9  # of a whole sentence, so much of the chance of other lines
_WRITTEN = 0.35  # chance of a sentence that surely is the article's
_FULL = 8  # words of such a sentence
_ABOVE = 8  # lines above it that may be its title, subtitle and byline
_ANNOUNCES = 4  # words of a line that announces a list
_FEWEST_KNOWN = 3  # units that rules take for the website's, where the weights may guess at others
_RUN = 3  # lines in a row that are not alone
_DOUBT = 0.72  # mean chance of the sentences of comments, below which they go
_Chance = Callable[[int], float]  # of the unit at a place to be the article's, found out when it is asked for
_GUESS = Verdict("navigation", "of the shape and in the place of what websites put around articles", safe=False)


def apply(page: JudgedPage) -> None:
    """Guess at the units that nothing was said of, unless little of the page would be left, or it is short.

    A page in which the weights see no article, or a few sentences only, is not understood: nothing of it goes.
    """
    if len(page.units) < _SHORT or not _is_of_website(page):
        return
    trees, likely = _learned()
    rows = unit_features.Rows(page)
    chance = cache(lambda at: trees.chance(rows.of(at)))  # most units stay or go whatever it is
    if not _is_article(page, chance):
        return
    replies = replies_of(page, chance)
    gone = chosen(page, chance, likely[0] if any(unit.links for unit in page.units) else likely[1], replies)
    written = [
        at
        for at, unit in enumerate(page.units)
        if page.verdicts[at] is None and at not in replies and is_whole_sentence(unit)
    ]
    words = sum(page.units[at].words for at in written)
    if sum(page.units[at].words for at in written if at not in gone) * _LEFT < words:
        return
    for at, verdict in enumerate(page.verdicts):
        if at in gone:
            page.cut_with_others(at, _GUESS)
        elif verdict is not None and not verdict.safe:
            page.verdicts[at] = None


def _is_of_website(page: JudgedPage) -> bool:
    """True if rules know some units of a page as a website's: without any, the page has been cleaned before."""
    known = (page.verdicts[at] is not None or _is_known(unit) for at, unit in enumerate(page.units))
    return sum(islice(filter(None, known), _FEWEST_KNOWN)) >= _FEWEST_KNOWN


def _is_article(page: JudgedPage, chance: _Chance) -> bool:
    """True if a page surely holds some sentences of an article."""
    count = words = 0
    for at in range(len(page.units)):
        if _is_written(page, at, chance):
            count, words = count + 1, words + page.units[at].words
            if count >= _PARAGRAPHS and words >= _ENOUGH:
                return True
    return False


def replies_of(page: JudgedPage, chance: _Chance) -> frozenset[int]:
    """The units of comments behind the article, unless the weights take them for the article's, as in forums."""
    found = frozenset(at for thread in comments.of(page) for at in thread)
    written = [at for at in found if is_whole_sentence(page.units[at])]
    words = sum(page.units[at].words for at in written)
    return found if sum(chance(at) * page.units[at].words for at in written) <= _DOUBT * words else frozenset()


def chosen(page: JudgedPage, chance: _Chance, likely: float, replies: frozenset[int]) -> set[int]:
    """The units that go besides those that surely do: `replies`, and most whose chance to be the article's is below
    `likely`.
    """
    lead, shared = _lead(page, chance), _shared(page, chance)

    def own(at: int) -> float:
        return 0.0 if at in replies else shared(at)

    count = len(page.units)
    kept = frozenset(figures(page.units)) | announced(page) | (chronicle.of(page) - replies)
    going = [at not in kept and _goes(page, at, own, likely, is_lead=at in lead) for at in range(count)]
    _take_pictures(page, going, own, kept)
    _keep_alone(page, going, own)
    _keep_headings(page, going)
    return {at for at in range(count) if going[at] and not _is_certain(page, at)}


def _is_certain(page: JudgedPage, at: int) -> bool:
    verdict = page.verdicts[at]
    return verdict is not None and verdict.safe


def announced(page: JudgedPage) -> frozenset[int]:
    """The items of lists below a line of words that ends with a colon, which somebody wrote."""
    found, is_listed = list[int](), False
    for at, unit in enumerate(page.units):
        if unit.is_mark:
            continue
        if unit.bullet and is_listed:
            found.append(at)
        else:
            is_listed = unit.words >= _ANNOUNCES and not unit.is_link and unit.text.endswith((":", "："))
            is_listed = is_listed and not (unit.known or is_about_site(unit.text))
    return frozenset(found)


def _lead(page: JudgedPage, chance: _Chance) -> range:
    """The units above the article's first sentence, where its title, subtitle and byline stand."""
    for at in range(len(page.units)):
        if _is_written(page, at, chance):
            return range(max(0, at - _ABOVE), at)
    return range(0)


def _is_written(page: JudgedPage, at: int, chance: _Chance) -> bool:
    """True if a unit surely is a sentence of the article."""
    unit = page.units[at]
    return unit.words >= _FULL and not unit.is_link and chance(at) >= _WRITTEN


def _goes(page: JudgedPage, at: int, chance: _Chance, likely: float, *, is_lead: bool) -> bool:
    if page.verdicts[at] is not None:
        return _is_certain(page, at) or chance(at) < likely
    unit = page.units[at]
    icon = unit.image and is_icon(page.note.text, unit)
    if not page.may_go(at) or is_protected(page, at, images=not icon) or chance(at) >= likely:
        return False
    if is_whole_sentence(unit) and chance(at) >= likely * _OF_SENTENCES:
        return False
    return not is_lead or chance(at) < _SURE_ABOVE or unit.is_link


def _take_pictures(page: JudgedPage, going: list[bool], chance: _Chance, kept: frozenset[int]) -> None:
    """Let pictures, and captions, go with the lines above and below them, as those of cards and of menus do."""
    others = [at for at, unit in enumerate(page.units) if at not in page.pictures and not unit.is_mark]
    for at in sorted(page.pictures - kept):
        behind = bisect(others, at)
        around = others[max(0, behind - 1) : behind + 1]
        if page.may_go_with_others(at) and not is_protected(page, at, images=False):
            going[at] = all(going[other] for other in around) and chance(at) < _SURE_ABOVE


def _shared(page: JudgedPage, chance: _Chance) -> _Chance:
    """The chance of each unit, where the items of a list share the mean of theirs."""
    lists = {at: items for items in _lists(page) for at in items}

    @cache
    def mean(items: range) -> float:
        weights = [page.units[item].words + 1 for item in items]
        odds = [_odds(chance(item)) for item in items]
        return 1 / (1 + math.exp(-sum(map(mul, odds, weights)) / sum(weights)))

    return lambda at: mean(lists[at]) if at in lists else chance(at)


def _lists(page: JudgedPage) -> Iterator[range]:
    """The items in a row of each list that has more than one."""
    start = 0
    for at in range(len(page.units) + 1):
        if at < len(page.units) and page.units[at].bullet:
            continue
        if at - start > 1:
            yield range(start, at)
        start = at + 1


def _odds(chance: float) -> float:
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def _keep_alone(page: JudgedPage, going: list[bool], chance: _Chance) -> None:
    """Keep lines that go alone, beside few others, or within the article, without a rule that knows one of them.

    Those of which the weights are very sure go anyway, but for headings, and pictures of the article.
    """
    written = [at for at, unit in enumerate(page.units) if not going[at] and unit.words >= _FULL and not unit.is_link]
    first, last = (written[0], written[-1]) if written else (len(going), -1)
    start = 0
    for at in range(len(going) + 1):
        if at < len(going) and going[at]:
            continue
        run = range(start, at)
        start = at + 1
        is_inside = bool(run) and first < run[0] <= last
        if not run or not (is_inside or len(run) < _RUN) or any(_is_certain(page, other) for other in run):
            continue
        if all(page.units[other].is_mark for other in run):
            going[run.start : run.stop] = [False] * len(run)
            continue
        is_known = any(page.verdicts[other] is not None or _is_known(page.units[other]) for other in run)
        for other in run:
            unit = page.units[other]
            going[other] = not unit.level and (chance(other) < _SURE or (is_known and not unit.bullet))
            going[other] = going[other] and not (is_inside and unit.image and not unit.is_link)


def _is_known(unit: Unit) -> bool:
    """True if a rule knows the like of a unit."""
    return unit.known or is_chrome(unit) or is_about_site(unit.text)


def _keep_headings(page: JudgedPage, going: list[bool]) -> None:
    """Keep a line that leads to what stands below it, unless that goes too."""
    for at in range(len(going) - 1, -1, -1):
        unit = page.units[at]
        if going[at] and page.verdicts[at] is None and _leads(unit):
            below = page.below(at)
            going[at] = below is None or going[below]


def _leads(unit: Unit) -> bool:
    """True if a unit is a heading, reads as one of an article's end, or ends with a colon."""
    return bool(unit.level) or is_last_section(unit) or (not unit.is_link and unit.text.endswith((":", "：")))


@cache
def _learned() -> tuple[Trees, tuple[float, float]]:
    """The trees, and the chance below which a line goes: of a page with links, and of one that has lost them."""
    found = json.loads(files("notelint.residue").joinpath("learned.json").read_text("utf-8"))
    linked, unlinked = found["likely"]
    return Trees(found), (linked, unlinked)
