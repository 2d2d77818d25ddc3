"""Outlines as a cache gives them."""

from collections.abc import Iterator

from notelint.note.note import Outline
from notelint.vault.outlines import Outlines, digests


class GivenOutlines(Outlines):
    """Outlines with digests of what links can name: their own, or `names`, true or not, for every note."""

    def __init__(self, outlines: dict[str, Outline], names: bytes | None = None) -> None:
        self._outlines, self._names = outlines, names

    def names(self, path: str) -> bytes:
        """The digests of a note; none for a note that is not there."""
        if self._names is not None:
            return self._names
        return digests(self._outlines[path]) if path in self._outlines else b""

    def __getitem__(self, path: str) -> Outline:
        return self._outlines[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._outlines)

    def __len__(self) -> int:
        return len(self._outlines)
