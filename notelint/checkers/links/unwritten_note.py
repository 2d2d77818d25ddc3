"""See unwritten_note.md."""

from collections.abc import Iterator

from notelint.checkers.base import VaultChecker
from notelint.checkers.links import dead_links
from notelint.core.diagnostic import Finding, Severity
from notelint.edits.allowance import Part
from notelint.note.note import Outline
from notelint.vault.vault import Vault


class UnwrittenNote(VaultChecker):
    """A link to a note that is yet to be written."""

    Options = dead_links.DeadLinkOptions
    family = "links"
    takes = frozenset({Part.TARGETS})
    severity = Severity.INFO

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each link by a bare name that no note has, had, or has but for its spelling."""
        for link in dead_links.dead_links(note, vault, self.options.ignore, unwritten=True):
            yield dead_links.finding(link, note, vault, "not written yet:")
