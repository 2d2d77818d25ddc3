"""Exact knowledge of websites, applied to a note that comes from one."""

from notelint.residue import boxes
from notelint.residue.signs import has_measure
from notelint.residue.knowledge import TITLE, TOP, Site, Zone, either, matcher, sites
from notelint.residue.page import Page, Verdict
from notelint.residue.units import Unit

_SENTENCE = 4  # words of a sentence at least


def recognise(page: Page) -> Site | None:
    """The site that a page comes from, told by its signature lines and link targets."""
    for site in sites():
        signature = either(site.signature)
        for unit in page.units:
            if signature.match(unit.text) or any(signature.match(target) for _, target in unit.links):
                return site
    return None


def apply(page: Page, site: Site) -> None:
    """Say of every unit what the site's pack knows of it; the facts go first, for they must not be lost."""
    page.title = _title(page, site)
    for fact in site.fact:
        for at in range(len(page.units)):
            page.take_fact(at, fact)
    for box in site.box:
        boxes.apply(page, box, site.line)
    for zone in site.zone:
        _apply_zone(page, zone)
    page.cut_lines(site.line)


def _title(page: Page, site: Site) -> int | None:
    if site.title_before is not None:
        at = page.first(site.title_before)
        while at is not None and at > 0:
            at -= 1
            if not page.units[at].is_mark:
                return at
        return None
    headings = (at for at, unit in enumerate(page.units) if unit.level == 1 and not unit.is_link and unit.text)
    return next(headings, None)


def _apply_zone(page: Page, zone: Zone) -> None:
    start = 0 if zone.start == TOP else page.first(zone.start)
    while start is not None:
        end = _zone_end(page, zone, start)
        if end is None:
            return
        page.cut_all(range(start, end), Verdict(zone.kind, zone.reason))
        start = None if zone.start == TOP else page.first(zone.start, max(end, start + 1))


def _zone_end(page: Page, zone: Zone, start: int) -> int | None:
    """Where a zone ends; None if its end is named and not there."""
    if zone.end == TITLE and page.title is None:
        return None
    end = page.title if zone.end == TITLE and page.title is not None else len(page.units)
    if zone.end not in (None, TITLE):
        expression = matcher(zone.end)
        following = (at for at in range(start + 1, end) if expression.match(page.units[at].text))
        end = next(following, end)
    for at in range(start, end):
        opening = at == start and zone.start != TOP
        if page.verdicts[at] is None and not opening and _is_foreign(page.units[at], zone):
            return at
    return end


def _is_foreign(unit: Unit, zone: Zone) -> bool:
    """Whether the site would not write this in the zone."""
    if unit.words > zone.most or has_measure(unit.text):
        return True
    return not zone.prose and not unit.is_link and unit.words >= _SENTENCE and unit.text.endswith((".", "!", "?"))
