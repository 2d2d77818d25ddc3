"""Columns of text: what stands between kept paragraphs of one container, side by side with them, belongs there too."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTS = {"li": ("ul", "ol", "menu"), "dt": ("dl",), "dd": ("dl",)}
_MATHEMATICS = ("math", "x-math")
_BOX = "sidebar"
_OF_TEXT = frozenset("p ul ol dl pre table blockquote h1 h2 h3 h4 h5 h6".split())
_NEARLY = 0.95  # of the words that stay, which their column holds
_FAR = 8  # levels between a block and the child of the column that it stands in


def holder(blocks: Sequence[PageBlock], kept: Collection[int]) -> "HtmlElement | None":
    """The smallest element that holds nearly all words of the kept blocks; none if there are none."""
    held: Counter[HtmlElement] = Counter()
    for number in kept:
        for element in blocks[number].around:
            held[element] += blocks[number].words
    enough = sum(blocks[number].words for number in kept) * _NEARLY
    longest = max(kept, key=lambda number: blocks[number].words, default=None)
    return None if longest is None else next(one for one in blocks[longest].around if held[one] >= enough)


def rest(
    blocks: Sequence[PageBlock], kept: set[int], voted: Collection[int]
) -> "Iterator[tuple[HtmlElement, list[int]]]":
    """Yield each child of a column that stands between two kept ones and is not mostly links, with its blocks.

    And what stands right behind the last one, as far as some extractor keeps it, which `voted` holds. Neither may be
    more than what is kept of the column, boxes aside. Of a child of which something is kept already, nothing is
    yielded, and what stands behind it counts as right behind. A page's body does not count: there, menus stand beside
    text.
    """
    columns = _columns(blocks, kept)
    inner = {column: list(_inner(column, list(known))) for column, known in columns.items()}
    behind = {column: _behind(column, list(known)) for column, known in columns.items()}
    inside = _inside(blocks, {child for found in (inner, behind) for part in found.values() for child in part})

    def words(child: "HtmlElement") -> int:
        return sum(blocks[number].words for number in inside[child])

    def is_text(child: "HtmlElement") -> bool:
        linked = sum(blocks[number].linked_words for number in inside[child])
        return linked * 2 < words(child) and kept.isdisjoint(inside[child])

    def is_voted(number: int) -> bool:  # what is mathematics, no website puts around a text
        return number in voted or any(media.tag in _MATHEMATICS for media in blocks[number].media)

    for column, known in columns.items():
        between = [child for child in inner[column] if child in inside and is_text(child)]
        following = (child for child in behind[column] if child in inside and kept.isdisjoint(inside[child]))
        tail = takewhile(lambda child: is_text(child) and all(map(is_voted, inside[child])), following)
        for part in (between, list(tail)):
            is_less = sum(words(child) for child in part if not is_box(child)) <= sum(known.values())
            yield from ((child, inside[child]) for child in part if is_less or is_box(child))


def _columns(blocks: Sequence[PageBlock], kept: set[int]) -> "dict[HtmlElement, dict[HtmlElement, int]]":
    """The containers of kept blocks, and of each the children that are kept, with the number of words kept of them."""
    columns: dict[HtmlElement, dict[HtmlElement, int]] = {}
    for number in sorted(kept):
        child = _direct(blocks[number].element) if blocks[number].nodes else None
        column = None if child is None else child.getparent()
        if child is not None and column is not None and column.tag not in ("body", "html", "tr"):
            known = columns.setdefault(column, {})
            known[child] = known.get(child, 0) + blocks[number].words
    return columns


def _inside(blocks: Sequence[PageBlock], children: set["HtmlElement"]) -> "dict[HtmlElement, list[int]]":
    """The blocks with text inside each of these elements."""
    inside: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        if block.nodes:
            for child in children.intersection((block.element, *islice(block.element.iterancestors(), _FAR))):
                inside.setdefault(child, []).append(number)
    return inside


def _direct(element: "HtmlElement") -> "HtmlElement":
    """A block's element, or the list that it is an item of."""
    parent = element.getparent()
    return parent if parent is not None and parent.tag in _PARTS.get(element.tag, ()) else element


def _inner(column: "HtmlElement", known: "Collection[HtmlElement]") -> Iterator["HtmlElement"]:
    """The children of a column between the first and the last of those which are known, and boxes right behind it."""
    children = list(column)
    places = [place for place, child in enumerate(children) if child in known]
    yield from (child for child in children[places[0] + 1 : places[-1]] if child not in known)
    for child in children[places[-1] + 1 :]:
        if is_box(child):
            yield child
        elif child.text_content().strip():
            return


def _behind(column: "HtmlElement", known: "Collection[HtmlElement]") -> "list[HtmlElement]":
    """The children of a column behind the last of those which are known."""
    children = list(column)
    return children[max(place for place, child in enumerate(children) if child in known) + 1 :]


def is_box(element: "HtmlElement") -> bool:
    """True for what DocBook makes of a sidebar: a box within the text, where pages of others have one beside it."""
    return str(element.get("class", "")).strip().lower() == _BOX


def is_beside_text(element: "HtmlElement") -> bool:
    """True if what stands right before or behind a box, other boxes aside, is a paragraph, a list or the like."""
    for before in (True, False):
        siblings = element.itersiblings(preceding=before)
        beside = next((one for one in siblings if not is_box(one) and one.text_content().strip()), None)
        if beside is not None and (beside.tag in _OF_TEXT or (beside.text or "").strip()):
            return True
    return False
