"""Common parts of the formats for people: places, and the summary."""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import click

from notelint.core.diagnostic import Diagnostic, Safety, Severity
from notelint.core.printable import counted, fixes, line_of, width, wrapped
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.trend import trend_line

_ABOUT = {
    "notelint fix": "changes nothing that a note says",
    "notelint fix --unsafe-fixes": "read them first: --diff",
    "notelint fix --interactive": "asks for each",
}
COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def summary(result: Result) -> str:
    """A summary of a run, in one line."""
    of = f" of {result.vault_notes}" if result.checked != result.vault_notes else ""
    notes = f"{result.checked}{of} notes checked" if result.checked != 1 or of else "1 note checked"
    if not result.tally.total:
        return f"{notes}: nothing to report."
    kinds = [f"{n} info" if s == "info" else counted(n, s) for s, n in result.by_severity().items() if n]
    where = counted(result.tally.notes, "note")
    return f"{notes}: {', '.join(kinds)} in {where}."


def remedies(result: Result) -> str:
    """The number of fixes of each safety, and the command for each, in one line; empty if nothing can."""
    line = "; ".join(f"{what}: `{command}`" for what, command in _remedies(result))
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _remedies(result: Result) -> list[tuple[str, str]]:
    """The number of fixes of each safety, and its command; surest first."""
    counts = result.by_safety()
    parts = []
    if counts[Safety.SAFE]:
        parts.append((fixes(counts[Safety.SAFE], "safe"), "notelint fix"))
    if counts[Safety.UNSAFE]:
        parts.append((fixes(counts[Safety.UNSAFE], "unsafe"), "notelint fix --unsafe-fixes"))
    if counts[Safety.SUGGESTION]:
        parts.append((f"suggestions for {counts[Safety.SUGGESTION]} more", "notelint fix --interactive"))
    return parts


def _advice(result: Result, style: ReportStyle) -> list[str]:
    """The remedies as a table for a terminal: what each command does, and what needs none."""
    rows = [(what, command, _ABOUT[command]) for what, command in _remedies(result)]
    informing = result.by_severity()[Severity.INFO]
    if informing:
        rows.append((f"{informing} info", "", "for information: fails no run"))
    widths = [max((width(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines = []
    for what, command, about in rows:
        cells = [f"  {what:<{widths[0]}}", f"{command:<{widths[1]}}", about]
        if sum(map(width, cells)) + 4 > (style.width or 0):
            cells = [cells[0], command or about]
        if style.colour and command:
            cells[1] = click.style(cells[1], bold=True)
        lines.append("  ".join(cells).rstrip())
    return lines


def whole_summary(result: Result) -> str:
    """The summary with the remedies, in one line, for formats that have room for no more."""
    return " ".join(filter(None, (summary(result), remedies(result))))


def shown_path(result: Result, path: str, style: ReportStyle) -> str:
    """A note's path as it can be opened from the folder where the command runs; from the vault's root elsewhere."""
    return paths_shown(result, style)(path)


def paths_shown(result: Result, style: ReportStyle) -> Callable[[str], str]:
    """Gives the path of each note as `shown_path` does."""
    return _paths_shown(result.root, style.base)


@lru_cache(maxsize=8)
def _paths_shown(root: Path, base: Path | None) -> Callable[[str], str]:
    way = None if base is None else _way(base, root)
    if way is None or base is None:
        return line_of
    if ".." in way:
        seen_from_base = lru_cache(maxsize=8)(lambda path: Path(os.path.relpath(root / path, base)).as_posix())
        return lambda path: line_of(seen_from_base(path))
    return lambda path: line_of(f"{way}{path}")


def _way(base: Path, root: Path) -> str | None:
    """The prefix for a path of the vault, seen from a folder: none if neither lies in the other."""
    if root.is_relative_to(base):
        return "".join(f"{part}/" for part in root.relative_to(base).parts)
    return "../" if base.is_relative_to(root) else None


def heading(result: Result, path: str, style: ReportStyle) -> str:
    """A note's path, above its findings."""
    shown = shown_path(result, path, style)
    return link(result, path, click.style(shown, bold=True, underline=True) if style.colour else shown, style)


def place(result: Result, found: Diagnostic, style: ReportStyle, *, name: bool = True, **how: bool) -> str:
    """`path:line:column` of a diagnostic (without `name`: `line:column`), linked to the file where that can be."""
    at = f"{found.start.line}:{found.start.column}"
    shown = f"{shown_path(result, found.path, style)}:{at}" if name else at
    if style.colour and how:
        shown = click.style(shown, **how)
    return link(result, found.path, shown, style)


def link(result: Result, path: str, shown: str, style: ReportStyle) -> str:
    """The text, as a hyperlink to the note (OSC 8) if the terminal has those."""
    if not style.links or not result.root.is_absolute():
        return shown
    return f"\x1b]8;;{(result.root / path).as_uri()}\x1b\\{shown}\x1b]8;;\x1b\\"


def ending(result: Result, style: ReportStyle) -> list[str]:
    """The last lines: what was left out, and the summary; nothing if the report is to be quiet."""
    if style.quiet:
        return []
    left = 0 if style.most is None else result.tally.total - style.most
    trend = [] if result.trend is None else [trend_line(result.trend, blocks=style.blocks)]
    left_out = [f"...and {counted(left, 'other diagnostic')}: --max-diagnostics is {style.most}."] if left > 0 else []
    if style.width is not None:
        return [*left_out, *wrapped(summary(result), style.width, hanging=2), *_advice(result, style), *trend]
    return [*left_out, *filter(None, (summary(result), remedies(result))), *trend]
