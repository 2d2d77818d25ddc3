"""Seeking names in the paths of links, which stand in lines: note by note, with a NUL between those of two.

All is done by functions of the C library for the whole vault at once (`vault.outlines.link_paths` makes the lines).
"""

import re
from collections.abc import Iterable, Iterator

ENDS = (b"\n", b"/\n", b".md\n", b".md/\n", b".html\n")  # what may stand behind a name
NAME_ENDS = rb"(?=(?:/|\.md/?|\.html)?\n)"  # the same, as a pattern
_SHORT = 4  # bytes: shorter names are parts of so many words that they are sought with what stands around them


def parts_of(data: bytes, places: Iterable[int]) -> set[int]:
    """The numbers of the parts, between NULs, that some places lie in."""
    found: set[int] = set()
    at = number = 0
    for place in sorted(places):
        number += data.count(b"\0", at, place)
        at = place
        found.add(number)
    return found


def places_of(data: bytes, text: bytes) -> Iterator[int]:
    """All places of a text."""
    at = data.find(text)
    while at >= 0:
        yield at
        at = data.find(text, at + 1)


def names_in(data: bytes, name: bytes, before: bytes, ends: tuple[bytes, ...]) -> Iterator[int]:
    """The places of a whole name: behind one of some bytes, and before one of some ends."""
    length = len(name)
    if length >= _SHORT:
        return (at for at in places_of(data, name) if data[at - 1] in before and data.startswith(ends, at + length))
    behind = b"|".join(map(re.escape, ends))
    patterns = (b"%s(?=%s)" % (re.escape(bytes((byte,)) + name), behind) for byte in before)
    return (match.start() + 1 for pattern in patterns for match in re.finditer(pattern, data))


def end_of_name(lines: bytes, at: int) -> int:
    """The end of the name that begins there: where nothing follows but what may stand behind a name."""
    end = lines.find(b"\n", at)
    while lines.endswith(b"/", at, end):
        end -= 1
    return end - 3 if lines.endswith(b".md", at, end) else end


def start_of_name(lines: bytes, at: int) -> int:
    """The beginning of the name in which a place lies."""
    line = lines.rfind(b"\n", 0, at) + 1
    return max(lines.rfind(b"/", line, at) + 1, line)
