"""Names arranged so that those which a misspelt one can mean are found without a look at all the others."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"\d+")
_SHARED = 3  # letters that two spellings of one name have in common, at its beginning or at its end


def numbers(name: str) -> tuple[str, ...]:
    """The numbers in a name. Names that differ in one are different things: `Type 1`, `Type 2`."""
    return tuple(_NUMBER.findall(name))


class Spellings:
    """Many names, to be asked for those that begin or end like another one and have the same numbers."""

    def __init__(self, names: Iterable[str]) -> None:
        self._order = {name: at for at, name in enumerate(names)}
        self._by_part: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in self._order:
            for part in _parts(name):
                self._by_part[part].append(name)

    def near(self, wanted: str) -> list[str]:
        """The names that `wanted` can be a misspelling of, in the order in which they were given."""
        found = {name for part in _parts(wanted) for name in self._by_part.get(part, ())}
        return sorted(found, key=self._order.__getitem__)


def _parts(name: str) -> Iterator[tuple[str, ...]]:
    folded = name.casefold()
    within = numbers(folded)
    yield ("begins", folded[:_SHARED], *within)
    yield ("ends", folded[-_SHARED:], *within)
