"""See orphan_note.md."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Any

from msgspec import Struct

from notelint.checkers.base import OncePerVault, VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.globs import Globs
from notelint.garden.permalinks import is_home
from notelint.note.canvas import Card, parse
from notelint.note.note import Note, Outline
from notelint.vault.vault import Vault


class OrphanNoteOptions(Struct, frozen=True):
    """Where readers begin."""

    entries: Annotated[tuple[str, ...], "Notes that need no link (patterns as in .gitignore)."] = (
        "/Home.md",
        "index.md",
        "README.md",
    )


class OrphanNote(VaultChecker):
    """A note that no other note links to, so that only a search finds it."""

    Options = OrphanNoteOptions
    family = "links"
    severity = Severity.INFO
    default = False

    def __init__(self, options: Any = None, id: str | None = None) -> None:
        super().__init__(options, id)
        self._entries = Globs(self.options.entries)
        self._linked = OncePerVault(lambda vault: frozenset(_linked(vault)))

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield one finding for a note that nothing leads to, but for those where readers begin."""
        if is_home(note.properties) or self._entries.match(note.path):
            return
        on_cards = set(_on_cards(vault))  # each time: what is found of this note depends on the canvases
        if note.path in on_cards:
            return
        if note.path not in self._linked.of(vault):
            yield Finding(note.start, "no other note links to this one", of_note=True)


def _linked(vault: Vault) -> Iterator[str]:
    """The files that another note links to or embeds, comments left out."""
    for path, outline in vault.outlines.items():
        for link in outline.links:
            target = None if link.hidden else vault.resolve_link(link, path).target
            if target is not None and target != path:
                yield target


def _on_cards(vault: Vault) -> Iterator[str]:
    """The files that canvases show on their cards, or link to."""
    for path in vault.files if vault.texts is not None else ():
        canvas = vault.texts.note(path) if path.endswith(".canvas") and vault.texts is not None else None
        for card in _cards(canvas.text) if canvas is not None else ():
            if card.file is not None:
                yield card.file.value
            elif card.text is not None:
                targets = (vault.resolve_link(link, path).target for link in Note(path, card.text.value).links)
                yield from (target for target in targets if target is not None)


@lru_cache(maxsize=256)
def _cards(text: str) -> tuple[Card, ...]:
    read = parse(text)
    return () if read is None else read.cards
