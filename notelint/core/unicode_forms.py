"""Unicode's normal forms in time by size: a normaliser takes quadratic time for a row of many accents."""

import unicodedata
from typing import Literal

from notelint.core.lazy_regex import lazy_regex

_MOST = 30  # marks on one letter, as in Unicode's "stream-safe text format" (UAX 15)
_ROW = lazy_regex(rf"[^\w\x00-\x7f]{{{_MOST + 1},}}")  # no mark that joins a letter is a letter


def composed(text: str) -> str:
    """The text in the form NFC; of more than 30 marks in a row, each 30 are taken by themselves."""
    return _normal("NFC", text)


def decomposed(text: str) -> str:
    """The text in the form NFD, with the same bound."""
    return _normal("NFD", text)


def compatible(text: str) -> str:
    """The text in the form NFKD, with the same bound."""
    return _normal("NFKD", text)


def without_marks(text: str) -> str:
    """The text in the form NFKD without the marks on its letters: "e" for "é"."""
    return "".join(char for char in compatible(text) if not unicodedata.combining(char))


def _normal(form: Literal["NFC", "NFD", "NFKD"], text: str) -> str:
    if len(text) <= _MOST or _ROW.search(text) is None:
        return unicodedata.normalize(form, text)
    pieces, at = list[str](), 0
    for row in _ROW.finditer(text):
        for cut in range(row.start() + _MOST, row.end(), _MOST):
            pieces.append(text[at:cut])
            at = cut
    return "".join(unicodedata.normalize(form, piece) for piece in [*pieces, text[at:]])
