"""Code actions: the fixes and suggestions of a note's diagnostics, each verified before it is offered."""

from collections.abc import Iterator, Mapping

from lsprotocol import types

from notelint.core.diagnostic import Diagnostic, Fix, Safety
from notelint.core.errors import NotelintError
from notelint.core.text import Span
from notelint.edits.apply import apply
from notelint.edits.overreach import Claim, overreaching
from notelint.edits.verify import violation
from notelint.engine import fix as fixing
from notelint.engine.linked_parts import LinkedParts
from notelint.note.note import Note
from notelint.server.open_notes import OpenNote
from notelint.server.positions import Positions

_SAID = {Safety.SAFE: "", Safety.UNSAFE: " (unsafe)", Safety.SUGGESTION: " (suggestion)"}
FIX_ALL = "source.fixAll.notelint"


def quick_fixes(
    one: OpenNote, found: list[Diagnostic], places: Positions, asked: types.Range, linked: LinkedParts
) -> Iterator[types.CodeAction]:
    """The ways to fix the diagnostics that touch a range: those that lose nothing, safe ones preferred.

    `linked` knows what links find in the note: no fix is offered that would take it away.
    """
    span = Span(places.offset(asked.start), places.offset(asked.end))
    for diagnostic in found:
        if diagnostic.span.start > span.end or diagnostic.span.end < span.start:
            continue
        for candidate in diagnostic.candidates:
            if is_harmless(one, diagnostic.checker, candidate.fix) and linked.holds(one.note, candidate.fix):
                edits = [types.TextEdit(places.range(edit.span), edit.text) for edit in candidate.fix.edits]
                yield types.CodeAction(
                    title=candidate.fix.title + _SAID[candidate.fix.safety],
                    kind=types.CodeActionKind.QuickFix,
                    is_preferred=candidate.fix.safety is Safety.SAFE,
                    edit=_edit(one, edits),
                )


def is_harmless(one: OpenNote, checker: str, fix: Fix) -> bool:
    """Tell whether a fix takes no more than its checker may, and loses nothing beside it."""
    after = one.note.with_text(apply(one.note.text, [fix])[0])
    claims = [Claim(fix, one.run.plans.allowance(checker))]
    return not any(overreaching(one.note, after, claims)) and violation(one.note, after, fix.edits) is None


def fix_all(one: OpenNote, places: Positions, unsaved: Mapping[str, Note]) -> types.CodeAction | None:
    """Apply all safe fixes of a note, round by round as `notelint fix` does; None where there are none.

    `unsaved` are the texts of all open notes of the vault, whose links count.
    """
    try:
        data, _ = fixing.find_in_text(one.run, one.note.path, one.note.encode(), unsafe=False, others=unsaved)
    except NotelintError:
        return None
    fixed = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if fixed == one.note.text:
        return None
    whole = types.TextEdit(places.range(Span(0, len(one.note.text))), fixed)
    return types.CodeAction(title="Fix all safe findings in this note", kind=FIX_ALL, edit=_edit(one, [whole]))


def _edit(one: OpenNote, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
    document = types.OptionalVersionedTextDocumentIdentifier(uri=one.uri, version=one.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, edits)])
