"""Regular expressions that RE2 runs, in linear time, whatever the pattern: those that users write, and many at once."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

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


def any_bytes(texts: Iterable[bytes]) -> "Pattern[bytes]":
    """A pattern that finds where one of some texts stands, in one pass for all: any bytes in any bytes."""
    import re2

    options = _quiet()
    options.max_mem, options.encoding = _MEMORY_OF_NAMES, re2.Options.Encoding.LATIN1
    compiled: Pattern[bytes] = re2.compile(b"|".join(re2.escape(text) for text in sorted(texts)), options)
    return compiled


@lru_cache(maxsize=16)
def patterns(sought: frozenset[str]) -> "Patterns":
    """Several patterns, ready to be sought: those that are the same for many are made once."""
    return Patterns(sorted(sought))


# Bytes, of which few are taken: in the 8 MB that RE2 takes by itself the hints of all checkers have no room, and
# each text takes 60 times as long.
_MEMORY_OF_HINTS = 64 << 20


_SELDOM = 8  # texts in which large patterns are sought in parts: to compile them takes longer than that
_NOT_ASCII = (b"\xc5\xbf", b"\xe2\x84\xaa")  # letters that RE2 takes for capitals of ASCII ones (`s`, `k`)


class Alternative(Struct, frozen=True):
    """One alternative of a pattern. A text in which it is found holds a literal of each group of `needs`.

    Literals are in lower case; those of ASCII may be capitals in the text.
    """

    pattern: str
    needs: tuple[tuple[str, ...], ...]


class Alternatives(Struct, frozen=True):
    """A pattern of many alternatives: what stands before all of them, and behind."""

    before: str
    after: str
    each: tuple[Alternative, ...]


class AnyOf(str):
    """A pattern of many alternatives, of which few come into question in a text."""

    _of: Alternatives

    def __new__(cls, of: Alternatives) -> "AnyOf":
        """Make the whole pattern."""
        self = super().__new__(cls, f"{of.before}(?:{'|'.join(one.pattern for one in of.each)}){of.after}")
        self._of = of
        return self

    def is_in(self, text: bytes) -> bool:
        """True if the pattern is found in a text, given in UTF-8: only those are compiled that may be."""
        lower = text.lower()  # of ASCII alone
        all_count = any(letter in lower for letter in _NOT_ASCII)
        for at, groups in enumerate(self._needs):
            if all_count or all(any(literal in lower for literal in group) for group in groups):
                if at not in self._compiled:
                    self._compiled[at] = _set_of([self._alone(at)])
                if self._compiled[at].Match(text):
                    return True
        return False

    def _alone(self, at: int) -> str:
        return f"{self._of.before}(?:{self._of.each[at].pattern}){self._of.after}"

    @cached_property
    def _compiled(self) -> dict[int, Any]:
        return {}

    @cached_property
    def _needs(self) -> list[list[list[bytes]]]:
        return [[[one.encode() for one in group] for group in made.needs] for made in self._of.each]


class Patterns:
    """Several patterns, sought in one pass: how many they are hardly matters.

    They are notelint's own or a plugin's. Raises `NotelintError` for one that RE2 does not take.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(dict.fromkeys(patterns))
        self._large = tuple(one for one in self._patterns if isinstance(one, AnyOf))
        self._small = tuple(one for one in self._patterns if not isinstance(one, AnyOf))
        self._set_of_small = _set_of(self._small)
        self._asked = 0

    def within(self, text: bytes) -> set[str]:
        """Those patterns that are found anywhere in a text, given in UTF-8."""
        if not self._patterns:
            return set()
        self._asked += 1
        if self._asked > _SELDOM or not self._large:
            return {self._patterns[at] for at in self._set.Match(text) or ()}
        found = {self._small[at] for at in self._set_of_small.Match(text) or ()} if self._small else set[str]()
        return found.union(one for one in self._large if one.is_in(text))

    @cached_property
    def _set(self) -> Any:
        return _set_of(self._patterns) if self._large else self._set_of_small


def _set_of(patterns: Sequence[str]) -> Any:
    """These patterns, compiled together. Raises `NotelintError` for one that RE2 does not take."""
    import re2

    options = _quiet()
    options.max_mem = _MEMORY_OF_HINTS
    made = re2.Set.SearchSet(options)
    for pattern in patterns:
        try:
            made.Add(pattern)
        except re2.error as error:
            raise NotelintError(f"the hint {pattern!r} of a checker is not a pattern: {error}") from error
    made.Compile()
    return made


def _quiet() -> Any:
    """Options by which nothing is written to stderr."""
    import re2

    options = re2.Options()
    options.log_errors = False
    return options
