"""Rows of things alike: posts, questions and answers, years. What one row keeps, the first and the last keep too."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LEVELS = 6  # between a block and its row
_BESIDE = 6  # blocks of a row beyond the first or last kept one
_NEAR = 60  # blocks of the row beside it
_MOST_WORDS = 60  # of a block


def ends(blocks: Sequence[PageBlock], kept: set[int]) -> set[int]:
    """The blocks of the first and the last row of kept ones whose like is kept in the row beside.

    Gaps between kept blocks are closed, but nothing closes what stands before the first and behind the last: who wrote
    the first post, or the first question of many.
    """
    with_text = sorted(number for number in kept if blocks[number].nodes)
    if not with_text:
        return set()
    first, last = with_text[0], with_text[-1]
    return {*_beyond(blocks, kept, first, -1), *_beyond(blocks, kept, last, 1)}


def _beyond(blocks: Sequence[PageBlock], kept: set[int], edge: int, step: int) -> Iterator[int]:
    """The blocks of a row beyond the kept block at its edge, in the direction of `step`."""
    row = blocks[edge].element
    for _ in range(_LEVELS):
        beside = row.getnext() if step < 0 else row.getprevious()
        if beside is not None and _are_alike(row, beside):
            stop = max(0, min(edge - step * _NEAR, len(blocks) - 1))
            near = (number for number in range(edge, stop, -step) if number in kept)
            forms = [_form(blocks[number].element, beside) for number in near]
            yield from _like(blocks, range(edge + step, edge + step * (_BESIDE + 1), step), row, forms)
        parent = row.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return
        row = parent


def _like(
    blocks: Sequence[PageBlock],
    numbers: range,
    row: "HtmlElement",
    forms: "Sequence[Sequence[HtmlElement] | None]",
) -> Iterator[int]:
    """The blocks of a row, of these numbers, that have one of the forms."""
    for number in numbers:
        own = _form(blocks[number].element, row) if 0 <= number < len(blocks) else None
        if own is None:
            return
        if not 0 < blocks[number].words <= _MOST_WORDS:
            continue
        if any(form is not None and len(form) == len(own) and all(map(_are_alike, form, own)) for form in forms):
            yield number


def _form(element: "HtmlElement", row: "HtmlElement") -> "Sequence[HtmlElement] | None":
    """The elements from a row down to a block; None if the block is not in the row, and for the row itself."""
    found = [element]
    for around in element.iterancestors():
        if around is row:
            return found if element is not row else None
        found.append(around)
        if len(found) > _LEVELS:
            return None
    return None


def _are_alike(one: "HtmlElement", other: "HtmlElement") -> bool:
    """True if two elements have the same tag and a class in common, or no class at all."""
    names, others = one.get("class", "").split(), other.get("class", "").split()
    return one.tag == other.tag and (not (names or others) or not set(names).isdisjoint(others))
