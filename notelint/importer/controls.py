"""Controls of a page by their words (controls.toml): of pictures, labels of advertising, names of fields."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from notelint.importer.blocks import BLOCK_TAGS, MEDIA_TAGS, PageBlock
from notelint.importer.normalise.dom import HEADINGS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LEAVES = ("a", "button", "span", "p", "div", "li", "small")
_PICTURES = ("img", "picture", "figure", "table", "video")
_PAGE = ("body", "html", "main")
_NEAR = 4  # elements around a control of a picture
_LONGEST = 120  # characters of a control
_MOST_PIECES = 4  # elements within one
_PARTS = frozenset(("li", "dt", "dd", "td", "th"))  # which may be of a list of words
_FIELDS = ("select", "textarea")
_LABEL = 6  # words


def is_of_picture(element: "HtmlElement") -> bool:
    """True if an element beside a picture or a table opens or saves it: "Open in a new tab"."""
    if len(element) > _MOST_PIECES or any(child.tag in BLOCK_TAGS or child.tag in MEDIA_TAGS for child in element):
        return False
    text = " ".join((element.text_content() or "").split())
    if not 0 < len(text) <= _LONGEST or _known("of_picture").fullmatch(text) is None:
        return False
    around = islice(element.iterancestors(), _NEAR)
    return any(next(one.iter(*_PICTURES), None) is not None for one in around if one.tag not in _PAGE)


def is_label(block: PageBlock) -> bool:
    """True if a line says that what follows is advertising, that it unfolds, or what a field in it is for."""
    if not block.words:  # a sign between buttons: "|"
        return bool(block.text) and not block.media and block.element.find("button") is not None
    if block.linked_words or len(block.text) > _LONGEST:
        return False
    if any(one.tag in HEADINGS or one.tag in _PARTS for one in block.around[:2]):
        return False
    if any(_known(kind).fullmatch(block.text) is not None for kind in ("of_advertising", "of_folding")):
        return True
    if block.words > _LABEL or not block.text.endswith((":", "：")):
        return False
    return next(block.element.iter(*_FIELDS), None) is not None


def is_of_contents(text: str) -> bool:
    """True if a line stands above a list of the headings of a page: "Table of contents"."""
    return _known("of_contents").fullmatch(text.rstrip(" :：")) is not None


@cache
def _known(kind: str) -> re.Pattern[str]:
    data = tomllib.loads(files("notelint.importer").joinpath("controls.toml").read_text("utf-8"))
    return re.compile(data[kind], re.I)
