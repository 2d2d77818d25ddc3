"""Text that a terminal can be given: control characters replaced, columns counted."""

import re

# A note is untrusted: it must not be able to move the cursor, hide text or turn its direction round.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with control characters, direction marks and undecodable bytes replaced, one for one."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def width(text: str) -> int:
    """How many columns of a terminal a text fills: wide characters two, marks on other characters none."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # knows the widths of Unicode; loaded where a text is not ASCII

    return cell_len(text)


def wrapped(text: str, columns: int | None, *, indent: int = 0, hanging: int = 0) -> list[str]:
    """The text in lines of at most `columns` columns, broken at blanks, indented; further lines by `hanging` more.

    Without `columns` it stays one line. A word that is wider than a line stands alone on one.
    """
    if columns is None or indent + width(text) <= columns:
        return [" " * indent + text]
    lines, line = [], " " * indent
    filled = False
    for word in text.split(" "):
        if filled and width(line) + 1 + width(word) > columns:
            lines.append(line)
            line, filled = " " * (indent + hanging), False
        line += f" {word}" if filled else word
        filled = True
    return [*lines, line]


def counted(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def fixes(count: int, kind: str = "") -> str:
    """`1 fix`, `2 fixes`; with a kind `2 safe fixes`."""
    return f"{count} {kind}{' ' if kind else ''}fix{'' if count == 1 else 'es'}"
