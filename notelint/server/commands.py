"""The commands of the server: what an editor has done by it, each given to the module that knows how."""

from pathlib import Path

from lsprotocol import types

from notelint.core.errors import NotelintError
from notelint.server import import_page, page_action
from notelint.server.block_ids import ADD_BLOCK_ID, unnamed_blocks
from notelint.server.session import NoteServer


def register(server: NoteServer) -> None:
    """Give a server its commands; that of imports only where what it needs is installed."""
    server.command(page_action.SHOW_PAGE)(_show_page)
    server.command(ADD_BLOCK_ID)(_add_block_id)
    if import_page.is_installed():
        server.command(import_page.IMPORT_PAGE)(_import_page)


def _show_page(server: NoteServer, checker: str) -> None:
    shown = page_action.shown(checker)
    if shown is not None:
        server.window_show_document(shown)


def _add_block_id(server: NoteServer, uri: str, id: str) -> None:
    """Add the block id that a completion named to the other note, where its block is still there."""
    path, note = server.notes.at_uri(uri)
    block = next((one for one in unnamed_blocks(note) if one.id == id), None) if note is not None else None
    if note is None or block is None or not server.able.applies_edits:
        server.say(f"the block for ^{id} is not there any more: add the id to it yourself")
        return
    held = server.notes.get(uri)
    document = types.OptionalVersionedTextDocumentIdentifier(uri, None if held is None else held.version)
    edits = [types.TextEdit(server.positions(note.text).range(block.edit.span), block.edit.text)]
    change = types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [*edits])])
    server.workspace_apply_edit(types.ApplyWorkspaceEditParams(change, label=f"Add ^{id} to {path}"))


def _import_page(server: NoteServer, page: str, folder: str | None = None) -> str | None:
    """Import a saved page; the URI of its note, which is shown where the editor can do that."""
    inside = Path(import_page.path_of(folder or page)).absolute()
    runs = server.notes.runs()
    run = next((run for run in runs if inside.is_relative_to(run.root)), runs[0] if len(runs) == 1 else None)
    try:
        if run is None:
            raise NotelintError("open a note of the vault that the page is to be imported into, or name a folder in it")
        uri = import_page.import_page(run, page, folder).as_uri()
        server.notes.renew()
    except NotelintError as error:
        server.say(str(error))
        return None
    server.publish_all()
    if server.able.shows_documents:
        server.window_show_document(types.ShowDocumentParams(uri=uri, take_focus=True))
    return uri
