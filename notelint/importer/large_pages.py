"""Pages that are too large for extractors whose time grows with the square of a page: they are asked of none.

trafilatura, and jusText in it, take minutes for a page of 1 MB that holds little but headings or forms.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_BLOCKS = 20_000
MOST_ELEMENTS = 60_000
DOUBT = "the page is so large that only one extractor was asked: compare the note with the page"


def is_large(tree: "HtmlElement", blocks: Sequence[PageBlock]) -> bool:
    """Tell whether a page has more blocks or elements than every extractor can be asked of."""
    return len(blocks) > MOST_BLOCKS or sum(1 for _ in tree.iter()) > MOST_ELEMENTS
