"""Chronicles: days in a row, each with what happened on it. Comments have days, too, and who speaks beside them."""

from collections.abc import Iterator, Sequence

from notelint.residue.knowledge import matcher
from notelint.residue.page import JudgedPage
from notelint.residue.units import Unit

_DAYS = 3  # different ones at least
_ENDS = (".", "!", "?", "。")


def of(page: JudgedPage) -> frozenset[int]:
    """The days of a chronicle and the line below each; empty for a page of fewer than three."""
    units = [(at, unit) for at, unit in enumerate(page.units) if not unit.is_mark]
    days = [(units[at][0], units[at + 1][0]) for at in _days([unit for _, unit in units])]
    if len({page.units[day].text for day, _ in days}) < _DAYS:
        return frozenset()
    return frozenset(at for pair in days for at in pair)


def _days(units: Sequence[Unit]) -> Iterator[int]:
    """The units that are a day and no more, between a heading or what somebody wrote, and what somebody wrote."""
    day = matcher("%date%")
    for at in range(1, len(units) - 1):
        above, below = units[at - 1], units[at + 1]
        if day.match(units[at].text) is not None and (above.level or _is_text(above)) and _is_text(below):
            yield at


def _is_text(unit: Unit) -> bool:
    return unit.text.endswith(_ENDS) and not (unit.known or unit.is_link or unit.image)
