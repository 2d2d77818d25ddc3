"""One diagnostic a line: `path:line:column: checker: message`."""

from collections.abc import Iterator
from itertools import islice

import click

from notelint.core.diagnostic import Diagnostic
from notelint.core.printable import printable
from notelint.engine.kept_diagnostics import KeptDiagnostics
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import COLOURS, ending, paths_shown, place

_END = "\n"


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """One line a diagnostic, and the summary line."""
    found = result.diagnostics
    if isinstance(found, KeptDiagnostics) and style.most is None and not (style.colour or style.links):
        shown = paths_shown(result, style)
        for path, lines in found.with_lines("concise", lambda ones: "".join(map(_plain_line, ones))):
            beginning = f"{shown(path)}:"
            yield f"{beginning}{lines[:-1].replace(_END, _END + beginning)}\n" if lines else ""
    else:
        yield from (_line(result, one, style) for one in islice(found, style.most))
    yield from (f"{line}\n" for line in ending(result, style))


def _plain_line(found: Diagnostic) -> str:
    """A line without the path, for a reader who has neither colours nor links."""
    return f"{found.start.line}:{found.start.column}: {printable(found.checker)}: {printable(found.message)}\n"


def _line(result: Result, found: Diagnostic, style: ReportStyle) -> str:
    id = printable(found.checker)
    checker = click.style(id, fg=COLOURS[found.severity]) if style.colour else id
    return f"{place(result, found, style)}: {checker}: {printable(found.message)}\n"
