"""Lines with the name of who wrote a post: the name stays, a member's rank, reputation and signs beside it do not."""

import re
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer import post_heads
from notelint.importer.blocks import PageBlock, count_words
from notelint.importer.normalise.dom import text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SAYS_MORE = lazy_regex(r"\d[^\W\d]|\d\W+[^\W\d]|[^\W\d]\W*\d|(?:19|20)\d\d")  # a time: ranks are words, or numbers

_EDITED = lazy_regex(r"(?:^|[\s_-])edit(?:ed)?(?:$|[\s_-])", re.I)
_DIGIT = lazy_regex(r"\d")
_LABEL, _LABEL_WITHOUT_BLANKS = 3, 8  # words of a link that does something; characters, in scripts without blanks

_Node = tuple["HtmlElement", bool]


def part(blocks: Sequence[PageBlock], heads: Collection[int]) -> list[PageBlock]:
    """The blocks, of which lines among `heads` hold a name and a date alone, and behind them what was taken from these.

    Pictures of members are taken from the lines, too.
    """
    parted = list(blocks)
    for number in sorted(heads):
        block = blocks[number]
        kinds = [_kind(block, node) for node in block.nodes]
        for at in range(1, len(kinds)):
            if kinds[at] == "control" and not kinds[at - 1] and _leads_on(block.nodes[at - 1]):
                kinds[at] = ""  # "posted in Releases"
        if kinds and kinds[0] == "control" and _has_words(block.nodes[0]):
            kinds[0] = ""  # "Description", above who wrote it
        said = " ".join(_text(node) for node, kind in zip(block.nodes, kinds, strict=True) if kind != "name")
        if post_heads.says_when(block) or _SAYS_MORE.search(said) is not None:
            stays = _up_to_last(block, [kind in ("name", "") for kind in kinds])  # a line that says when says more
        else:
            stays = [kind == "name" for kind in kinds]
        own = [at for at, stay in enumerate(stays) if stay]
        rest = [at for at, stay in enumerate(stays) if not stay]
        said_own, said_beside = (any(_has_words(block.nodes[at]) for at in part) for part in (own, rest))
        if not said_own or not (said_beside or block.media):
            continue
        parted[number] = _of_nodes(block, own, [])
        parted.append(_of_nodes(block, rest, block.media))
    return parted


def _up_to_last(block: PageBlock, stays: Sequence[bool]) -> list[bool]:
    """Which pieces of a line stay, without signs before one that goes and behind the last that says something."""
    found = list(stays)
    for at in range(len(found) - 1, -1, -1):
        is_before_gone = at + 1 == len(found) or not found[at + 1]
        if found[at] and is_before_gone and not all(stays) and not _has_words(block.nodes[at]):
            found[at] = False
    return found


def _leads_on(node: _Node) -> bool:
    """True if a piece of a line, in no link, ends with a word: the line goes on behind it."""
    return _text(node).rstrip()[-1:].isalpha() and not _in_link(*node)


def _text(node: _Node) -> str:
    return (node[0].tail if node[1] else node[0].text) or ""


def _has_words(node: _Node) -> bool:
    return any(char.isalnum() for char in _text(node))


def _is_label(text: str) -> bool:
    return count_words(text) <= (_LABEL_WITHOUT_BLANKS if " " not in text and not text.isascii() else _LABEL)


def _of_nodes(block: PageBlock, numbers: Sequence[int], media: "Sequence[HtmlElement]") -> PageBlock:
    nodes = [block.nodes[at] for at in numbers]
    blanks = {at for at in range(1, len(numbers)) if any(map(block.blanks.__contains__, _after(numbers, at)))}
    found = PageBlock(block.element, nodes, list(media), blanks)
    linked = (_text((node, is_tail)) for node, is_tail in nodes if _in_link(node, is_tail))
    found.close("".join(linked))
    return found


def _after(numbers: Sequence[int], at: int) -> range:
    """The pieces of the line behind the one before this, up to this."""
    return range(numbers[at - 1] + 1, numbers[at] + 1)


def _in_link(node: "HtmlElement", is_tail: bool) -> bool:
    holder = node.getparent() if is_tail else node
    return holder is not None and (holder.tag == "a" or next(holder.iterancestors("a"), None) is not None)


def _kind(block: PageBlock, node: _Node) -> str:
    """What a piece of a line is: a "name", what is said "aside" of a member, a "control", or else nothing of it."""
    one, is_tail = node
    holder = one.getparent() if is_tail else one
    inside: list[HtmlElement] = []
    while holder is not None and holder is not block.element:
        inside.append(holder)
        holder = holder.getparent()
    if any(_EDITED.search(post_heads.names(one)) is not None for one in inside):
        return "aside"
    if any(map(post_heads.is_of_name, inside)):
        return "name"
    if any(map(post_heads.is_of_member, inside)):
        return "aside"
    if any(map(post_heads.is_of_date, inside)) or _DIGIT.search(_text(node)) is not None:
        return ""
    link = next((one for one in inside if one.tag in ("a", "button")), None)
    return "control" if link is not None and _is_label(text_of(link)) else ""
