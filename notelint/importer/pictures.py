"""Pictures beside lines that do not stay: below who wrote an article and when, or beside their own captions."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import columns, gaps
from notelint.importer.blocks import PageBlock, has_more_words
from notelint.importer.sections import heading_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PICTURES = ("img", "picture", "video")
_PAGE = ("body", "html")
_CAPTION = lazy_regex(r"(?:^|[\s_-])(?:\w*caption\w*|legend)(?=$|[\s_-])", re.I)
_MOST_BLOCKS = 30  # between the title and a picture
_FILE = lazy_regex(r"\.(?:jpe?g|png|gif|webp|avif)(?=$|[?#])", re.I)
_MOST_LINKS = 1  # with words, in a figure at the end
_MOST_OF_FIGURE = 3  # pictures that one caption is for
_MOST_OF_CAPTION = 100  # words in the box of a picture and its caption
_MOST_BETWEEN = 25  # words between the title and a picture that do not stay
_MOST_OF_LEAD = 120  # words between them that stay

_Above = tuple[list[int], list[int]]


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The pictures whose caption is kept, and the one between the title and the text."""
    titles = [number for number, block in enumerate(blocks) if heading_of(block) == "h1"]
    for number, block in enumerate(blocks):
        if block.nodes or number in kept or not any(map(_is_picture, block.media)):
            continue
        near = [gaps.next_text(blocks, number, step) for step in (-1, 1)]
        beside = [other for other in near if other is not None and other in kept]
        if any(_is_caption(block, blocks[other]) for other in beside):
            yield number
        above = range(titles[bisect(titles, number) - 1] + 1 if titles else 0, number)
        is_near = (
            near[1] in beside
            and not any(map(_leads_away, block.media))
            and bool(titles)
            and titles[0] < number
            and len(above) <= _MOST_BLOCKS
        )
        if is_near and _is_lead(blocks, block, blocks[beside[-1]], _split(above, kept)):
            yield number
    yield from _figures_below(blocks, kept)


def _is_of_website(figure: "HtmlElement") -> bool:
    """True if a figure holds several links with words: the last picture of a website, with its menu as the caption."""
    return sum(1 for link in figure.iter("a") if (link.text_content() or "").strip()) > _MOST_LINKS


def _figures_below(blocks: Sequence[PageBlock], kept: Collection[int]) -> Iterator[int]:
    """The figures below the last kept block, in the element that holds the text, with their captions."""
    last = max((number for number in kept if blocks[number].words), default=len(blocks))
    column = columns.holder(blocks, kept)
    figure: HtmlElement | None = None
    for number in range(last + 1, len(blocks)) if column is not None and column.tag not in _PAGE else ():
        block = blocks[number]
        if column not in block.around:
            return
        home = next((one for one in block.around if one.tag == "figure" and one.getparent() is column), None)
        is_own = home is not None and gaps.is_own(block.element, column) and not _is_of_website(home)
        is_caption = home is not None and home is figure and block.element.tag == "figcaption"
        if is_own and (is_caption or (not block.words and any(map(_is_picture, block.media)))):
            figure = home
            yield number
        elif block.words and gaps.is_own(block.element, column):
            return


def _is_picture(media: "HtmlElement") -> bool:
    """True for a picture or video that has a source: without one, all that could stay is what describes it."""
    sources = (value for one in media.iter(*_PICTURES, "source") for name, value in one.attrib.items() if "src" in name)
    has_source = any(value.strip() and not value.startswith("data:image/svg") for value in sources)
    return media.tag in _PICTURES and has_source and not gaps.is_icon(media)


def _leads_away(media: "HtmlElement") -> bool:
    """True for a picture that is a link to another page, and for a drawing, as arrows and logos are."""
    link = next(media.iterancestors("a"), None)
    away = link is not None and not _FILE.search(link.get("href", ""))
    return away or media.get("src", "").partition("?")[0].lower().endswith(".svg")


def _is_caption(picture: PageBlock, line: PageBlock) -> bool:
    """True if a line is the caption of a picture: both are in one figure, or in a small box in which it is named so."""
    shared = gaps.common(picture.element, line.element)
    if shared is None:
        return False
    figure = next((one for one in (shared, *shared.iterancestors()) if one.tag == "figure"), None)
    if figure is not None:
        return sum(1 for _ in figure.iter(*_PICTURES)) <= _MOST_OF_FIGURE
    named = line.element.tag == "figcaption" or _CAPTION.search(line.element.get("class", "")) is not None
    return named and not has_more_words(shared, _MOST_OF_CAPTION)


def _is_lead(blocks: Sequence[PageBlock], picture: PageBlock, below: PageBlock, above: _Above) -> bool:
    """True if a picture stands right above the first text, with but a lead and a byline between it and the title.

    `above` are the numbers of the blocks between, those that stay and the others.
    """
    lead, rest = ([blocks[number] for number in numbers if blocks[number].words] for numbers in above)
    if sum(one.words for one in rest) > _MOST_BETWEEN or sum(one.words for one in lead) > _MOST_OF_LEAD:
        return False
    shared = gaps.common(picture.element, below.element)
    if shared is None or shared.tag in _PAGE:
        return False
    homes = [gaps.common(picture.element, one.element) for one in rest]
    apart = all(home is not None and home in (shared, *shared.iterancestors()) for home in homes)
    return apart and gaps.is_own(picture.element, shared)


def _split(numbers: Iterable[int], kept: Collection[int]) -> _Above:
    listed = list(numbers)
    return [one for one in listed if one in kept], [one for one in listed if one not in kept]
