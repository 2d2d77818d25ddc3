"""For people: how many diagnostics of each checker, and how many of them have a fix, most first."""

from collections.abc import Iterator

from msgspec import structs

from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import ending


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """A line a checker, and the summary line."""
    fixable = result.tally.fixable
    lines = [
        f"{count:>6}  {printable(checker)}" + (f"  ({fixable[checker]} with a fix)" if fixable[checker] else "")
        for checker, count in result.by_checker().items()
    ]
    gap = [""] if lines and not style.quiet else []
    yield from (f"{line}\n" for line in [*lines, *gap, *ending(result, structs.replace(style, most=None))])
