"""TOML that somebody else wrote: parsed in a time that grows with its size alone."""

import re
from typing import Any

from notelint.core.lazy_regex import lazy_regex

_MOST_PARTS = 100
# What is not a key: strings, which become one word, and comments. One that is never closed goes on to the end.
_TEXT = lazy_regex(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'''|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|(\#[^\n]*+)",
    re.DOTALL,
)
_LONG_KEY = lazy_regex(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}")


def parse(text: str) -> dict[str, Any]:
    """The table that a text in TOML holds, whose line ends are plain. Raises `ValueError` and `RecursionError`.

    The parser of the standard library takes a time that grows with the square of a key's parts: such keys are refused.
    """
    if text.count(".") >= _MOST_PARTS and _LONG_KEY.search(_TEXT.sub(_shortened, text)):
        raise ValueError(f"a key has more than {_MOST_PARTS} parts")
    import tomllib  # compiles its patterns: 5 ms, and most vaults have no such file

    return tomllib.loads(text)


def _shortened(match: re.Match[str]) -> str:
    return "" if match[1] else "s"
