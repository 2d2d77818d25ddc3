"""Names of files in commands that a message proposes, as a reader can paste them into a shell."""

import os
import shlex

from notelint.core.lazy_regex import lazy_regex

_PLAIN_ON_WINDOWS = lazy_regex(r"[\w\\/:.+@-]+")
_EXPANDED = lazy_regex(r"[$`]")  # by PowerShell, between double quotes too


def path_word(path: str, *, windows: bool = os.name == "nt") -> str:
    """Return a path as one word of a command line: of a POSIX shell, or of cmd and PowerShell alike.

    A path that begins with `-` gets `./` before it, so that it is not taken for an option. Names on Windows hold no
    `"`; those with `$` or a backtick stand between single quotes, which only PowerShell knows.
    """
    if path.startswith("-"):
        path = f"./{path}"
    if not windows:
        return shlex.quote(path)
    if _PLAIN_ON_WINDOWS.fullmatch(path):
        return path
    if _EXPANDED.search(path):
        return "'" + path.replace("'", "''") + "'"
    return f'"{path}"'
