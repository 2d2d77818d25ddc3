"""Declarations between the kept parts of a page: names of functions, types and parameters, one a line or a cell.

Extractors drop them as too short, or as lists of links, since each type leads to its own page. A reference without them
is of no use to its reader. Prose about other pages has none of their signs.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.gaps import common, is_own
from notelint.importer.normalise.dom import HEADINGS

_SIGN = lazy_regex(r"[^\W_]_[^\W_]|\w::\w|\s::\s|->|=>|\(\)|\w\(\w+\)|[^\W\d]<[^\W\d]|[^\W\d_]+\s?[*&]$|[;{]$")
_LONGEST = 60  # words of a declaration
_FEWEST = 2  # declarations
_PART = 0.5  # of the words between two kept parts


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> set[int]:
    """The numbers of the blocks between two kept ones, or behind the last, that are declarations for the most part."""
    with_words = [number for number in sorted(kept) if blocks[number].words]
    found = set[int]()
    for before, after in pairwise(with_words):
        if after > before + 1:
            found.update(_declared(blocks, before, range(before + 1, after), after))
    if with_words:
        found.update(_declared(blocks, with_words[-1], range(with_words[-1] + 1, len(blocks)), None))
    return found


def _declared(blocks: Sequence[PageBlock], before: int, gap: Sequence[int], after: int | None) -> list[int]:
    """The blocks of a gap, if at least half of their words are declarations; behind the last block, up to others."""
    own: list[int] = []
    for number in gap:
        block = blocks[number]
        if not block.words:
            continue
        around = common(block.element, blocks[before].element)
        is_part = around is not None and around.tag not in ("body", "html") and is_own(block.element, around)
        if is_part and block.words <= _LONGEST:
            own.append(number)
        elif after is None:
            break
    if after is None:
        own = own[: max((place for place, one in enumerate(own, 1) if _is_declaration(blocks[one])), default=0)]
    signed = [number for number in own if _is_declaration(blocks[number])]
    counted = [number for number in own if blocks[number].element.tag not in HEADINGS]
    by_words = sum(blocks[one].words for one in signed) >= sum(blocks[one].words for one in counted) * _PART
    enough = by_words or len(signed) >= len(counted) * _PART  # each with what it means beside it
    return own if len(signed) >= _FEWEST and enough else []


def _is_declaration(block: PageBlock) -> bool:
    return block.words <= _LONGEST and _SIGN.search(block.text) is not None
