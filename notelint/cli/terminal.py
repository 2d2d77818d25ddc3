"""Abilities of an output stream: colours, characters, width. The environment has the last word."""

from collections.abc import Mapping
from typing import Protocol

_LINKING_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "WarpTerminal", "Tabby"})
_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm")
_LINKING_VARIABLES = ("WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
_NARROWEST = 40  # columns: below that, lines are cut by the terminal
_VTE = 5000  # the first version of that library which knows hyperlinks


class Stream(Protocol):
    """A stream that can tell if it is a terminal."""

    def isatty(self) -> bool:
        """True if it is one."""
        ...


def encodes(stream: object, text: str) -> bool:
    """Tell whether a stream can show these characters."""
    try:
        text.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def columns(stream: Stream, environment: Mapping[str, str]) -> int | None:
    """The width of the terminal, or of `COLUMNS`; None where it is not known, as in a pipe."""
    given = environment.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return max(int(given), _NARROWEST)
    if not stream.isatty():
        return None
    import shutil

    return max(shutil.get_terminal_size().columns, _NARROWEST)


def colours(stream: Stream, environment: Mapping[str, str]) -> bool:
    """Colours only on terminals, unless NO_COLOR or FORCE_COLOR say otherwise (NO_COLOR is the stronger)."""
    if environment.get("NO_COLOR"):
        return False
    return bool(environment.get("FORCE_COLOR")) or (stream.isatty() and environment.get("TERM") != "dumb")


def hyperlinks(stream: Stream, environment: Mapping[str, str]) -> bool:
    """Hyperlinks (OSC 8) only where the terminal is known to show them, unless FORCE_HYPERLINK says otherwise."""
    forced = environment.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    term = environment.get("TERM", "")
    if not stream.isatty() or term == "dumb" or term.startswith(("screen", "tmux")) or "CI" in environment:
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or term.startswith(_LINKING_TERMS)
        or any(name in environment for name in _LINKING_VARIABLES)
        or (vte.isdigit() and int(vte) >= _VTE)
    )
