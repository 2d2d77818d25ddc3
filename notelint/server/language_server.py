"""The server: what an editor sends, given to the module that knows the answer."""

import logging
import sys

from lsprotocol import types

from notelint.core.errors import NotelintError
from notelint.core.text import Span
from notelint.server import actions, commands, requests, view_requests, watched_files
from notelint.server.action_request import ActionRequest
from notelint.server.session import NoteServer
from notelint.server.steps import Steps, in_steps

_PULLED = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="notelint")
_FIXES = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL])


def make_server() -> NoteServer:
    """A server with all of its features."""
    server = NoteServer()
    server.feature(types.INITIALIZED)(_began)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_files_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    server.feature(types.WORKSPACE_DID_RENAME_FILES, requests.MOVED)(_files_changed)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _FIXES)(_code_actions)
    server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, _PULLED)(_diagnostic_report)
    for part in (requests, view_requests, commands):
        part.register(server)
    return server


def serve() -> None:
    """Serve on stdin and stdout until the editor ends it; without its `shutdown`, the exit status is 1."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = make_server()
    server.start_io()
    sys.exit(0 if server.has_ended else 1)


def _began(server: NoteServer, _: types.InitializedParams) -> None:
    if server.able.watches_files:
        server.client_register_capability(watched_files.registration())


def _opened(server: NoteServer, params: types.DidOpenTextDocumentParams) -> None:
    server.put(params.text_document.uri, params.text_document.version, params.text_document.text)


def _changed(server: NoteServer, params: types.DidChangeTextDocumentParams) -> None:
    server.type(params.text_document.uri, params.text_document.version)


def _closed(server: NoteServer, params: types.DidCloseTextDocumentParams) -> None:
    server.close(params.text_document.uri)
    if not server.able.asks_diagnostics:
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))
    server.publish_all()


def _files_changed(server: NoteServer, _: object) -> None:
    try:
        server.notes.renew()
        server.tidy()
    except NotelintError as error:
        server.say(str(error))
    server.publish_all()


def _diagnostic_report(server: NoteServer, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return types.RelatedFullDocumentDiagnosticReport(items=[])
    judgement = server.notes.judgement(one)
    if params.previous_result_id == judgement:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=judgement)
    return types.RelatedFullDocumentDiagnosticReport(items=server.found(one), result_id=judgement)


async def _code_actions(server: NoteServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    return await in_steps(server.notes, params.text_document.uri, lambda: _acting(server, params))


def _acting(server: NoteServer, params: types.CodeActionParams) -> Steps[list[types.CodeAction]]:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return []
    places = server.positions(one.note.text)
    span = Span(places.offset(params.range.start), places.offset(params.range.end))
    found = [d for d in server.notes.diagnostics(one) if d.span.start <= span.end and span.start <= d.span.end]
    asked = ActionRequest(one, found, server.notes, server.positions, server.able)
    return (yield from actions.actions(asked, params.context.only))
