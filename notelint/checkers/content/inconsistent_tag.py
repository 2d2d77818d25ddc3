"""See inconsistent_tag.md."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from notelint.checkers.base import OncePerVault, VaultChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.note import Outline
from notelint.vault.vault import Vault

_BETWEEN = lazy_regex(r"[\s,]+")


class InconsistentTag(VaultChecker):
    """A tag that other notes write with other capitals."""

    family = "content"
    severity = Severity.INFO
    default = False

    def __init__(self, options: Any = None, id: str | None = None) -> None:
        super().__init__(options, id)
        self._usual = OncePerVault(_usual)

    def check(self, note: Outline, vault: Vault) -> Iterator[Finding]:
        """Yield each tag of the properties that most notes, or the first by alphabet, write otherwise."""
        tags = list(_tags(note))
        if not tags:
            return
        usual_tags = self._usual.of(vault)
        for tag, span in tags:
            usual = usual_tags.get(tag.lower(), tag)
            if usual != tag:
                yield Finding(span, f"tag {tag!r} is written {usual!r} in other notes", about=usual)


def _usual(vault: Vault) -> dict[str, str]:
    """The most frequent spelling of each tag, by its lower case."""
    counts = Counter(tag for outline in vault.outlines.values() for tag, _ in _tags(outline))
    usual: dict[str, str] = {}
    for tag, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        usual.setdefault(tag.lower(), tag)
    return usual


def _tags(note: Outline) -> Iterator[tuple[str, Span]]:
    """The tags in a note's properties, each with the place of their property's value."""
    for key, value in note.properties.items():
        if key.lower() == "tags":  # F6
            items = value if isinstance(value, list) else _BETWEEN.split(value) if isinstance(value, str) else ()
            for item in items:
                if isinstance(item, str) and item.strip("# \t"):
                    yield item.strip().removeprefix("#"), note.place(key)
