"""Whole notes for the few checkers that compare texts: read when one is asked for, and only then."""

from collections.abc import Callable, Mapping
from typing import Protocol

from notelint.note.note import Note


class Texts(Protocol):
    """The notes of a vault with their texts."""

    def note(self, path: str) -> Note | None:
        """The note at a path of the vault, excluded by the configuration or not; None if it cannot be read."""

    def is_plain(self, path: str) -> bool:
        """True if nothing that publishing does can change what a note shows (`published_steps.is_plain`)."""


class HeldTexts:
    """Notes that are in memory. Others, which the configuration excludes, are read by `read`."""

    def __init__(self, notes: Mapping[str, Note], read: Callable[[str], Note | None] = lambda path: None) -> None:
        self._notes, self._read = notes, read

    def note(self, path: str) -> Note | None:
        """The note at a path of the vault; None if it cannot be read."""
        return self._notes[path] if path in self._notes else self._read(path)

    def is_plain(self, path: str) -> bool:
        """True if nothing that publishing does can change what a note shows."""
        from notelint.garden.published_steps import is_plain

        note = self.note(path)
        return note is None or is_plain(note)
