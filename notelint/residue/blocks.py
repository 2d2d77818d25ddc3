"""What websites have in common: JSON left by scripts, tables of contents, lists of other pages, heads and feet."""

import re

from notelint.residue import boxes, clusters, edges
from notelint.residue.knowledge import either, general, matcher
from notelint.residue.page import PARAGRAPH, Page, Verdict
from notelint.residue.units import Unit

_JSON_KEYS = re.compile(r"\\?\"[\w\\-]{1,40}\\?\":")
_KEYS_OF_A_BLOB = 4
_ENTRIES = 3  # of a table of contents at least
_CROWD = 5  # links that lead about a site, in a note that is not known to come from one
_CONTENTS = re.compile(r"(?:table of )?contents:?|on this page:?|in this (?:article|page):?|jump to:?", re.I)
_PART = re.compile(r"(?:article|images|sections?):?", re.I)


def apply(page: Page) -> None:
    """Say of every unit what can be said whatever the site."""
    known = general()
    page.cut_lines(line for line in known.line if not line.company)
    _cut_blobs(page)
    clusters.apply(page, imported=False)
    if page.title is None:
        page.title = _title(page.units)
    if is_imported(page) or _company(page) >= _CROWD:
        _take_facts(page)
        page.cut_lines(known.line)
        clusters.apply(page, imported=True)
    _cut_contents(page)
    _cut_plain_contents(page)
    _cut_lists(page)
    edges.cut_foot(page, imported=is_imported(page))
    edges.cut_head(page, imported=is_imported(page))
    if is_imported(page):
        _take_facts(page)


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
    likely = (at for at, unit in enumerate(page.units) if unit.is_link and any_of_them.match(unit.text))
    return sum(any(page.is_line(at, line) for line in lines) for at in likely)


def _cut_blobs(page: Page) -> None:
    for at, unit in enumerate(page.units):
        braced = unit.text.startswith(("{", "[{", "\\[{")) and unit.text.endswith(("}", "]"))
        if braced and len(_JSON_KEYS.findall(unit.text, 0, 5_000)) >= _KEYS_OF_A_BLOB:
            page.cut(at, Verdict("navigation", "data for the page's scripts"))


def _cut_contents(page: Page) -> None:
    """Tables of contents: each entry is a link within the page whose words a heading of the note repeats."""
    headings = {unit.text.lower() for unit in page.units if unit.level}
    run: list[int] = []
    for at in range(len(page.units) + 1):
        unit = page.units[at] if at < len(page.units) else None
        if unit is not None and unit.is_link and not unit.level and all("#" in target for _, target in unit.links):
            run.append(at)
        elif run and (unit is None or not unit.is_mark):
            _cut_entries(page, run, headings)
            run = []


def _cut_entries(page: Page, run: list[int], headings: set[str]) -> None:
    named = sum(page.units[at].text.lower() in headings for at in run)
    if len(run) < _ENTRIES or named * 3 < len(run) * 2:
        return
    verdict = Verdict("navigation", "the page's own table of contents")
    page.cut_all(run, verdict)
    before = run[0] - 1
    while before >= 0 and (page.units[before].is_mark or _PART.fullmatch(page.units[before].text)):
        before -= 1
    if before >= 0 and _CONTENTS.fullmatch(page.units[before].text):
        page.cut_all(range(before, run[0]), verdict)


def _cut_plain_contents(page: Page) -> None:
    """A table of contents in a text that has lost its links: nearly every entry stands again below."""
    for at, unit in enumerate(page.units):
        if unit.kept or unit.level or not _CONTENTS.fullmatch(unit.text):
            continue
        end, seen = at + 1, set[str]()
        while end < len(page.units) and page.units[end].words <= PARAGRAPH and not page.units[end].kept:
            entry = _entry(page.units[end].text)
            if entry in seen:
                break  # the first section begins
            if not page.units[end].is_mark and not _PART.fullmatch(page.units[end].text):
                seen.add(entry)
            end += 1
        again = {_entry(other.text) for other in page.units[end:]}
        if len(seen) >= _ENTRIES and len(seen & again) * 4 >= len(seen) * 3:
            page.cut_all(range(at, end), Verdict("navigation", "the page's own table of contents"))


def _entry(text: str) -> str:
    """An entry of a table of contents, without its number and what an editor adds."""
    return re.sub(r"^\d+(?:\.\d+)*\.? |\s*\[ ?edit ?\]$", "", text.lower())


def _title(units: list[Unit]) -> int | None:
    """The first heading of the first level that is no link; its text may stand on the next line in a crude scrape."""
    for at, unit in enumerate(units):
        if unit.level == 1 and not unit.is_link:
            return at if not unit.is_mark or at + 1 == len(units) else at + 1
    return None


def _cut_lists(page: Page) -> None:
    """A title such as "More like this" and the links below it."""
    for block in general().block:
        title = matcher(block.title)
        for at, unit in enumerate(page.units):
            if page.verdicts[at] is None and title.match(unit.text) and not unit.kept:
                end = at + 1
                while end < len(page.units) and _is_entry(page, end):
                    end += 1
                while end > at + 1 and not page.units[end - 1].is_link and page.verdicts[end - 1] is None:
                    end -= 1
                links = sum(page.units[entry].is_link for entry in range(at + 1, end))
                if links >= 2:
                    page.cut_all(range(at, end), Verdict("navigation", block.reason))


def _is_entry(page: Page, at: int) -> bool:
    unit = page.units[at]
    if unit.kept or (unit.level and not unit.is_link):
        return False
    return unit.is_link or unit.is_mark or page.verdicts[at] is not None or _is_label(unit)


def _is_label(unit: Unit) -> bool:
    return unit.words <= 4 and unit.text.endswith(":")
