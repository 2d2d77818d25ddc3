"""A session with an editor: which notes it holds open, and what is said of them."""

from pathlib import Path
from typing import NamedTuple, Protocol

from lsprotocol import types
from pygls.lsp.server import LanguageServer

import notelint
from notelint import __version__
from notelint.checkers.registry import page_path
from notelint.core.diagnostic import Diagnostic, Severity
from notelint.core.errors import NotelintError
from notelint.server.open_notes import OpenNote, OpenNotes
from notelint.server.positions import Positions

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


class AtCursor(Protocol):
    """The parameters of a request about a place in a note."""

    @property
    def text_document(self) -> types.TextDocumentIdentifier:
        """The note."""

    @property
    def position(self) -> types.Position:
        """The place of the cursor."""


class Cursor(NamedTuple):
    """A place in an open note, as an offset in characters, and what turns offsets of its text into positions."""

    one: OpenNote
    at: int
    places: Positions


class NoteServer(LanguageServer):
    """A language server for notes: which are open, and what is said of them."""

    def __init__(self) -> None:
        # An editor sends the whole text: no column that is counted otherwise can lose a letter of it.
        super().__init__("notelint", __version__, types.TextDocumentSyncKind.Full)
        self.notes = OpenNotes()

    def positions(self, text: str) -> Positions:
        """Places in a text, in the units that the editor asked for."""
        return Positions(text, self.workspace.position_encoding or types.PositionEncodingKind.Utf16)

    def cursor(self, params: AtCursor) -> Cursor | None:
        """Where in an open note a request asks something; None for a note that is not open."""
        one = self.notes.get(params.text_document.uri)
        if one is None:
            return None
        places = self.positions(one.note.text)
        return Cursor(one, places.offset(params.position), places)

    def put(self, uri: str, version: int | None, text: str) -> None:
        """Take a text for that of a note, and publish what is wrong with all open notes of its vault."""
        try:
            one = self.notes.put(uri, version, text)
        except NotelintError as error:
            self.say(str(error))
            return
        if one is not None:
            self.publish(self.notes.in_vault_of(one))

    @property
    def is_asked(self) -> bool:
        """Tell whether the editor asks for diagnostics: then none are published, or they would be shown twice."""
        document = self.client_capabilities.text_document
        return document is not None and document.diagnostic is not None

    @property
    def renames_files(self) -> bool:
        """Tell whether the editor renames files that an edit of the workspace names."""
        workspace = self.client_capabilities.workspace
        edits = None if workspace is None else workspace.workspace_edit
        return edits is not None and types.ResourceOperationKind.Rename in (edits.resource_operations or ())

    def publish(self, notes: list[OpenNote]) -> None:
        """Publish the diagnostics of open notes of one vault, or have the editor ask for them again."""
        if self.is_asked:
            workspace = self.client_capabilities.workspace
            if workspace is not None and workspace.diagnostics is not None and workspace.diagnostics.refresh_support:
                self.workspace_diagnostic_refresh(None)
            return
        for one in notes:
            if not self.notes.is_judged(one):
                found = self.found(one)
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(one.uri, found, one.version))

    def found(self, one: OpenNote) -> list[types.Diagnostic]:
        """The diagnostics of an open note as the editor shows them."""
        places = self.positions(one.note.text)
        return [_diagnostic(each, places) for each in self.notes.diagnostics(one)]

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
