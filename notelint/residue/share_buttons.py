"""Buttons to share a page, known by where they lead: to another site's form that is filled in with the page's address.

What else stands in their row, as a button to print, leads nowhere and goes with them if it is worded like one.
"""

from functools import lru_cache

from notelint.residue.knowledge import SHARING, anywhere, either, general
from notelint.residue.page import JudgedPage, Verdict
from notelint.residue.units import Unit

_WORDS = 12  # of a button at most
_BESIDE = 6  # words of a line in their row, at most
_KIND = "share-widget"
_VERDICT = Verdict(_KIND, "a button to share the page")


def cut(page: JudgedPage) -> None:
    """Let such buttons go, and the lines above, below and between them that are worded like one."""
    found = [at for at, unit in enumerate(page.units) if is_share_button(unit) and page.may_go(at)]
    page.cut_all(found, _VERDICT)
    for step in (-1, 1):
        for button in found:
            at = button + step
            while 0 <= at < len(page.units) and page.verdicts[at] is None and _is_beside(page, at):
                page.cut(at, _VERDICT)
                at += step


def is_share_button(unit: Unit) -> bool:
    """True if a unit is a link, or several, that lead nowhere but to share the page."""
    if not unit.is_link or unit.words > _WORDS or "://" in unit.text:
        return False  # an address that is shown may be what an article is about
    return all(_shares(target) for _, target in unit.links)


@lru_cache(maxsize=4096)
def _shares(target: str) -> bool:
    return anywhere(general().shares).search(target) is not None


def _is_beside(page: JudgedPage, at: int) -> bool:
    """True if a unit may stand in a row of such buttons: marks, or a few words that only those consist of."""
    unit = page.units[at]
    if unit.is_mark:
        return unit.bullet and page.may_go(at)
    if not page.may_go(at) or unit.words > _BESIDE or at == page.title or unit.level == 1:
        return False
    if unit.known and either((general().strong[SHARING],)).fits(unit.text):
        return True
    return not unit.level and either(general().share_words).fits(unit.text)
