"""Requests of an editor about the place of the cursor, a note or a vault, each request given to the module that
knows.
"""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.uris import to_fs_path

from notelint.core.errors import NotelintError
from notelint.server import completion, navigation, rename, rename_parts, symbols
from notelint.server.session import NoteServer
from notelint.server.suppression_hover import page_of_suppressed

_AT_ONCE = 0.005  # seconds of looking through notes, before other messages get their turn
_REST = 0.001
_COMPLETION = types.CompletionOptions(trigger_characters=["[", "#", "^", "!"])

MOVED = types.FileOperationRegistrationOptions([types.FileOperationFilter(types.FileOperationPattern("**"), "file")])


def register(server: NoteServer) -> None:
    """Give a server the requests of this module."""
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(_definition)
    server.feature(types.TEXT_DOCUMENT_REFERENCES)(_references)
    server.feature(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)(_document_links)
    server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(_document_symbols)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, _COMPLETION)(_completion)
    server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)(_prepare_rename)
    server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))(_rename)
    server.feature(types.WORKSPACE_WILL_RENAME_FILES, MOVED)(_will_rename_files)
    server.feature(types.WORKSPACE_SYMBOL)(_workspace_symbols)


def _definition(server: NoteServer, params: types.DefinitionParams) -> types.Location | None:
    cursor = server.cursor(params)
    return None if cursor is None else navigation.definition(cursor.one, cursor.at, server.notes, server.positions)


async def _references(server: NoteServer, params: types.ReferenceParams) -> Sequence[types.Location]:
    cursor, declared = server.cursor(params), params.context.include_declaration
    if cursor is None:
        return []
    found = list[types.Location]()
    parts = navigation.references(cursor.one, cursor.at, server.notes, server.positions, declared=declared)
    last = monotonic()
    for part in parts:
        found += part
        if monotonic() - last > _AT_ONCE:
            await asyncio.sleep(_REST)  # the editor may have asked for something else meanwhile, or cancelled this
            last = monotonic()
    return found


def _hover(server: NoteServer, params: types.HoverParams) -> types.Hover | None:
    cursor = server.cursor(params)
    if cursor is None:
        return None
    page = page_of_suppressed(cursor.one.note, cursor.one.run, cursor.at)
    if page is not None:
        text, span = page
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), cursor.places.range(span))
    return navigation.hover(cursor.one, cursor.at, server.notes, server.positions)


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
    cursor = server.cursor(params)
    if cursor is None:
        return None
    return completion.complete(cursor.one.note, cursor.one.run, server.notes, cursor.at, cursor.places)


def _prepare_rename(server: NoteServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    cursor = server.cursor(params)
    if cursor is None:
        return None
    vault = server.notes.vault(cursor.one.run)
    part = rename_parts.part_at(cursor.one.note, vault, cursor.at)
    found = part if part is not None else rename.renameable(cursor.one.note, vault, cursor.at)
    return None if found is None else types.PrepareRenamePlaceholder(cursor.places.range(found.span), found.name)


def _rename(server: NoteServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    cursor = server.cursor(params)
    if cursor is None:
        return None
    try:
        edit = rename.renaming(cursor.one, cursor.at, params.new_name, server.notes, server.positions)
        server.tidy()
    except NotelintError as error:
        raise JsonRpcException(str(error), types.LSPErrorCodes.RequestFailed) from error
    renamed = edit is not None and any(isinstance(one, types.RenameFile) for one in edit.document_changes or ())
    if renamed and not server.able.renames_files:
        message = "this editor renames no files for a language server: use `notelint mv`"
        raise JsonRpcException(message, types.LSPErrorCodes.RequestFailed)
    return edit


def _will_rename_files(server: NoteServer, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """The edits of links for files and folders that are about to move, if all of them are of one vault."""
    moves = [(Path(to_fs_path(one.old_uri) or ""), Path(to_fs_path(one.new_uri) or "")) for one in params.files]
    run = next((run for run in server.notes.runs() if all(old.is_relative_to(run.root) for old, _ in moves)), None)
    try:
        return rename.will_move(run, server.notes, moves, server.positions) if run is not None and moves else None
    except NotelintError as error:
        server.say(f"links are not changed: {error}")
        return None
