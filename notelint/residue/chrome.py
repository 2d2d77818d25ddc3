"""Lines that websites are full of, in notes that nobody declared an import: evidence enough to ask, never to remove.

All notes of a vault are searched for them, so these are the lines of general.toml alone.
"""

from functools import cache, lru_cache

from notelint.core.regex import Patterns
from notelint.core.text import Span
from notelint.note.note import Note
from notelint.residue.knowledge import Line, common, matcher
from notelint.residue.page import JudgedPage
from notelint.residue.raw_text import whole_lines

KINDS = ("advertisement", "form-text", "consent-banner", "share-widget", "navigation", "edit-history")
LEAST = 3  # kinds of chrome in a note that may be an import


def kinds(note: Note) -> dict[str, Span]:
    """The kinds of chrome that a note holds, each with the place of its first line; none if they are too few.

    Which there may be is sought natively; only where they may be enough, lines are looked at one by one.
    """
    if len(_of_each_kind().within(note.utf8)) < LEAST:
        return {}
    found: dict[str, Span] = {}
    page = JudgedPage.of(note)
    for at in page.known:
        for line in _like(page.units[at].text):
            if line.kind not in found and not page.units[at].kept and page.is_line(at, line):
                found[line.kind] = page.units[at].span
    return found if len(found) >= LEAST else {}


def first_line(note: Note) -> str | None:
    """A line of a note that means nothing but that a website wrote it; None for most notes (`hints.certain`)."""
    page = JudgedPage.of(note)
    for at in page.known:
        unit = page.units[at]
        if not unit.kept and any(not line.company and page.is_line(at, line) for line in _like(unit.text)):
            return unit.text
    return None


@lru_cache(maxsize=1024)  # websites repeat themselves
def _like(text: str) -> tuple[Line, ...]:
    """The lines of general.toml that are worded like a text, wherever its links lead."""
    return tuple(line for line in common().line if matcher(line.line).match(text) is not None)


@cache
def _of_each_kind() -> Patterns:
    return Patterns(whole_lines(line.line for line in common().line if line.kind == kind) for kind in KINDS)
