"""How much of what each unit says the rest of a page speaks of too: little of what leads to other pages does."""

import math
from collections import Counter
from collections.abc import Sequence

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.units import Unit

_TOKEN = lazy_regex(r"[^\W\d_]{4,}")
_WITHOUT_BLANKS = lazy_regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{2,}")
_PROSE = 12  # words of a unit that tells what a page is about


def shares(units: Sequence[Unit]) -> list[tuple[float, float]]:
    """For each unit: the share of its words that other prose has, and how common they are there, from 0 to 1."""
    own = [_tokens(unit.text) for unit in units]
    prose = [unit.words >= _PROSE and not unit.is_link for unit in units]
    counts = Counter(token for tokens, told in zip(own, prose, strict=True) if told for token in tokens)
    most = math.log1p(sum(prose))
    found = []
    for tokens, told in zip(own, prose, strict=True):
        others = [counts[token] - told for token in tokens]
        size = max(1, len(others))
        common = sum(math.log1p(count) for count in others) / size / most if most else 0.0
        found.append((sum(count > 0 for count in others) / size, common))
    return found


def _tokens(text: str) -> frozenset[str]:
    """The words of a text that may mean something; two characters each where a script has no blanks."""
    lower = text.lower()
    if lower.isascii():
        return frozenset(_TOKEN.findall(lower))
    found = {run[at : at + 2] for run in _WITHOUT_BLANKS.findall(lower) for at in range(len(run) - 1)}
    return frozenset(found.union(_TOKEN.findall(_WITHOUT_BLANKS.sub(" ", lower))))
