"""The lines that readers see around a page's title and at its end, in the pieces that its elements part them into."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notelint.importer.blocks import BLOCK_TAGS, SILENT_TAGS, count_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BEFORE, _BEHIND = 10, 40  # lines around the title
_MOST_BEHIND = 120  # lines from the start of a page without a title
_MOST_WORDS = 250  # of lines behind the title
_LAST = 15  # lines at the end of a page
_MOST_LINES = 4000
_LONGEST = 300  # characters of a line that may be one of facts


@dataclass(frozen=True)
class Piece:
    """A text node: its text on one line, the address of the link around it, the element that it stands in."""

    text: str
    link: str
    element: "HtmlElement"


@dataclass(frozen=True)
class SeenLine:
    """Pieces that no block element parts."""

    pieces: Sequence[Piece]

    @property
    def text(self) -> str:
        """The text of all pieces."""
        return " ".join(piece.text for piece in self.pieces)[: _LONGEST * 2]

    @property
    def element(self) -> "HtmlElement":
        """The element of the first piece."""
        return self.pieces[0].element

    @property
    def is_short(self) -> bool:
        """True if it can be a line of facts, and not a paragraph."""
        return len(self.text) <= _LONGEST


@dataclass(frozen=True)
class SeenLines:
    """The lines before the title, behind it up to some words, and at the end of the page; the elements around it."""

    before: Sequence[SeenLine]
    behind: Sequence[SeenLine]
    last: Sequence[SeenLine]
    every: Sequence[SeenLine]
    own: "Collection[HtmlElement]" = ()


def around(body: "HtmlElement", title: str) -> SeenLines:
    """The lines of a page around the heading that is its title, or from its start if no heading is."""
    every = list(lines_of(body))
    at = _title(every, title)
    behind: list[SeenLine] = []
    words = 0
    for line in every[at + 1 : at + 1 + (_BEHIND if at >= 0 else _MOST_BEHIND)]:
        behind.append(line)
        words += sum(count_words(piece.text) for piece in line.pieces if not piece.link)
        if words > _MOST_WORDS:
            break
    own = frozenset((every[at].element, *every[at].element.iterancestors())) if at >= 0 else frozenset()
    return SeenLines(every[max(0, at - _BEFORE) : max(0, at)], behind, every[-_LAST:], every, own)


def _title(lines: Sequence[SeenLine], title: str) -> int:
    """The number of the line that is the title: a heading that says it, else the first of the first level."""
    first = -1
    for number, line in enumerate(lines):
        tag = _heading(line.element)
        said = line.text.casefold()
        if tag in ("h1", "h2") and title and (said == title.casefold() or said.endswith(f": {title.casefold()}")):
            return number
        first = number if first < 0 and tag == "h1" else first
    return first


def _heading(element: "HtmlElement") -> str:
    for one in (element, *element.iterancestors()):
        if one.tag in ("h1", "h2"):
            return str(one.tag)
    return ""


def lines_of(body: "HtmlElement") -> Iterator[SeenLine]:
    """The lines of an element, as far as readers see them."""
    from lxml import etree

    pieces: list[Piece] = []
    links: list[str] = []
    silent: HtmlElement | None = None
    count = 0
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if silent is None and (tag in BLOCK_TAGS or tag == "br") and pieces:
            yield SeenLine(tuple(pieces))
            pieces = []
            count += 1
            if count > _MOST_LINES:
                return
        if event == "start" and silent is None:
            if tag in SILENT_TAGS or tag in ("noscript", "svg", ""):
                silent = element
                continue
            if tag == "a":
                links.append(element.get("href", "") or "#")
            _add(pieces, element.text, links, element)
        elif event == "end":
            if silent is not None and silent is not element:
                continue
            if silent is None and tag == "a":
                links.pop()
            silent = None
            if element is not body:
                _add(pieces, element.tail, links, element.getparent())
    if pieces:
        yield SeenLine(tuple(pieces))


def _add(pieces: list[Piece], text: str | None, links: list[str], element: "HtmlElement") -> None:
    shown = " ".join((text or "").split())
    if shown:
        pieces.append(Piece(shown, links[-1] if links else "", element))
