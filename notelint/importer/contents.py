"""Lists of the headings of a page, by which readers jump to them: a note has its outline, and no such places."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.controls import is_of_contents
from notelint.importer.normalise.dom import HEADINGS, names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMED = lazy_regex(
    r"(?:^|[\s_-])(?:toc|table-?of-?contents|page-?contents|on-?this-?page|in-?page-?nav\w*|outline)(?=$|[\s_-]|\d)"
)
_BOXES = ("div", "section", "aside", "nav", "ul", "ol", "details", "td")
_PAGE = ("body", "html", "main", "article")
_NEAR = 6  # elements around a line that may be the box of all the list
_FEWEST = 2  # links
_MOST_WORDS = 12  # of a line
_FEW = 3  # words
_MOSTLY = 0.6  # of the words of a box, which its links hold
_MOST_BLOCKS = 150


def found(blocks: Sequence[PageBlock], chosen: Collection[int]) -> set[int]:
    """The numbers of those among the chosen blocks: lists of contents, and lines that name one that is not there."""
    numbers = sorted(chosen)
    heads = [number for number in numbers if _is_head(blocks[number])]
    boxes = dict.fromkeys(_box(blocks[number]) for number in numbers if blocks[number].linked_words)
    boxes.pop(None, None)
    if not heads and not boxes:
        return set()
    places = _places(blocks[0].around[-1])
    within = _by_box(blocks, numbers)
    gone = set[int]()
    for box in boxes:
        own = within.get(box, ())
        gone.update(own if _is_list(blocks, own, places) else ())
    for number in heads:
        if number not in gone:
            gone.update(_below(blocks, chosen, within, number, places))
    return gone


def _by_box(blocks: Sequence[PageBlock], chosen: Sequence[int]) -> "dict[HtmlElement | None, list[int]]":
    """The numbers of the chosen blocks that hold words, by each element around them."""
    found: dict[HtmlElement | None, list[int]] = {}
    for number in chosen:
        if blocks[number].words:
            for element in blocks[number].around:
                found.setdefault(element, []).append(number)
    return found


def _is_head(block: PageBlock) -> bool:
    return 0 < block.words <= _MOST_WORDS and not block.linked_words and is_of_contents(block.text)


def _box(block: PageBlock) -> "HtmlElement | None":
    """The outermost element near a line that is named as a list of contents."""
    around = (one for one in block.around[:_NEAR] if one.tag in _BOXES)
    named = [one for one in around if _NAMED.search(names_of(one).lower()) is not None]
    return named[-1] if named else None


def _places(page: "HtmlElement") -> frozenset[str]:
    """The names of the places of a page that links may lead to."""
    names = (one.get("id") or (one.get("name") if one.tag == "a" else "") for one in page.iter() if one.attrib)
    return frozenset(name for name in names if name)


def _leads_within(block: PageBlock, places: frozenset[str]) -> bool:
    """True if a line is links to places of the page, and numbers or signs."""
    if not block.linked_words or block.linked_words * 2 < block.words:
        return False
    links = {one for node, is_tail in block.nodes if (one := _link(node.getparent() if is_tail else node)) is not None}
    targets = [link.get("href", "").partition("#")[2] for link in links]
    return bool(targets) and all(one and (one in places or unquote(one) in places) for one in targets)


def _link(element: "HtmlElement | None") -> "HtmlElement | None":
    return (
        None if element is None else next((one for one in (element, *element.iterancestors()) if one.tag == "a"), None)
    )


def _is_list(blocks: Sequence[PageBlock], numbers: Sequence[int], places: frozenset[str]) -> bool:
    if len(numbers) > _MOST_BLOCKS or any(blocks[number].words > _MOST_WORDS * 3 for number in numbers):
        return False
    leading = [number for number in numbers if _leads_within(blocks[number], places)]
    words = sum(blocks[number].words for number in numbers if not _names_part(blocks[number]))
    return len(leading) >= _FEWEST and sum(blocks[number].words for number in leading) >= words * _MOSTLY


def _names_part(block: PageBlock) -> bool:
    """True if a line heads a part of a list of contents: "Article", "Images"."""
    return block.element.tag in HEADINGS and block.words <= _FEW


def _below(
    blocks: Sequence[PageBlock],
    chosen: Collection[int],
    within: "Mapping[HtmlElement | None, Sequence[int]]",
    head: int,
    places: frozenset[str],
) -> Iterator[int]:
    """A line that names a list of contents, and this list below it; the line alone if nothing of a list is chosen.

    `within` are the chosen blocks by the elements around them.
    """
    for box in blocks[head].around[1:_NEAR]:
        if box.tag in _PAGE:
            break
        own = within.get(box, ())
        if _is_list(blocks, [number for number in own[: _MOST_BLOCKS + 2] if number != head], places):
            yield from own
            return
    listed = []
    below = (number for number in range(head + 1, len(blocks)) if blocks[number].words)
    first = None
    for number in below:
        first = number if first is None else first
        if not _leads_within(blocks[number], places):
            break
        listed.append(number)
    if len(listed) >= _FEWEST or (blocks[head].element.tag in HEADINGS and _has_nothing(blocks, chosen, first)):
        yield head
        yield from (number for number in listed if number in chosen)


def _has_nothing(blocks: Sequence[PageBlock], chosen: Collection[int], below: int | None) -> bool:
    """True if below a heading stands another one, or what does not stay."""
    return below is None or below not in chosen or blocks[below].element.tag in HEADINGS
