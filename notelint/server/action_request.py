"""A request for code actions: the place, the diagnostics there, and what edits are made with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lsprotocol import types

from notelint.core.diagnostic import Diagnostic
from notelint.core.text import Edit
from notelint.note.note import Note
from notelint.server.abilities import Abilities
from notelint.server.navigation import Placed
from notelint.server.open_notes import OpenNote, OpenNotes, uri_of
from notelint.server.positions import Positions
from notelint.vault.vault import Vault


@dataclass(frozen=True)
class ActionRequest:
    """A request of an editor for actions. `found` are the diagnostics that touch the place in question."""

    one: OpenNote
    found: Sequence[Diagnostic]
    notes: OpenNotes
    placed: Placed
    able: Abilities

    @property
    def note(self) -> Note:
        """The note, as it stands in the editor."""
        return self.one.note

    @property
    def vault(self) -> Vault:
        """Its vault, with all unsaved texts."""
        return self.notes.vault(self.one.run)

    @cached_property
    def places(self) -> Positions:
        """Places in the note."""
        return self.placed(self.note.text)

    def quick_fix(self, title: str, edits: Sequence[Edit], *, preferred: bool = False) -> types.CodeAction:
        """An action that edits this note."""
        edit = types.WorkspaceEdit(document_changes=[self.editing(self.note.path, self.note, edits)])
        kind = types.CodeActionKind.QuickFix
        return types.CodeAction(title=title, kind=kind, is_preferred=preferred or None, edit=edit)

    def editing(self, path: str, note: Note, edits: Sequence[Edit]) -> types.TextDocumentEdit:
        """Edits of the note at a path of the vault, for the version in which it is open, if it is."""
        uri, places = uri_of(self.one.run, path, self.notes), self.placed(note.text)
        held = self.notes.get(uri)
        document = types.OptionalVersionedTextDocumentIdentifier(uri, None if held is None else held.version)
        return types.TextDocumentEdit(document, [types.TextEdit(places.range(e.span), e.text) for e in edits])
