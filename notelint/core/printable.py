"""Text for terminals and the logs of CI systems, in which nothing is a command to them; and columns counted."""

from collections.abc import Sequence

from notelint.core.lazy_regex import lazy_regex

# A note is untrusted: it must not be able to move the cursor, hide text, turn its direction round or begin a line.
_CONTROL = lazy_regex(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # which turn the direction round
    "\u00ad\u180e\u200b\u2060-\u2065\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # which nobody sees
    "\u2028\u2029]"
    # Joiners are part of emoji and of several scripts: only beside ASCII, or in a row, they mean nothing.
    "|(?<=[\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\x7f\u200c\u200d]|\\Z)|\\A[\u200c\u200d]"
)
# Azure Pipelines, GitHub Actions and TeamCity look for these anywhere in a line.
_COMMAND = lazy_regex(r"##(vso|teamcity)?\[")
_STARTS_COMMAND = lazy_regex(r"\s*::")  # GitHub Actions, which passes over blanks before it
# Of one column each: letters of Latin, Greek and Cyrillic scripts, dashes, quotation marks, arrows, mathematical signs.
_SINGLE = lazy_regex(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u03ff"
    "\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2070-\u2071\u2074-\u208e\u20a0-\u20bf\u2190-\u22ff]*+"
)
_IN_JSON = lazy_regex(r"##(?=(?:vso|teamcity)?\[)")


def printable(text: str) -> str:
    """The text with characters replaced, one for one, that would do something to a terminal or the log of a CI system.

    These are control characters, marks of direction, what nobody sees, undecodable bytes, and the bracket of a command.
    """
    # Python's printable characters hold none of these, nor the joiners: nearly every text is passed on at once.
    shown = text if text.isprintable() else _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return shown if "##" not in shown else _COMMAND.sub("##\\1\N{FULLWIDTH LEFT SQUARE BRACKET}", shown)


def line_of(text: str) -> str:
    """A text as a line of its own, which begins no command: a path that looks like one is written from `./`."""
    shown = printable(text)
    return f"./{shown}" if _STARTS_COMMAND.match(shown) else shown


def is_command(line: str) -> bool:
    """Tell whether the log of a CI system takes a line for a command."""
    return _STARTS_COMMAND.match(line) is not None or _COMMAND.search(line) is not None


def in_json(text: str) -> str:
    """JSON that says the same, and in which no text is a command to a CI system."""
    return text if "##" not in text else _IN_JSON.sub(r"#\\u0023", text)


def width(text: str) -> int:
    """Number of columns that a text fills in a terminal: wide characters two, marks on other characters none."""
    if has_single_columns(text):
        return len(text)
    from rich.cells import cell_len  # knows the widths of Unicode; loaded where a text is not ASCII

    return cell_len(text)


def has_single_columns(text: str) -> bool:
    """True if each character of a text surely fills one column of a terminal."""
    return text.isascii() or _SINGLE.fullmatch(text) is not None


def wrapped(text: str, columns: int | None, *, indent: int = 0, hanging: int = 0) -> list[str]:
    """The text in lines of at most `columns` columns, broken at blanks, indented; further lines by `hanging` more.

    Without `columns` it stays one line. A word that is wider than a line stands alone on one.
    """
    if columns is None or indent + width(text) <= columns:
        return [" " * indent + text]
    lines, line = [], " " * indent
    filled = False
    for word in text.split(" "):
        if filled and width(line) + 1 + width(word) > columns and not word.startswith("::"):  # would begin a command
            lines.append(line)
            line, filled = " " * (indent + hanging), False
        line += f" {word}" if filled else word
        filled = True
    return [*lines, line]


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """`1 error`, `2 errors`; with a plural of its own `2 entries`."""
    return f"{count} {noun}" if count == 1 else f"{count} {plural or f'{noun}s'}"


def first_of(names: Sequence[str], most: int) -> str:
    """The first of these, and how many more there are: `a, b and 3 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"


def fixes(count: int, kind: str = "") -> str:
    """`1 fix`, `2 fixes`; with a kind `2 safe fixes`."""
    return f"{count} {kind}{' ' if kind else ''}fix{'' if count == 1 else 'es'}"
