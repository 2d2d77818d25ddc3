"""What belongs to kept blocks by the page's own structure: heads that open them, panels beside them, first sections.

None of it depends on how an extractor reads the page.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import bare, declarations, fact_boxes, last_lists, listed, sections, steps, unfolded
from notelint.importer.blocks import PageBlock, has_more_words
from notelint.importer.gaps import is_own
from notelint.importer.normalise import callouts, tabs
from notelint.importer.normalise.dom import HEADINGS, classes, names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CONTROLS = ("aria-controls", "data-bs-target", "data-target")
_UNFOLDS = lazy_regex("accordion|collaps|faq|question|toggle|expand", re.I)
_LONGEST_HEAD = 40  # words
_REVIEWS = lazy_regex(r"(?:^|[\s_-])(?:reviews?|ratings?)(?=$|[\s_-])", re.I)
_MOST_WORDS = 200  # of a section that is the article's own
_OF_REFERENCE = frozenset(("refnamediv", "refsynopsisdiv", "deprecation-block", "deprecation-comment", "inheritance"))
_MOST_CONTROLS = 4  # words beside a heading
_ACTIVE = ("a", "button", "input", "select", "label", "form", "time", "svg")
_PARTS_OF_TEXT = frozenset("p pre code ul ol li dl dt dd blockquote".split())
_CONTAINERS = ("div", "section", "article", "td")
_PAGE = ("body", "html")


def complete(blocks: Sequence[PageBlock], kept: Collection[int]) -> set[int]:
    """The kept blocks, and those that belong to them."""
    found = set(kept)
    found.update(sections.above(blocks, found))
    found.update(_names_of_references(blocks, found))
    found.update(sections.below(blocks, found))
    found.update(listed.complete(blocks, found))
    found.update(bare.complete(blocks, found))
    found.update(_own_sections(blocks, found))
    found.update(fact_boxes.complete(blocks, found))
    found.update(unfolded.complete(blocks, found))
    found.update(unfolded.rest(blocks, found))
    found.update(last_lists.complete(blocks, found))
    found.update(_last_callouts(blocks, found))
    found.update(_rest_of_texts(blocks, found))
    found.update(declarations.complete(blocks, found))
    found.update(_panels(blocks, found))
    found.update(_heads(blocks, found))
    return found


def _heads(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """The lines that a reader clicks to unfold a kept part: questions of a list, heads of an accordion."""
    homes: set[str] = set()
    for number in kept:
        around = blocks[number].around
        homes.update(name for one in around if (name := one.get("id")))
    known: dict[HtmlElement, bool] = {}
    for number, block in enumerate(blocks):
        if number not in kept and 0 < block.words <= _LONGEST_HEAD and _target(block.element, known) in homes:
            yield number


def _target(element: "HtmlElement", known: "dict[HtmlElement, bool]") -> str:
    """The id of what an element unfolds: it stands in a heading, or says that it is of an accordion.

    `known` are the elements of which it is known if they hold a heading.
    """
    around = [element, *element.iterancestors()][:3]
    for one in around:
        said = next((value for key in _CONTROLS if (value := one.get(key))), "")
        if said:
            if one not in known:
                known[one] = any(inner.tag in HEADINGS for inner in one.iterdescendants())
            in_heading = known[one] or any(outer.tag in HEADINGS for outer in around)
            return said.lstrip("#") if in_heading or _UNFOLDS.search(names_of(one)) is not None else ""
    return ""


def _panels(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """The other panels of tabs of which one is kept: a reader sees each of them after a click."""
    panels: dict[str, list[tuple[int, HtmlElement]]] = {}
    for number, block in enumerate(blocks):
        around = block.around
        panel = next((one for one in around if one.get(tabs.OF)), None)
        if panel is not None:
            panels.setdefault(panel.get(tabs.OF, ""), []).append((number, panel))
    for inside in panels.values():
        if any(number in kept for number, _ in inside):
            yield from (number for number, panel in inside if _is_text_of(blocks[number], panel))


def _is_text_of(block: PageBlock, panel: "HtmlElement") -> bool:
    is_review = _REVIEWS.search(names_of(panel)) is not None
    return not block.is_mostly_links and not is_review and is_own(block.element, panel)


def _own_sections(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Last sections whose headings say that they are the article's, beside kept text: references, differentials."""
    kept_in: set[HtmlElement] = set()
    for number in kept:
        kept_in.update(blocks[number].element.iterancestors() if blocks[number].words else ())
    home: HtmlElement | None = None
    for number, block in enumerate(blocks):
        if not block.words:
            continue
        if sections.heading_of(block):
            around = _home_of_heading(block) if steps.is_own_heading(block.text) else None
            beside = None if around is None or around.tag in _PAGE else around.getparent()
            near = around in kept_in or (beside is not None and beside in kept_in and beside.tag not in _PAGE)
            home = around if near and around is not None and is_own(block.element, around) else None
        if home is not None and home not in block.element.iterancestors():
            home = None
        if home is not None and number not in kept and is_own(block.element, home):
            yield number


