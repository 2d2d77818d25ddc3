"""A fix as a difference: the lines that it changes, old and new, with what differs in them."""

from collections.abc import Iterator, Sequence
from typing import Any

from notelint.core.diagnostic import Diagnostic, Fix
from notelint.core.printable import printable
from notelint.core.text import Edit

_LONGEST = 200  # characters of a line
_AROUND = 60  # characters that are shown on either side of what differs in a long line
_MOST_LINES = 8
_MOST_HUNKS = 4

Pieces = tuple[str, str, str]  # what stands before the part that matters, that part, and what stands behind it


def excerpt(found: Diagnostic) -> Pieces | None:
    """The source line of a diagnostic, cut around its place; None where there is nothing to see."""
    start = found.start.column - found.source_column
    if not found.source.strip() or not 0 <= start <= len(found.source):
        return None
    one_line = found.end.line == found.start.line
    end = found.end.column - found.source_column if one_line else len(found.source)
    return pieces(found.source, start, max(start, min(end, len(found.source))), cut=found.source_column > 1)


def pieces(line: str, start: int, end: int, *, cut: bool = False) -> Pieces:
    """A line around `line[start:end]`, with ellipses for what has no room; `cut` says that it begins with one."""
    before, middle, after = line[:start], line[start:end], line[end:].rstrip("\r\n")
    if len(before) + len(middle) + len(after) > _LONGEST:
        cut = cut or len(before) > _AROUND
        before = before[-_AROUND:]
        middle = middle if len(middle) <= _LONGEST else f"{middle[:_LONGEST]}…"
        after = after if len(after) <= _AROUND else f"{after[:_AROUND]}…"
    return printable(f"…{before}" if cut else before), printable(middle), printable(after)


def hunks(fix: Fix, text: str | None, found: Diagnostic) -> list[dict[str, Any]]:
    """The difference that a fix makes in a note; empty where the text is not the one that the fix was made for."""
    if text is None or not fix.edits or not _is_same(text, found) or fix.edits[-1].span.end > len(text):
        return []
    return [one for one in (_hunk(group, text) for group in _groups(fix.edits, text)) if one][:_MOST_HUNKS]


def _is_same(text: str, found: Diagnostic) -> bool:
    start = found.span.start - (found.start.column - found.source_column)
    return start >= 0 and text.startswith(found.source, start)


def _groups(edits: Sequence[Edit], text: str) -> Iterator[list[Edit]]:
    """Edits of lines that touch belong together."""
    group: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.span.start, one.span.end)):
        if group and text.count("\n", group[-1].span.end, edit.span.start) > 1:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _hunk(group: Sequence[Edit], text: str) -> dict[str, Any] | None:
    """The lines that edits change, without those that stay at either end; None if nothing does."""
    start = text.rfind("\n", 0, group[0].span.start) + 1
    end = text.find("\n", group[-1].span.end)
    end = len(text) if end < 0 else end
    parts, at = [], start
    for edit in group:
        parts += [text[at : edit.span.start], edit.text]
        at = max(at, edit.span.end)
    old, new = text[start:end].split("\n"), ("".join(parts) + text[at:end]).split("\n")
    line = text.count("\n", 0, start) + 1
    while old and new and old[0] == new[0]:
        old, new, line = old[1:], new[1:], line + 1
    while old and new and old[-1] == new[-1]:
        old, new = old[:-1], new[:-1]
    if not old and not new:
        return None
    return {"line": line, **_sides(old, new)}


def _sides(old: Sequence[str], new: Sequence[str]) -> dict[str, Any]:
    if len(old) == len(new) == 1:
        first, last = _common(old[0], new[0])
        return {
            "old": [pieces(old[0], first, len(old[0]) - last)],
            "new": [pieces(new[0], first, len(new[0]) - last)],
            "left": 0,
        }
    left = max(len(old) - _MOST_LINES, 0) + max(len(new) - _MOST_LINES, 0)
    return {
        "old": [pieces(line, 0, 0) for line in old[:_MOST_LINES]],
        "new": [pieces(line, 0, 0) for line in new[:_MOST_LINES]],
        "left": left,
    }


def _common(old: str, new: str) -> tuple[int, int]:
    """Number of characters that two lines have in common at their beginnings, and at their ends."""
    shorter = min(len(old), len(new))
    first = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    last = next((at for at in range(shorter - first) if old[-1 - at] != new[-1 - at]), shorter - first)
    return first, last
