"""Exact knowledge of websites, applied to a note that comes from one."""

from notelint.residue.facts import accessed
from notelint.residue.knowledge import TITLE, TOP, Box, Field, Site, Zone, either, matcher, sites
from notelint.residue.page import FACT, Page, Verdict


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
        _apply_box(page, box)
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
    if zone.end == TITLE:
        return page.title
    end = len(page.units)
    if zone.end is not None:
        expression = matcher(zone.end)
        following = (at for at in range(start + 1, end) if expression.match(page.units[at].text))
        end = next(following, end)
    for at in range(start, end):
        if page.units[at].words > zone.most and page.verdicts[at] is None:
            return at
    return end


def _apply_box(page: Page, box: Box) -> None:
    start = page.first(box.start)
    if start is None:
        return
    labels = [(matcher(field.label), field) for field in box.field]
    page.cut(start, Verdict(FACT, box.reason))
    at = start if any(label.match(page.units[start].text) for label, _ in labels) else start + 1
    while at < len(page.units):
        field = next((field for label, field in labels if label.match(page.units[at].text)), None)
        if field is not None:
            at = _apply_field(page, field, at, box)
        elif page.units[at].is_mark or page.verdicts[at] is not None or _is_cut_later(page, at):
            at += 1
        else:
            return


def _is_cut_later(page: Page, at: int) -> bool:
    return any(page.is_line(at, line) for site in sites() if site.name == page.site for line in site.line)


def _apply_field(page: Page, field: Field, label: int, box: Box) -> int:
    """Take the values after a label; the unit where the next label may stand."""
    at, taken, properties = label + 1, 0, list(field.properties)
    held = True
    while at < len(page.units) and taken < field.units:
        unit = page.units[at]
        if unit.is_mark or page.verdicts[at] is not None:
            at += 1
            continue
        if unit.words > field.most or unit.level or (field.units > 2 and not _is_item(page, at, field)):
            break
        key = properties[min(taken, len(properties) - 1)]
        values = {key: unit.text}
        if key == "citation" and (day := accessed(unit.text)) is not None:
            values["accessed"] = day
        held = page.take(at, values, box.reason) and held
        at, taken = at + 1, taken + 1
    if held and taken:
        page.cut(label, Verdict(FACT, box.reason))
    return at


def _is_item(page: Page, at: int, field: Field) -> bool:
    """Whether a unit is one of many short values, and not the article's first line."""
    unit = page.units[at]
    if unit.bullet or (at and page.units[at - 1].is_mark):
        return True
    return unit.words <= field.most and not unit.text.endswith((".", ":", ";")) and not page.note.structure.headings
