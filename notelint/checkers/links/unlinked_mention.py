"""See unlinked_mention.md."""

from collections.abc import Iterator
from typing import Any

from notelint.checkers.base import OncePerVault, VaultChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.text import Edit
from notelint.note.note import Note, Outline
from notelint.vault.link_style import shortest_name
from notelint.vault.mentions import Mention, Mentions
from notelint.vault.vault import Vault


class UnlinkedMention(VaultChecker):
    """A note that is named in the text, as others link it, and has no link there."""

    family = "links"
    severity = Severity.INFO
    default = False

    def __init__(self, options: Any = None, id: str | None = None) -> None:
        super().__init__(options, id)
        self._mentions = OncePerVault(Mentions)

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield the first mention of each note to which this one has no link, if its name is linked often elsewhere."""
        text = None if vault.texts is None else vault.texts.note(note.path)
        if text is None:
            return
        for mention in self._mentions.of(vault).of(text):
            shown = mention.span.of(text.text)
            message = f"{shown!r} is the note {mention.target!r}, which other notes link here: link it, too"
            yield Finding(mention.span, message, _linked(mention, text, vault), about=mention.target)


def _linked(mention: Mention, note: Note, vault: Vault) -> Fix | None:
    """The link that shows the same text; None where no wikilink finds the note, or in a table that `|` would cut."""
    shown = mention.span.of(note.text)
    name = shortest_name(note.path, mention.target, vault)
    if name is None or any(mark in shown for mark in "[]|\n"):
        return None
    pipe = r"\|" if mention.span.start in note.structure.tables else "|"
    link = f"[[{name}]]" if name == shown else f"[[{name}{pipe}{shown}]]"
    return Fix(f"write {link}", (Edit(mention.span, link),), Safety.UNSAFE)
