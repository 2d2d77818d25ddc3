"""Outlines of a vault in which some notes are not what their files hold, or are not where they were."""

from collections.abc import Collection, Iterator, Mapping

from msgspec import structs

from notelint.note.note import Outline, Parts
from notelint.vault.outlines import Outlines, digests


class OverlaidOutlines(Outlines):
    """The outlines of `base`, but for the notes in `changed`, which may be new ones."""

    def __init__(self, base: Mapping[str, Outline], changed: Mapping[str, Outline]) -> None:
        self._base, self._changed = base, changed
        self._names: dict[str, bytes] = {}

    def parts(self, path: str) -> Parts | None:
        """The parts that links can name of the note at a path; None if there is no note."""
        if path in self._changed:
            return self._changed[path]
        return self._base.parts(path) if isinstance(self._base, Outlines) else self._base.get(path)

    def names(self, path: str) -> bytes:
        """The digests of what links can name of the note at a path (`digests`), if they are at hand."""
        if path in self._changed:
            if path not in self._names:
                self._names[path] = digests(self._changed[path])
            return self._names[path]
        return self._base.names(path) if isinstance(self._base, Outlines) else b""

    def depend_on(self, what: str) -> None:
        """Remember that what is found depends on more than outlines: on a state of `what`."""
        if isinstance(self._base, Outlines):
            self._base.depend_on(what)

    def linking(self, texts: Collection[str]) -> Iterator[Outline]:
        """The outlines of notes in whose `link_paths` one of these texts may stand."""
        base = self._base.linking(texts) if isinstance(self._base, Outlines) else iter(self._base.values())
        yield from (outline for outline in base if outline.path not in self._changed)
        yield from self._changed.values()

    def __getitem__(self, path: str) -> Outline:
        return self._changed[path] if path in self._changed else self._base[path]

    def __contains__(self, path: object) -> bool:
        return path in self._changed or path in self._base

    def __iter__(self) -> Iterator[str]:
        yield from self._base
        yield from (path for path in self._changed if path not in self._base)

    def __len__(self) -> int:
        return len(self._base) + sum(path not in self._base for path in self._changed)


class MovedOutlines(Mapping[str, Outline]):
    """The outlines of `base` by other paths: `moves` are the paths before and after of those that differ."""

    def __init__(self, base: Mapping[str, Outline], moves: Mapping[str, str]) -> None:
        self._base, self._moves = base, {old: new for old, new in moves.items() if old in base}
        self._back = {new: old for old, new in self._moves.items()}

    def __getitem__(self, path: str) -> Outline:
        if path in self._back:
            return structs.replace(self._base[self._back[path]], path=path)
        if path in self._moves:
            raise KeyError(path)
        return self._base[path]

    def __contains__(self, path: object) -> bool:
        return path in self._back or (path not in self._moves and path in self._base)

    def __iter__(self) -> Iterator[str]:
        return (self._moves.get(path, path) for path in self._base if path in self._moves or path not in self._back)

    def __len__(self) -> int:
        return sum(1 for _ in self)
