"""Pages that are too large for extractors whose time grows with the square of a page: they are asked of none.

trafilatura, and jusText in it, take minutes for a page of 1 MB that holds little but headings or forms.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_BLOCKS = 8_000  # the largest of hundreds of real pages have 1,400, and 7,300 elements
MOST_ELEMENTS = 40_000
_OF_JUSTEXT = 4  # one block or element in so many is what jusText can be asked of
DOUBT = "the page is so large that only one extractor was asked: compare the note with the page"


def is_large(tree: "HtmlElement", blocks: Sequence[PageBlock]) -> bool:
    """Tell whether a page has more blocks or elements than every extractor can be asked of."""
    return _exceeds(tree, blocks, 1)


def is_too_large_for_justext(tree: "HtmlElement", blocks: Sequence[PageBlock]) -> bool:
    """Tell whether a page has more blocks or elements than jusText can be asked of, to which trafilatura turns."""
    return _exceeds(tree, blocks, _OF_JUSTEXT)


def _exceeds(tree: "HtmlElement", blocks: Sequence[PageBlock], part: int) -> bool:
    return len(blocks) * part > MOST_BLOCKS or sum(1 for _ in tree.iter()) * part > MOST_ELEMENTS
