"""What an editor asks about the place of the cursor, a note or a vault, each request given to the module that knows."""

from collections.abc import Sequence

from lsprotocol import types

from notelint.server import completion, navigation, symbols
from notelint.server.session import NoteServer

_COMPLETION = types.CompletionOptions(trigger_characters=["[", "#", "^"])


def register(server: NoteServer) -> None:
    """Give a server the requests of this module."""
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(_definition)
    server.feature(types.TEXT_DOCUMENT_REFERENCES)(_references)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)(_document_links)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(_document_symbols)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, _COMPLETION)(_completion)
    server.feature(types.WORKSPACE_SYMBOL)(_workspace_symbols)


def _definition(server: NoteServer, params: types.DefinitionParams) -> types.Location | None:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return None
    at = server.positions(one.note.text).offset(params.position)
    return navigation.definition(one, server.notes, at, server.positions)


def _references(server: NoteServer, params: types.ReferenceParams) -> Sequence[types.Location]:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return []
    at, declared = server.positions(one.note.text).offset(params.position), params.context.include_declaration
    return navigation.references(one, server.notes, at, server.positions, declared=declared)


def _hover(server: NoteServer, params: types.HoverParams) -> types.Hover | None:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return None
    at = server.positions(one.note.text).offset(params.position)
    return navigation.hover(one, server.notes, at, server.positions)


def _document_links(server: NoteServer, params: types.DocumentLinkParams) -> Sequence[types.DocumentLink]:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return []
    return [*navigation.document_links(one, server.notes, server.positions(one.note.text))]


def _document_symbols(server: NoteServer, params: types.DocumentSymbolParams) -> Sequence[types.DocumentSymbol]:
    one = server.notes.get(params.text_document.uri)
    return [] if one is None else symbols.headings(one.note, server.positions(one.note.text))


def _workspace_symbols(server: NoteServer, params: types.WorkspaceSymbolParams) -> Sequence[types.WorkspaceSymbol]:
    return [symbol for run in server.notes.runs() for symbol in symbols.in_vault(run, server.notes, params.query)]


def _completion(server: NoteServer, params: types.CompletionParams) -> types.CompletionList | None:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return None
    places, vault = server.positions(one.note.text), server.notes.vault(one.run)
    words = server.notes.words(one.run)
    return completion.complete(one.note, vault, words, places.offset(params.position), places)
