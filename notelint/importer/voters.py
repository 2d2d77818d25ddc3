"""The extractors that say which blocks of a page are its article.

Each block is signed with a character that the page does not hold. An extractor gets a copy of the signed tree; the
signatures that come out of it are the blocks that it keeps, to the letter and however often a text is repeated.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.blocks import PageBlock
from notelint.importer.large_pages import is_large, is_too_large_for_justext

if TYPE_CHECKING:
    from lxml.html import HtmlElement

VOTERS = ("trafilatura", "trafilatura, favouring recall", "readability")
_FIRST, _LAST = 0x20000, 0x2A6D0  # rare ideographs, which count as letters: extractors drop what cannot be printed
_SIGNATURE = lazy_regex(f"[{chr(_FIRST)}-{chr(_LAST)}]")

Ballot = frozenset[int]
Voter = Callable[["HtmlElement", str | None], str]


def votes(tree: "HtmlElement", blocks: Sequence[PageBlock], address: str | None) -> Mapping[str, Ballot]:
    """The numbers of the blocks that each voter keeps, by the voter's name. A voter that fails keeps none.

    Of a large page only readability is asked, and the others vote as it does. The tree is as it was afterwards.
    """
    signed = _sign(tree, blocks)
    found = {}
    if is_large(tree, blocks):
        found = dict.fromkeys(VOTERS, _ballot(_readability, tree, address, signed))
    else:
        fast = is_too_large_for_justext(tree, blocks)
        voters: tuple[Voter, ...] = (
            partial(_trafilatura, fast=fast),
            partial(_trafilatura_recall, fast=fast),
            _readability,
        )
        for name, voter in zip(VOTERS, voters, strict=True):
            found[name] = _ballot(voter, tree, address, signed)
    _unsign(blocks, signed)
    return found


def _ballot(voter: Voter, tree: "HtmlElement", address: str | None, signed: Mapping[str, int]) -> Ballot:
    kept = _ask(voter, deepcopy(tree), address)
    return frozenset(signed[mark] for mark in set(_SIGNATURE.findall(kept)) if mark in signed)


def _sign(tree: "HtmlElement", blocks: Sequence[PageBlock]) -> dict[str, int]:
    """Sign the longest text of each block; the blocks' numbers by their signatures."""
    present = set(_SIGNATURE.findall(tree.text_content()))
    free = (mark for mark in map(chr, range(_FIRST, _LAST)) if mark not in present)
    signed = {}
    for (number, block), mark in zip(_with_text(blocks), free, strict=False):
        node, is_tail = _longest(block)
        text = (node.tail if is_tail else node.text) or ""
        end = len(text.rstrip())
        _set(node, is_tail, text[:end] + mark + text[end:])
        signed[mark] = number
    return signed


def _unsign(blocks: Sequence[PageBlock], signed: Mapping[str, int]) -> None:
    for mark, number in signed.items():
        for node, is_tail in blocks[number].nodes:
            text = (node.tail if is_tail else node.text) or ""
            if mark in text:
                _set(node, is_tail, text.replace(mark, ""))


def _with_text(blocks: Sequence[PageBlock]) -> Iterator[tuple[int, PageBlock]]:
    return ((number, block) for number, block in enumerate(blocks) if block.nodes)


def _longest(block: PageBlock) -> tuple["HtmlElement", bool]:
    return max(block.nodes, key=lambda node: len((node[0].tail if node[1] else node[0].text) or ""))


def _set(node: "HtmlElement", is_tail: bool, text: str) -> None:
    if is_tail:
        node.tail = text
    else:
        node.text = text


def _ask(voter: Voter, tree: "HtmlElement", address: str | None) -> str:
    """The text that a voter keeps. Whatever an extractor raises on a strange page, the others still vote."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    logging.getLogger("readability.readability").setLevel(logging.CRITICAL + 1)
    try:
        return voter(tree, address)
    except Exception:
        return ""


def _trafilatura(tree: "HtmlElement", address: str | None, *, fast: bool) -> str:
    return _extracted(tree, address, include_comments=True, fast=fast)


def _trafilatura_recall(tree: "HtmlElement", address: str | None, *, fast: bool) -> str:
    return _extracted(tree, address, include_comments=False, favor_recall=True, fast=fast)


def _extracted(tree: "HtmlElement", address: str | None, **options: Any) -> str:
    import trafilatura

    found = trafilatura.bare_extraction(
        tree,
        url=address,
        output_format="xml",
        include_links=True,
        include_images=True,
        include_formatting=True,
        **options,
    )
    parts = (getattr(found, "body", None), getattr(found, "commentsbody", None))
    return "".join("".join(part.itertext()) for part in parts if part is not None)


def _readability(tree: "HtmlElement", address: str | None) -> str:
    from readability import Document

    return str(Document(tree).summary())
