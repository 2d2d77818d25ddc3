"""Symbols: the headings of a note, and the notes and aliases of a vault."""

from collections.abc import Iterator, Sequence

from lsprotocol import types

from notelint.core.file_types import link_name
from notelint.core.text import Span
from notelint.engine.workspace import Workspace
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.server.navigation import section_end
from notelint.server.open_notes import OpenNotes, uri_of
from notelint.server.positions import Positions

_MOST = 200  # symbols of a vault that are sent at once
_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def headings(note: Note, places: Positions) -> list[types.DocumentSymbol]:
    """The headings of a note, each with those below it."""
    return _tree(note, places, [one for one in note.outer_headings if not one.hidden])


def _tree(note: Note, places: Positions, given: Sequence[Heading]) -> list[types.DocumentSymbol]:
    top = list[types.DocumentSymbol]()
    above = list[tuple[int, list[types.DocumentSymbol]]]()  # the levels above, and what stands below them
    for heading in given:
        below = list[types.DocumentSymbol]()
        symbol = types.DocumentSymbol(
            name=heading.text or f"(heading of level {heading.level})",
            kind=types.SymbolKind.String,
            range=places.range(Span(heading.span.start, section_end(note, heading))),
            selection_range=places.range(heading.text_span),
            children=below,
        )
        while above and above[-1][0] >= heading.level:
            above.pop()
        (above[-1][1] if above else top).append(symbol)
        above.append((heading.level, below))
    return top


def in_vault(run: Workspace, notes: OpenNotes, query: str) -> list[types.WorkspaceSymbol]:
    """The notes and aliases of a vault whose names hold all words of a query, the shortest first."""
    words = query.lower().split()
    found = [(name, path) for name, path in _names(run, notes) if all(word in name.lower() for word in words)]
    found.sort(key=lambda one: (not one[0].lower().startswith(query.lower()), len(one[0]), one))
    return [
        types.WorkspaceSymbol(
            types.Location(uri_of(run, path, notes), _START), name, types.SymbolKind.File, container_name=path
        )
        for name, path in found[:_MOST]
    ]


def _names(run: Workspace, notes: OpenNotes) -> Iterator[tuple[str, str]]:
    vault = notes.vault(run)
    for path in vault.outlines:
        yield link_name(path), path
    for path, face in vault.faces.items():
        yield from ((alias, path) for alias in face.aliases)
