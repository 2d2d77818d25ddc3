"""For people: each note with its findings below it, their source lines and carets, then what they amount to."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

import click

from notelint.core.diagnostic import Diagnostic, Safety
from notelint.core.printable import counted, printable, wrapped
from notelint.engine.kept_diagnostics import KeptDiagnostics
from notelint.engine.result import Result
from notelint.report import ReportStyle
from notelint.report.frames import Frame, fixes_of, frames, other_lines, snippet
from notelint.report.plain import COLOURS, ending, heading, place

_MOST_GROUPS = 10
_WIDEST = 120  # columns of a source line where nobody knows how wide the reader's window is
_SUGGESTED = 3  # candidates that are shown
_INDENT = 2


def render(result: Result, style: ReportStyle) -> Iterator[str]:
    """The report, note by note; it ends with the summary."""
    all_found = result.diagnostics
    if isinstance(all_found, KeptDiagnostics) and _is_plain(style):
        for path, lines in all_found.with_lines("text", lambda found: _frames(result, found, style)):
            yield f"{heading(result, path, style)}\n{lines}" if lines else ""
    else:
        for path, found in groupby(islice(all_found, style.most), key=lambda one: one.path):
            yield f"{heading(result, path, style)}\n{_frames(result, found, style)}"
    yield from (f"{line}\n" for line in [*_groups(result, style), *ending(result, style)])


def _is_plain(style: ReportStyle) -> bool:
    """True for a report of all diagnostics without colours, links, and lines cut for a terminal."""
    return style.most is None and style.width is None and not (style.colour or style.links)


def _frames(result: Result, found: Iterable[Diagnostic], style: ReportStyle) -> str:
    """The findings of one note."""
    return "".join(f"{line}\n" for frame in frames(found) for line in _frame(result, frame, style))


def _frame(result: Result, frame: Frame, style: ReportStyle) -> Iterator[str]:
    """The findings at one place, the source line, the fixes."""
    first = frame.first
    where = place(result, first, style, name=False)
    gutter = " " * max(len(str(first.start.line)), 3)
    for nth, one in enumerate(frame.diagnostics):
        at = f"{first.start.line}:{first.start.column}"
        head = (where, at) if nth == 0 else (" " * len(at),) * 2
        yield from _message(head, one, style)
    again = other_lines(frame)
    if again:
        yield from wrapped(again, style.width, indent=len(gutter) + _INDENT + 3)
    shown = snippet(first, (style.width or _WIDEST) - len(gutter) - _INDENT - 3)
    if shown is not None:
        yield f"  {first.start.line:>{len(gutter)}} | {shown[0]}"
        yield f"  {gutter} | {_paint(shown[1], style, fg=COLOURS[first.severity])}"
    for line in _fixes(frame):
        yield from wrapped(line, style.width, indent=len(gutter) + _INDENT + 1, hanging=2)
    yield ""


def _message(head: tuple[str, str], one: Diagnostic, style: ReportStyle) -> Iterator[str]:
    """`12:5 error broken-link: …`, on as many lines as it takes; `head` is the place as shown and as written."""
    checker = printable(one.checker)
    plain = f"{head[1]} {one.severity} {checker}: {printable(one.message)}"
    first, *rest = wrapped(plain, style.width, indent=_INDENT, hanging=_INDENT * 2)
    label = f"{head[1]} {one.severity} {checker}:"
    painted = f"{head[0]} {_paint(one.severity, style, fg=COLOURS[one.severity])} {_paint(checker, style, bold=True)}:"
    yield first.replace(label, painted, 1)
    yield from rest


def _fixes(frame: Frame) -> Iterator[str]:
    suggestions = 0
    for fix in fixes_of(frame):
        if fix.safety is Safety.SUGGESTION:
            suggestions += 1
            if suggestions > _SUGGESTED:
                continue
        kind = {Safety.SAFE: "fix", Safety.UNSAFE: "unsafe fix", Safety.SUGGESTION: "suggestion"}[fix.safety]
        yield f"= {kind}: {printable(fix.title)}"
    if suggestions > _SUGGESTED:
        yield f"= {counted(suggestions - _SUGGESTED, 'suggestion')} more: `notelint fix --interactive`"


def _groups(result: Result, style: ReportStyle) -> Iterator[str]:
    """Groups of findings that have something in common: a change in one place is worth most there."""
    groups = [] if style.quiet else result.worth_fixing()
    if not groups:
        return
    yield _paint("Several findings have one cause; what is most worth fixing comes first:", style, bold=True)
    size = max(4, len(str(groups[0].count)))
    for group in groups[:_MOST_GROUPS]:
        text = f"{group.count:>{size}} {printable(group.checker)}: {printable(group.about)}"
        yield from wrapped(text, style.width, indent=2, hanging=size + 1)
    if len(groups) > _MOST_GROUPS:
        more = counted(len(groups) - _MOST_GROUPS, "other cause")
        yield f"  {'':>{size}} and {more}: `notelint check --group-by target`"
    yield ""


def _paint(text: str, style: ReportStyle, **how: object) -> str:
    return click.style(text, **how) if style.colour else text  # type: ignore[arg-type]
