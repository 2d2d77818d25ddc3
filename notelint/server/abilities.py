"""The abilities of an editor that decide on what it is sent."""

from dataclasses import dataclass

from lsprotocol import types


@dataclass(frozen=True)
class Abilities:
    """Abilities that an editor named when it began: each is false where it did not say so."""

    asks_diagnostics: bool = False  # it pulls them, so that none are pushed
    asks_again: bool = False  # it pulls them again on request
    shows_related: bool = False  # other places of a diagnostic
    renames_files: bool = False  # as an edit of the workspace asks
    creates_files: bool = False
    applies_edits: bool = False  # that the server asks for by itself
    watches_files: bool = False  # those that the server names while the session runs
    shows_documents: bool = False  # opens an address in a window or a browser
    shows_progress: bool = False
    refreshes_lenses: bool = False
    refreshes_hints: bool = False

    @classmethod
    def of(cls, client: types.ClientCapabilities) -> "Abilities":
        """The abilities that an editor's capabilities name."""
        return cls(
            **_of_documents(client.text_document), **_of_workspace(client.workspace), **_of_window(client.window)
        )


def _of_documents(document: types.TextDocumentClientCapabilities | None) -> dict[str, bool]:
    if document is None:
        return {}
    published = document.publish_diagnostics
    pulled = document.diagnostic
    return {
        "asks_diagnostics": pulled is not None,
        "shows_related": bool(
            (published is not None and published.related_information)
            or (pulled is not None and getattr(pulled, "related_information", False))
        ),
    }


def _of_workspace(workspace: types.WorkspaceClientCapabilities | None) -> dict[str, bool]:
    if workspace is None:
        return {}
    edits = workspace.workspace_edit
    watched = workspace.did_change_watched_files
    operations = (edits.resource_operations if edits is not None else None) or ()
    return {
        "asks_again": workspace.diagnostics is not None and bool(workspace.diagnostics.refresh_support),
        "renames_files": types.ResourceOperationKind.Rename in operations,
        "watches_files": watched is not None and bool(watched.dynamic_registration),
        "applies_edits": bool(workspace.apply_edit),
        "creates_files": types.ResourceOperationKind.Create in operations,
        "refreshes_lenses": workspace.code_lens is not None and bool(workspace.code_lens.refresh_support),
        "refreshes_hints": workspace.inlay_hint is not None and bool(workspace.inlay_hint.refresh_support),
    }


def _of_window(window: types.WindowClientCapabilities | None) -> dict[str, bool]:
    if window is None:
        return {}
    return {
        "shows_documents": window.show_document is not None and bool(window.show_document.support),
        "shows_progress": bool(window.work_done_progress),
    }
