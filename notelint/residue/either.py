"""Many patterns for a whole line: hundreds, of which only those are tried that the line can be, by what it holds."""

import re
from collections.abc import Iterator
from functools import cache, cached_property

TOKEN = re.compile(
    r"(?P<group>\((?:\?:|\?P<\w+>|(?!\?)))|(?P<set>\[\^?\]?(?:[^\]\\]|\\.)*\]|\\[dDwWsS])|"
    r"(?P<nothing>\^|\\[bB])|\\(?P<escaped>[^A-Za-z0-9])|(?P<plain>[^\\.^$*+?{}\[\]|()])|(?P<dot>\.)"
)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*,?\d*\})\??")
_OPTIONAL = ("*", "?", "{0", "{,")
_ASCII = [chr(code) for code in range(128)]
_BEYOND = "\x80"  # stands for every character beyond ASCII
_FOLDED = frozenset("iks")  # these have relatives there, of the same letter in another case


class Either:
    """Tells whether a whole text is what one of several patterns describes, whatever its case.

    Patterns are compiled when they are first tried.
    """

    def __init__(self, patterns: tuple[str, ...]) -> None:
        firsts = {part: first for pattern in patterns for part, first in _begun(pattern)}
        self._begun = {part: first for part, first in firsts.items() if first is not None}
        self._others = [part for part, first in firsts.items() if first is None]
        self._by_first: dict[str, re.Pattern[str]] = {}

    def match(self, text: str) -> re.Match[str] | None:
        """The match of one of the patterns with all of a text, or None."""
        first = text[0].lower() if text else ""
        expression = self._by_first.get(first) or self._beginning_with(first if first.isascii() else _BEYOND)
        found = expression.match(text)
        if found is None and self._others and self._may_be_other(text):
            return self._other.match(text)
        return found

    def _beginning_with(self, first: str) -> re.Pattern[str]:
        """Those patterns that can match a text that begins with this character, in lower case."""
        expression = self._by_first.get(first)
        if expression is None:
            expression = self._whole([part for part, firsts in self._begun.items() if first in firsts])
            self._by_first[first] = expression
        return expression

    @cached_property
    def _other(self) -> re.Pattern[str]:
        """The patterns that can begin with anything."""
        return self._whole(self._others)

    @cached_property
    def _needed(self) -> re.Pattern[str]:
        """A pattern for a part of every text that one of these matches, in lower case: one of several literals, or
        nothing.
        """
        each = [_needed(part) for part in self._others]
        return re.compile("|".join(map(re.escape, set().union(*each))) if all(each) else "")

    def _may_be_other(self, text: str) -> bool:
        return not text.isascii() or self._needed.search(text.lower()) is not None

    def _whole(self, parts: list[str]) -> re.Pattern[str]:
        joined = "|".join(f"(?:{part})" for part in parts)
        return re.compile(rf"(?:{joined})\Z" if parts else r"(?!)", re.I)


@cache
def _begun(pattern: str) -> list[tuple[str, frozenset[str] | None]]:
    """The alternatives of a pattern, and with which characters each can begin."""
    return [(part, _firsts(part)) for part in _parts(pattern)]


def _parts(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, or of the inside of a group."""
    start = depth = at = 0
    while at < len(pattern):
        token = TOKEN.match(pattern, at)
        if pattern[at] == "|" and depth == 0:
            yield pattern[start:at]
            start = at + 1
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        at = token.end() if token is not None else at + 1
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
    depth, at = 1, start
    while at < len(pattern):
        token = TOKEN.match(pattern, at)
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        if depth == 0:
            return pattern[start:at], at + 1
        at = token.end() if token is not None else at + 1
    return pattern[start:], at


def _firsts(part: str) -> frozenset[str] | None:
    """The characters with which a match can begin, in lower case; None if with any."""
    found: set[str] = set()
    for token, inside, times in _pieces(part):
        if token is None or token["dot"]:
            return None
        if token["nothing"]:
            continue
        if token["group"]:
            for alternative in _parts(inside):
                firsts = _firsts(alternative)
                if firsts is None:
                    return None
                found |= firsts
        elif token["set"]:
            found |= {_BEYOND, *(char.lower() for char in _ASCII if re.match(token[0], char, re.I))}
        else:
            literal = (token["plain"] or token["escaped"]).lower()
            found |= {literal} if literal.isascii() and literal not in _FOLDED else {literal, _BEYOND}
        if not times.startswith(_OPTIONAL):
            return frozenset(found)
    return None  # it can match nothing at all


def _needed(part: str) -> set[str]:
    """Literals in lower case, one of which is in each text that matches; none if that is not known."""
    runs, run = [], ""
    best: set[str] = set()
    for token, inside, times in _pieces(part):
        literal = None if token is None else token["plain"] or token["escaped"]
        if literal is not None and not times and literal.isascii():
            run += literal.lower()
            continue
        runs.append(run)
        run = ""
        if token is not None and token["group"] and not times.startswith(_OPTIONAL) and not best:
            each = [_needed(alternative) for alternative in _parts(inside)]
            best = set().union(*each) if all(each) else set()
    longest = max([*runs, run], key=len)
    return {longest} if len(longest) > min(map(len, best), default=0) else best