def _home_of_heading(block: PageBlock) -> "HtmlElement | None":
    """What a heading stands in, with its section; some websites wrap each heading in an element of its own."""
    around = block.element.getparent()
    while around is not None and around.tag == "div" and _is_of_heading(around, block):
        around = around.getparent()
    return around


def _is_of_heading(around: "HtmlElement", block: PageBlock) -> bool:
    """True if an element holds nothing but a heading, and what can be done with it: "[edit]"."""
    return not has_more_words(around, block.words + _MOST_CONTROLS)


def _last_callouts(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """The callouts that stand right below something kept, in one container with it: "See also" at the end."""
    inside: dict[HtmlElement, list[int]] = {}
    kept_in: set[HtmlElement] = set()
    known: dict[HtmlElement, bool] = {}
    for number, block in enumerate(blocks):
        around = block.around
        box = next((one for one in around if _is_callout(one, known)), None) if block.words else None
        if number in kept and block.words:
            kept_in.update(around)
        elif box is not None:
            inside.setdefault(box, []).append(number)
    for box, numbers in inside.items():
        above = box.getprevious()
        words = sum(blocks[number].words for number in numbers)
        home = box.getparent()
        near = above in kept_in and words <= _MOST_WORDS and home is not None and home.tag not in _PAGE
        if near and all(is_own(blocks[number].element, home) for number in numbers):
            yield from numbers
            kept_in.add(box)


def _is_callout(element: "HtmlElement", known: "dict[HtmlElement, bool]") -> bool:
    if element not in known:
        known[element] = callouts.is_callout(element)
    return known[element]


def _rest_of_texts(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """Code and lists in a container of text of which most is kept: the last part of a post that ends with them."""
    homes: dict[HtmlElement, list[int]] = {}
    for number, block in enumerate(blocks):
        home = _home(block.element) if block.words else None
        if home is not None and home.tag not in ("body", "html"):
            homes.setdefault(home, []).append(number)
    plain: dict[HtmlElement, bool] = {}
    for home, numbers in homes.items():
        words = sum(blocks[number].words for number in numbers)
        own = sum(blocks[number].words for number in numbers if number in kept)
        if own * 2 <= words or own == words:
            continue
        for number in numbers:
            block = blocks[number]
            is_part = _is_part_of_text(block.element, home) or _is_of_plain_list(block.element, plain)
            if number not in kept and is_part and is_own(block.element, home):
                yield number


def _is_of_plain_list(item: "HtmlElement", known: "dict[HtmlElement, bool]") -> bool:
    """True if an element is an item of a list that leads nowhere. `known` are lists of which it is known."""
    items = next(item.iterancestors("ul", "ol"), None) if item.tag == "li" else None
    if items is None:
        return False
    if items not in known:
        known[items] = not any(True for _ in items.iter(*_ACTIVE))
    return known[items]


def _home(element: "HtmlElement") -> "HtmlElement | None":
    """The container of the text that a block is a part of: it may be the block, between line breaks."""
    around = (element, *element.iterancestors()) if element.tag in _CONTAINERS else element.iterancestors()
    return next((one for one in around if one.tag not in _PARTS_OF_TEXT), None)


def _is_part_of_text(element: "HtmlElement", home: "HtmlElement") -> bool:
    """True for code, and for a quotation in the text."""
    if element.tag in ("pre", "code"):
        return True
    quotation = next(element.iterancestors("blockquote"), None)
    return quotation is not None and home in quotation.iterancestors()


def _names_of_references(blocks: Sequence[PageBlock], kept: set[int]) -> Iterator[int]:
    """What a page of a reference is named and does, and what replaces it, in elements of DocBook and Javadoc for it."""
    around = {one for block in blocks for one in block.around}
    of_reference = {one for one in around if not _OF_REFERENCE.isdisjoint(classes(one))}
    for number in range(max(kept, default=0)):
        if not of_reference.isdisjoint(blocks[number].around) or _is_above_title(blocks[number].element):
            yield number


def _is_above_title(element: "HtmlElement") -> bool:
    """True for a line that says where a declaration belongs, beside the page's title: its module, its package."""
    return "sub-title" in classes(element) and any(one.tag == "h1" for one in element.itersiblings())
