"""Shared by the tests of the engine."""

import pytest

from notelint.note.note import Note


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The notes that are parsed, as they are."""
    seen: list[str] = []
    decode = Note.decode

    def noting(path: str, data: bytes) -> Note:
        seen.append(path)
        return decode(path, data)

    monkeypatch.setattr(Note, "decode", noting)
    return seen
