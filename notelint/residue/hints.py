"""Hints by which a note may be an import: lines that are sought in the raw text of every note of a vault.

They are made beforehand (`hint_data`), for what they are made of is seldom looked at.
"""

from functools import cache
from pathlib import Path

from msgspec import Struct, json

from notelint.core.regex import Alternatives, AnyOf

_FILE = Path(__file__).with_name("hints.json")


class Hints(Struct, frozen=True):
    """Patterns (RE2) for raw text, by line: signatures of known websites, and chrome of any."""

    signatures: Alternatives
    lines: Alternatives
    chrome: tuple[int, ...]  # the numbers of those lines by which a note may be an import
    certain: tuple[int, ...]  # and of those that need no company: they mean nothing but that a website wrote them

    def of(self, numbers: tuple[int, ...]) -> AnyOf:
        """A pattern that is found in each note that holds one of these lines."""
        return AnyOf(Alternatives(self.lines.before, self.lines.after, tuple(self.lines.each[at] for at in numbers)))


@cache
def known() -> Hints:
    """The hints as they are shipped."""
    return json.decode(_FILE.read_bytes(), type=Hints)


@cache
def signature() -> AnyOf:
    """A pattern that is found in every note that holds a line of a known website's signature."""
    return AnyOf(known().signatures)


@cache
def chrome() -> AnyOf:
    """A pattern that is found in each note that holds so many kinds of chrome that it may be an import."""
    return known().of(known().chrome)


@cache
def certain() -> AnyOf:
    """A pattern that is found in each note that holds a line which means nothing but that a website wrote it."""
    return known().of(known().certain)
