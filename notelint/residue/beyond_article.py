"""Links to a website's own pages behind an article, between lines that only websites have, whatever their title is.

An article may end with a list of its site's other pages, but it does not go on behind several lines about the website.
"""

from collections.abc import Iterator, Sequence

from notelint.residue import own_pages, page_foot
from notelint.residue.link_rows import is_title
from notelint.residue.page import FACT, JudgedPage, Verdict
from notelint.residue.signs import is_last_section, is_written, leads_within
from notelint.residue.strong_cues import is_strong
from notelint.residue.units import Unit

_ABOVE = 3  # different lines of the website between the article's last sentence and such a link
_BELOW = 2  # such lines below it
_LABEL = 25  # words of a link at most
_VERDICT = Verdict("navigation", "a link to another page of the website, behind the article")


def cut(page: JudgedPage) -> None:
    """Let such links go, safely in a declared import, and the short lines above them that are their titles."""
    written = [at for at, unit in enumerate(page.units) if page.verdicts[at] is None and is_written(unit, False)]
    if not page.is_declared or not written or written[-1] == page.title:
        return
    own = own_pages.hosts(page)
    for at in _beyond(page, written[-1] + 1):
        unit = page.units[at]
        if page.may_go(at) and at not in page.sections and (_is_own(unit, own) or is_title(page, at, own)):
            page.make_sure((at,), _VERDICT)


def _beyond(page: JudgedPage, start: int) -> Iterator[int]:
    """The units from `start` on that stand between so many lines of the website, below no line that announces them."""
    below, above = _counted_below(page, start), set[str]()
    is_listed, foot = False, page_foot.begins(page)
    for at in range(start, len(page.units)):
        unit = page.units[at]
        if unit.is_mark:
            continue
        is_listed = _announces(unit) or (is_listed and unit.is_link)
        if _is_certain(page, at):
            above.add(unit.text.lower())
        elif at < foot and page.verdicts[at] is None and is_written(unit, sentences=True):
            above.clear()
        elif len(above) >= _ABOVE and below[at - start] >= _BELOW and not is_listed:
            yield at


def _counted_below(page: JudgedPage, start: int) -> Sequence[int]:
    """For each unit from `start` on, how many different lines of the website stand there or below."""
    texts, found = set[str](), list[int]()
    for at in range(len(page.units) - 1, start - 1, -1):
        if _is_certain(page, at):
            texts.add(page.units[at].text.lower())
        found.append(len(texts))
    return found[::-1]


def _is_certain(page: JudgedPage, at: int) -> bool:
    verdict = page.verdicts[at]
    return verdict.safe and verdict.kind != FACT if verdict is not None else is_strong(page.units[at])


def _announces(unit: Unit) -> bool:
    return not unit.is_link and not is_strong(unit) and (is_last_section(unit) or unit.text.endswith((":", "：")))


def _is_own(unit: Unit, own: frozenset[str]) -> bool:
    """True if a unit is a link to another page of the site, and not to somebody."""
    if not unit.is_link or unit.words > _LABEL or leads_within(unit):
        return False
    return own_pages.leads_to_own(unit, own) and not own_pages.may_be_listed(unit, own)
