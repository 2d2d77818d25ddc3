"""The page of a checker as values that a script makes elements of: the introduction, without the cases."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from notelint.core.printable import printable
from notelint.report import CheckerPage

if TYPE_CHECKING:
    from markdown_it.token import Token

_BLOCKS = {
    "paragraph_open": "p",
    "bullet_list_open": "ul",
    "ordered_list_open": "ol",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
}
_INLINE = {"strong_open": "strong", "em_open": "em"}


def blocks(page: CheckerPage) -> list[Any]:
    """The text of a checker's page before its first case: nested `[name, child, ...]`, a child a text or such a list.

    Names are those of a few HTML elements, without attributes.
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark").parse(page.markdown)
    opened: list[list[Any]] = [["div"]]
    for token in tokens[_start(tokens) :]:
        if token.type == "heading_open":
            break
        _add(token, opened)
    return opened[0][1:]


def _start(tokens: Sequence["Token"]) -> int:
    """Where the text begins, behind the title."""
    has_title = bool(tokens) and tokens[0].type == "heading_open" and tokens[0].tag == "h1"
    return next((at + 1 for at, token in enumerate(tokens) if token.type == "heading_close"), 0) if has_title else 0


def _add(token: "Token", opened: list[list[Any]]) -> None:
    name = _BLOCKS.get(token.type)
    if name is not None and token.nesting == 1:
        node = [name]
        if not (name == "p" and token.hidden):  # of a tight list
            opened[-1].append(node)
            opened.append(node)
    elif token.nesting == -1 and token.type.removesuffix("_close") + "_open" in _BLOCKS:
        if not token.hidden:
            opened.pop()
    elif token.type == "inline":
        opened[-1].extend(_inline(token.children or []))
    elif token.type in ("fence", "code_block"):
        opened[-1].append(["pre", printable_lines(token.content)])


def printable_lines(text: str) -> str:
    """A text of several lines that does nothing to whoever looks at it."""
    return "\n".join(map(printable, text.rstrip("\n").split("\n")))


def _inline(tokens: Sequence["Token"]) -> Iterator[Any]:
    opened: list[list[Any]] = [[""]]
    for token in tokens:
        if token.type in _INLINE:
            node = [_INLINE[token.type]]
            opened[-1].append(node)
            opened.append(node)
        elif token.type.removesuffix("_close") + "_open" in _INLINE and token.nesting == -1:
            opened.pop()
        elif token.type == "code_inline":
            opened[-1].append(["code", printable(token.content)])
        elif token.type in ("softbreak", "hardbreak"):
            opened[-1].append(" ")
        elif token.content:
            opened[-1].append(printable(token.content))
    yield from opened[0][1:]
