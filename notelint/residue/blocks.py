"""Judgements of a page whatever its site: each sort of general knowledge in its turn."""

import re

from notelint.residue import boxes, clusters, edges, link_rows, lists, menus, other_pages
from notelint.residue.knowledge import general
from notelint.residue.page import PARAGRAPH, JudgedPage, Verdict
from notelint.residue.units import Unit

_JSON_KEYS = re.compile(r"\\?\"[\w\\-]{1,40}\\?\":")
_KEYS_OF_A_BLOB = 4
# Keys that only the scripts of websites write: linked data for search engines, state for what draws the page.
_OF_SCRIPTS = re.compile(
    r"\\?\"(?:@context|__typename|pageProps|__N_SS[GP]|dehydratedState|reactQueryState|gtmData|dataLayer|"
    r"csrf-?_?token|ajax_?[uU]rl|wp_?nonce|containerId|recaptcha\w*|adUnit\w*|trackingId|analytics\w*)\\?\":"
)


def apply(page: JudgedPage) -> None:
    """Say of every unit of an import what can be said whatever the site."""
    known = general()
    page.cut_lines((line for line in known.line if not line.company), page.known)
    _cut_blobs(page)
    clusters.apply(page, company=False)
    if page.title is None:
        page.title = _title(page.units)
    _take_facts(page)
    page.cut_lines(known.line, page.known)
    clusters.apply(page, company=True)
    page.sections = edges.known_sections(page)
    menus.cut(page)
    lists.cut_contents(page)
    lists.cut_lists(page)
    edges.cut_foot(page)
    edges.cut_head(page)
    other_pages.cut(page)
    link_rows.cut(page)


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
