"""The parser's events, walked once: code, mathematics, HTML, tables, Markdown links."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pyromark
from msgspec import Struct, field

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.links import Link, LinkForm, is_external, markdown_target, path_length
from notelint.note.markdown.headings import read_heading
from notelint.note.markdown.model import Heading

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
)
_CONTAINERS = frozenset({"Item", "BlockQuote", "FootnoteDefinition"})
_BORDERS = frozenset({"Start", "End"})
_OTHERS = _CONTAINERS | {"Heading", "Link", "Image"}  # whose events tell more than where they are
_DEEPEST = 20  # images in one another's text: the texts of all of them are as long as the square of their number
_TITLE = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"
_DESTINATION = lazy_regex(rf"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s\\]|\\.)*?))(?:\s+{_TITLE})?\s*\)$", re.S)
_DEFINITION = lazy_regex(r"\[(?:[^\[\]\\]|\\.)*\]:\s*(?:<([^<>\n]*)>|(\S+))", re.S)


def parser_options() -> Any:
    """The extensions of Markdown that Obsidian has, as the parser names them."""
    return _OPTIONS


class SeenByParser(Struct):
    """Structure that the parser's events show, before Obsidian's own grammar is applied."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)  # where labels of links and images open, and what they name
    code: list[Span] = field(default_factory=list)
    maths: list[Span] = field(default_factory=list)
    html: list[Span] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    cells: list[Span] = field(default_factory=list)

    def by_kind(self) -> dict[str, list[Span]]:
        """Where the span of each kind of event belongs."""
        return {
            "CodeBlock": self.code,
            "Code": self.code,
            "InlineMath": self.maths,
            "DisplayMath": self.maths,
            "HtmlBlock": self.html,
            "InlineHtml": self.html,
            "Table": self.tables,
            "TableCell": self.cells,
        }

    def add_link(
        self, body: str, span: Span, label_end: int, embed: bool, value: dict[str, Any], *, depth: int
    ) -> None:
        """Take in a link or image that ends, or what is one only for the parser: a label that names a destination."""
        self.labels[span.start + embed] = value["dest_url"]
        self.links += _markdown_link(body, span, label_end, embed, value, depth=depth)


def read_events(body: str, given: str, at: Callable[[int], int]) -> SeenByParser:
    """Walk the parser's events once, for every element of every note: keep it lean. `at` turns the parser's offsets,
    in bytes of its input, into those of the body's characters.
    """
    seen, open_links = SeenByParser(), list[dict[str, Any]]()
    spans = seen.by_kind()
    depth = label_end = 0
    event: Any
    value: Any
    holds_links = False  # the table at hand: of others nobody asks where their cells are
    for event, where in pyromark.events_with_range(given, options=_OPTIONS, merge_text=True):
        if type(event) is str:
            continue
        if "Text" in event:  # the most frequent
            label_end = where["end"] if open_links else label_end
            continue
        what, detail = event.popitem()
        kind, value = what, None
        if what in _BORDERS:
            kind, value = (detail, None) if type(detail) is str else detail.popitem()
        if kind in spans:
            if what != "End" and (holds_links or kind != "TableCell"):
                span = Span(at(where["start"]), at(where["end"]))
                spans[kind].append(span)
                holds_links = holds_links if kind != "Table" else body.find("[[", span.start, span.end) >= 0
        elif kind in _OTHERS:
            if kind in _CONTAINERS:
                depth += 1 if what == "Start" else -1
            elif kind == "Heading":
                if what == "Start":
                    span = Span(at(where["start"]), at(where["end"]))
                    seen.headings.append(read_heading(body, span, int(value["level"][1]), depth > 0))
            elif what == "Start":
                open_links.append(value)
                label_end = where["start"] + 1
            else:
                link, span = open_links.pop(), Span(at(where["start"]), at(where["end"]))
                seen.add_link(body, span, at(label_end), kind == "Image", link, depth=len(open_links))
        label_end = max(label_end, where["end"]) if open_links and what != "Start" else label_end
    return seen


def _markdown_link(
    body: str, span: Span, label_end: int, embed: bool, value: dict[str, Any], *, depth: int
) -> Iterator[Link]:
    """An inline Markdown link or image to something inside the vault; references are read at their definitions.

    `depth` is in how many other links or images it stands.
    """
    destination: str = value["dest_url"]
    if value["link_type"] != "Inline" or not destination or is_external(destination):
        return
    closing = body.find("](", label_end, span.end)
    match = _DESTINATION.match(body, closing, span.end) if closing >= 0 else None
    target = markdown_target(destination, embed=embed)
    if match is None or target is None:
        return
    group = 1 if match[1] is not None else 2
    alias = body[span.start + 1 + embed : closing] if depth < _DEEPEST else ""
    yield Link(span, Span(*match.span(group)), LinkForm.MARKDOWN, target, path_length(match[group]), embed, alias)


def find_definitions(body: str, given: str, at: Callable[[int], int]) -> Iterator[Link]:
    """Link reference definitions that name something inside the vault (M6)."""
    if "]:" not in given or (given.count("]:") == given.count("]]:") and "\\]]:" not in given):  # a label ends with one
        return
    for definition in pyromark.reference_definitions(given, options=_OPTIONS).values():
        destination = definition["dest"]
        span = Span(at(definition["span"]["start"]), at(definition["span"]["end"]))
        match = _DEFINITION.search(body, span.start, span.end)
        if match is None or not destination or is_external(destination):
            continue
        target = markdown_target(destination)
        if target is not None:
            group = 1 if match[1] is not None else 2
            whole, length = Span(span.start, match.end()), path_length(match[group])
            yield Link(whole, Span(*match.span(group)), LinkForm.REFERENCE, target, length)
