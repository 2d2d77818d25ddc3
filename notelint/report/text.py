"""For people: each diagnostic with its source line and a caret, then what several of them are about, and a summary."""

import click

from notelint.core.diagnostic import Diagnostic, Safety
from notelint.core.printable import counted, printable, width
from notelint.engine.result import Result
from notelint.report import Style
from notelint.report.plain import COLOURS, ending, place

_MOST_GROUPS = 10
_WIDEST = 80  # carets; what is meant by a whole paragraph is seen at its start


def render(result: Result, style: Style) -> str:
    """The whole report; it ends with the summary line."""
    parts = [_diagnostic(result, found, style) for found in result.diagnostics[: style.most]]
    groups = result.groups()
    if groups and not style.quiet:
        lines = [
            f"  {group.count:>4} x {printable(group.checker)}: {printable(group.about)}"
            for group in groups[:_MOST_GROUPS]
        ]
        if len(groups) > _MOST_GROUPS:
            lines.append(f"       and {counted(len(groups) - _MOST_GROUPS, 'other group')}")
        parts.append("Several are about one thing:\n" + "\n".join(lines) + "\n")
    return "\n".join([*parts, *(f"{line}\n" for line in ending(result, style))])


def _diagnostic(result: Result, found: Diagnostic, style: Style) -> str:
    def paint(text: str, **how: object) -> str:
        return click.style(text, **how) if style.colour else text  # type: ignore[arg-type]

    where = place(result, found, style, bold=True)
    head = f"{where} {paint(found.severity, fg=COLOURS[found.severity])} {printable(found.checker)}: "
    lines = [head + printable(found.message)]
    if found.source.strip():
        number = str(found.start.line)
        gutter = " " * len(number)
        lines.append(f"  {number} | {printable(found.source)}")
        lines.append(f"  {gutter} | {paint(_caret(found), fg=COLOURS[found.severity])}")
    if found.fix is not None:
        unsafe = " (unsafe)" if found.fix.safety is Safety.UNSAFE else ""
        lines.append(f"  = fix{unsafe}: {printable(found.fix.title)}")
    return "\n".join(lines) + "\n"


def _caret(found: Diagnostic) -> str:
    """Spaces up to the place and carets below it; tabs stay tabs, wide characters count twice."""
    before = printable(found.source)[: found.start.column - found.source_column]
    on_this_line = found.end.column - found.start.column if found.end.line == found.start.line else len(found.source)
    covered = printable(found.source)[len(before) : len(before) + max(on_this_line, 1)]
    padding = "".join("\t" if char == "\t" else " " * width(char) for char in before)
    return padding + "^" * min(max(width(covered.rstrip()), 1), _WIDEST)
