"""What is said of a page whatever its site: each sort of general knowledge in its turn."""

import re

from notelint.residue import boxes, clusters, edges, lists
from notelint.residue.knowledge import either, general
from notelint.residue.page import PARAGRAPH, Page, Verdict
from notelint.residue.units import Unit

_JSON_KEYS = re.compile(r"\\?\"[\w\\-]{1,40}\\?\":")
_KEYS_OF_A_BLOB = 4
_CROWD = 5  # links that lead about a site, in a note that is not known to come from one


def apply(page: Page) -> None:
    """Say of every unit what can be said whatever the site."""
    known = general()
    page.cut_lines((line for line in known.line if not line.company), page.known)
    _cut_blobs(page)
    clusters.apply(page, imported=False)
    if page.title is None:
        page.title = _title(page.units)
    crowd = is_imported(page) or _company(page) >= _CROWD
    for imported in (crowd, True):
        if imported:
            _take_facts(page)
            page.cut_lines(known.line, page.known)
            clusters.apply(page, imported=True)
        lists.cut_contents(page)
        lists.cut_lists(page)
        edges.cut_foot(page, is_imported(page))
        edges.cut_head(page, is_imported(page))
        if imported or not is_imported(page):
            break  # else it is an edge that tells where the note comes from


def _take_facts(page: Page) -> None:
    for box in general().box:
        boxes.find(page, box)
    page.take_facts(general().fact)


def is_imported(page: Page) -> bool:
    """Whether a note is known to come from a website: it says so, or holds what nobody writes."""
    profile = page.note.profile
    return any(page.verdicts) or "source" in page.note.properties or (profile is not None and profile.imported)


def _company(page: Page) -> int:
    lines = [line for line in general().line if line.company]
    any_of_them = either(tuple(line.line for line in lines))
    likely = (at for at in page.known if page.units[at].is_link and any_of_them.match(page.units[at].text))
    return sum(any(page.is_line(at, line) for line in lines) for at in likely)


def _cut_blobs(page: Page) -> None:
    for at, unit in enumerate(page.units):
        braced = unit.text.startswith(("{", "[{", "\\[{")) and unit.text.endswith(("}", "]"))
        if braced and len(_JSON_KEYS.findall(unit.text, 0, 5_000)) >= _KEYS_OF_A_BLOB:
            page.cut(at, Verdict("navigation", "data for the page's scripts"))


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
