"""For people: diagnostics under the note, the checker or the target that they share.

By target, a missing note with thirty links to it is one line.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby, islice

import click
from msgspec import structs

from notelint.core.diagnostic import Diagnostic
from notelint.core.printable import counted, line_of, printable
from notelint.core.spool import Spool
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.plain import COLOURS, ending, link, place

_NAMED = 3  # so many notes are named in the line of a target


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """The groups, largest first for checkers and targets, in the order of paths for notes; then the summary line."""
    if style.group_by == "target":
        lines = _by_target(result, style)
        gap = [""] if result.tally.total and style.most != 0 and not style.quiet else []
        end = [*gap, *ending(result, structs.replace(style, most=None))]
    else:
        lines = _by_note(result, style) if style.group_by == "note" else _by_checker(result, style)
        end = ending(result, style)
    yield from (f"{line}\n" for line in chain(lines, end))


def _by_note(result: Result, style: ReportStyle) -> Iterator[str]:
    """A group for each note, a line a diagnostic."""
    left = result.tally.total if style.most is None else style.most
    for path, group in groupby(result.diagnostics, key=lambda found: found.path):
        found = list(group)
        if left <= 0:
            return
        yield f"{link(result, path, _head(path, style), style)}: {counted(len(found), 'diagnostic')}"
        yield from (f"  {_line(result, one, style, by_note=True)}" for one in found[:left])
        yield ""
        left -= len(found)


def _by_checker(result: Result, style: ReportStyle) -> Iterator[str]:
    """A group for each checker, a line a diagnostic. Lines wait for their turn as bytes."""
    checkers = result.by_checker()
    lines, numbers = Spool(), {checker: array("I") for checker in checkers}
    for found in result.diagnostics:
        if style.most is None or len(numbers[found.checker]) < style.most:
            line = _line(result, found, style, by_note=False)
            numbers[found.checker].append(lines.put(line.encode("utf-8", "surrogatepass")))
    left = result.tally.total if style.most is None else style.most
    for checker, count in checkers.items():
        if left <= 0:
            return
        yield f"{_head(checker, style)}: {counted(count, 'diagnostic')}"
        yield from (f"  {lines.get(number).decode('utf-8', 'surrogatepass')}" for number in numbers[checker][:left])
        yield ""
        left -= count


def _head(name: str, style: ReportStyle) -> str:
    return click.style(line_of(name), bold=True) if style.colour else line_of(name)


def _line(result: Result, found: Diagnostic, style: ReportStyle, *, by_note: bool) -> str:
    severity = click.style(found.severity, fg=COLOURS[found.severity]) if style.colour else found.severity
    checker = f" {printable(found.checker)}" if by_note else ""
    return f"{place(result, found, style, name=not by_note)} {severity}{checker}: {printable(found.message)}"


@dataclass
class _Target:
    """A thing that several diagnostics are about: how many, in how many notes, and the first places, one a note."""

    count: int = 0
    notes: int = 0
    last: str | None = None  # the note that was met last
    named: list[str] = field(default_factory=list)


def _by_target(result: Result, style: ReportStyle) -> Iterator[str]:
    """A line for each thing that diagnostics are about, most first. What is about nothing else stands for itself."""
    targets = {thing: _Target() for thing, count in result.things.items() if count > 1}
    for found in result.diagnostics:
        if found.about is not None and (found.checker, found.about) in targets:
            _add(targets[found.checker, found.about], result, found, style)
    shown = sorted(targets.items(), key=lambda item: -item[1].count)[: style.most]
    for (checker, about), target in shown:
        more = target.notes - len(target.named)
        where = ", ".join(target.named) + (f" and {counted(more, 'other note')}" if more else "")
        yield f"{target.count:>6} x {printable(checker)}: {printable(about)} (in {where})"
    room = None if style.most is None else style.most - len(shown)
    for found in islice(_single(result), room):
        what = printable(found.message)
        yield f"{1:>6} x {printable(found.checker)}: {what} (in {place(result, found, style)})"
    single = result.tally.total - sum(target.count for target in targets.values())
    left = 0 if style.most is None else len(targets) + single - style.most
    if left > 0:
        yield f"...and {counted(left, 'other target')}: --max-diagnostics is {style.most}."


def _add(target: _Target, result: Result, found: Diagnostic, style: ReportStyle) -> None:
    """Count a diagnostic about a target. They come note by note."""
    target.count += 1
    if found.path != target.last:
        target.notes, target.last = target.notes + 1, found.path
        if len(target.named) < _NAMED:
            target.named.append(place(result, found, style))


def _single(result: Result) -> Iterator[Diagnostic]:
    """The diagnostics that are about nothing else, or alone about something."""
    for found in result.diagnostics:
        if found.about is None or result.things[found.checker, found.about] == 1:
            yield found
