"""The trend of findings in one line, for terminals and for reports that have no picture of it."""

from collections.abc import Sequence

from notelint.core.printable import counted
from notelint.engine.result import Trend

BLOCKS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int]) -> str:
    """A block for each number, from nought at the lowest to the largest number at the highest."""
    most = max(values, default=0)
    return "".join(BLOCKS[-(-value * (len(BLOCKS) - 1) // most) if most else 0] for value in values)


def span(trend: Trend) -> str:
    """The commits that were judged: `12 of 240 commits, 2026-01-03 to 2026-11-20`."""
    moments = trend.moments
    if not moments:
        return "no commit yet"
    first, last = moments[0].day, moments[-1].day
    some = f"{len(moments)} of " if len(moments) < trend.commits else ""
    days = first if first == last else f"{first} to {last}"
    cut_off = " (older ones are not in this shallow clone)" if trend.is_cut_off else ""
    return f"{some}{counted(trend.commits, 'commit')}, {days}{cut_off}"


def trend_line(trend: Trend, *, blocks: bool) -> str:
    """The trend in one line; `blocks` says that sparklines can be shown."""
    totals = [moment.total for moment in trend.moments]
    if len(totals) < 2:
        return f"Trend: {span(trend)}: one more is needed." if totals else "Trend: there is no commit yet."
    families = ", ".join(f"{name} {_way(values, blocks)}" for name, values in trend.families.items())
    shown = f"Trend, {span(trend)}: findings {_way(totals, blocks)}"
    return f"{shown} ({families})" if len(trend.families) > 1 else shown


def _way(values: Sequence[int], blocks: bool) -> str:
    """`141 ▇▅▁ 20`."""
    return f"{values[0]} {sparkline(values) if blocks else 'to'} {values[-1]}"
