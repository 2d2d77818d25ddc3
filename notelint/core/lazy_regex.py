"""Regular expressions that are compiled when they are first used.

A module of a checker or a parser begins with its patterns. A run that looks at one note needs one in eight of them, and
to compile the others would take it a tenth of its time.
"""

import re
from functools import cached_property
from typing import Any, AnyStr, cast


def lazy_regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """The same as `re.compile`, for constants of modules. A fault in a pattern is raised by its first use.

    It is not the pattern that a match names (`match.re`), and functions of `re` do not take it.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags))


class _Lazy:
    """Stands for a compiled pattern: each of its methods is looked up once, then it is an attribute as any other."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._given = pattern, flags

    @cached_property
    def _compiled(self) -> "re.Pattern[Any]":
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
