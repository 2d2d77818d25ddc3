"""Gaps in the kept part of a page: what stands between two kept blocks of one container, and images beside them."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import columns, furniture, rows, table_levels
from notelint.importer.blocks import PageBlock, count_words
from notelint.importer.normalise import callouts
from notelint.importer.normalise.dom import HEADINGS, classes, names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_BLOCKS = 30  # of a gap
_MOST_WORDS = 150
_FARTHEST = 6  # levels between a block and the container that it shares with its neighbours
_FARTHEST_OF_CODE = 12  # editors and notebooks draw many boxes around it, and websites put none beside a text
_FOREIGN_TAGS = frozenset("nav aside footer form dialog menu label fieldset".split())
FOREIGN_NAMES = lazy_regex(
    r"(?:^|[\s_-])(?:nav\w*|menu|breadcrumbs?|sidebar|related\w*|recommend\w*|shares?|sharing|share-\w+|social\w*|promo\w*|cookie\w*|"
    r"consent|banner|advert\w*|ads?|adslot|sponsor\w*|newsletter|subscri\w*|sign-?up|login|popup|modal|paginat\w*|pager|"
    r"tags?|toc|trending|popular|similar|read-?more|cta|byline|comments?|reply|avatar|author\w*|profile|skip|hidden|"
    r"sr-only|screen-reader\w*|visually-?hidden|noprint|copyright|search|toolbar|buttons?|print|timestamp|(?<!recipe[-_])meta)(?=$|[\s_-]|\d)",
    re.I,
)
_ABSTRACT = lazy_regex(r"(?:^|\s)(?:abstract|highlights|keywords)(?=$|\s)", re.I)  # also "author": the author's own
_SECTIONS = ("h2", "h3", "h4", "h5", "h6")
_CAPTION = lazy_regex(r"(?:^|[\s_-])(?:caption\w*|title|legend)(?=$|[\s_-])", re.I)
_FEW_WORDS = 25
_LISTS = ("ul", "ol", "dl")
_FAIR_PART, _FAIR_PART_OF_TERMS = 0.2, 0.1  # of the items of a list
_ICON = lazy_regex(
    r"(?:^|[\s_/.-])(?:avatar|icons?|logo|emoji|spinner|pixel|sprite|badge|gravatar)s?(?=$|[\s_/.-]|\d)", re.I
)
_FEWEST_CELLS, _WORDS_OF_CELL = 4, 30
_NEAR = 3  # levels between a heading and the container that it shares with its text
_SMALL = 48  # pixels of an image that is not an illustration
_LONG_NAME = 200


def close(blocks: Sequence[PageBlock], chosen: set[int], voted: Collection[int] = ()) -> set[int]:
    """The chosen blocks, and those between two of them and images beside them that nothing marks as foreign.

    Of prose that some extractor keeps, which `voted` holds, a gap may be of any size, and a last heading keeps its own.
    """
    with_text = [number for number in sorted(chosen) if blocks[number].nodes]
    kept = set(with_text)
    for before, after in pairwise(with_text):
        kept.update(_prose(blocks, voted, before, after))
        kept.update(_between(blocks, before, after))
    if with_text:
        kept.update(_heading_above(blocks, voted, with_text[0]))
        kept.update(_under_last_heading(blocks, voted, with_text[-1]))
    kept.update(_headings(blocks, kept))
    kept.update(rows.ends(blocks, kept))
    kept.update(_rest_of_lists(blocks, kept))
    kept.update(_in_columns(blocks, kept, voted))
    kept.update(_rest_of_quotations(blocks, kept))
    kept.update(_rest_of_tables(blocks, kept))
    kept.update(_captions(blocks, kept))
    kept.update(images(blocks, kept))
    return kept


def _in_columns(blocks: Sequence[PageBlock], kept: set[int], voted: Collection[int]) -> set[int]:
    """What stands between kept paragraphs of one container, however long, and nothing marks as foreign."""
    found = set[int]()
    for child, numbers in columns.rest(blocks, kept, voted):
        column = child.getparent()
        found.update(number for number in numbers if column is not None and is_own(blocks[number].element, column))
    return found


def _rest_of_lists(blocks: Sequence[PageBlock], kept: set[int]) -> set[int]:
    """The other items of lists of which a fair part is kept: half a list misleads more than all of it or none."""
    lists: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        around = block.around
        for element in around if block.nodes else ():
            if element.tag in _LISTS:
                lists.setdefault(element, []).append(number)
    found = set[int]()
    for element, numbers in lists.items():
        some = kept.intersection(numbers)
        are_terms = element.tag == "dl" and not _is_menu([blocks[number] for number in numbers])
        part = _FAIR_PART_OF_TERMS if are_terms else _FAIR_PART
        if some and len(some) < len(numbers) and len(some) >= len(numbers) * part:
            found.update(number for number in numbers if is_own(blocks[number].element, element))
    return found


def _is_menu(blocks: Sequence[PageBlock]) -> bool:
    return sum(block.linked_words for block in blocks) * 2 > sum(block.words for block in blocks)


def _headings(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Headings right above a kept block, with another one before them, that nothing marks as foreign."""
    first = min(kept, default=0)
    for number, block in enumerate(blocks):
        below = next_text(blocks, number, 1)
        if number <= first or _tag_of_heading(block) not in _SECTIONS or not block.nodes or below not in kept:
            continue
        shared = common(block.element, blocks[below].element)
        near = list(block.element.iterancestors())[:_NEAR]
        if shared is not None and shared in near and is_own(block.element, shared):
            yield number


