"""Many patterns for a whole line: hundreds, of which only those are tried that the line can be, by what it holds."""

import re
from functools import cached_property

from notelint.core.memo import Memo
from notelint.residue.pattern_parts import (
    ANY,
    ODD_CASE,
    OTHER,
    START,
    alternatives,
    firsts,
    has_one_form,
    needed,
    start,
)

_REMEMBERED = 1024  # texts
_WORDS = re.compile(r"[A-Za-z0-9 ',:;!&/-]+")


class Either:
    """Tells whether a whole text is what one of several patterns describes, whatever its case unless that counts.

    A pattern is compiled when a text first begins as all that it matches does, and holds what that does: to compile all
    of them takes longer than to read many notes. Those that are nothing but words are never compiled.
    """

    def __init__(self, patterns: tuple[str, ...], any_case: bool = True) -> None:
        self._parts = dict.fromkeys(part for pattern in patterns for part in alternatives(pattern))
        words = {part for part in self._parts if _WORDS.fullmatch(part)}
        self._words = frozenset(map(str.lower, words) if any_case else words)
        self._any_case = any_case
        self._flags = re.I if any_case else re.NOFLAG
        self._by_start: dict[str, _Bucket] = {}
        begun: dict[str, frozenset[str] | None] = {}
        for part in self._parts:
            if part in words:
                continue
            if (first := start(part)) != "":
                self._by_start.setdefault(first, _Bucket([], self._flags)).parts.append(part)
            else:
                begun[part] = firsts(part)
        self._begun = {part: first for part, first in begun.items() if first is not None}
        self._others = _Bucket([part for part, first in begun.items() if first is None], self._flags)
        self._by_first: dict[str, _Bucket] = {}
        self._known = Memo[str, bool](_REMEMBERED)

    def fits(self, text: str) -> bool:
        """True if one of the patterns matches all of a text. Pages repeat their lines, and several rules ask of one."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._fits(text)
        return known

    def _fits(self, text: str) -> bool:
        if not text.isascii() and ODD_CASE.search(text):
            return self._every.fits(text, None)
        small = text.lower()
        if (small if self._any_case else text) in self._words:
            return True
        started = self._by_start.get(small[:START])
        if started is not None and started.fits(text, small):
            return True
        bucket = self._by_first.get(small[:1]) or self._beginning_with(small[:1])
        return bucket.fits(text, small) or self._others.fits(text, small)

    @cached_property
    def _every(self) -> "_Bucket":
        return _Bucket(list(self._parts), self._flags)

    def _beginning_with(self, first: str) -> "_Bucket":
        """Those patterns that can match a text that begins with this character, in lower case."""
        key = first if first.isascii() or first in self._literals else ANY if has_one_form(first) else OTHER
        bucket = self._by_first.get(key)
        if bucket is None:
            keys = {key} if key.isascii() else {key, ANY}
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
            for literal in needed(part) or ("",):
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
