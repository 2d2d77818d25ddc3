"""Lines that read like a website's, but may be quoted, or meant, by who wrote the note: they go by a guess only.

A recipe says "We use cookies to thank the helpers", a note about web design says "Skip to content" and what is wrong
with that. What a website wrote stands at the edges of an article, or in a row; a line or a few between lines that stay
prove nothing. Nor do any where some lines stay and none is a sentence, or items of lists in a note without a link. A
list below "Read next" that leads to other sites is perhaps somebody's reading list.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from notelint.core.lazy_regex import lazy_regex
from notelint.residue import own_pages
from notelint.residue.knowledge import OTHERS, general
from notelint.residue.page import FACT, JudgedPage, Verdict
from notelint.residue.sentences import ENDS
from notelint.residue.signs import is_about_site
from notelint.residue.strong_cues import is_strong, strong_texts

_WORDS = 3  # of a line that announces something
_ANNOUNCED = 6  # lines without a bullet below it that may be what it announces
_COLONS = (":", "\uff1a")
_BLANK = lazy_regex(r"\n[ \t\r]*\n")
_RIGHTS = lazy_regex("\u00a9|\\(c\\)|copyright", re.I)
_END = 12  # lines in which a page shows by its end whose it is
_SOME = 4  # lines that stay, in which nobody wrote a sentence
_FEW = 2  # lines in a row that may be quoted
_LISTED = 10  # links of a reading list at most
_MESSAGE = "a message of a form"  # as the data call it
_SCRIPT = ("{", "[{", "\\[{")


def doubt(page: JudgedPage) -> None:
    """Make guesses of what may be quoted, on a page whose site is not known."""
    if not _is_written(page):
        staying = (at for at, unit in enumerate(page.units) if not (unit.is_mark or _is_gone(page, at)))
        if len(list(islice(staying, _SOME))) == _SOME:
            _doubt(page, range(len(page.units)))
        return
    if _ends_as_website(page):
        return
    if not any(unit.links for unit in page.units):
        _doubt(page, (at for at, unit in enumerate(page.units) if unit.bullet))
        _doubt(page, (at for at, unit in enumerate(page.units) if unit.level and _stands_above(page, at)))
    gone = [_is_gone(page, at) for at in range(len(page.units))]
    for run in _runs(page, gone):
        if _is_isolated(page, run):
            _doubt(page, run)
    own, listed = own_pages.hosts(page), [told and _is_listed(page, at) for at, told in enumerate(gone)]
    for run in _runs(page, listed):
        if _leads_elsewhere(page, run, own):
            _doubt(page, run)


def doubt_of_article(page: JudgedPage, *, is_known: bool) -> None:
    """Make guesses of what a sentence announces, and of a notice of the author's own rights.

    Where the site is known, its lines may stand where a list was lost: then only the items of lists are announced.
    """
    names = _authors(page)
    rights = [(at, unit.text.casefold()) for at, unit in enumerate(page.units) if _RIGHTS.search(unit.text)]
    listed = [at for at in _announced(page) if page.units[at].bullet or not is_known]
    _doubt(page, [*listed, *(at for at, text in rights if any(name in text for name in names))])


def _authors(page: JudgedPage) -> frozenset[str]:
    """The names that the note's properties give its authors: first and last name, at least."""
    value = page.note.properties.get("author")
    names = (str(one).strip("[] ").casefold() for one in (value if isinstance(value, list) else [value]) if one)
    return frozenset(name for name in names if " " in name)


def _announced(page: JudgedPage) -> Iterator[int]:
    """The lines without a link that a sentence somebody wrote announces by a colon: a list, or a paragraph."""
    is_listed, last, lines = False, None, 0
    for at, unit in enumerate(page.units):
        if unit.is_mark:
            continue
        goes_on = is_listed and not unit.is_link and not unit.level
        if last is not None and goes_on and not unit.bullet:
            goes_on = _BLANK.search(page.note.text, page.units[last].span.end - 1, unit.span.start) is None
            goes_on = goes_on and lines < _ANNOUNCED  # in texts without blank lines a paragraph has no end
        if goes_on:
            last, lines = at, lines + (not unit.bullet)
            yield at
            continue
        last, lines = None, 0
        is_listed = unit.words >= _WORDS and unit.text.endswith(_COLONS) and page.verdicts[at] is None
        is_listed = is_listed and not (unit.is_link or unit.level or unit.known or is_about_site(unit.text))


