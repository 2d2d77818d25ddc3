"""Patterns for the raw text of notes, made from patterns for what a reader sees of a line.

A line can be written in many ways: with marks of emphasis, as the text of a link, with escapes and entities. The
patterns made here (for RE2) are found in each of them, and in some lines besides: they say which notes to look at.
"""

import re
from collections.abc import Iterable

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.knowledge import meant
from notelint.residue.pattern_parts import TOKEN

# Whatever may stand between two letters or digits that a reader sees side by side, or with punctuation between them.
_MARK = r"[^0-9A-Za-z\n\x{80}-\x{10ffff}]|[\x{a0}-\x{bf}\x{200b}-\x{200d}\x{2010}-\x{2060}\x{feff}\x{e000}-\x{f8ff}]"
_GAP = rf"(?:{_MARK}|&#?\w+;|\]\((?:[^()\n]|\([^()\n]*\))*\))*"
_OPENING = rf"(?:\d{{1,3}}[.)]|{_MARK})*"
_BOUND = lazy_regex(r"\{\d+,\d*\}")
_QUANTIFIER = lazy_regex(r"(?:[*+?]|\{\d*,?\d*\})\??")
_EDGES = lazy_regex(r"^(?:\.[*+]|\.\{\d+,?\d*\})|(?:\.[*+]|\.\{\d+,?\d*\})$")


ANYWHERE = ("(?i)", "")  # what stands around alternatives, so that they are found anywhere
WHOLE_LINE = (rf"(?im)^{_OPENING}", rf"{_GAP}\r?$")  # and with nothing else on their line but marks


def anywhere(lines: Iterable[str], targets: Iterable[str] = ()) -> str:
    """A pattern that is found in each note that holds one of these lines, or a link to one of these targets."""
    parts = [loose_line(line) for line in lines] + [inner(target) for target in targets]
    joined = "|".join(f"(?:{part})" for part in parts)
    return "(?i)" + joined.replace(r"\n", "")  # a link can run over lines


def loose_line(line: str) -> str:
    """A pattern for the raw text of a line, or of a part of it."""
    return _loose(inner(meant(line)))


def inner(pattern: str) -> str:
    """A pattern without what stands for anything at its beginning and its end."""
    return _EDGES.sub("", pattern)


def whole_lines(lines: Iterable[str]) -> str:
    """A pattern that is found in each note that holds one of these lines, with nothing else on it but marks."""
    return f"{WHOLE_LINE[0]}(?:{'|'.join(map(whole_line, lines))}){WHOLE_LINE[1]}"


def whole_line(line: str) -> str:
    """A pattern for the raw text of a line, between what else it may hold."""
    return _loose(meant(line))


def _loose(pattern: str) -> str:
    """A pattern for raw text: blanks and punctuation may be there or not, and so may marks between them."""
    made, at = [], 0
    while at < len(pattern):
        token = TOKEN.match(pattern, at)
        if token is None:  # `|`, `)`, a quantifier
            quantifier = _QUANTIFIER.match(pattern, at)
            made.append(pattern[at] if quantifier is None else _loose_quantifier(quantifier[0]))
            at += 1 if quantifier is None else len(quantifier[0])
            continue
        at = token.end()
        made.append(_loose_token(token))
    return re.sub(r"(?:" + re.escape(f"(?:{_GAP})") + r"){2,}", lambda _: f"(?:{_GAP})", "".join(made))


def _loose_token(token: re.Match[str]) -> str:
    char = token["plain"] or token["escaped"]
    if char:
        return char if char.isalnum() else f"(?:{_GAP})"
    if token["group"]:
        return "(?:"
    if token["set"] and not token[0].startswith("[^") and not re.search(token[0], "aAzZ059é"):
        return f"(?:{_GAP})"
    return token[0]


def _loose_quantifier(quantifier: str) -> str:
    """Bounds make large machines, and do not matter where more lines may be found than are meant.

    A bound at a line's beginning counts every character of each line, which takes longer than all else that is sought.
    """
    if not _BOUND.match(quantifier):
        return quantifier
    return "*" if int(quantifier[1:].split(",", maxsplit=1)[0]) == 0 else "+"
