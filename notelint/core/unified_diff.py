"""Differences as git writes them, so that `git apply` and `patch` take them."""

import difflib
from collections.abc import Iterator

from notelint.core.printable import printable

_ESCAPES = {7: "a", 8: "b", 9: "t", 10: "n", 11: "v", 12: "f", 13: "r", 34: '"', 92: "\\"}


def opening(old: str, new: str) -> str:
    """The line with which the difference of one file begins, whose paths are `old` and `new`."""
    return f"diff --git {quoted(f'a/{old}')} {quoted(f'b/{new}')}"


def hunks(before: bytes, after: bytes, old: str, new: str, context: int = 3) -> Iterator[str]:
    r"""The difference of one file, whose paths are `old` and `new`: its two header lines and its hunks.

    Lines are without their `\n`; bytes that are not UTF-8 are lone surrogates. `context` lines surround each change.
    """
    names = (quoted(f"a/{old}"), quoted(f"b/{new}"))
    for line in difflib.unified_diff(_lines(before), _lines(after), *names, n=context, lineterm=""):
        yield from line.split("\n")


def quoted(name: str) -> str:
    """A file's name as git writes it: in quotes, as in C, if it holds what a terminal or git would trip on."""
    if printable(name) == name and '"' not in name and "\\" not in name and "\t" not in name:
        return name
    escaped = "".join(map(_escaped, name.encode("utf-8", "surrogateescape")))
    return '"' + escaped.replace("##", r"#\043") + '"'  # `##[` and `##vso[` begin commands of CI systems


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return f"\\{_ESCAPES[byte]}"
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _lines(data: bytes) -> list[str]:
    """Lines without their ends; the last one says so if it had none."""
    *lines, last = data.decode("utf-8", "surrogateescape").split("\n")
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines
