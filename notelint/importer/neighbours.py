"""Text beside a node of the tree that is being written."""

from typing import Any

from bs4.element import NavigableString, Tag

_BLOCK_TAGS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr td hr x-callout x-note body html br [document]".split()
)


def is_block(node: Any) -> bool:
    """True if a node is an element that begins and ends a line."""
    return isinstance(node, Tag) and node.name in _BLOCK_TAGS


def starts_line(node: Any) -> bool:
    """True if a text is the first of its line."""
    while True:
        before = node.previous_sibling
        if before is not None:
            return is_block(before) or (
                isinstance(before, NavigableString) and not before.strip() and before.previous_sibling is None
            )
        node = node.parent
        if node is None or node.name in _BLOCK_TAGS:
            return node is None or node.name not in ("h1", "h2", "h3", "h4", "h5", "h6", "td")


def preceding(node: Any) -> Any:
    """The node before another one, blank texts passed over."""
    before = node.previous_sibling
    while isinstance(before, NavigableString) and not before.strip():
        before = before.previous_sibling
    return before


def following(node: Any) -> Any:
    """The node behind another one, blank texts passed over."""
    after = node.next_sibling
    while isinstance(after, NavigableString) and not after.strip():
        after = after.next_sibling
    return after
