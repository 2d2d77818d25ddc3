"""Exact knowledge of websites, applied to a note that comes from one."""

import re

from notelint.residue.blocks import has_measure
from notelint.residue.facts import accessed
from notelint.residue.knowledge import TITLE, TOP, Box, Field, Site, Zone, either, matcher, sites
from notelint.residue.page import FACT, Page, Verdict
from notelint.residue.units import Unit

_SENTENCE = 4  # words of a sentence at least
_GAP = 16  # units between two labels of a box at most
_SHORT = 40  # words of a unit there at most


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
        _apply_box(page, box, site)
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


def _apply_box(page: Page, box: Box, site: Site) -> None:
    start = page.first(box.start)
    if start is None:
        return
    labels = [(matcher(field.label), field) for field in box.field]
    opens = any(label.match(page.units[start].text) for label, _ in labels)
    at, stated = start if opens else start + 1, False  # whether statements for editors have begun
    while at < len(page.units):
        field = next((field for label, field in labels if label.match(page.units[at].text)), None)
        if field is not None:
            at, stated = _apply_field(page, field, at, box), False
        elif page.units[at].is_mark or page.verdicts[at] is not None or _is_line(page, at, site):
            stated = stated or _is_line(page, at, site)
            at += 1
        elif stated and (following := _next_label(page, labels, at)) is not None:
            page.cut_all(range(at, following), Verdict(FACT, "a statement for the site's editors"))
            at = following
        else:
            break
    if not opens and any(verdict is not None for verdict in page.verdicts[start:at]):
        page.cut(start, Verdict(FACT, box.reason))
        page.facts_at.add(start)


def _next_label(page: Page, labels: list[tuple[re.Pattern[str], Field]], start: int) -> int | None:
    """The next label of the same box, if nothing but short lines stands before it."""
    for at in range(start, min(start + _GAP, len(page.units))):
        if any(label.match(page.units[at].text) for label, _ in labels):
            return at
        if page.units[at].words > _SHORT:
            return None
    return None


def _is_line(page: Page, at: int, site: Site) -> bool:
    return any(page.is_line(at, line) for line in site.line)


def _apply_field(page: Page, field: Field, label: int, box: Box) -> int:
    """Take the values after a label; the unit where the next label may stand."""
    at, taken, held = label + 1, 0, True
    while at < len(page.units) and taken < field.units:
        unit = page.units[at]
        if unit.is_mark or page.verdicts[at] is not None:
            at += 1
            continue
        if unit.words > field.most or unit.level or (field.units > 2 and not _is_item(page, at, field)):
            break
        values = {field.properties[min(taken, len(field.properties) - 1)]: unit.text}
        if "citation" in values and (day := accessed(unit.text)) is not None:
            values["accessed"] = day
        held = page.take(at, values, box.reason) and held
        at, taken = at + 1, taken + 1
    if held and taken:
        page.cut(label, Verdict(FACT, box.reason))
        page.facts_at.add(label)
    return at


def _is_item(page: Page, at: int, field: Field) -> bool:
    """Whether a unit is one of many short values, and not the article's first line."""
    unit = page.units[at]
    if unit.bullet or (at and page.units[at - 1].is_mark):
        return True
    return not unit.text.endswith((".", ":", ";")) and not page.note.headings
