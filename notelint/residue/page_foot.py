"""Where a website's foot surely begins: what it says there of itself in whole sentences is nobody's article."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate

from notelint.residue import own_pages
from notelint.residue.knowledge import LAW, RIGHTS
from notelint.residue.page import JudgedPage
from notelint.residue.signs import is_written
from notelint.residue.strong_cues import group_of, is_strong
from notelint.residue.units import Unit

_NEAR = 10  # lines
_CUES = 4  # different lines among them that only websites have
_GROUPS = 2  # of so many sorts at least
_LINKED = 2  # of them that are links to the site's own pages
_OF_LAW = frozenset({LAW, RIGHTS})  # sorts, one of which is there
_ARTICLE = 60  # words that somebody wrote above a foot, at least


def begins(page: JudgedPage) -> int:
    """The unit at which the foot surely has begun; behind the last one if none is found.

    Some of its lines are links to the site's own pages: without those an article may speak of feet. Those of a form to
    subscribe may stand within an article: then most of what somebody wrote is not above them.
    """
    own = own_pages.hosts(page)
    lines = [at for at, unit in enumerate(page.units) if not unit.is_mark]
    written = [0, *accumulate(_words(page, at) for at in lines)]
    cues = [is_strong(page.units[at]) for at in lines]
    for place, at in enumerate(lines):
        above = written[place]
        if not cues[place] or above < _ARTICLE or above * 2 < written[-1]:
            continue
        near = range(place, min(place + _NEAR, len(lines), _end(written, place)))
        if _is_foot([page.units[lines[other]] for other in near if cues[other]], own):
            return at
    return len(page.units)


def _end(written: Sequence[int], place: int) -> int:
    """The next line from a place on that somebody may have written."""
    return bisect(written, written[place]) - 1


def _words(page: JudgedPage, at: int) -> int:
    unit = page.units[at]
    return unit.words if page.verdicts[at] is None and is_written(unit, sentences=True) else 0


def _is_foot(cues: Sequence[Unit], own: frozenset[str]) -> bool:
    """True if these cues, which stand near each other, are so many that a foot is there."""
    if len({unit.text.lower() for unit in cues}) < _CUES:
        return False
    linked = {unit.text.lower() for unit in cues if own_pages.leads_to_own(unit, own)}
    sorts = {group_of(unit) for unit in cues}
    return len(linked) >= _LINKED and len(sorts) >= _GROUPS and not sorts.isdisjoint(_OF_LAW)
