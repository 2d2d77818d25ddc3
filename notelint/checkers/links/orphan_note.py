"""See orphan_note.md."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from notelint.checkers.base import VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.globs import Globs
from notelint.garden.permalinks import is_home
from notelint.note.note import Outline
from notelint.vault.vault import Vault


@dataclass(frozen=True)
class Options:
    """Where readers begin."""

    entries: Annotated[tuple[str, ...], "Notes that need no link (patterns as in .gitignore)."] = (
        "/Home.md",
        "index.md",
        "README.md",
    )


class OrphanNote(VaultChecker):
    """A note that no other note links to, so that only a search finds it."""

    Options = Options
    family = "links"
    severity = Severity.INFO
    default = False

    def __init__(self, options: Any = None, id: str | None = None) -> None:
        super().__init__(options, id)
        self._entries = Globs(self.options.entries)
        self._seen: tuple[Vault, frozenset[str]] | None = None

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding for a note that nothing leads to, but for those where readers begin."""
        if is_home(note.properties) or self._entries.match(note.path):
            return
        if self._seen is None or self._seen[0] is not vault:
            self._seen = vault, frozenset(_linked(vault))
        if note.path not in self._seen[1]:
            yield Finding(note.start, "no other note links to this one")


def _linked(vault: Vault) -> Iterator[str]:
    """The files that another note links to or embeds, comments left out."""
    for path, outline in vault.outlines.items():
        for link in outline.links:
            target = None if link.hidden else vault.resolve_link(link, path).target
            if target is not None and target != path:
                yield target
