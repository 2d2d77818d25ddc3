"""Text that a page holds only as data, from which scripts make what readers see: a file of it shows a frame alone."""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import count_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DOUBT = (
    "the page holds {words} words as data for scripts, far more than it shows: "
    "compare the note with the page, and save it in a browser once its text is shown"
)
REASON = "holds its text only as data for scripts: save the page in a browser once its text is shown"
_DATA = lazy_regex(r"application/json|__NEXT_DATA__|__NUXT|__INITIAL_STATE__|__PRELOADED_STATE__|__APOLLO_STATE__")
_STRING = lazy_regex(r'"((?:[^"\\]|\\.){40,20000})"', re.S)
_NO_PROSE = lazy_regex(r"^(?:https?:|/|data:)|[{}]|=>|;\s*\}|^[!-~]*$")
_SENTENCE = lazy_regex(r"[.!?…。！？؟।]")
_MARKUP = lazy_regex(r"<[^<>]{0,300}>|\\[nrt]")
_ESCAPE = lazy_regex(r"\\u([0-9a-fA-F]{4})")
_MOST_SHOWN = 150  # words of a note about which this is asked
_FEWEST = 60  # words in sentences that are more than messages
_TIMES = 3  # as many words as the note has
_FRAME = 12  # words of a note that is a title alone


def words(tree: "HtmlElement", kept: int) -> int:
    """The number of words in sentences that a page holds as data, if they are far more than the `kept` ones; else 0."""
    if kept > _MOST_SHOWN:
        return 0
    found = 0
    for script in tree.iter("script"):
        text = script.text or ""
        kind = f"{script.get('type', '')} {script.get('id', '')} {text[:200]}"
        if "ld+json" not in kind and _DATA.search(kind) is not None:
            found += sum(_words(match.group(1)) for match in _STRING.finditer(text))
    return found if found >= max(_FEWEST, kept * _TIMES) else 0


def is_all(kept: int) -> bool:
    """True if a note with so many words is a title alone."""
    return kept <= _FRAME


def _words(text: str) -> int:
    plain = _MARKUP.sub(" ", _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)).strip()
    return 0 if _NO_PROSE.search(plain) or _SENTENCE.search(plain) is None else count_words(plain)
