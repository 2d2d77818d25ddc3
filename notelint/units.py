"""Columns as other tools count them: in UTF-16 code units (editors, SARIF) and in bytes of UTF-8 (reviewdog)."""

import re
from bisect import bisect_left

_NOT_ASCII = re.compile(r"[^\x00-\x7f\udc80-\udcff]")  # an undecodable byte is one unit, whoever counts


class Units:
    """How many more units than characters a part of one text has. Built once, asked in logarithmic time."""

    def __init__(self, text: str) -> None:
        self._at: list[int] = []
        self._utf16, self._utf8 = [0], [0]
        if text.isascii():
            return
        for match in _NOT_ASCII.finditer(text):
            code = ord(match.group())
            self._at.append(match.start())
            self._utf16.append(self._utf16[-1] + (code > 0xFFFF))
            self._utf8.append(self._utf8[-1] + (1 if code < 0x800 else 2 if code < 0x10000 else 3))

    def extra(self, start: int, end: int) -> tuple[int, int]:
        """For the characters from `start` to `end`: UTF-16 units, and bytes of UTF-8, beyond one each."""
        first, last = bisect_left(self._at, start), bisect_left(self._at, end)
        return self._utf16[last] - self._utf16[first], self._utf8[last] - self._utf8[first]
