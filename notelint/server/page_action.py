"""Showing the page of a checker: an action for editors that can open an address."""

from collections.abc import Iterator

from lsprotocol import types

from notelint.checkers.registry import page_address
from notelint.server.action_request import ActionRequest

SHOW_PAGE = "notelint.showPage"


def show_page(asked: ActionRequest) -> Iterator[types.CodeAction]:
    """Yield for each checker of the findings an action that shows its page."""
    if not asked.able.shows_documents:
        return
    for checker in sorted({one.checker for one in asked.found}):
        if page_address(checker):
            title = f"Explain {checker}"
            command = types.Command(title=title, command=SHOW_PAGE, arguments=[checker])
            yield types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, command=command)


def shown(checker: object) -> types.ShowDocumentParams | None:
    """Ask the editor to show a checker's page; None for what is not the id of a checker with a page."""
    address = page_address(checker) if isinstance(checker, str) else ""
    return types.ShowDocumentParams(uri=address, external=True, take_focus=True) if address else None
