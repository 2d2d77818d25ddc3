"""The article's own heading, where the extractors leave it out and the note's title is another."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.facts.title import names_site

if TYPE_CHECKING:
    from notelint.importer.facts.collect import PageFacts

_WORD = lazy_regex(r"\w+")
_LONG = 4  # letters of a word that tells two texts to be about the same
_LEAST, _MOST = 2, 40  # words of a heading that says more than a section's name


def missed(blocks: Sequence[PageBlock], kept: Collection[int], facts: "PageFacts", domain: str) -> set[int]:
    """The block of the only heading of the first level above the article, if it is not kept and says what is not
    said by the note's title already; else nothing.

    `kept` are the numbers of the blocks that stay, `domain` is the host of the page's address.
    """
    first = min((number for number in kept if blocks[number].words), default=0)
    titles = [number for number, block in enumerate(blocks) if _is_title(block)]
    own = [number for number in titles if not names_site(blocks[number].text, facts.site, domain)]
    if len(own) != 1 or own[0] in kept or own[0] > first:
        return set()
    words, title = _words(blocks[own[0]].text), _words(facts.title)
    if not _LEAST <= len(words) <= _MOST or words in (title, _words(facts.other_title)):
        return set()
    is_related = any(word in title for word in words if len(word) >= _LONG or not word.isascii())
    return {own[0]} if is_related else set()  # else a book's name, or the site's


def _is_title(block: PageBlock) -> bool:
    around = block.around
    return bool(block.words) and any(element.tag == "h1" for element in around)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
