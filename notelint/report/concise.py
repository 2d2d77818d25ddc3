"""One diagnostic a line: `path:line:column: checker: message`."""

import click

from notelint.report import Style
from notelint.report.plain import printable, summary
from notelint.result import Result


def render(result: Result, style: Style) -> str:
    """One line a diagnostic, and the summary line."""
    lines = []
    for found in result.diagnostics:
        place = f"{printable(found.path)}:{found.start.line}:{found.start.column}"
        checker = (
            click.style(found.checker, fg="red" if found.severity == "error" else "yellow")
            if style.colour
            else found.checker
        )
        lines.append(f"{place}: {checker}: {printable(found.message)}")
    return "\n".join([*lines, summary(result)]) + "\n"
