"""The server: what an editor sends, given to the module that knows the answer."""

import logging
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import notelint
from notelint import __version__
from notelint.checkers.registry import page_path
from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.errors import NotelintError
from notelint.core.text import Span
from notelint.engine.linked_parts import LinkedParts
from notelint.server import actions
from notelint.server.open_notes import OpenNote, OpenNotes, uri_of
from notelint.server.positions import Positions

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}
_FIXES = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, actions.FIX_ALL])


class NoteServer(LanguageServer):
    """A language server for notes: which are open, and what is said of them."""

    def __init__(self) -> None:
        # An editor sends the whole text: no column that is counted otherwise can lose a letter of it.
        super().__init__("notelint", __version__, types.TextDocumentSyncKind.Full)
        self.notes = OpenNotes()

    def positions(self, text: str) -> Positions:
        """Places in a text, in the units that the editor asked for."""
        return Positions(text, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    def put(self, uri: str, version: int | None, text: str) -> None:
        """Take a text for that of a note, and publish what is wrong with all open notes of its vault."""
        try:
            one = self.notes.put(uri, version, text)
        except NotelintError as error:
            self.say(str(error))
            return
        if one is not None:
            self.publish(self.notes.in_vault_of(one))

    def publish(self, notes: list[OpenNote]) -> None:
        """Publish the diagnostics of open notes of one vault."""
        vault = self.notes.vault(notes[0].run) if notes else None
        for one in notes if vault is not None else ():
            places = self.positions(one.note.text)
            found = [_diagnostic(each, places) for each in self.notes.diagnostics(one, vault)] if vault else []
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(one.uri, found, one.version))

    def publish_all(self) -> None:
        """Publish the diagnostics of all open notes, vault by vault."""
        for run in {id(one.run): one for one in self.notes.all()}.values():
            self.publish(self.notes.in_vault_of(run))

    def say(self, message: str) -> None:
        """Show the user one line."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"notelint: {message}"))


def page_address(checker: str) -> str | None:
    """The address of a built-in checker's page, in the package that is installed; None for others."""
    path = page_path(checker)
    return (Path(notelint.__file__).parent.parent / path).as_uri() if path else None


def _diagnostic(found: Diagnostic, places: Positions) -> types.Diagnostic:
    return types.Diagnostic(
        range=places.range(found.span),
        message=found.message,
        severity=_SEVERITIES[found.severity],
        code=found.checker,
        source="notelint",
        code_description=types.CodeDescription(page) if (page := page_address(found.checker)) else None,
    )


def make_server() -> NoteServer:
    """A server with all of its features."""
    server = NoteServer()
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_files_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, _FIXES)(_code_actions)
    server.feature(types.TEXT_DOCUMENT_DEFINITION)(_definition)
    return server


def serve() -> None:
    """Serve on stdin and stdout until the editor ends it."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    make_server().start_io()


def _opened(server: NoteServer, params: types.DidOpenTextDocumentParams) -> None:
    server.put(params.text_document.uri, params.text_document.version, params.text_document.text)


def _changed(server: NoteServer, params: types.DidChangeTextDocumentParams) -> None:
    text = server.workspace.get_text_document(params.text_document.uri).source
    server.put(params.text_document.uri, params.text_document.version, text)


def _closed(server: NoteServer, params: types.DidCloseTextDocumentParams) -> None:
    server.notes.close(params.text_document.uri)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(params.text_document.uri, []))
    server.publish_all()


def _files_changed(server: NoteServer, _: object) -> None:
    try:
        server.notes.renew()
    except NotelintError as error:
        server.say(str(error))
    server.publish_all()


def _code_actions(server: NoteServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return []
    places = server.positions(one.note.text)
    only = params.context.only or [types.CodeActionKind.QuickFix, actions.FIX_ALL]
    found = list[types.CodeAction]()
    if types.CodeActionKind.QuickFix in only:
        vault = server.notes.vault(one.run)
        diagnostics = server.notes.diagnostics(one, vault)
        found += actions.quick_fixes(one, diagnostics, places, params.range, LinkedParts(vault))
    if any(kind == actions.FIX_ALL or actions.FIX_ALL.startswith(f"{kind}.") for kind in only):
        whole = actions.fix_all(one, places, server.notes.unsaved(one.run))
        found += [] if whole is None else [whole]
    return found


def _definition(server: NoteServer, params: types.DefinitionParams) -> types.Location | None:
    one = server.notes.get(params.text_document.uri)
    if one is None:
        return None
    at, vault = server.positions(one.note.text).offset(params.position), server.notes.vault(one.run)
    link = next((link for link in one.note.links if link.span.start <= at <= link.span.end), None)
    target = None if link is None else vault.resolve_link(link, one.note.path).target
    if link is None or target is None:
        return None
    heading = vault.resolve_anchor(target, link.target.subpath).heading
    uri = uri_of(one.run, target, server.notes)
    held = server.notes.get(uri)
    span, text = (Span(0, 0), "") if heading is None else (heading.text_span, _text(one, target, held))
    return types.Location(uri, server.positions(text).range(span))


def _text(one: OpenNote, target: str, held: OpenNote | None) -> str:
    return one.run.read(target).text if held is None else held.note.text
