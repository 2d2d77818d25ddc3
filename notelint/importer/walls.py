"""Pages that stand where an article should: a login, a consent, a check for robots, an error; and paywalls."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_WORDS = 150  # of a page that is nothing but a wall
_NO_TEXT = 3  # words, as "Loading ..."
_MOST_WORDS_BESIDE = 60  # of a page that only frames something else
_LONGEST = 25  # words of such a line


def wall(title: str, body: "HtmlElement", texts: Sequence[str], words: int) -> str:
    """The name of what a page is instead of an article; empty if it is one.

    `title` is the page's, `texts` what would stay of it, of so many words.
    """
    if words > _MOST_WORDS:
        return ""
    first, *rest = [" ".join(heading.text_content().split()) for heading in body.iter("h1", "h2")] or [""]
    if any(one and one.casefold() in title.casefold() for one in rest):
        first = ""  # of a dialog above an article that has the page's title
    known = _known()
    for kind, pattern in known.titles:
        if any(pattern.fullmatch(one.strip(" .!|-–—")) for one in (title, first) if one):
            return kind
    return "a check for robots" if any(known.texts.search(text) for text in texts) else ""


def is_behind_paywall(blocks: Sequence[PageBlock]) -> bool:
    """True if a line of the page says that the rest of the article is for subscribers."""
    return any(map(is_line_of_paywall, blocks))


def is_line_of_paywall(block: PageBlock) -> bool:
    """True if a block is a line that offers the rest of the article to subscribers."""
    return 0 < block.words <= _LONGEST and _known().paywall.fullmatch(block.text) is not None


def reason_of_nothing(tree: "HtmlElement", blocks: Sequence[PageBlock], words: int) -> str:
    """What a page without an article is instead, and what to do; empty if that is unknown.

    `words` is how many the vote kept: beside a PDF, whatever they are, they are not the article.
    """
    is_short = sum(block.words for block in blocks) <= _MOST_WORDS_BESIDE
    frames = tree.find(".//frameset") is not None
    if is_short and not frames and any(_shows_pdf(one) for one in tree.iter("embed", "object", "iframe")):
        return "only shows a PDF: download that file, and make its text a note with a converter of PDFs"
    if words > _NO_TEXT:
        return ""
    if frames:
        return "is a page of frames, whose text is in other files: save the frame that holds the article"
    if not is_short:
        return ""
    if tree.find(".//script") is not None:
        return "holds no text, as scripts write it in the browser: save the page there once its text is shown"
    if not any(block.words for block in blocks):
        return "holds no text: save the page in a browser once its text is shown"
    return ""


def _shows_pdf(frame: "HtmlElement") -> bool:
    source = (frame.get("src") or frame.get("data") or "").lower()
    return frame.get("type", "").lower() == "application/pdf" or source.partition("?")[0].endswith(".pdf")


class _Known(NamedTuple):
    """The patterns of walls.toml, compiled."""

    titles: tuple[tuple[str, re.Pattern[str]], ...]
    texts: re.Pattern[str]
    paywall: re.Pattern[str]


@cache
def _known() -> _Known:
    data = tomllib.loads(files("notelint.importer").joinpath("walls.toml").read_text("utf-8"))
    titles = tuple((str(page["kind"]), re.compile(page["title"], re.I)) for page in data["page"])
    return _Known(titles, re.compile(data["texts"], re.I), re.compile(data["paywall"], re.I))
