"""What the formats for people share: places, and the summary."""

import click

from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.printable import counted, line_of
from notelint.engine.result import Result
from notelint.report import Style

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def summary(result: Result) -> str:
    """The last line of a report for people."""
    of = f" of {result.vault_notes}" if result.checked != result.vault_notes else ""
    notes = f"{result.checked}{of} notes checked" if result.checked != 1 or of else "1 note checked"
    if not result.diagnostics:
        return f"{notes}: nothing to report."
    kinds = [f"{n} info" if s == "info" else counted(n, s) for s, n in result.by_severity().items() if n]
    where = counted(len({found.path for found in result.diagnostics}), "note")
    fixes = (
        f"; {counted(result.fixable, 'fix')[:-1]}es known"
        if result.fixable > 1
        else "; 1 fix known"
        if result.fixable
        else ""
    )
    return f"{notes}: {', '.join(kinds)} in {where}{fixes}."


def place(result: Result, found: Diagnostic, style: Style, *, name: bool = True, **how: bool) -> str:
    """`path:line:column` of a diagnostic (without `name`: `line:column`), linked to the file where that can be."""
    at = f"{found.start.line}:{found.start.column}"
    shown = line_of(f"{found.path}:{at}") if name else at
    if style.colour and how:
        shown = click.style(shown, **how)
    return link(result, found.path, shown, style)


def link(result: Result, path: str, shown: str, style: Style) -> str:
    """The text, as a hyperlink to the note (OSC 8) if the terminal has those."""
    if not style.links or not result.root.is_absolute():
        return shown
    return f"\x1b]8;;{(result.root / path).as_uri()}\x1b\\{shown}\x1b]8;;\x1b\\"


def ending(result: Result, style: Style) -> list[str]:
    """The last lines: what was left out, and the summary; nothing if the report is to be quiet."""
    if style.quiet:
        return []
    left = 0 if style.most is None else len(result.diagnostics) - style.most
    left_out = [f"...and {counted(left, 'other diagnostic')}: --max-diagnostics is {style.most}."] if left > 0 else []
    return [*left_out, summary(result)]
