"""Regular expressions that RE2 runs, in linear time, whatever the pattern: those that users write, and many at once."""

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from notelint.core.errors import NotelintError
from notelint.core.text import encodable

if TYPE_CHECKING:
    from re import Pattern

_MEMORY_OF_NAMES = 1 << 28  # bytes for the automaton of all names of a vault
_MEMORY = 2 << 20  # bytes for a compiled pattern of a user: by RE2's own 8 MB, one takes 0.15 s to compile


def compile_pattern(pattern: str) -> "Pattern[str]":
    """A user's pattern, compiled. Raises `ValueError` with the reason if RE2 does not take it.

    RE2 takes no lone surrogates: encode texts with "replace" before they are searched.
    """
    import re2

    options = _quiet()
    options.max_mem = _MEMORY
    try:
        compiled: Pattern[str] = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else error
        raise ValueError(said.decode() if isinstance(said, bytes) else str(said)) from error
    return compiled


def any_of(names: Iterable[str]) -> "Pattern[str]":
    """A pattern that finds the longest of some names at each place of a text (`encodable`), whatever its capitals."""
    import re2

    options = _quiet()
    options.max_mem, options.case_sensitive, options.longest_match = _MEMORY_OF_NAMES, False, True
    compiled: Pattern[str] = re2.compile("|".join(re2.escape(encodable(name)) for name in sorted(names)), options)
    return compiled


@lru_cache(maxsize=16)
def patterns(sought: frozenset[str]) -> "Patterns":
    """Several patterns, ready to be sought: those that are the same for many are made once."""
    return Patterns(sorted(sought))


# Bytes, of which few are taken: in the 8 MB that RE2 takes by itself the hints of all checkers have no room, and
# each text takes 60 times as long.
_MEMORY_OF_HINTS = 64 << 20


class Patterns:
    """Several patterns, sought in one pass: how many they are hardly matters.

    They are notelint's own or a plugin's. Raises `NotelintError` for one that RE2 does not take.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        import re2

        self._patterns = tuple(dict.fromkeys(patterns))
        options = _quiet()
        options.max_mem = _MEMORY_OF_HINTS
        self._set = re2.Set.SearchSet(options)
        for pattern in self._patterns:
            try:
                self._set.Add(pattern)
            except re2.error as error:
                raise NotelintError(f"the hint {pattern!r} of a checker is not a pattern: {error}") from error
        self._set.Compile()

    def within(self, text: bytes) -> set[str]:
        """Those patterns that are found anywhere in a text, given in UTF-8."""
        if not self._patterns:
            return set()
        return {self._patterns[at] for at in self._set.Match(text) or ()}


def _quiet() -> Any:
    """Options by which nothing is written to stderr."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return options
