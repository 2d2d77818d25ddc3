"""One diagnostic a line: `path:line:column: checker: message`."""

from collections.abc import Iterator
from itertools import islice

import click

from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import COLOURS, ending, place


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """One line a diagnostic, and the summary line."""
    for found in islice(result.diagnostics, style.most):
        id = printable(found.checker)
        checker = click.style(id, fg=COLOURS[found.severity]) if style.colour else id
        yield f"{place(result, found, style)}: {checker}: {printable(found.message)}\n"
    yield from (f"{line}\n" for line in ending(result, style))
