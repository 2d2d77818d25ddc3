"""Patterns of paths, as `.gitignore` writes them."""

import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import encodable

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_TOGETHER = 2000  # lines of a `.gitignore` that are compiled into one set
_TOO_MUCH = "failed to compile Set"  # what RE2 says of a set that needs too much memory
_FOLDER = lazy_regex(r"/?(?:[A-Za-z0-9_]+(?:[ -][A-Za-z0-9_]+)*/)+")  # pathspec need not be loaded for these: 10 ms
_SPECIAL = lazy_regex(r"([*?\[\]!#\\ ])")


def literal(path: str) -> str:
    """A path from the root as a pattern that means it alone."""
    return "/" + _SPECIAL.sub(r"\\\1", path.strip("/"))


class Globs:
    """Some patterns, ready to be matched with many paths (relative to the vault root, POSIX)."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raises `NotelintError` for a pattern that is none."""
        self._patterns = tuple(patterns)
        self._folders = all(map(_FOLDER.fullmatch, self._patterns))
        self._spec = None if self._folders else self._made()

    def _made(self) -> "Ignored":
        try:
            return compile_globs(self._patterns)
        except ValueError as error:
            raise NotelintError(f"one of the patterns {', '.join(self._patterns)} is not a pattern: {error}") from error

    def match(self, path: str) -> bool:
        """True if the patterns, taken together, mean this path."""
        if self._spec is None:
            return any(_is_in(path, folder) for folder in self._patterns)
        return self._spec.match_file(path)


def _is_in(path: str, folder: str) -> bool:
    """True if a file lies in a folder that is a pattern: one of that name, or at that path if it has several parts."""
    if folder.find("/") == len(folder) - 1:
        return f"/{folder}" in f"/{path}"
    return path.startswith(folder.removeprefix("/"))


class Ignored:
    """The lines of a `.gitignore`, compiled: all at once, or in `specs` of a few thousand, for RE2 takes no more."""

    def __init__(self, specs: "Sequence[GitIgnoreSpec]") -> None:
        self._specs = tuple(reversed(specs))

    def match_file(self, path: str) -> bool:
        """Tell whether the lines hide a path: the last line that speaks of it decides.

        Bytes of a name that are not UTF-8 are matched as a `?`, for RE2 takes UTF-8 only.
        """
        path = encodable(path)
        if len(self._specs) == 1:
            return bool(self._specs[0].match_file(path))  # None, before pathspec 1.0
        found = (spec.check_file(path).include for spec in self._specs)
        return bool(next((include for include in found if include is not None), False))


def compile_globs(lines: Iterable[str]) -> Ignored:
    """The lines of a `.gitignore`, ready to be matched. Raises `ValueError` for a line that is not a pattern."""
    every = list(lines)
    pieces = [every[at : at + _TOGETHER] for at in range(0, len(every), _TOGETHER)] or [[]]
    return Ignored([spec for piece in pieces for spec in _compiled(piece)])


def _compiled(lines: Sequence[str]) -> "list[GitIgnoreSpec]":
    """A piece; in halves, and these in halves, where its lines together need more memory than RE2 takes."""
    from pathspec import GitIgnoreSpec  # takes 10 ms, and many vaults have no pattern

    try:
        with warnings.catch_warnings(action="ignore"):
            return [GitIgnoreSpec.from_lines(lines)]
    except Exception as error:  # the errors of two libraries of regular expressions, which have nothing in common
        if _TOO_MUCH in str(error) and len(lines) > 1:
            middle = len(lines) // 2
            return [*_compiled(lines[:middle]), *_compiled(lines[middle:])]
        raise error if isinstance(error, ValueError) else ValueError(str(error)) from error
