"""Answers that an editor needs to show a note: folds, highlights, and what stands beside the text."""

from collections.abc import Sequence

from lsprotocol import types

from notelint.core.text import Span
from notelint.server import folding, highlights, margins
from notelint.server.incoming import backlinks
from notelint.server.session import NoteServer


def register(server: NoteServer) -> None:
    """Give a server the requests of this module."""
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(_configured)
    server.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)(_folds)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)(_highlights)
    server.feature(types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions())(_lenses)
    server.feature(types.TEXT_DOCUMENT_INLAY_HINT, types.InlayHintOptions())(_hints)


def _initialize(server: NoteServer, params: types.InitializeParams) -> None:
    server.margins = margins.Margins.of(params.initialization_options)


def _configured(server: NoteServer, params: types.DidChangeConfigurationParams) -> None:
    server.margins = margins.Margins.of(params.settings)
    if server.able.refreshes_lenses:
        server.workspace_code_lens_refresh(None)
    if server.able.refreshes_hints:
        server.workspace_inlay_hint_refresh(None)


def _folds(server: NoteServer, params: types.FoldingRangeParams) -> Sequence[types.FoldingRange]:
    one = server.notes.get(params.text_document.uri)
    return [] if one is None else folding.folds(one.note)


def _highlights(server: NoteServer, params: types.DocumentHighlightParams) -> Sequence[types.DocumentHighlight]:
    cursor = server.cursor(params)
    if cursor is None:
        return []
    vault = server.notes.vault(cursor.one.run)
    return highlights.highlights(cursor.one.note, vault, cursor.at, cursor.places)


def _lenses(server: NoteServer, params: types.CodeLensParams) -> Sequence[types.CodeLens]:
    one = server.notes.get(params.text_document.uri)
    if one is None or not server.margins.code_lens:
        return []
    vault = server.notes.vault(one.run)
    count = backlinks(vault, one.note.path)
    return [*margins.lenses(one.note, vault, count, server.positions(one.note.text))]


def _hints(server: NoteServer, params: types.InlayHintParams) -> Sequence[types.InlayHint]:
    one = server.notes.get(params.text_document.uri)
    if one is None or not server.margins.inlay_hints:
        return []
    places = server.positions(one.note.text)
    span = Span(places.offset(params.range.start), places.offset(params.range.end))
    return [*margins.hints(one.note, server.notes.vault(one.run), span, places)]
