"""Diagnostics folded into frames, and the source line of a frame with a caret, cut to the width of a terminal."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from notelint.core.diagnostic import Diagnostic, Fix
from notelint.core.printable import has_single_columns, printable, width

_ELLIPSIS = "…"
_BEFORE = 0.4  # of the room for a line stands before its place, where the whole line has no room
_LINES_NAMED = 8  # of a finding that comes again


@dataclass
class Frame:
    """A place in a note: the findings there, and the other lines with the very same findings."""

    diagnostics: list[Diagnostic]
    again: list[int] = field(default_factory=list)  # numbers of lines, from 1

    @property
    def first(self) -> Diagnostic:
        """The diagnostic whose place and source line are shown."""
        return self.diagnostics[0]

    @property
    def count(self) -> int:
        """Number of diagnostics that the frame stands for."""
        return len(self.diagnostics) * (1 + len(self.again))


def frames(found: Iterable[Diagnostic]) -> list[Frame]:
    """Fold the diagnostics of one note, which are in the order of places.

    Diagnostics of the same place are one frame; frames that say the same of other places are one with the first.
    """
    at_place: dict[tuple[int, int], Frame] = {}
    for one in found:
        at_place.setdefault((one.span.start, one.span.end), Frame([])).diagnostics.append(one)
    folded: dict[tuple[object, ...], Frame] = {}
    for frame in at_place.values():
        known = folded.setdefault(tuple(map(_said, frame.diagnostics)), frame)
        if known is not frame:
            known.again.append(frame.first.start.line)
    return list(folded.values())


def _said(one: Diagnostic) -> tuple[object, ...]:
    return one.checker, one.severity, one.message, tuple((c.fix.title, c.fix.safety) for c in one.candidates)


def fixes_of(frame: Frame) -> list[Fix]:
    """The ways to fix what a frame shows, each title once."""
    return list({(c.fix.title, c.fix.safety): c.fix for one in frame.diagnostics for c in one.candidates}.values())


def other_lines(frame: Frame) -> str:
    """`also on lines 12, 20 and 3 more`; empty where the findings stand in one place."""
    lines = list(dict.fromkeys(frame.again))
    if not lines:
        return ""
    if lines == [frame.first.start.line]:
        return f"{len(frame.again) + 1} times on this line"
    named, left = lines[:_LINES_NAMED], len(lines) - _LINES_NAMED
    if left > 0:
        return f"also on lines {', '.join(map(str, named))} and {left} more"
    if len(named) == 1:
        return f"also on line {named[0]}"
    return f"also on lines {', '.join(map(str, named[:-1]))} and {named[-1]}"


def snippet(found: Diagnostic, room: int) -> tuple[str, str] | None:
    """The source line of a diagnostic and the line of carets below it, at most `room` columns wide; None without text.

    What has no room is cut around the place, and an ellipsis stands for it. Tabs are one space.
    """
    source = printable(found.source).replace("\t", " ").rstrip()
    start = found.start.column - found.source_column
    if not source.strip() or start > len(source):
        return None
    length = found.end.column - found.start.column if found.end.line == found.start.line else len(source) - start
    end = min(start + max(length, 1), max(len(source), start + 1))
    if width(source) > room or found.source_column > 1:
        source, start, end = _cut(source, start, end, room, cut_before=found.source_column > 1)
    else:
        indent = len(source) - len(source.lstrip())
        indent = min(indent, start)
        source, start, end = source[indent:], start - indent, end - indent
    carets = "^" * max(width(source[start:end]), 1)
    return source, " " * width(source[:start]) + carets[: max(room - width(source[:start]), 1)]


def _cut(source: str, start: int, end: int, room: int, *, cut_before: bool) -> tuple[str, int, int]:
    """A part of a line around a place that fits into `room` columns, and where the place is in it."""
    first = _walk(source, start, -int(room * _BEFORE))
    if width(source[first:]) < room:  # the place is near the end of the line: more of what stands before it
        first = _walk(source, len(source), -(room - 1))
    first = min(first, start)
    before = _ELLIPSIS if first or cut_before else ""
    last = _walk(source, first, room - len(before))
    after = ""
    if last < len(source):
        last, after = _walk(source, first, room - len(before) - 1), _ELLIPSIS
    moved = len(before) - first
    shown = before + source[first:last] + after
    return shown, start + moved, max(min(end, last) + moved, start + moved + 1)


def _walk(text: str, at: int, columns: int) -> int:
    """Where one comes to from an offset that many columns further, to the right or (if negative) to the left."""
    if has_single_columns(text):
        return min(max(at + columns, 0), len(text))
    step, left = (1, columns) if columns >= 0 else (-1, -columns)
    while left > 0 and 0 <= (next_ := at + min(step, 0)) < len(text):
        left -= width(text[next_])
        if left < 0:
            break
        at += step
    return at
