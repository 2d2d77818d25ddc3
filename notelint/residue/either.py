"""Many patterns for a whole line: hundreds, of which only those are tried that the line can be, by what it holds."""

import re
from collections.abc import Iterator
from functools import cache, cached_property

TOKEN = re.compile(
    r"(?P<group>\((?:\?i?:|\?P<\w+>|(?!\?)))|(?P<set>\[\^?\]?(?:[^\]\\]|\\.)*\]|\\[dDwWsS])|"
    r"(?P<nothing>\^|\\[bB])|\\(?P<escaped>[^A-Za-z0-9])|(?P<plain>[^\\.^$*+?{}\[\]|()])|(?P<dot>\.)"
)
_WORDS = re.compile(r"[A-Za-z0-9 ',:;!&/-]+")
_BEGINS = re.compile(r"[A-Za-z0-9 ](?![?*{])")  # with a character that is there
_LEADING = re.compile(r"[A-Za-z0-9 ',:;!&/-]{5,}(?![?*{])")
_STRUCTURE = re.compile(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|[(|)]", re.S)
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*,?\d*\})\??")
_OPTIONAL = ("*", "?", "{0", "{,")
_ASCII = [chr(code) for code in range(128)]
_ANY = "\x80"  # stands for every character beyond ASCII that has no pattern of its own
_OTHER = "\x81"  # and this for those that may be another one in lower case
# Relatives of i, k, s, å and Russian letters, which `lower` does not make these: what holds one is compared with all.
_ODD_CASE = re.compile("[\u0130\u0131\u017f\u212a\u212b\u1c80-\u1c88]")
_ONE_FORM = re.compile(
    "[\x00-\x7f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0400-\u045f]"
)  # but for case, and those relatives


class Either:
    """Tells whether a whole text is what one of several patterns describes, whatever its case unless that counts.

    A pattern is compiled when a text first holds what all that it matches do: to compile all of them takes longer than
    to read many notes. Those that are nothing but words are never compiled.
    """

    def __init__(self, patterns: tuple[str, ...], any_case: bool = True) -> None:
        parts = dict.fromkeys(part for pattern in patterns for part in _alternatives(pattern))
        words = {part for part in parts if _WORDS.fullmatch(part)}
        self._words = frozenset(map(str.lower, words) if any_case else words)
        self._any_case = any_case
        self._flags = re.I if any_case else re.NOFLAG
        firsts = {part: _firsts_of(part) for part in parts if part not in words}
        self._begun = {part: first for part, first in firsts.items() if first is not None}
        self._others = _Bucket([part for part, first in firsts.items() if first is None], self._flags)
        self._by_first: dict[str, _Bucket] = {}

    def fits(self, text: str) -> bool:
        """True if one of the patterns matches all of a text."""
        if not text.isascii() and _ODD_CASE.search(text):
            return self._fits_odd(text)
        small = text.lower()
        if (small if self._any_case else text) in self._words:
            return True
        first = small[:1]
        bucket = self._by_first.get(first) or self._beginning_with(first)
        return bucket.fits(text, small) or self._others.fits(text, small)

    def _fits_odd(self, text: str) -> bool:
        """The same of a text in which a letter may be another one in lower case."""
        return self._every.fits(text, None)

    @cached_property
    def _every(self) -> "_Bucket":
        return _Bucket([*map(re.escape, self._words), *self._begun, *self._others.parts], self._flags)

    def _beginning_with(self, first: str) -> "_Bucket":
        """Those patterns that can match a text that begins with this character, in lower case."""
        key = first if first.isascii() or first in self._literals else _ANY if _has_one_form(first) else _OTHER
        bucket = self._by_first.get(key)
        if bucket is None:
            keys = {key} if key.isascii() else {key, _ANY}
            bucket = _Bucket([part for part, firsts in self._begun.items() if firsts & keys], self._flags)
            self._by_first[key] = bucket
        return bucket

    @cached_property
    def _literals(self) -> frozenset[str]:
        return frozenset().union(*self._begun.values())


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

    def fits(self, text: str, small: str | None) -> bool:
        """True if one of the patterns matches all of a text; `small` is the text in lower case, if that tells."""
        for literal, parts in self._by_literal:
            if small is None or literal in small:
                for part in parts:
                    if (self._compiled.get(part) or self._compile(part)).match(text) is not None:
                        return True
        return False

    def _compile(self, part: str) -> re.Pattern[str]:
        pattern = self._compiled[part] = re.compile(rf"(?:{part})\Z", self._flags)
        return pattern


def _has_one_form(char: str) -> bool:
    """True if a pattern's character means itself, and its capital if it has one, and no other."""
    return _ONE_FORM.match(char) is not None or char.lower() == char.upper()


@cache
def _alternatives(pattern: str) -> list[str]:
    return list(_parts(pattern))


@cache
def _firsts_of(part: str) -> frozenset[str] | None:
    """The characters with which a match can begin, in lower case; None if with any."""
    if _BEGINS.match(part):
        return frozenset(part[0].lower())
    return _firsts(part)


def _parts(pattern: str) -> Iterator[str]:
    """The alternatives of a pattern, or of the inside of a group."""
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
            found |= {_ANY, *(char.lower() for char in _ASCII if re.match(token[0], char, re.I))}
        else:
            literal = (token["plain"] or token["escaped"]).lower()
            found.add(literal if _has_one_form(literal) else _OTHER)
        if not times.startswith(_OPTIONAL):
            return frozenset(found)
    return None  # it can match nothing at all


@cache
def _needed(part: str) -> set[str]:
    """Literals in lower case, one of which is in each text that matches; none if that is not known."""
    leading = _LEADING.match(part)
    if leading is not None:
        return {leading[0].lower()}
    runs, run = [], ""
    best: set[str] = set()
    for token, inside, times in _pieces(part):
        literal = None if token is None else token["plain"] or token["escaped"]
        if literal is not None and not times and _has_one_form(literal):
            run += literal.lower()
            continue
        runs.append(run)
        run = ""
        if token is not None and token["group"] and not times.startswith(_OPTIONAL) and not best:
            each = [_needed(alternative) for alternative in _parts(inside)]
            best = set().union(*each) if all(each) else set()
    longest = max([*runs, run], key=len)
    return {longest} if len(longest) > min(map(len, best), default=0) else best
