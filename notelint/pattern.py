"""Regular expressions that users write. RE2 runs them: it takes linear time, whatever the pattern."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from re import Pattern


def compile_pattern(pattern: str) -> "Pattern[str]":
    """A user's pattern, compiled. Raises `ValueError` with the reason if RE2 does not take it.

    RE2 takes no lone surrogates: encode texts with "replace" before they are searched.
    """
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled: Pattern[str] = re2.compile(pattern, options)
    except re2.error as error:
        said = error.args[0] if error.args else error
        raise ValueError(said.decode() if isinstance(said, bytes) else str(said)) from error
    return compiled
