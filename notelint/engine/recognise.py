"""Recognising a diagnostic again: after lines have moved, after its note or what it speaks of was moved elsewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from notelint.core.diagnostic import Diagnostic


def context(diagnostic: Diagnostic) -> str:
    """The text by which a diagnostic is recognised, besides its checker: its line, and the name of what it is about,
    without folders. Of one about a whole note no text counts, and of one in a property of JSON that property's.

    Blanks count as one. Messages do not count: they name places, and change from version to version.
    """
    return _context(diagnostic, diagnostic.source if diagnostic.known_by is None else diagnostic.known_by)


def in_its_line(diagnostic: Diagnostic) -> str:
    """The same by its line, whatever it is about."""
    return _context(diagnostic, diagnostic.source)


def _context(diagnostic: Diagnostic, text: str) -> str:
    about = (diagnostic.about or "").strip("/").rpartition("/")[2]
    return " ".join(f"{text} {about}".split())


def numbered(diagnostics: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, str, int]]:
    """Each diagnostic with its context, and how many of its note, checker and context came before it.

    Diagnostics of a note follow each other.
    """
    for _, some in groupby(diagnostics, lambda one: one.path):
        seen: Counter[tuple[str, str]] = Counter()
        for diagnostic in some:
            key = (diagnostic.checker, context(diagnostic))
            yield diagnostic, key[1], seen[key]
            seen[key] += 1
