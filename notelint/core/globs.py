"""Patterns of paths, as `.gitignore` writes them."""

import re
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from notelint.core.errors import NotelintError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_SPECIAL = re.compile(r"([*?\[\]!#\\ ])")


def literal(path: str) -> str:
    """A path from the root as a pattern that means it alone."""
    return "/" + _SPECIAL.sub(r"\\\1", path.strip("/"))


class Globs:
    """Some patterns, ready to be matched with many paths (relative to the vault root, POSIX)."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Raises `NotelintError` for a pattern that is none."""
        self._patterns = tuple(patterns)
        try:
            self._spec = compile_globs(self._patterns) if self._patterns else None
        except ValueError as error:
            raise NotelintError(f"one of the patterns {', '.join(self._patterns)} is no pattern: {error}") from error

    def match(self, path: str) -> bool:
        """Whether the patterns, taken together, mean this path."""
        return self._spec is not None and self._spec.match_file(path)


def compile_globs(lines: Iterable[str]) -> "GitIgnoreSpec":
    """The lines of a `.gitignore`, ready to be matched. Raises `ValueError` for a line that is no pattern."""
    from pathspec import GitIgnoreSpec  # takes 10 ms, and many vaults have no pattern

    try:
        with warnings.catch_warnings(action="ignore"):
            return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        raise
    except Exception as error:  # the errors of two libraries of regular expressions, which have nothing in common
        raise ValueError(str(error)) from error
