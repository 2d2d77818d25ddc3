"""Differences as git writes them, so that `git apply` and `patch` take them."""

import difflib
from collections.abc import Iterator


def hunks(before: bytes, after: bytes, old: str, new: str, context: int = 3) -> Iterator[str]:
    r"""The difference of one file, whose paths are `old` and `new`: its two header lines and its hunks.

    Lines are without their `\n`; bytes that are no UTF-8 are lone surrogates. `context` lines surround each change.
    """
    for line in difflib.unified_diff(_lines(before), _lines(after), f"a/{old}", f"b/{new}", n=context, lineterm=""):
        yield from line.split("\n")


def _lines(data: bytes) -> list[str]:
    """Lines without their ends; the last one says so if it had none."""
    *lines, last = data.decode("utf-8", "surrogateescape").split("\n")
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines
