"""Links to other pages of the website that a note comes from."""

from collections import Counter
from urllib.parse import urlsplit

from notelint.residue.page import JudgedPage
from notelint.residue.units import Unit, leads_outside


def hosts(page: JudgedPage) -> frozenset[str]:
    """The host that a page comes from, as far as its links tell: most of those that are not relative lead there."""
    found = Counter(host for unit in page.units for _, target in unit.links if (host := _host(target)))
    return frozenset(host for host, _ in found.most_common(1))


def leads_to_own(unit: Unit, own: frozenset[str]) -> bool:
    """True if all links of a unit, one at least, lead to pages of these hosts, none to a part of the same page."""
    return bool(unit.links) and all(_is_own(target, own) for _, target in unit.links)


def _is_own(target: str, own: frozenset[str]) -> bool:
    host = _host(target)
    return host in own if host else leads_outside(target) and not target.startswith(("#", "mailto:", "javascript:"))


def _host(target: str) -> str:
    """The host of an address without `www.`; empty for one that is relative."""
    if "//" not in target[:8]:
        return ""
    try:
        return (urlsplit(target).hostname or "").removeprefix("www.")
    except ValueError:
        return "?"
