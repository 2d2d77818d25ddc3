"""Simple blocks of properties read by two patterns, without libyaml, which takes three times as long."""

import re

from notelint.core.lazy_regex import lazy_regex
from notelint.note.frontmatter.event import END, LIST, MAP, PLAIN, QUOTED, Event

# How nearly all blocks are written: a word or a few, or a list of such, behind each key. `simple_events` reads these.
_WORDING = r"[A-Za-z0-9/][\w./()-]*(?: [\w./()-]+)*"
# Characters that YAML forbids, or reads otherwise in its two versions.
SPECIAL = lazy_regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_SIMPLE_LINE = lazy_regex(
    rf'([A-Za-z][\w-]{{0,99}}):(?: (?:({_WORDING})|"([^"\\\n]*)"|\[({_WORDING}(?:, {_WORDING})*)\]))?\n', re.A
)
_SIMPLE_ITEM = lazy_regex(rf'- (?:({_WORDING})|"([^"\\\n]*)")\n', re.A)


def simple_events(source: str, base: int) -> list[Event] | None:
    """The events of a block that consists of simple lines, in a third of libyaml's time; None if it has others."""
    events: list[Event] = [(MAP, base, base, "", None)]
    at = 0
    while at < len(source):
        line = _SIMPLE_LINE.match(source, at)
        if line is None:
            return None
        events.append((PLAIN, base + at, base + line.end(1), line[1], None))
        at = line.end()
        if line[4] is not None:
            events.append((LIST, base + line.start(4) - 1, base + line.start(4), "", None))
            start = base + line.start(4)
            for item in line[4].split(", "):
                events.append((PLAIN, start, start + len(item), item, None))
                start += len(item) + 2
            events.append((END, base + line.end(4), base + line.end(4) + 1, "", None))
        elif line.lastindex == 1:
            at = _simple_items(source, at, base, events)
            if at == line.end():  # the value is empty
                return None
        else:
            events.append(_simple_scalar(line, 2, base))
    return [*events, (END, base + at, base + at, "", None)] if at else None


def _simple_items(source: str, at: int, base: int, events: list[Event]) -> int:
    """Read the items of a list, one a line and indented alike, into `events`; where they end."""
    indent = "  " if source.startswith("  -", at) else ""
    events.append((LIST, base + at + len(indent), base + at + len(indent), "", None))
    while source.startswith(f"{indent}- ", at) and (item := _SIMPLE_ITEM.match(source, at + len(indent))):
        events.append(_simple_scalar(item, 1, base))
        at = item.end()
    events.append((END, base + at, base + at, "", None))
    return at


def _simple_scalar(line: re.Match[str], group: int, base: int) -> Event:
    """The scalar of a line: group `group` if it stands without quotes, else the next one."""
    if line[group] is not None:
        return PLAIN, base + line.start(group), base + line.end(group), line[group], None
    group += 1
    return QUOTED, base + line.start(group) - 1, base + line.end(group) + 1, line[group], None
