"""Requests of an editor about the place of the cursor, a note or a vault, each request given to the module that
knows.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notelint.core.errors import NotelintError
from notelint.server import completion, navigation, rename, rename_parts, symbols
from notelint.server.file_uris import file_path
from notelint.server.session import NoteServer
from notelint.server.steps import Steps, in_steps, rest
from notelint.server.suppression_hover import page_of_suppressed

_COMPLETION = types.CompletionOptions(trigger_characters=["[", "#", "^", "!", "/"])

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
    return await in_steps(server.notes, params.text_document.uri, lambda: _referring(server, params))


def _referring(server: NoteServer, params: types.ReferenceParams) -> Steps[list[types.Location]]:
    cursor, declared = server.cursor(params), params.context.include_declaration
    found = list[types.Location]()
    if cursor is not None:
        for part in navigation.references(cursor.one, cursor.at, server.notes, server.positions, declared=declared):
            found += part
            yield
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


async def _workspace_symbols(
    server: NoteServer, params: types.WorkspaceSymbolParams
) -> Sequence[types.WorkspaceSymbol]:
    return await in_steps(server.notes, None, lambda: _symbols(server, params.query))


def _symbols(server: NoteServer, query: str) -> Steps[list[types.WorkspaceSymbol]]:
    found = list[types.WorkspaceSymbol]()
    for run in server.notes.runs():
        if query.startswith("#"):
            found += yield from symbols.tagged(run, server.notes, query[1:], server.positions)
        else:
            found += yield from symbols.in_vault(run, server.notes, query)
    return found


async def _completion(server: NoteServer, params: types.CompletionParams) -> types.CompletionList | None:
    cursor = server.cursor(params)  # as it is now: an editor filters what comes while somebody types on
    if cursor is None:
        return None
    await rest()
    one, is_known = cursor.one, True
    if completion.proposes_tags(one.note, cursor.at):
        is_known = await server.read_tags(one.run)
    found = completion.complete(one.note, one.run, server.notes, cursor.at, cursor.places)
    found.is_incomplete = found.is_incomplete or not is_known
    return found


def _prepare_rename(server: NoteServer, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
    cursor = server.cursor(params)
    if cursor is None:
        return None
    vault = server.notes.vault(cursor.one.run)
    part = rename_parts.part_at(cursor.one.note, vault, cursor.at)
    found = part if part is not None else rename.renameable(cursor.one.note, vault, cursor.at)
    return None if found is None else types.PrepareRenamePlaceholder(cursor.places.range(found.span), found.name)


_Change = Steps[types.WorkspaceEdit | None]


async def _compared(server: NoteServer, uri: str | None, begin: Callable[[], _Change]) -> types.WorkspaceEdit | None:
    """Plan a change after the files were compared with what is known of them: they may have changed unseen."""
    asked, before = monotonic(), server.notes.revision

    def compare() -> _Change:
        if server.notes.compared < asked:
            server.notes.renew()
            yield  # and begin anew, if the vault was read again
        return (yield from begin())

    try:
        return await in_steps(server.notes, uri, compare)
    finally:
        if server.notes.revision != before:
            server.publish_all()
        server.tidy()


def _renaming(server: NoteServer, params: types.RenameParams) -> Steps[types.WorkspaceEdit | None]:
    cursor = server.cursor(params)
    if cursor is None:
        return None
    return (yield from rename.renaming(cursor.one, cursor.at, params.new_name, server.notes, server.positions))


async def _rename(server: NoteServer, params: types.RenameParams) -> types.WorkspaceEdit | None:
    try:
        edit = await _compared(server, params.text_document.uri, lambda: _renaming(server, params))
    except NotelintError as error:
        raise JsonRpcException(str(error), types.LSPErrorCodes.RequestFailed) from error
    renamed = edit is not None and any(isinstance(one, types.RenameFile) for one in edit.document_changes or ())
    if renamed and not server.able.renames_files:
        message = "this editor renames no files for a language server: use `notelint mv`"
        raise JsonRpcException(message, types.LSPErrorCodes.RequestFailed)
    return edit


async def _will_rename_files(server: NoteServer, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """The edits of links for files and folders that are about to move, if all of them are of one vault."""
    moves = [(Path(file_path(one.old_uri) or ""), Path(file_path(one.new_uri) or "")) for one in params.files]
    try:
        return await _compared(server, None, lambda: _moving(server, moves))
    except NotelintError as error:
        server.say(f"links are not changed: {error}")
        return None


def _moving(server: NoteServer, moves: Sequence[tuple[Path, Path]]) -> Steps[types.WorkspaceEdit | None]:
    run = next((run for run in server.notes.runs() if all(old.is_relative_to(run.root) for old, _ in moves)), None)
    if run is None or not moves:
        return None
    return (yield from rename.will_move(run, server.notes, moves, server.positions))
