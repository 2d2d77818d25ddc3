"""Words of a page that no reader of it sees as text: pieces of lines that its style hides, and what fields hold."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import controls
from notelint.importer.blocks import BLOCK_TAGS, MEDIA_TAGS, count_words, has_more_words
from notelint.importer.normalise.dom import classes

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TAG = "x-unseen"
_FIELDS = ("textarea", "select", "datalist")
_INLINE = ("span", "b", "i", "em", "strong", "small", "a", "sup", "sub", "font")
_STYLE = lazy_regex(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FOR_SCREEN_READERS = frozenset(
    """sr-only visually-hidden visuallyhidden screen-reader-text screenreader-text screen-reader-only u-visually-hidden
    show-for-sr a11y-hidden assistive-text""".split()
)
_TOOLTIPS = frozenset(("ttc",))  # of Doxygen, shown while the pointer is over a name in code
_FOR_NOBODY = frozenset(
    ("noprint", "no-print", "print-only", "searchaux")
)  # if hidden: neither on screens nor on paper
_TO_SOURCE = frozenset(
    "src srclink viewcode-link view-source view-src link-seesrc source-link sourcelink selflink".split()
)
_SOURCE = lazy_regex(r"\[?(?:view )?(?:source|src)\]?|#", re.I)
_CONTROL = lazy_regex(r"(?:expand|collapse|toggle)(?: \w+){1,2}", re.I)
_OF_CELLS = frozenset("prompt input_prompt output_prompt jp-inputprompt jp-outputprompt".split())  # of notebooks
_PROMPT = lazy_regex(r"\s*(?:(?:In|Out)\s*)?\[[\d\s*]*\]:?\s*")
_MOST_WORDS = 8  # of a piece: more of them are text that a script shows
_LONGEST = 1000  # characters of a style


def hide(body: "HtmlElement") -> None:
    """Name the hidden pieces of lines `TAG`, which no block counts: sort keys, traps for robots, "opens in a new tab".

    So are the numbers of a notebook's cells, as those of lines of code are.

    A hidden element that holds blocks, or is all of its block, stays: scripts open such parts of the text.
    """
    known: dict[HtmlElement, int] = {}
    for element in list(body.iter(*_INLINE)):
        if (_is_hidden(element) and _is_piece(element, known)) or _leads_to_source(element):
            element.tag = TAG
    for element in list(body.iter("div")):
        names = classes(element)
        if (
            not _TOOLTIPS.isdisjoint(names)
            or (not _FOR_NOBODY.isdisjoint(names) and is_not_shown(element))
            or (not _OF_CELLS.isdisjoint(names) and _is_prompt(element))
        ):
            element.tag = TAG
    for element in list(body.iter(*controls.LEAVES)):
        if controls.is_of_picture(element):
            element.tag = TAG
    for element in list(body.iterfind(".//details[@open]/summary")):
        if _CONTROL.fullmatch(" ".join((element.text_content() or "").split())) is not None:
            element.tag = TAG  # what it would fold is open, and has no other name


def show_captions(body: "HtmlElement") -> None:
    """Take from captions the mark to pass them over when a page is read out: they are shown all the same."""
    for caption in body.iterfind(".//figcaption[@aria-hidden]"):
        del caption.attrib["aria-hidden"]


def _is_prompt(element: "HtmlElement") -> bool:
    """True if an element says nothing but the number of a cell: "In [3]:"."""
    return not has_more_words(element, 2) and _PROMPT.fullmatch(element.text_content()) is not None


def texts(body: "HtmlElement") -> "Iterator[tuple[HtmlElement, str, int]]":
    """The hidden pieces and fields that hold words, with their text and its number of words."""
    for element in body.iter(TAG, *_FIELDS):
        if next(element.iterancestors(TAG, *_FIELDS), None) is not None:
            continue  # said with the one around it
        parts = [" ".join(one.split()) for one in element.itertext() if not one.isspace()]
        text = "; ".join(parts) if element.tag != "textarea" else " ".join(parts)
        if words := count_words(text):
            yield element, text, words


def is_not_shown(element: "HtmlElement") -> bool:
    """True if an element's own style hides it on screens of any width."""
    style = element.get("style", "")[:_LONGEST]
    names = classes(element)
    by_class = "d-none" in names and not any(one.startswith("d-") for one in names if one != "d-none")
    return element.get("hidden") is not None or by_class or (bool(style) and _STYLE.search(style) is not None)


def is_for_screen_readers(element: "HtmlElement") -> bool:
    """True if an element is named as one that only screen readers read out."""
    return not _FOR_SCREEN_READERS.isdisjoint(classes(element))


def _is_hidden(element: "HtmlElement") -> bool:
    return is_not_shown(element) or (is_for_screen_readers(element) and not _is_label(element))


def _leads_to_source(element: "HtmlElement") -> bool:
    """True if a link beside a declaration leads to its lines in the source, or to the declaration itself."""
    if element.tag != "a" or _SOURCE.fullmatch((element.text_content() or "").strip()) is None:
        return False
    below = element.getnext()
    named = (element, *element.iterchildren("span"), *([] if below is None or below.tag != "a" else [below]))
    return any(not _TO_SOURCE.isdisjoint(classes(one)) for one in named)


def _is_label(element: "HtmlElement") -> bool:
    """True if an element says what follows it is: "Original price:"."""
    return (element.text_content() or "").rstrip().endswith((":", "："))


def _is_piece(element: "HtmlElement", known: "dict[HtmlElement, int]") -> bool:
    """True if an element is a few words in a line that has others. `known` are the words of blocks, counted once."""
    if count_words(element.text_content()) > _MOST_WORDS or element.get("id"):
        return False
    if any(inner.tag in BLOCK_TAGS or inner.tag in MEDIA_TAGS for inner in element.iterdescendants()):
        return False
    around = next((one for one in element.iterancestors() if one.tag in BLOCK_TAGS), None)
    if around is None or around.tag in ("label", "button"):
        return False
    if around not in known:
        known[around] = count_words((around.text or "") + "".join(_own_text(around)))
    return known[around] > sum(count_words(text) for text in element.itertext())


def _own_text(around: "HtmlElement") -> Iterator[str]:
    """The text of an element that is in no block within it."""
    for child in around:
        if child.tag not in BLOCK_TAGS and isinstance(child.tag, str):
            yield f" {child.text_content()} "
        yield child.tail or ""
