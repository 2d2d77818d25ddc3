"""Symbols: the headings of a note, and the notes and aliases of a vault."""

from collections.abc import Iterator, Sequence

from lsprotocol import types

from notelint.core.file_types import link_name
from notelint.core.text import Span
from notelint.engine.workspace import Workspace
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.sections import ends
from notelint.note.tags import tags
from notelint.server.navigation import Placed
from notelint.server.open_notes import OpenNotes, uri_of
from notelint.server.positions import Positions
from notelint.server.steps import Steps

_TOGETHER = 100  # names between two rests
_MOST = 200  # symbols of a vault that are sent at once
_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def headings(note: Note, places: Positions) -> list[types.DocumentSymbol]:
    """The headings of a note, each with those below it."""
    outer = note.outer_headings
    given = zip(outer, ends(outer, len(note.text)), strict=True)
    return _tree(places, [(heading, end) for heading, end in given if not heading.hidden])


def _tree(places: Positions, given: Sequence[tuple[Heading, int]]) -> list[types.DocumentSymbol]:
    """The headings, of which each comes with the end of its section."""
    top = list[types.DocumentSymbol]()
    above = list[tuple[int, list[types.DocumentSymbol]]]()  # the levels above, and what stands below them
    for heading, end in given:
        below = list[types.DocumentSymbol]()
        symbol = types.DocumentSymbol(
            name=heading.text or f"(heading of level {heading.level})",
            kind=types.SymbolKind.String,
            range=places.range(Span(heading.span.start, end)),
            selection_range=places.range(heading.text_span),
            children=below,
        )
        while above and above[-1][0] >= heading.level:
            above.pop()
        (above[-1][1] if above else top).append(symbol)
        above.append((heading.level, below))
    return top


def in_vault(run: Workspace, notes: OpenNotes, query: str) -> Steps[list[types.WorkspaceSymbol]]:
    """Find the notes and aliases of a vault whose names hold all words of a query, the shortest first."""
    words = query.lower().split()
    found = list[tuple[str, str]]()
    for number, (name, path) in enumerate(_names(run, notes)):
        if all(word in name.lower() for word in words):
            found.append((name, path))
        if number % _TOGETHER == 0:
            yield
    found.sort(key=lambda one: (not one[0].lower().startswith(query.lower()), len(one[0]), one))
    return [
        types.WorkspaceSymbol(
            types.Location(uri_of(run, path, notes), _START), name, types.SymbolKind.File, container_name=path
        )
        for name, path in found[:_MOST]
    ]


def tagged(run: Workspace, notes: OpenNotes, query: str, placed: Placed) -> Steps[list[types.WorkspaceSymbol]]:
    """Find the places of the tags in which a query stands, those in properties too."""
    small, known, unsaved = query.lower(), notes.body_tags[run.root], notes.unsaved(run)
    yield from known.reading(run, notes.stamps(run))
    wanted, found = {*known.holding(lambda tag: small in tag.lower()), *unsaved}, list[types.WorkspaceSymbol]()
    for path in dict.fromkeys([*run.vault.outlines, *unsaved]):
        if path in wanted or any(small in tag.lower() for tag in run.vault.outlines[path].tags):
            note = unsaved[path] if path in unsaved else run.read(path)
            places, uri = placed(note.text), uri_of(run, path, notes)
            found += [_tag(tag, places.range(span), uri, path) for tag, span in tags(note) if small in tag.lower()]
        if len(found) >= _MOST:
            break
        yield
    return sorted(found[:_MOST], key=lambda one: (len(one.name), one.name))


def _tag(tag: str, place: types.Range, uri: str, path: str) -> types.WorkspaceSymbol:
    return types.WorkspaceSymbol(types.Location(uri, place), f"#{tag}", types.SymbolKind.Key, container_name=path)


def _names(run: Workspace, notes: OpenNotes) -> Iterator[tuple[str, str]]:
    vault = notes.vault(run)
    for path in vault.faces:
        yield link_name(path), path
    for path, face in vault.faces.items():
        yield from ((alias, path) for alias in face.aliases)