def _tag_of_heading(block: PageBlock) -> str:
    """The tag of a block; that of the heading around it, if it is a button that unfolds what stands below."""
    around = block.element.getparent()
    if around is not None and around.tag in _SECTIONS and furniture.unfolds(block.element):
        return str(around.tag)
    return str(block.element.tag)


def _rest_of_tables(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """The other cells of tables of which most is kept: without them, the rest says something else."""
    tables: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        table = next(block.element.iterancestors("table"), None)
        if table is not None and block.nodes:
            tables.setdefault(table, []).append(number)
    for table, numbers in tables.items():
        words = sum(blocks[number].words for number in numbers)
        cells = sum(1 for _ in table.iter("td", "th"))
        is_data = cells >= _FEWEST_CELLS and words <= cells * _WORDS_OF_CELL  # and does not lay out the page
        some = kept.intersection(numbers)
        if is_data and (len(some) * 2 >= len(numbers) or sum(blocks[number].words for number in some) * 2 > words):
            yield from (number for number in numbers if is_own(blocks[number].element, _cell(blocks[number], table)))


def _cell(block: PageBlock, table: "HtmlElement") -> "HtmlElement":
    """The cell that a block stands in, or is."""
    around = (block.element, *block.element.iterancestors("td", "th"))
    return next((one for one in around if one.tag in ("td", "th")), table)


def _captions(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Captions right below a picture that stands below a kept block."""
    for number, block in enumerate(blocks):
        named = block.element.tag == "figcaption" or _CAPTION.search(block.element.get("class", "")) is not None
        if number in kept or not named or number < 2 or not 0 < block.words <= _FEW_WORDS * 2:
            continue
        picture, before = blocks[number - 1], blocks[number - 2]
        if picture.nodes or number - 2 not in kept or all(is_icon(media) for media in picture.media):
            continue
        shared, around = common(block.element, picture.element), common(block.element, before.element)
        if (
            shared in (block.element.getparent(), picture.element)
            and around is not None
            and is_own(block.element, around)
        ):
            yield number


def _rest_of_quotations(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Who is quoted stands at the start or the end of a quotation, in elements that are foreign elsewhere."""
    for number, block in enumerate(blocks):
        if number in kept or not 0 < block.words <= _FEW_WORDS:
            continue
        around = list(block.element.iterancestors("blockquote"))
        beside = [other for other in (number - 1, number + 1) if other in kept]
        near = (blocks[other].element for other in beside)
        if around and any(around[0] in (one, *one.iterancestors()) for one in near):
            yield number


def _between(blocks: Sequence[PageBlock], before: int, after: int) -> Iterator[int]:
    gap = range(before + 1, after)
    if not gap or len(gap) > _MOST_BLOCKS or sum(blocks[number].words for number in gap) > _MOST_WORDS:
        return
    shared = common(blocks[before].element, blocks[after].element)
    if shared is None:
        return
    of_page = shared.tag in ("body", "html")  # there, menus stand beside text
    for number in gap:
        block = blocks[number]
        if block.nodes and is_own(block.element, shared) and not (of_page and block.is_mostly_links):
            yield number


def _prose(blocks: Sequence[PageBlock], voted: Collection[int], before: int, after: int) -> Iterator[int]:
    """The prose between two kept blocks that some extractor keeps, where all of the gap is one container's."""
    gap = range(before + 1, after)
    shared = common(blocks[before].element, blocks[after].element) if gap else None
    if shared is None or shared.tag in ("body", "html"):
        return
    yield from (number for number in gap if number in voted and _is_prose_of(blocks[number], shared))


def _heading_above(blocks: Sequence[PageBlock], voted: Collection[int], first: int) -> Iterator[int]:
    """The heading directly above the first kept block, if some extractor keeps it."""
    above = next((number for number in range(first - 1, -1, -1) if blocks[number].nodes), first)
    if above in voted and blocks[above].element.tag in HEADINGS:
        yield above


def _under_last_heading(blocks: Sequence[PageBlock], voted: Collection[int], last: int) -> Iterator[int]:
    """The prose in the section of the last kept block, if that is a heading, as far as extractors keep it."""
    section = blocks[last].element.getparent()
    if blocks[last].element.tag not in HEADINGS or section is None or section.tag in ("body", "html"):
        return
    for number in range(last + 1, len(blocks)):
        inside = section in blocks[number].element.iterancestors()
        if number not in voted or not inside or not _is_prose_of(blocks[number], section):
            return
        yield number


def _is_prose_of(block: PageBlock, shared: "HtmlElement") -> bool:
    """True if a block in a container has more text than links, and nothing marks it as foreign."""
    return block.linked_words * 2 < block.words and is_own(block.element, shared)


def images(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The images that stand between kept blocks, and that nothing marks as foreign."""
    for number, block in enumerate(blocks):
        if block.nodes or all(is_icon(media) for media in block.media):
            continue
        near = [next_text(blocks, number, step) for step in (-1, 1)]
        beside = [other for other in near if other is not None]
        if beside and all(other in kept for other in beside):
            shared = common(block.element, blocks[beside[-1]].element)
            if shared is not None and is_own(block.element, shared):
                yield number


def next_text(blocks: Sequence[PageBlock], number: int, step: int) -> int | None:
    """The number of the nearest block with text above another one (`step` -1) or below it (1), if it is near."""
    for other in range(number + step, number + step * _MOST_BLOCKS, step):
        if not 0 <= other < len(blocks):
            return None
        if blocks[other].nodes:
            return other
    return None


def is_icon(media: "HtmlElement") -> bool:
    """True for an image that its name, or its size, shows to be an icon."""
    if media.tag == "svg":
        return media.find(".//text") is None
    if media.tag != "img":
        return False
    names = " ".join(media.get(key, "")[-_LONG_NAME:] for key in ("class", "id", "src"))
    sizes = [int(size) for size in (media.get("width", ""), media.get("height", "")) if size.isdecimal()]
    return _ICON.search(names) is not None or any(size <= _SMALL for size in sizes)


def common(one: "HtmlElement", other: "HtmlElement") -> "HtmlElement | None":
    """The nearest element that holds both."""
    around = {one, *one.iterancestors()}
    return next((element for element in (other, *other.iterancestors()) if element in around), None)


def _is_box_of_text(element: "HtmlElement", name: str) -> bool:
    """True if an element named as a sidebar stands in a column of text, as DocBook's boxes do, and is text itself.

    So are the tags of a documentation comment, which say what parameters mean: they hold paragraphs or meanings.
    """
    if "sidebar-title" in classes(element):  # docutils
        return True
    kind = name.strip(" _-\t\n").lower()
    if kind in ("tag", "tags"):
        box = element if kind == "tags" else element.getparent()
        return "tags" in classes(box) and next(box.iter("p", "dd"), None) is not None and not _is_mostly_links(box)
    if kind != "sidebar" or not columns.is_box(element):
        return False
    return not _is_mostly_links(element, 4) and columns.is_beside_text(element)


def _is_mostly_links(element: "HtmlElement", part: int = 2) -> bool:
    """True if one word in so many of an element is that of a link."""
    linked = sum(count_words(link.text_content()) for link in element.iter("a"))
    return linked * part >= count_words(element.text_content())


def is_own(element: "HtmlElement", shared: "HtmlElement") -> bool:
    """True if nothing between a block and the shared container says that it is another thing than the text around."""
    at: HtmlElement | None = element
    level, most = 0, _FARTHEST_OF_CODE if element.tag == "pre" else _FARTHEST
    while at is not None and at is not shared:
        most += table_levels.of(element) if level == most == _FARTHEST else 0
        if level == most:
            return False
        names = names_of(at)
        hidden = at.get("aria-hidden") == "true" or at.get("hidden") is not None
        is_callout = at.tag in _FOREIGN_TAGS and callouts.is_callout(at)
        if furniture.unfolds(at) or (is_callout and at.tag == "aside") or _ABSTRACT.search(names) is not None:
            names = ""
        foreign = at.tag in _FOREIGN_TAGS and not is_callout
        if foreign or hidden or any(not _is_box_of_text(at, name[0]) for name in FOREIGN_NAMES.finditer(names)):
            return False
        level += 1
        at = at.getparent()
    return True
