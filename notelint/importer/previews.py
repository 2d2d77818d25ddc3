"""Previews: the first lines of a text, right above the whole of it, as pages show them that unfold it on a click."""

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock

_FEWEST_WORDS = 12  # of the first paragraph
_MOST_BLOCKS = 20  # of a preview
_LABEL = 3  # words of a button: "Continue reading"
_MOST_LABELS = 2
_NEAR = 4  # elements around a button's text
_BUTTON = lazy_regex(r"button|btn|more|expand|unfold|truncat", re.I)


def found(blocks: Sequence[PageBlock], kept: Collection[int]) -> set[int]:
    """The numbers of the kept blocks that are previews of those below them, with the buttons between."""
    order = [number for number in sorted(kept) if blocks[number].words]
    gone: set[int] = set()
    below: dict[str, int] = {}  # where a paragraph comes next, counted from the end of the page
    for at in range(len(order) - 1, -1, -1):
        block = blocks[order[at]]
        if block.own_words < _FEWEST_WORDS:
            continue
        copy = below.get(block.text, len(order) + _MOST_BLOCKS)
        below[block.text] = at
        is_near = copy < len(order) and copy - at <= _MOST_BLOCKS
        if is_near and _is_preview([blocks[one] for one in order[at : 2 * copy - at]], copy - at):
            gone.update(order[at:copy])
    return gone


def _is_preview(blocks: Sequence[PageBlock], length: int) -> bool:
    """True if the first of some blocks are cut short, or end with a button, and begin what follows in another element.

    Panels of tabs and the like may say the same as each other, in full: there each stays.
    """
    first = list(blocks[:length])
    labels = sum(1 for _ in takewhile(lambda block: block.words <= _LABEL, reversed(first)))
    first = first[: length - labels]
    whole = blocks[length : length + len(first)]
    if labels > _MOST_LABELS or len(whole) < len(first) or first[0].element.getparent() is whole[0].element.getparent():
        return False
    if not all(map(_is_button, blocks[length - labels : length])):
        return False  # a heading, or who wrote what follows
    if any(one.tag == "blockquote" for block in (first[0], whole[0]) for one in block.around):
        return False
    same = all(one.text == other.text for one, other in zip(first[:-1], whole[:-1], strict=True))
    last, fuller = first[-1].text, whole[-1].text
    return same and (labels > 0 or last != fuller) and fuller.startswith(last.rstrip(" .…(["))


def _is_button(block: PageBlock) -> bool:
    return not block.linked_words and any(
        one.tag == "button" or one.get("role") == "button" or _BUTTON.search(one.get("class", "")) is not None
        for one in block.around[:_NEAR]
        if one.tag not in ("body", "html")
    )
