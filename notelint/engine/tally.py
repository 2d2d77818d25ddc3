"""The numbers of diagnostics by what they are, gathered in one walk over them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol

from msgspec import Struct

from notelint.core.diagnostic import Safety, Severity

Kind = tuple[str, Severity, Safety | None, bool]


class Countable(Protocol):
    """The part of a diagnostic that is counted."""

    @property
    def checker(self) -> str:
        """The checker's id."""

    @property
    def severity(self) -> Severity:
        """Its weight."""

    @property
    def fix(self) -> object:
        """A fix, or None."""

    @property
    def safety(self) -> Safety | None:
        """The safety of what would fix it."""


def kind_of(one: Countable) -> Kind:
    """What a diagnostic is counted as."""
    return one.checker, one.severity, one.safety, one.fix is not None


class Tally(Struct, frozen=True, dict=True):
    """Numbers of diagnostics: `kinds` by checker, severity, safety and whether there is a fix, in the order in which
    each was first met; `notes` counts the files that have some.
    """

    notes: int
    kinds: Mapping[Kind, int]

    @classmethod
    def of(cls, notes: Iterable[tuple[str, Iterable[Countable]]]) -> "Tally":
        """Count the diagnostics of notes, each with its path; a path may come again."""
        kinds: Counter[Kind] = Counter()
        paths = set()
        for path, found in notes:
            paths.add(path)
            kinds.update(map(kind_of, found))
        return cls(len(paths), kinds)

    @cached_property
    def total(self) -> int:
        """The number of all diagnostics."""
        return sum(self.kinds.values())

    @cached_property
    def checkers(self) -> Mapping[str, int]:
        """The number of diagnostics of each checker, in the order in which each was first met."""
        return self._by(lambda kind: kind[0])

    @cached_property
    def severities(self) -> Mapping[Severity, int]:
        """The number of diagnostics of each severity; 0 for others."""
        return self._by(lambda kind: kind[1])

    @cached_property
    def safeties(self) -> Mapping[Safety | None, int]:
        """The number of diagnostics with each safety; 0 for others."""
        return self._by(lambda kind: kind[2])

    @cached_property
    def fixable(self) -> Mapping[str, int]:
        """The number of diagnostics of each checker that have a fix; 0 for others."""
        return self._by(lambda kind: kind[0], lambda kind: kind[3])

    def worst(self, checker: str) -> Severity:
        """The gravest severity of a checker's diagnostics, of which there is one."""
        order = list(Severity)
        return min((kind[1] for kind in self.kinds if kind[0] == checker), key=order.index)

    def _by(self, key: Callable[[Kind], Any], counts: Callable[[Kind], bool] = lambda _: True) -> "Counter[Any]":
        found: Counter[Any] = Counter()
        for kind, number in self.kinds.items():
            if counts(kind):
                found[key(kind)] += number
        return found
