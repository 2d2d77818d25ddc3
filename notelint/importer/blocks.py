"""A page cut into blocks: stretches of text and inline elements that no block element interrupts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCK_TAGS = frozenset(
    """address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html label legend li main menu nav noscript ol p pre search
    section summary table tbody td tfoot th thead tr ul""".split()
)
MEDIA_TAGS = frozenset("img picture svg math video audio iframe embed object canvas".split())
# Elements whose text is not text of the page.
SILENT_TAGS = frozenset("script style head template select option optgroup textarea datalist noframes x-unseen".split())
_WORD = lazy_regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_TEX_SCRIPT = "math/tex"


def count_words(text: str) -> int:
    """The number of words in a text; every character of a script without blanks is one."""
    return len(_WORD.findall(text))


def has_more_words(element: "HtmlElement", most: int) -> bool:
    """True if an element holds more words than so many. Of a large one, no more is read than that takes."""
    words = 0
    for text in element.itertext():
        words += count_words(text)
        if words > most:
            return True
    return False


@dataclass(slots=True, eq=False)
class PageBlock:
    """A stretch of a page: the block element around it, text nodes (an element, and if its tail is meant), media."""

    element: "HtmlElement"
    nodes: list[tuple["HtmlElement", bool]] = field(default_factory=list)
    media: list["HtmlElement"] = field(default_factory=list)
    blanks: set[int] = field(default_factory=set)  # numbers of nodes before which there is a blank alone
    text: str = ""
    words: int = 0
    linked_words: int = 0
    _around: "tuple[HtmlElement, ...]" = ()

    @property
    def around(self) -> "tuple[HtmlElement, ...]":
        """The block's element, and all that it stands in, the innermost first, as they were when first asked for."""
        if not self._around:
            self._around = (self.element, *self.element.iterancestors())
        return self._around

    @property
    def own_words(self) -> int:
        """Number of words outside links."""
        return self.words - self.linked_words

    @property
    def is_mostly_links(self) -> bool:
        """True if more than half of the words are those of links."""
        return self.linked_words * 2 > self.words

    def holders(self) -> "Iterator[HtmlElement | None]":
        """The element that holds each of the block's texts, in order; None for what has left the page."""
        return (node.getparent() if is_tail else node for node, is_tail in self.nodes)

    def links(self) -> "Iterator[HtmlElement | None]":
        """The innermost link around each of the block's texts, in order; None for text outside links."""
        for holder in self.holders():
            around = () if holder is None else (holder, *holder.iterancestors())
            yield next((one for one in around if one.tag == "a"), None)

    def close(self, linked: str) -> None:
        """Count the words, when all nodes are known; `linked` is the text within links."""
        texts = [(node.tail if is_tail else node.text) or "" for node, is_tail in self.nodes]
        joined = "".join(f" {text}" if number in self.blanks else text for number, text in enumerate(texts))
        self.text = " ".join(joined.split())
        # The weights of the vote were learned from words counted so: what a blank alone parts is one.
        self.words = count_words("".join(texts))
        self.linked_words = min(self.words, count_words(linked))


class _Cutter:
    def __init__(self, body: "HtmlElement") -> None:
        self._owners = [body]
        self._open: PageBlock | None = None
        self._linked: list[str] = []
        self._links = 0

    def current(self) -> PageBlock:
        if self._open is None:
            self._open = PageBlock(self._owners[-1])
        return self._open

    def add(self, element: "HtmlElement", is_tail: bool) -> None:
        text = element.tail if is_tail else element.text
        if text and text.isspace():
            if self._open is not None:
                self._open.blanks.add(len(self._open.nodes))
        elif text:
            self.current().nodes.append((element, is_tail))
            if self._links:
                self._linked.append(f" {text}")

    def flush(self) -> PageBlock | None:
        block, self._open = self._open, None
        if block is not None:
            block.close("".join(self._linked))
        self._linked = []
        return block

    def enter(self, element: "HtmlElement", tag: str) -> PageBlock | None:
        closed = None
        if tag in BLOCK_TAGS:
            closed = self.flush()
            self._owners.append(element)
        elif tag == "br":
            if _is_second_break(element):
                closed = self.flush()
            elif self._open is not None:
                self._open.blanks.add(len(self._open.nodes))
        self._links += tag == "a"
        return closed

    def leave(self, tag: str) -> PageBlock | None:
        self._links -= tag == "a"
        if tag in BLOCK_TAGS:
            self._owners.pop()
            return self.flush()
        return None


def cut(body: "HtmlElement") -> list[PageBlock]:
    """The blocks of a page in its order; media stand in the block of the text around them, or in one of their own."""
    return [block for block in _cut(body) if block.nodes or block.media]


def _cut(body: "HtmlElement") -> Iterator[PageBlock]:
    from lxml import etree

    cutter = _Cutter(body)
    silent: HtmlElement | None = None
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        closed = None
        if event == "start":
            if silent is not None:
                continue
            if tag in SILENT_TAGS or tag in MEDIA_TAGS or not tag:
                silent = element
                if tag in MEDIA_TAGS or element.get("type", "").startswith(_TEX_SCRIPT):
                    cutter.current().media.append(element)
                continue
            if element is not body:
                closed = cutter.enter(element, tag)
            cutter.add(element, False)
        else:
            if silent is not None:
                if silent is not element:
                    continue
                silent = None
            elif element is not body:
                closed = cutter.leave(tag)
            if element is not body:
                if closed is not None:
                    yield closed
                    closed = None
                cutter.add(element, True)
        if closed is not None:
            yield closed
    last = cutter.flush()
    if last is not None:
        yield last


def _is_second_break(element: "HtmlElement") -> bool:
    before = element.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()
