"""Pages of nothing but text: their paragraphs, headings, lists and tables stand in the body itself, in no box.

Old manuals, archives of mail and pages written by hand are so. They have no furniture but lines at their edges and
lists of links, and extractors, which look for the box of the text, lose short parts and last sections of them.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock
from notelint.importer.gaps import is_own
from notelint.importer.normalise.dom import HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = ("body", "html")
_PLAIN = frozenset(
    """p pre code tt ul ol li dl dt dd blockquote h1 h2 h3 h4 h5 h6 center font b i u em strong a span small big hr
    figure figcaption""".split()
)
_OF_TABLE = frozenset("table tbody thead tfoot tr td th caption".split())
_MOSTLY = 0.9  # of the words outside links, which stand in no box
_LINKED = 3  # one word in so many, from which on a line may lead elsewhere
_FOOT = 30  # words at most behind the last rule of a page
_WORDS_OF_CELL = 30  # of a table that does not lay out the page


def complete(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """What stands below the title or the first kept block of such a page, but for lines of links and a foot."""
    first = min((number for number in kept if blocks[number].words), default=None)
    if first is None:
        return
    tables: dict[HtmlElement, bool] = {}
    linked = _linked_of_tables(blocks)
    plain = [number for number, block in enumerate(blocks) if block.words and _is_plain(block, tables)]
    words = sum(blocks[number].own_words for number in plain)
    if words < sum(block.own_words for block in blocks) * _MOSTLY:
        return
    title = next((number for number in range(first) if blocks[number].element.tag == "h1"), first - 1)
    end = _foot(blocks, plain)
    for number in plain:
        block = blocks[number]
        all_words, own = linked.get(_table(block), (block.words, block.linked_words))
        leads = own * _LINKED > all_words
        if title < number < end and not leads and is_own(block.element, block.around[-1]):
            yield number


def _table(block: PageBlock) -> "HtmlElement | None":
    return next((one for one in block.around if one.tag == "table"), None)


def _linked_of_tables(blocks: Sequence[PageBlock]) -> "dict[HtmlElement | None, tuple[int, int]]":
    """The words of each table, and those of its links: a declaration laid out by one links types, and leads nowhere."""
    found: dict[HtmlElement | None, tuple[int, int]] = {}
    for block in blocks:
        if (table := _table(block)) is not None:
            words, linked = found.get(table, (0, 0))
            found[table] = (words + block.words, linked + block.linked_words)
    return found


def _is_plain(block: PageBlock, tables: "dict[HtmlElement, bool]") -> bool:
    """True if a block stands in no box of its page: in elements of text alone, or in a table of short cells."""
    for element in block.around:
        if element.tag in _PAGE:
            return True
        if element.tag == "table":
            if element not in tables:
                tables[element] = _is_of_data(element)
            if not tables[element]:
                return False
        elif element.tag not in _PLAIN and element.tag not in _OF_TABLE:
            return False
    return True


def _is_of_data(table: "HtmlElement") -> bool:
    cells = sum(1 for _ in table.iter("td", "th"))
    return len(table.text_content().split()) <= cells * _WORDS_OF_CELL


def _foot(blocks: Sequence[PageBlock], plain: Sequence[int]) -> int:
    """The number of the first block of the few lines behind the last rule of a page; that behind the page, if none."""
    if not plain:
        return 0
    foot, words = len(blocks), 0
    for number in reversed(plain):
        words += blocks[number].own_words
        if words > _FOOT or blocks[number].element.tag in HEADINGS:
            return len(blocks)
        foot = number
        if _is_below_rule(blocks[number].element):
            return foot
    return len(blocks)


def _is_below_rule(element: "HtmlElement") -> bool:
    before = element.getprevious()
    return before is not None and before.tag == "hr"
