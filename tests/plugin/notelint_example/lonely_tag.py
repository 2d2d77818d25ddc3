"""See lonely_tag.md."""

from collections import Counter
from collections.abc import Iterator

from notelint.api import Finding, OncePerVault, Outline, Severity, Vault, VaultChecker


class LonelyTag(VaultChecker):
    """A tag that no other note has, on a note that no other note links to: nothing leads to it."""

    family = "example"
    severity = Severity.INFO

    def __init__(self, options: object = None, id: str | None = None) -> None:
        super().__init__(options, id)
        self._counts = OncePerVault(
            lambda vault: Counter(tag for outline in vault.outlines.values() for tag in outline.tags)
        )

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each lonely tag of a note that has no incoming link."""
        if not note.tags or vault.incoming(note.path):
            return
        for tag in note.tags:
            if self._counts.of(vault)[tag] == 1:
                yield Finding(note.start, f"tag {tag!r} is on no other note, and no note links to this one", about=tag)
