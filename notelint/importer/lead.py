"""The lead of an article: the sentences between its title and its text, in an element that is named so."""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.gaps import common, is_own
from notelint.importer.normalise.dom import HEADINGS, names_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SENTENCE = lazy_regex(r"[.!?…。！？؟।][\"'”’»」』)]*$")
_NAMES = lazy_regex(
    r"(?:^|[\s_-])(?:lead|lede|leadin|standfirst|deck|dek|sub-?title|sub-?head(?:line|ing)?|subdeck|summary|excerpt|intro\w*|teaser|"
    r"abstract|chap(?:o|eau)|vorspann|entradilla|bajada|sottotitolo|sommario|ingress|description|desc)(?=$|[\s_-])",
    re.I,
)
_BELOW_TITLE = lazy_regex(
    r"(?:^|[\s_-])(?:standfirst|deck|dek|sub-?title|sub-?head(?:line|ing)?|subdeck)(?=$|[\s_-])", re.I
)
_DESCRIPTIONS = ("description", "og:description", "twitter:description")
_FEWEST, _MOST = 8, 120  # words of a lead
_MOST_BETWEEN = 12  # blocks between the title and the text
_NEAR = 4  # elements around a line that say what it is
_SAME = 40  # characters at the start of a description that the lead has, too


def missed(tree: "HtmlElement", blocks: Sequence[PageBlock], kept: Collection[int]) -> int | None:
    """The number of the block that is the lead, if it is not kept.

    A lead ends a sentence, or is a heading named as the one below the title. It has no links, and stands between the
    page's title and the kept text; its elements are named as a lead, or the page's head has its words as the page's
    description.
    """
    first = min((number for number in kept if blocks[number].words), default=0)
    titles = [number for number, block in enumerate(blocks[:first]) if any(one.tag == "h1" for one in block.around)]
    if not titles or first - titles[-1] > _MOST_BETWEEN:
        return None
    said = [_plain(text) for text in _descriptions(tree)]
    for number in range(titles[-1] + 1, first):
        block = blocks[number]
        if not _is_sentence(block) or not _is_beside(block, blocks[titles[-1]]) or _is_said(blocks, kept, block):
            continue
        text = _plain(block.text)
        if _is_named(block) or any(text.startswith(one[:_SAME]) for one in said if len(one) >= _SAME):
            return number
    return None


def _descriptions(tree: "HtmlElement") -> list[str]:
    metas = (one for one in tree.iter("meta") if (one.get("name") or one.get("property", "")).lower() in _DESCRIPTIONS)
    return [one.get("content", "") for one in metas]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _is_sentence(block: PageBlock) -> bool:
    if not _FEWEST <= block.words <= _MOST or block.linked_words:
        return False
    is_below_title = block.element.tag in HEADINGS and _BELOW_TITLE.search(names_of(block.element)) is not None
    return is_below_title or _SENTENCE.search(block.text) is not None


def _is_beside(block: PageBlock, title: PageBlock) -> bool:
    """True if a block stands in one element with the title, and nothing calls it another thing."""
    near = common(block.element, title.element)
    return near is not None and near.tag not in ("body", "html") and is_own(block.element, near)


def _is_said(blocks: Sequence[PageBlock], kept: Collection[int], block: PageBlock) -> bool:
    text = _plain(block.text)
    return any(text in _plain(blocks[number].text) for number in kept if blocks[number].words >= block.words)


def _is_named(block: PageBlock) -> bool:
    names = map(names_of, block.around[:_NEAR])
    attributes = (str(value) for one in block.around[:_NEAR] for value in one.attrib.values() if len(value) <= _SAME)
    return any(_NAMES.search(name) is not None for name in (*names, *attributes))
