"""Many patterns for a whole line: hundreds, of which only those are tried that the line can be, by what it holds."""

import re
from collections.abc import Iterator
from functools import cached_property

from notelint.core.lazy_regex import lazy_regex
from notelint.core.memo import Memo
from notelint.residue.pattern_parts import (
    ANY,
    ODD_CASE,
    OTHER,
    START,
    alternatives,
    firsts,
    has_one_form,
    longest,
    needed,
    start,
)

_REMEMBERED = 1024  # texts
_WORDS = lazy_regex(r"[A-Za-z0-9 ',:;!&/-]+")


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
        self._by_first: dict[str, _Bucket] = {}
        self._others = _Bucket([], self._flags)
        for part in self._parts:
            if part in words:
                continue
            if (first := start(part)) != "":
                self._by_start.setdefault(first, _Bucket([], self._flags)).parts.append(part)
            elif (begun := firsts(part)) is None:
                self._others.parts.append(part)
            else:
                for char in begun:
                    self._by_first.setdefault(char, _Bucket([], self._flags)).parts.append(part)
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
        beginning = self._beginning_with(small[:1])
        return any(bucket.fits(text, small) for bucket in beginning) or self._others.fits(text, small)

    @cached_property
    def _every(self) -> "_Bucket":
        return _Bucket(list(self._parts), self._flags)

    def _beginning_with(self, first: str) -> "Iterator[_Bucket]":
        """Those patterns that can match a text that begins with this character, in lower case."""
        alone = self._by_first.get(first)
        if alone is not None:
            yield alone
        elif not first.isascii() and not has_one_form(first):
            yield from filter(None, (self._by_first.get(OTHER),))
        if not first.isascii() and ANY in self._by_first:
            yield self._by_first[ANY]


class _Bucket:
    """Some patterns, each with the literals one of which stands in every text that it matches."""

    def __init__(self, parts: list[str], flags: re.RegexFlag) -> None:
        self.parts, self._flags = parts, flags
        self._compiled: dict[str, re.Pattern[str]] = {}

    @cached_property
    def _by_literal(self) -> list[tuple[int, str, list[str]]]:
        """The patterns by these literals, in lower case; the empty one for those of which none is known.

        Before each stands the length of the longest text that one of its patterns matches, and the greatest are first.
        """
        found: dict[str, list[str]] = {}
        for part in self.parts:
            for literal in needed(part) or ("",):
                found.setdefault(literal, []).append(part)
        return sorted(((max(map(longest, parts)), literal, parts) for literal, parts in found.items()), reverse=True)

    def fits(self, text: str, small: str | None) -> bool:
        """True if one of the patterns matches all of a text; `small` is the text in lower case, if that tells."""
        size = len(text)
        for width, literal, parts in self._by_literal:
            if width < size:
                return False  # a paragraph is longer than nearly all lines of websites
            if small is None or literal in small:
                for part in parts:
                    if (self._compiled.get(part) or self._compile(part)).match(text) is not None:
                        return True
        return False

    def _compile(self, part: str) -> re.Pattern[str]:
        pattern = self._compiled[part] = re.compile(rf"(?:{part})\Z", self._flags)
        return pattern
