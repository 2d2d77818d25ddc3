"""One diagnostic a line: `path:line:column: checker: message`."""

import click

from notelint.core.printable import printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import COLOURS, ending, place


def render(result: Result, style: ReportStyle) -> str:
    """One line a diagnostic, and the summary line."""
    lines = []
    for found in result.diagnostics[: style.most]:
        id = printable(found.checker)
        checker = click.style(id, fg=COLOURS[found.severity]) if style.colour else id
        lines.append(f"{place(result, found, style)}: {checker}: {printable(found.message)}")
    return "".join(f"{line}\n" for line in [*lines, *ending(result, style)])
