"""Links to other pages of the website that a note comes from."""

import re
from collections import Counter
from urllib.parse import urlsplit

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.page import JudgedPage
from notelint.residue.units import PROGRAMS, Unit, leads_outside
from notelint.residue.web_address import addresses

_PERSON = lazy_regex(r"/(?:users?|members?|profiles?|authors?|contributors?|people|team|in)/|^mailto:", re.I)


def hosts(page: JudgedPage) -> frozenset[str]:
    """The hosts that a note's properties name as its source.

    Of a note without one, the host that the page comes from as far as its links tell: most that are not relative lead
    there.
    """
    named = frozenset(address.partition("/")[0] for address in addresses(page.note))
    if named:
        return named
    found = Counter(host for unit in page.units for _, target in unit.links if (host := _host(target)))
    return frozenset(host for host, _ in found.most_common(1))


def is_sure(page: JudgedPage, own: frozenset[str], start: int, end: int) -> bool:
    """True if these are surely the page's own hosts, and not only those of the links in some units.

    A last list may lead to a shop, with more links than all of the article holds.
    """
    beside = (unit for at, unit in enumerate(page.units) if not start <= at < end)
    return bool(addresses(page.note)) or any(_host(target) in own for unit in beside for _, target in unit.links)


def leads_to_own(unit: Unit, own: frozenset[str]) -> bool:
    """True if all links of a unit, one at least, lead to pages of these hosts, none to a part of the same page."""
    return bool(unit.links) and all(_is_own(target, own) for _, target in unit.links)


def may_be_listed(unit: Unit, own: frozenset[str]) -> bool:
    """True if a unit is a link that a person may have listed: to another site, or to somebody."""
    if not unit.is_link or unit.known:
        return False
    return not leads_to_own(unit, own) or any(_PERSON.search(target) for _, target in unit.links)


def _is_own(target: str, own: frozenset[str]) -> bool:
    host = _host(target)
    if host and host not in own:
        return any(host.endswith(f".{one}") or one.endswith(f".{host}") for one in own)
    return True if host else leads_outside(target) and not target.startswith(("#", *PROGRAMS))


def _host(target: str) -> str:
    """The host of an address without `www.`; empty for one that is relative."""
    if "//" not in target[:8]:
        return ""
    try:
        return (urlsplit(target).hostname or "").removeprefix("www.")
    except ValueError:
        return "?"
