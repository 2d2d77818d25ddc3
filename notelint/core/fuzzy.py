"""Names arranged so that those which a misspelt one can mean are found without a look at all the others."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"\d+")
_SHARED = 3  # letters that two spellings of one name have in common, at its beginning or at its end
_LONGEST = (
    1000  # characters: comparing takes time by the product of two lengths, and nobody mistypes a name of that kind
)
_CROWD = 256  # names: of more that begin or end alike, only those are looked at that share the most letters


def numbers(name: str) -> tuple[str, ...]:
    """The numbers in a name. Names that differ in one are different things: `Type 1`, `Type 2`."""
    return tuple(_NUMBER.findall(name))


class Spellings:
    """Many names, to be asked for those that begin or end like another one and have the same numbers."""

    def __init__(self, names: Iterable[str]) -> None:
        self._order = {name: at for at, name in enumerate(names)}
        self._by_part: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._crowds: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for name in self._order:
            for part in _parts(name) if len(name) <= _LONGEST else ():
                self._by_part[part].append(name)

    def near(self, wanted: str) -> list[str]:
        """The names that `wanted` can be a misspelling of, in the order in which they were given."""
        if len(wanted) > _LONGEST:
            return []
        found = {name for part in _parts(wanted) for name in self._like(wanted, part)}
        return sorted(found, key=self._order.__getitem__)

    def _like(self, wanted: str, part: tuple[str, ...]) -> list[str]:
        names = self._by_part.get(part, [])
        if len(names) <= _CROWD:
            return names
        if part not in self._crowds:
            self._crowds[part] = sorted((_from_end(name, part[0]), name) for name in names)
        crowd = self._crowds[part]
        at = bisect_left(crowd, (_from_end(wanted, part[0]), ""))
        return [name for _, name in crowd[max(at - _CROWD // 2, 0) : at + _CROWD // 2]]


def _from_end(name: str, end: str) -> str:
    """A name in the order in which its letters are compared: from its beginning, or backwards."""
    return name.casefold() if end == "begins" else name.casefold()[::-1]


def _parts(name: str) -> Iterator[tuple[str, ...]]:
    folded = name.casefold()
    within = numbers(folded)
    yield ("begins", folded[:_SHARED], *within)
    yield ("ends", folded[-_SHARED:], *within)
