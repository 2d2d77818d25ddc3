"""Actions that suppress a finding: at its place, or in its whole note."""

from collections.abc import Iterator

from lsprotocol import types

from notelint.core.diagnostic import CRASHED
from notelint.edits.suppress import suppress_here, suppress_in_note
from notelint.note.suppressions import UNUSED
from notelint.server.action_request import ActionRequest

_NEVER = (CRASHED, UNUSED)  # what cannot be silenced, or is fixed by taking a suppression away


def suppress(asked: ActionRequest) -> Iterator[types.CodeAction]:
    """Yield for each checker of the findings an action for the place, and one for the note."""
    first = {one.checker: one for one in reversed(asked.found) if one.checker not in _NEVER}
    for checker, one in sorted(first.items()):
        edits = suppress_here(asked.note, checker, one.span)
        if edits is not None:
            yield asked.quick_fix(f"Suppress {checker} here", edits)
        edits = suppress_in_note(asked.note, checker, one.span)
        if edits is not None:
            yield asked.quick_fix(f"Suppress {checker} in this note", edits)
