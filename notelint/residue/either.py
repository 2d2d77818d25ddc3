"""Many patterns for a whole line: hundreds, of which only those are tried that the line can be, by what it holds."""

import re
from collections.abc import Iterator
from functools import cache, cached_property

TOKEN = re.compile(
    r"(?P<group>\((?:\?i?:|\?P<\w+>|(?!\?)))|(?P<set>\[\^?\]?(?:[^\]\\]|\\.)*\]|\\[dDwWsS])|"
    r"(?P<nothing>\^|\\[bB])|\\(?P<escaped>[^A-Za-z0-9])|(?P<plain>[^\\.^$*+?{}\[\]|()])|(?P<dot>\.)"
)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*,?\d*\})\??")
_OPTIONAL = ("*", "?", "{0", "{,")
_ASCII = [chr(code) for code in range(128)]
_BEYOND = "\x80"  # stands for every character beyond ASCII
_FOLDED = frozenset("iks")  # these have relatives there, of the same letter in another case
_ODD_CASE = re.compile("[\u0130\u0131\u017f\u212a]")  # those relatives, which `lower` does not make these letters


class Either:
    """Tells whether a whole text is what one of several patterns describes, whatever its case unless that counts.

    A pattern is compiled when a text first holds what all that it matches do: to compile all of them takes longer than
    to read many notes.
    """

    def __init__(self, patterns: tuple[str, ...], any_case: bool = True) -> None:
        firsts = {part: first for pattern in patterns for part, first in _begun(pattern)}
        self._begun = {part: first for part, first in firsts.items() if first is not None}
        self._flags = re.I if any_case else re.NOFLAG
        self._others = _Bucket([part for part, first in firsts.items() if first is None], self._flags)
        self._by_first: dict[str, _Bucket] = {}

    def match(self, text: str) -> re.Match[str] | None:
        """The match of one of the patterns with all of a text, or None."""
        first = text[0].lower() if text else ""
        bucket = self._by_first.get(first) or self._beginning_with(first if first.isascii() else _BEYOND)
        if not (bucket.parts or self._others.parts):
            return None
        small = None if not text.isascii() and _ODD_CASE.search(text) else text.lower()
        return bucket.match(text, small) or self._others.match(text, small)

    def _beginning_with(self, first: str) -> "_Bucket":
        """Those patterns that can match a text that begins with this character, in lower case."""
        bucket = self._by_first.get(first)
        if bucket is None:
            bucket = _Bucket([part for part, firsts in self._begun.items() if first in firsts], self._flags)
            self._by_first[first] = bucket
        return bucket


class _Bucket:
    """Some patterns, each with the literals one of which stands in every text that it matches."""

    def __init__(self, parts: list[str], flags: re.RegexFlag) -> None:
        self.parts, self._flags = parts, flags
        self._compiled: dict[str, re.Pattern[str]] = {}

    @cached_property
    def _by_literal(self) -> list[tuple[str, list[str]]]:
        """The patterns by these literals, in lower case; the empty one for those of which none is known."""
        found: dict[str, list[str]] = {}
        for part in self.parts:
            for literal in _needed(part) or ("",):
                found.setdefault(literal, []).append(part)
        return list(found.items())

    def match(self, text: str, small: str | None) -> re.Match[str] | None:
        """The match of one of the patterns with all of a text; `small` is the text in lower case, if that tells."""
        for literal, parts in self._by_literal:
            if small is None or literal in small:
                for part in parts:
                    match = (self._compiled.get(part) or self._compile(part)).match(text)
                    if match is not None:
                        return match
        return None

    def _compile(self, part: str) -> re.Pattern[str]:
        pattern = self._compiled[part] = re.compile(rf"(?:{part})\Z", self._flags)
        return pattern


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


@cache
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
