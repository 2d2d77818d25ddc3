"""For people: diagnostics under the note, the checker or the target that they share.

By target, a missing note with thirty links to it is one line.
"""

from collections.abc import Iterator
from dataclasses import replace

import click

from notelint.core.diagnostic import Diagnostic
from notelint.core.printable import counted, line_of, printable
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import COLOURS, ending, link, place

_NAMED = 3  # so many notes are named in the line of a target


def render(result: Result, style: ReportStyle) -> str:
    """The groups, largest first for checkers and targets, in the order of paths for notes; then the summary line."""
    if style.group_by == "target":
        lines = list(_by_target(result, style))
        gap = [""] if lines and not style.quiet else []
        end = [*gap, *ending(result, replace(style, most=None))]
    else:
        lines = list(_by(result, style))
        end = ending(result, style)
    return "".join(f"{line}\n" for line in [*lines, *end])


def _by(result: Result, style: ReportStyle) -> Iterator[str]:
    """Groups by note or by checker, a line a diagnostic."""
    by_note = style.group_by == "note"
    groups: dict[str, list[Diagnostic]] = {}
    for found in result.diagnostics:
        groups.setdefault(found.path if by_note else found.checker, []).append(found)
    order = groups if by_note else sorted(groups, key=lambda name: -len(groups[name]))
    left = len(result.diagnostics) if style.most is None else style.most
    for name in order:
        shown = groups[name][:left]
        left -= len(shown)
        if shown:
            head = click.style(line_of(name), bold=True) if style.colour else line_of(name)
            count = counted(len(groups[name]), "diagnostic")
            yield f"{link(result, name, head, style) if by_note else head}: {count}"
            yield from (f"  {_line(result, found, style, by_note)}" for found in shown)
            yield ""


def _line(result: Result, found: Diagnostic, style: ReportStyle, by_note: bool) -> str:
    severity = click.style(found.severity, fg=COLOURS[found.severity]) if style.colour else found.severity
    checker = f" {printable(found.checker)}" if by_note else ""
    return f"{place(result, found, style, name=not by_note)} {severity}{checker}: {printable(found.message)}"


def _by_target(result: Result, style: ReportStyle) -> Iterator[str]:
    """A line for each thing that diagnostics are about, most first. What is about nothing else stands for itself."""
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for at, found in enumerate(result.diagnostics):
        groups.setdefault((found.checker, f"\0{at}" if found.about is None else found.about), []).append(found)
    all_lines = sorted(groups.values(), key=lambda group: -len(group))
    for group in all_lines[: style.most]:
        first = group[0]
        what = printable(first.message if first.about is None or len(group) == 1 else first.about)
        yield f"{len(group):>6} x {printable(first.checker)}: {what} (in {_notes(result, group, style)})"
    left = len(all_lines) - len(all_lines[: style.most])
    if left:
        yield f"...and {counted(left, 'other target')}: --max-diagnostics is {style.most}."


def _notes(result: Result, group: list[Diagnostic], style: ReportStyle) -> str:
    first = {found.path: found for found in reversed(group)}
    named = [place(result, first[path], style) for path in sorted(first)[:_NAMED]]
    left = len(first) - len(named)
    return ", ".join(named) + (f" and {counted(left, 'other note')}" if left else "")
