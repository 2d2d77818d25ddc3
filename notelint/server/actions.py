"""Code actions: what can be done about a note's diagnostics, each edit verified before it is offered."""

from collections.abc import Iterator, Sequence

from lsprotocol import types

from notelint.core.diagnostic import Fix, Safety
from notelint.core.errors import NotelintError
from notelint.core.text import Edit, Span
from notelint.edits.apply import apply
from notelint.edits.claims import Claim
from notelint.edits.overreach import overreaching
from notelint.edits.verify import violation
from notelint.engine import fix as fixing
from notelint.engine.linked_parts import LinkedParts
from notelint.server.action_request import ActionRequest
from notelint.server.link_actions import link_actions
from notelint.server.open_notes import OpenNote
from notelint.server.page_action import show_page
from notelint.server.steps import Steps
from notelint.server.suppress_action import suppress

_SAID = {Safety.SAFE: "", Safety.UNSAFE: " (unsafe)", Safety.SUGGESTION: " (suggestion)"}
FIX_ALL = "source.fixAll.notelint"


def actions(asked: ActionRequest, only: Sequence[types.CodeActionKind | str] | None) -> Steps[list[types.CodeAction]]:
    """Find the actions of the kinds that are asked for; of all kinds, if none is named. Fixes come first."""
    found = list[types.CodeAction]()
    if _is_wanted(types.CodeActionKind.QuickFix, only):
        for make in (quick_fixes, link_actions, suppress, show_page):
            for one in make(asked):
                found.append(one)
                yield
    if _is_wanted(FIX_ALL, only):
        whole = fix_all(asked)
        found += [] if whole is None else [whole]
    return found


def _is_wanted(kind: types.CodeActionKind | str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Tell whether actions of a kind are asked for: `source` asks for `source.fixAll` too."""
    name = str(getattr(kind, "value", kind))
    wanted = [str(getattr(one, "value", one)) for one in only or (name,)]
    return any(name == one or name.startswith(f"{one}.") for one in wanted)


def quick_fixes(asked: ActionRequest) -> Iterator[types.CodeAction]:
    """The ways to fix the diagnostics: those that lose nothing, safe ones preferred.

    No fix is offered that would take away what a link finds in the note.
    """
    one, linked = asked.one, LinkedParts(asked.vault)
    for diagnostic in asked.found:
        for candidate in diagnostic.candidates:
            fix = candidate.fix
            if is_harmless(one, diagnostic.checker, fix) and linked.holds(one.note, fix):
                title = fix.title[:1].upper() + fix.title[1:] + _SAID[fix.safety]
                yield asked.quick_fix(title, fix.edits, preferred=fix.safety is Safety.SAFE)


def is_harmless(one: OpenNote, checker: str, fix: Fix) -> bool:
    """Tell whether a fix takes no more than its checker may, and loses nothing beside it."""
    after = one.note.with_text(apply(one.note.text, [fix])[0])
    claims = [Claim(fix, one.run.plans.allowance(checker))]
    return not any(overreaching(one.note, after, claims)) and violation(one.note, after, fix.edits) is None


def fix_all(asked: ActionRequest) -> types.CodeAction | None:
    """Apply all safe fixes of a note, round by round as `notelint fix` does; None where there are none.

    The texts of all open notes count, and so do their links.
    """
    one, unsaved = asked.one, asked.notes.unsaved(asked.one.run)
    try:
        data, _ = fixing.find_safe_in_text(one.run, one.note.path, one.note.encode(), unsaved)
    except NotelintError:
        return None
    fixed = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if fixed == one.note.text:
        return None
    whole = [Edit(Span(0, len(one.note.text)), fixed)]
    edit = types.WorkspaceEdit(document_changes=[asked.editing(one.note.path, one.note, whole)])
    return types.CodeAction(title="Fix all safe findings in this note", kind=FIX_ALL, edit=edit)