def _ends_as_website(page: JudgedPage) -> bool:
    """True if the end of the page is surely a website's: a line that is about one wherever it stands ends it.

    Or several links do, or such a line and one about rights; items of a list count only if they are links.
    """
    at_end = [at for at, unit in enumerate(page.units) if not unit.is_mark][-_END:]
    gone = [at for at in at_end if _is_gone(page, at) and not _is_listed(page, at)]
    told = [at for at in gone if page.units[at].links or not page.units[at].bullet]
    of_rights = [at for at in told if "\u00a9" in page.units[at].text]
    sure = [at for at in told if is_strong(page.units[at]) and at not in of_rights]
    staying = [at for at in at_end if page.verdicts[at] is None]
    ends = bool(sure and (not staying or sure[-1] > staying[-1]))
    linked = [at for at in sure if page.units[at].links]
    return ends or len(strong_texts(page, linked)) > 1 or bool(of_rights and sure)


def _doubt(page: JudgedPage, some: Iterable[int]) -> None:
    for at in some:
        verdict = page.verdicts[at]
        if verdict is not None and _is_gone(page, at) and not page.units[at].text.startswith(_SCRIPT):
            page.verdicts[at] = Verdict(verdict.kind, verdict.reason, safe=False)


def _is_written(page: JudgedPage) -> bool:
    """True if somebody wrote a sentence."""
    return any(
        page.verdicts[at] is None and unit.text.endswith(ENDS) and not (unit.is_link or unit.known)
        for at, unit in enumerate(page.units)
    )


def _stands_above(page: JudgedPage, at: int) -> bool:
    """True if the line below a heading stays."""
    below = page.below(at)
    return below is not None and not _is_gone(page, below)


def _runs(page: JudgedPage, chosen: Sequence[bool]) -> Iterator[list[int]]:
    """Chosen units in a row, with the marks between them."""
    run = list[int]()
    for at, unit in enumerate(page.units):
        if chosen[at] or (run and unit.is_mark):
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_gone(page: JudgedPage, at: int) -> bool:
    verdict = page.verdicts[at]
    return verdict is not None and verdict.safe and verdict.kind != FACT


def _is_isolated(page: JudgedPage, run: list[int]) -> bool:
    """True if a few lines without a link stand between two that stay."""
    lines = [page.units[at] for at in run if not page.units[at].is_mark]
    if len(lines) > _FEW or any(unit.links for unit in lines) or all(_is_message(page, at) for at in run):
        return False
    if not page.in_rows.isdisjoint(run):
        return False
    above = next((at for at in range(run[0] - 1, -1, -1) if not page.units[at].is_mark), None)
    below = page.below(run[-1])
    return above is not None and below is not None and _is_own(page, above) and _is_own(page, below)


def _is_message(page: JudgedPage, at: int) -> bool:
    """True if a unit is what a script shows while a form is sent: nobody quotes that."""
    verdict = page.verdicts[at]
    return page.units[at].is_mark or (verdict is not None and verdict.reason == _MESSAGE)


def _is_own(page: JudgedPage, at: int) -> bool:
    """True if a line stays, and is neither a link nor a picture."""
    unit, verdict = page.units[at], page.verdicts[at]
    return (verdict is None or verdict.kind == FACT) and not (unit.is_link or unit.image)


def _is_listed(page: JudgedPage, at: int) -> bool:
    """True if a unit goes as part of a list of other pages."""
    verdict = page.verdicts[at]
    return verdict is not None and verdict.reason in _of_lists()


@cache
def _of_lists() -> frozenset[str]:
    return frozenset((OTHERS, *(block.reason for block in general().block)))


def _leads_elsewhere(page: JudgedPage, run: Sequence[int], own: frozenset[str]) -> bool:
    """True if most links of a short list lead to other sites than the page's own, or only it tells which that is."""
    lines = [page.units[at] for at in run if not page.units[at].is_mark]
    linked = [unit for unit in lines if unit.links]
    if len(linked) > _LISTED or len(linked) * 2 < len(lines):
        return False
    if sum(not own_pages.leads_to_own(unit, own) for unit in linked) * 2 > len(linked):
        return True
    named = any("//" in target[:8] for unit in linked for _, target in unit.links)
    return named and not own_pages.is_sure(page, own, run[0], run[-1] + 1)
