"""The article's text as a page states it for search engines, where its elements hold far less of it."""

import re
from html import escape
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import page
from notelint.importer.blocks import count_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FEWEST = 40  # words of a text that is more than a summary
_FULLER = 2  # times as many words as the elements hold
_ELEMENT = lazy_regex(r"<(?:p|br|div|h[1-6]|ul|ol)\b[^>]{0,500}>", re.I)
_LINES = lazy_regex(r"(?:\r?\n)+")


def is_fuller(text: str, words: int) -> bool:
    """True if a stated text holds far more than the `words` that stay of the page's elements."""
    stated = count_words(text)
    return stated >= _FEWEST and stated > words * _FULLER


def body(text: str, name: str) -> "HtmlElement":
    """The text as the body of a page, a paragraph for each line; elements in it count. `name` is the page's."""
    if _ELEMENT.search(text) is None:
        text = "".join(f"<p>{escape(line)}</p>" for line in _LINES.split(text) if line.strip())
    return page.body(page.parse(f"<html><body>{text}</body></html>", name))
