"""Patterns of paths, as `.gitignore` writes them."""

import re
from collections.abc import Iterable

from pathspec import GitIgnoreSpec

from notelint.errors import NotelintError

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
            self._spec = GitIgnoreSpec.from_lines(self._patterns)
        except ValueError as error:
            raise NotelintError(f"one of the patterns {', '.join(self._patterns)} is no pattern: {error}") from error

    def match(self, path: str) -> bool:
        """Whether the patterns, taken together, mean this path."""
        return bool(self._patterns) and self._spec.match_file(path)
