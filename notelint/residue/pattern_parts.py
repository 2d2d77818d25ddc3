"""Patterns for lines taken apart: their alternatives, what matches begin with, and what stands in each."""

import re
import sys
from collections.abc import Iterator
from functools import cache

from notelint.core.lazy_regex import lazy_regex

TOKEN = lazy_regex(
    r"(?P<group>\((?:\?i?:|\?P<\w+>|(?!\?)))|(?P<set>\[\^?\]?(?:[^\]\\]|\\.)*\]|\\[dDwWsS])|"
    r"(?P<nothing>\^|\\[bB])|\\(?P<escaped>[^A-Za-z0-9])|(?P<plain>[^\\.^$*+?{}\[\]|()])|(?P<dot>\.)"
)
START = 5  # characters
UNBOUNDED = sys.maxsize
_MANY = 16  # literals are more to look for than one pattern is to try
_LEADING = lazy_regex(r"[A-Za-z0-9 ',:;!&/-]{5,}(?![?*{])")  # as long as `START`
_STRUCTURE = lazy_regex(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|[(|)]", re.S)
_QUANTIFIER = lazy_regex(r"(?:[*+?]|\{\d*,?\d*\})\??")
_OPTIONAL = ("*", "?", "{0", "{,")
_ASCII = [chr(code) for code in range(128)]
ANY = "\x80"  # stands for every character beyond ASCII that has no pattern of its own
OTHER = "\x81"  # and this for those that may be another one in lower case
# But for case, and for the relatives of which `ODD_CASE` speaks.
_ONE_FORM = lazy_regex("[\x00-\x7f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0400-\u045f]")
# Relatives of i, k, s, å and Russian letters, which `lower` does not make these: what holds one is compared with all.
ODD_CASE = lazy_regex("[\u0130\u0131\u017f\u212a\u212b\u1c80-\u1c88]")


def has_one_form(char: str) -> bool:
    """True if a pattern's character means itself, and its capital if it has one, and no other."""
    return _ONE_FORM.match(char) is not None or char.lower() == char.upper()


@cache
def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, or of the inside of a group."""
    return list(_parts(pattern))


def _parts(pattern: str) -> Iterator[str]:
    start = depth = 0
    for found in _STRUCTURE.finditer(pattern):
        sign = found[0]
        if sign == "|" and depth == 0:
            yield pattern[start : found.start()]
            start = found.end()
        depth += (sign == "(") - (sign == ")")
    yield pattern[start:]


def _pieces(part: str) -> Iterator[tuple[re.Match[str] | None, str, str]]:
    """The pieces of an alternative, one after the other: a token, the inside of a group, how often it may be there.

    The token is None, once, where the pattern holds what is not known here.
    """
    at = 0
    while at < len(part):
        token = TOKEN.match(part, at)
        if token is None:
            yield None, "", "?"
            return
        inside, at = _inside(part, token.end()) if token["group"] else ("", token.end())
        quantifier = _QUANTIFIER.match(part, at)
        at = at if quantifier is None else quantifier.end()
        yield token, inside, "" if quantifier is None else quantifier[0]


def _inside(pattern: str, start: int) -> tuple[str, int]:
    """The inside of the group that was opened before `start`, and where the group ends."""
    depth = 1
    for found in _STRUCTURE.finditer(pattern, start):
        depth += (found[0] == "(") - (found[0] == ")")
        if depth == 0:
            return pattern[start : found.start()], found.end()
    return pattern[start:], len(pattern)


def start(part: str) -> str:
    """The first few characters of all that a pattern matches, in lower case; empty where these can be others."""
    return part[:START].lower() if _LEADING.match(part) else ""


@cache
def firsts(part: str) -> frozenset[str] | None:
    """The characters with which a match can begin, in lower case; None if with any."""
    found: set[str] = set()
    for token, inside, times in _pieces(part):
        if token is None or token["dot"]:
            return None
        if token["nothing"]:
            continue
        if token["group"]:
            for alternative in alternatives(inside):
                begun = firsts(alternative)
                if begun is None:
                    return None
                found |= begun
        elif token["set"]:
            found |= _of_set(token[0])
        else:
            literal = (token["plain"] or token["escaped"]).lower()
            found.add(literal if has_one_form(literal) else OTHER)
        if not times.startswith(_OPTIONAL):
            return frozenset(found)
    return None  # it can match nothing at all


@cache
def _of_set(written: str) -> frozenset[str]:
    """The characters that a set of characters matches, in lower case."""
    matches = re.compile(written, re.I).match
    return frozenset((ANY, *(char.lower() for char in _ASCII if matches(char))))


@cache
def longest(part: str) -> int:
    """The most characters that a match can have; `UNBOUNDED` where they can be any number."""
    most = 0
    for token, inside, times in _pieces(part):
        if token is None:
            return UNBOUNDED
        width = max(map(longest, alternatives(inside))) if token["group"] else not token["nothing"]
        often = _most_times(times) if width else 0
        if UNBOUNDED in (width, often):
            return UNBOUNDED
        most += width * often
    return most


def _most_times(quantifier: str) -> int:
    """How often a piece can be there at most, by what stands behind it."""
    if quantifier[:1] in ("", "?"):
        return 1
    if quantifier[0] in "*+":
        return UNBOUNDED
    return int(quantifier.strip("{}?").rpartition(",")[2] or UNBOUNDED)


@cache
def needed(part: str) -> set[str]:
    """Literals in lower case, one of which is in each text that matches; none if that is not known."""
    leading = _LEADING.match(part)
    if leading is not None:
        return {leading[0].lower()}
    runs, run = [], ""
    best: set[str] = set()
    for token, inside, times in _pieces(part):
        literal = None if token is None else token["plain"] or token["escaped"]
        if literal is not None and not times and has_one_form(literal):
            run += literal.lower()
            continue
        runs.append(run)
        run = ""
        if token is not None and token["group"] and not times.startswith(_OPTIONAL) and not best:
            each = [needed(alternative) for alternative in alternatives(inside)]
            best = set().union(*each) if all(each) else set()
    longest = max([*runs, run], key=len)
    best = best if len(best) <= _MANY else set()
    return {longest} if len(longest) > min(map(len, best), default=0) else best
