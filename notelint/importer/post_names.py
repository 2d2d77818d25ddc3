"""Lines with the name of who wrote a post: the name stays, a member's rank, reputation and signs beside it do not."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import post_heads
from notelint.importer.blocks import PageBlock

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SAYS_MORE = lazy_regex(r"\d[^\W\d]|\d\W+[^\W\d]|[^\W\d]\W*\d|(?:19|20)\d\d")  # a time: ranks are words, or numbers

_Node = tuple["HtmlElement", bool]


def part(blocks: Sequence[PageBlock], heads: Collection[int]) -> list[PageBlock]:
    """The blocks, of which lines among `heads` hold a name alone, and behind them what was taken from these lines."""
    parted = list(blocks)
    for number in sorted(heads):
        block = blocks[number]
        own, rest = list[_Node](), list[_Node]()
        for node in block.nodes:
            (own if _is_of_name(block, node) else rest).append(node)
        said = " ".join((one.tail if is_tail else one.text) or "" for one, is_tail in rest)
        if not own or not rest or post_heads.says_when(block) or _SAYS_MORE.search(said) is not None:
            continue  # a line that says when says more than a name
        parted[number] = _of_nodes(block, own, [])
        parted.append(_of_nodes(block, rest, block.media))
    return parted


def _of_nodes(block: PageBlock, nodes: list[_Node], media: "Sequence[HtmlElement]") -> PageBlock:
    found = PageBlock(block.element, nodes, list(media))
    linked = ((node.tail if is_tail else node.text) or "" for node, is_tail in nodes if _in_link(node, is_tail))
    found.close("".join(linked))
    return found


def _in_link(node: "HtmlElement", is_tail: bool) -> bool:
    holder = node.getparent() if is_tail else node
    return holder is not None and (holder.tag == "a" or next(holder.iterancestors("a"), None) is not None)


def _is_of_name(block: PageBlock, node: _Node) -> bool:
    """True if a piece of a line stands in what is named as a name, or leads to an account."""
    one, is_tail = node
    holder = one.getparent() if is_tail else one
    while holder is not None and holder is not block.element:
        if post_heads.is_of_name(holder):
            return True
        holder = holder.getparent()
    return False
