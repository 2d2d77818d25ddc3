"""Paths from a website's front page to the article, above its title: "Home › Recipes › Soups › Lentil soup"."""

from collections.abc import Sequence

from notelint.core.lazy_regex import lazy_regex
from notelint.residue import own_pages
from notelint.residue.page import JudgedPage, Verdict
from notelint.residue.units import Unit

_ABOVE = 12  # lines above the title among which such a path stands
_WORDS = 40  # of a path at most
_JOINT = lazy_regex(r"[\s›»>/→|\\•·:←‹«﹥＞-]+")
_LABEL = lazy_regex(r"(?:[^\W\d_]+ ){0,4}[^\W\d_]+ ?[:：] ?")  # "You are here: "
_LONG = 8  # characters of a title that is cut short, at least
_VERDICT = Verdict("navigation", "the path to the article from the website's front page")


def cut(page: JudgedPage) -> None:
    """Let the path above the title go: one line, or a line a step. The article's title stands below it again."""
    if page.title is None:
        return
    own, title = own_pages.hosts(page), page.units[page.title].text
    lines = [at for at in range(page.title) if not page.units[at].is_mark][-_ABOVE:]
    for place, at in enumerate(lines):
        unit = page.units[at]
        if _is_path(unit, title, own) or (_is_title(unit.text, title) and _follows(page, lines[:place], own)):
            page.cut(at, _VERDICT)


def _is_path(unit: Unit, title: str, own: frozenset[str]) -> bool:
    """True if a line is links to the site's own pages, joined by signs, and the article's title behind them."""
    if unit.level or unit.words > _WORDS or not own_pages.leads_to_own(unit, own):
        return False
    end = 0
    for label, _ in unit.links:
        start = unit.text.find(label, end)
        between = unit.text[end:start]
        joined = _JOINT.fullmatch(between) if end else not between or _LABEL.fullmatch(between)
        if not label or start < 0 or not joined:
            return False
        end = start + len(label)
    joint = _JOINT.match(unit.text, end)
    return joint is not None and _is_title(unit.text[joint.end() :], title)


def _is_title(text: str, title: str) -> bool:
    """True if a text is the article's title, or its beginning and an ellipsis."""
    text, title = text.casefold(), title.casefold()
    if text and text == title:
        return True
    begun = text.rstrip(".…").rstrip()
    return _LONG <= len(begun) < len(text) and title.startswith(begun)


def _follows(page: JudgedPage, above: Sequence[int], own: frozenset[str]) -> bool:
    """True if the line above is a link to another page of the site: the step before."""
    return bool(above) and page.units[above[-1]].is_link and own_pages.leads_to_own(page.units[above[-1]], own)
