"""Judgements of a page whatever its site: each sort of general knowledge in its turn."""

from notelint.core.lazy_regex import lazy_regex
from notelint.residue import (
    beyond_article,
    boxes,
    breadcrumbs,
    clusters,
    edges,
    link_rows,
    lists,
    menus,
    other_pages,
    plain_rows,
    share_buttons,
)
from notelint.residue.knowledge import general
from notelint.residue.page import FACT, PARAGRAPH, JudgedPage, Verdict
from notelint.residue.signs import is_about_site
from notelint.residue.units import Unit

_JSON_KEYS = lazy_regex(r"\\?\"[\w\\-]{1,40}\\?\":")
_KEYS_OF_A_BLOB = 4
_PROSE = 8  # words of a line below a heading
# Keys that only the scripts of websites write: linked data for search engines, state for what draws the page.
_OF_SCRIPTS = lazy_regex(
    r"\\?\"(?:@context|__typename|pageProps|__N_SS[GP]|dehydratedState|reactQueryState|gtmData|dataLayer|"
    r"csrf-?_?token|ajax_?[uU]rl|wp_?nonce|containerId|recaptcha\w*|adUnit\w*|trackingId|analytics\w*)\\?\":"
)


def apply(page: JudgedPage) -> None:
    """Say of every unit of an import what can be said whatever the site."""
    known = general()
    page.cut_lines((line for line in known.line if not line.company), page.known)
    _cut_blobs(page)
    share_buttons.cut(page)
    clusters.apply(page, company=False)
    if page.title is None:
        page.title = _title(page.units)
    breadcrumbs.cut(page)
    _take_facts(page)
    surely = frozenset(at for at, verdict in enumerate(page.verdicts) if verdict is not None)
    page.cut_lines(known.line, page.known)
    clusters.apply(page, company=True)
    _keep_titles(page, surely)
    page.sections = edges.known_sections(page)
    menus.cut(page)
    lists.cut_contents(page)
    lists.cut_lists(page)
    edges.cut_foot(page)
    edges.cut_head(page)
    other_pages.cut(page)
    link_rows.cut(page)
    plain_rows.cut(page)
    beyond_article.cut(page)
    _doubt_headings(page)


def _doubt_headings(page: JudgedPage) -> None:
    """Make a guess of headings that read as a button of a website but have a section, which stays: a note's own."""
    for at, verdict in enumerate(page.verdicts):
        unit = page.units[at]
        if verdict is None or verdict.kind == FACT or not verdict.safe or not unit.level or unit.is_link:
            continue
        below = page.below(at)
        if below is None or page.verdicts[below] is not None or page.units[below].known:
            continue
        if not 0 < page.units[below].level <= unit.level:
            page.verdicts[at] = Verdict(verdict.kind, verdict.reason, safe=False)


def _keep_titles(page: JudgedPage, surely: frozenset[int]) -> None:
    """Keep headings above words of somebody that read as a line that needs company: all but those that `surely` go."""
    for at, verdict in enumerate(page.verdicts):
        unit = page.units[at]
        if verdict is None or at in surely or verdict.kind == FACT or not unit.level or unit.is_link:
            continue
        below = page.below(at)
        if below is not None and page.verdicts[below] is None and _is_under(page.units[below], unit.level):
            page.verdicts[at] = None


def _is_under(unit: Unit, level: int) -> bool:
    """True if a unit is of a section whose heading has this level: prose, a label, a heading of a lower level."""
    if unit.known or unit.is_link or unit.image or is_about_site(unit.text):
        return False
    return unit.level > level or (not unit.level and (unit.words >= _PROSE or unit.text.endswith((":", "："))))


def _take_facts(page: JudgedPage) -> None:
    for box in general().box:
        boxes.find(page, box)
    page.take_facts(general().fact)


def _cut_blobs(page: JudgedPage) -> None:
    for at, unit in enumerate(page.units):
        braced = unit.text.startswith(("{", "[{", "\\[{")) and unit.text.endswith(("}", "]"))
        if braced and len(_JSON_KEYS.findall(unit.text, 0, 5_000)) >= _KEYS_OF_A_BLOB:
            known = _OF_SCRIPTS.search(unit.text, 0, 5_000) is not None
            page.cut(at, Verdict("navigation", "data for the page's scripts", safe=known))


def _title(units: list[Unit]) -> int | None:
    """The heading of the first level above the article; its text may stand on the next line in a crude scrape.

    A website's name may be such a heading too, without a paragraph between it and the title.
    """
    title = None
    for at, unit in enumerate(units):
        if title is not None and unit.words >= PARAGRAPH and not unit.is_link:
            break
        if unit.level == 1 and not unit.is_link:
            title = at if not unit.is_mark or at + 1 == len(units) else at + 1
    return title
