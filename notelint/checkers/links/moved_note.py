"""See moved_note.md."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct, field

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding
from notelint.core.text import Span
from notelint.edits.allowance import Part
from notelint.edits.broken_by_move import broken_by, message
from notelint.note.note import Outline
from notelint.vault.vault import Vault


class MovedNoteOptions(Struct, frozen=True):
    """Options of this checker."""

    renames: Annotated[
        dict[str, str], "The new path of each file that was renamed, by its old one: set by --since."
    ] = field(default_factory=dict)


class MovedNote(VaultChecker):
    """A note or attachment that was renamed, and left broken links behind."""

    family = "links"
    takes = frozenset({Part.TARGETS})
    compares = True
    Options = MovedNoteOptions

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding for a note that was renamed since the base of `--since`, if that broke links."""
        if note.path in self.options.renames.values():
            for old, links in broken_by(self.options.renames, vault).items():
                if self.options.renames[old] == note.path:
                    yield Finding(Span(0, 0), message(old, note.path, links), about=old)
