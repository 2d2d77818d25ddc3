"""Exact knowledge of websites, applied to a note that comes from one."""

from collections.abc import Sequence

from notelint.note.note import Note
from notelint.residue import boxes
from notelint.residue.knowledge import TITLE, TOP, KnownWebsite, Zone, either, matcher, sites
from notelint.residue.page import JudgedPage, Verdict
from notelint.residue.signs import has_measure
from notelint.residue.units import Unit
from notelint.residue.web_address import addresses

_LINES = 2  # different lines of a signature at least
_SENTENCE = 4  # words of a sentence at least
_SOON = 4  # units


def signed(page: JudgedPage) -> KnownWebsite | None:
    """The site whose signature a page holds: lines of two kinds, of which one may be a link's target."""
    line = either(tuple(line for site in sites() for line in site.signature))
    found = [unit.text for unit in page.units if not unit.kept and line.fits(unit.text)]
    return next((site for site in sites() if _is_signed(page, site, found)), None) if found else None


def _is_signed(page: JudgedPage, site: KnownWebsite, found: Sequence[str]) -> bool:
    """True if a page is signed by a site; `found` are its lines of any site's signature."""
    kinds = {pattern for pattern in site.signature for text in found if matcher(pattern).match(text)}
    if len(kinds) + 1 == _LINES:
        target = either(site.signature_target)
        return any(target.fits(to) for unit in page.units if not unit.kept for _, to in unit.links)
    return len(kinds) >= _LINES


def recognise(page: JudgedPage) -> tuple[KnownWebsite | None, bool]:
    """The site that an import comes from, by its address or its signature; and whether its signature stands."""
    site = signed(page)
    return (site, True) if site is not None else (at_address(page.note), False)


def at_address(note: Note) -> KnownWebsite | None:
    """The site of the address that a note's properties name."""
    known = addresses(note)
    return next((site for site in sites() if any(_is_of(known_, site) for known_ in known)), None)


def _is_of(address: str, site: KnownWebsite) -> bool:
    """True if an address (host and path) is of a site, or of a part of it such as its mobile pages."""
    for own in site.address:
        host, _, path = own.partition("/")
        name, _, rest = address.partition("/")
        if (name == host or name.endswith(f".{host}")) and (not path or rest == path or rest.startswith(f"{path}/")):
            return True
    return False


def apply(page: JudgedPage, site: KnownWebsite, *, is_signed: bool) -> None:
    """Say of every unit what the site's pack knows of it; the facts go first, for they must not be lost.

    Where the address alone says so, a clipper may have left the head out: what stands on top is not a zone then.
    """
    page.title = _title(page, site)
    if site.fact:
        page.take_facts(site.fact)
    for box in site.box:
        boxes.apply(page, box, site.line)
    for zone in site.zone if is_signed else (zone for zone in site.zone if TOP not in (zone.start, zone.end)):
        _apply_zone(page, zone)
    page.cut_lines(site.line, range(len(page.units)))


def _title(page: JudgedPage, site: KnownWebsite) -> int | None:
    """The first heading of the first level, or the line before the one that the site writes below its titles."""
    headings = (at for at, unit in enumerate(page.units) if unit.level == 1 and not unit.is_link and unit.text)
    heading = next(headings, None)
    if site.title_before is None:
        return heading
    below = page.first(site.title_before)
    above = (at for at in range((below or 0) - 1, -1, -1) if not page.units[at].is_mark)
    title = next(above, None)
    if title is None:  # a late "#" in a text that has lost its headings is not a title
        return heading if heading is not None and heading * 2 < len(page.units) else None
    return title if heading is None else min(title, heading)


def _apply_zone(page: JudgedPage, zone: Zone) -> None:
    start = 0 if zone.start == TOP else _start(page, zone, 0)
    if zone.back:
        _apply_back(page, zone, start)
        return
    while start is not None:
        end = _zone_end(page, zone, start)
        if end is None:
            return
        page.cut_all(range(start, end), Verdict(zone.kind, zone.reason))
        start = None if zone.start == TOP else _start(page, zone, max(end, start + 1))


def _start(page: JudgedPage, zone: Zone, at: int) -> int | None:
    """Where a zone starts, from unit `at` on."""
    start = page.first(zone.start, at)
    while start is not None and zone.then is not None:
        soon = matcher(zone.then)
        if any(soon.match(unit.text) for unit in page.units[start + 1 : start + 1 + _SOON]):
            break
        start = page.first(zone.start, start + 1)
    return start


def _apply_back(page: JudgedPage, zone: Zone, last: int | None) -> None:
    if last is None:
        return
    first = last
    while first and page.verdicts[first - 1] is None and first - 1 != page.title:
        if page.units[first - 1].level or _is_foreign(page.units[first - 1], zone):
            break
        first -= 1
    page.cut_all(range(first, last + 1), Verdict(zone.kind, zone.reason))


def _zone_end(page: JudgedPage, zone: Zone, start: int) -> int | None:
    """Where a zone ends; None if it has none."""
    if zone.end == TITLE and page.title is None:
        return None
    before = page.title is not None and (zone.end == TITLE or start < page.title)
    end = page.title if before and page.title is not None else len(page.units)
    if zone.end not in (None, TITLE):
        expression = matcher(zone.end)
        following = next((at for at in range(start + 1, end) if expression.match(page.units[at].text)), None)
        if following is None and zone.closed:
            return None
        end = end if following is None else following
    for at in range(start, end):
        opening = at == start and zone.start != TOP
        if page.verdicts[at] is None and not opening and _is_foreign(page.units[at], zone):
            return at
    return end


def _is_foreign(unit: Unit, zone: Zone) -> bool:
    """True if the site would not write this in the zone."""
    if unit.words > zone.most or has_measure(unit.text):
        return True
    return not zone.prose and not unit.is_link and unit.words >= _SENTENCE and unit.text.endswith((".", "!", "?"))
