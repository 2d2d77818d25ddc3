"""Names arranged so that those which a misspelt one can mean are found without a look at all the others."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import compress
from operator import methodcaller

from notelint.core.lazy_regex import lazy_regex

_NUMBER = lazy_regex(r"\d+")
SHARED = 3  # letters that two spellings of one name have in common, at its beginning or at its end
_LONGEST = (
    1000  # characters: comparing takes time by the product of two lengths, and nobody mistypes a name of that kind
)
_SELDOM = 12  # questions that take no longer than making the table for thousands of names
_BEGINS, _ENDS = "begins", "ends"
_CROWD = 256  # names: of more that begin or end alike, only those are looked at that share the most letters


def numbers(name: str) -> tuple[str, ...]:
    """The numbers in a name. Names that differ in one are different things: `Type 1`, `Type 2`."""
    return tuple(_NUMBER.findall(name))


class Spellings:
    """Many names, to be asked for those that begin or end like another one and have the same numbers.

    A table of them is made once it is worth it: who asks for a few names looks through all instead.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._asked = 0
        self._crowds: dict[tuple[str, ...], list[tuple[str, str]]] = {}

    def near(self, wanted: str) -> list[str]:
        """The names that `wanted` can be a misspelling of, in the order in which they were given."""
        if len(wanted) > _LONGEST:
            return []
        self._asked += 1
        found = {name for part in _parts(wanted) for name in self._like(wanted, part)}
        return sorted(found, key=self._order.__getitem__) if len(found) > 1 else list(found)

    def _like(self, wanted: str, part: tuple[str, ...]) -> list[str]:
        names = self._by_part.get(part, []) if self._asked > _SELDOM else self._looked_through(part)
        if len(names) <= _CROWD:
            return names
        if part not in self._crowds:
            self._crowds[part] = sorted((_from_end(name, part[0]), name) for name in names)
        crowd = self._crowds[part]
        at = bisect_left(crowd, (_from_end(wanted, part[0]), ""))
        return [name for _, name in crowd[max(at - _CROWD // 2, 0) : at + _CROWD // 2]]

    def _looked_through(self, part: tuple[str, ...]) -> list[str]:
        """The names of one part, as the table has them."""
        is_alike = methodcaller("startswith" if part[0] == _BEGINS else "endswith", part[1])
        near = compress(self._names, map(is_alike, self._folded))
        return [name for name in near if len(name) <= _LONGEST and part in _parts(name)]

    @cached_property
    def _folded(self) -> list[str]:
        folded = "\0".join(self._names).casefold().split("\0")
        return folded if len(folded) == len(self._names) else [name.casefold() for name in self._names]

    @cached_property
    def _order(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self._names)}

    @cached_property
    def _by_part(self) -> dict[tuple[str, ...], list[str]]:
        table: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in self._names:
            for part in _parts(name) if len(name) <= _LONGEST else ():
                table[part].append(name)
        return table


def _from_end(name: str, end: str) -> str:
    """A name in the order in which its letters are compared: from its beginning, or backwards."""
    return name.casefold() if end == _BEGINS else name.casefold()[::-1]


def _parts(name: str) -> Iterator[tuple[str, ...]]:
    folded = name.casefold()
    within = numbers(folded)
    yield (_BEGINS, folded[:SHARED], *within)
    yield (_ENDS, folded[-SHARED:], *within)
