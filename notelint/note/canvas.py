"""The parts of a canvas: cards that show files, and cards of text, each string with its place in the JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span

_ESCAPE = lazy_regex(  # each is one character: a pair of surrogates, too
    r"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.", re.S
)
_BLANK = lazy_regex(r"[ \t\n\r]*")
_read = json.JSONDecoder().raw_decode
_DEEPEST = 64


class JsonString(Struct, frozen=True):
    """A string of a JSON text: its value, and where it stands between its quotes."""

    value: str
    span: Span
    written: str

    def at(self, offset: int) -> int:
        """Where a character of the value stands in the text."""
        start = self.span.start
        if "\\" not in self.written:
            return start + offset
        length = 0  # of the value, up to where the text was looked through
        last = 0
        for match in _ESCAPE.finditer(self.written):
            plain = match.start() - last
            if length + plain >= offset:
                break
            length += plain + 1
            last = match.end()
        return start + last + max(offset - length, 0)

    def place(self, span: Span) -> Span:
        """Where a part of the value stands in the text."""
        return Span(self.at(span.start), self.at(span.end))


class Card(Struct, frozen=True):
    """A card of a canvas: the file that it shows and the part of it, or its text. A group shows its background."""

    file: JsonString | None = None
    subpath: JsonString | None = None
    text: JsonString | None = None


class Canvas(Struct, frozen=True):
    """The cards of a canvas, and the properties that it has in its metadata."""

    cards: tuple[Card, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)


def parse(text: str) -> Canvas | None:
    """The canvas that a JSON text is; None if it is none. An empty file is an empty canvas."""
    if not text.strip():
        return Canvas()
    try:
        value, end = _value(text, _skip(text, 0), 0)
        if _skip(text, end) != len(text) or not isinstance(value, dict):
            return None
    except (ValueError, IndexError):
        return None
    metadata = _plain(value.get("metadata"))
    own = metadata.get("frontmatter") if isinstance(metadata, dict) else None
    nodes = value.get("nodes")
    return Canvas(tuple(_cards(nodes if isinstance(nodes, list) else [])), own if isinstance(own, dict) else {})


def escaped(value: str) -> str:
    """A text as it stands between the quotes of a JSON string."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _cards(nodes: list[Any]) -> Iterator[Card]:
    for node in nodes:
        kind = _plain(node.get("type")) if isinstance(node, dict) else None
        file, text = (node.get("file"), node.get("text")) if kind is not None else (None, None)
        if kind == "file" and isinstance(file, JsonString):
            subpath = node.get("subpath")
            yield Card(file, subpath if isinstance(subpath, JsonString) else None)
        elif kind == "text" and isinstance(text, JsonString):
            yield Card(text=text)
        elif kind == "group" and isinstance(image := node.get("background"), JsonString) and "://" not in image.value:
            yield Card(image)


def _plain(value: Any) -> Any:
    """A value without the places of its strings."""
    if isinstance(value, JsonString):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(child) for key, child in value.items()}
    return [_plain(child) for child in value] if isinstance(value, list) else value


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return at if match is None else match.end()


def _value(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The value at an offset, strings with their places, and where it ends. Raises `ValueError` or `IndexError`."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    first = text[at]
    if first == "{":
        return _items(text, at, depth, "}")
    if first == "[":
        return _items(text, at, depth, "]")
    value, end = _read(text, at)
    return (JsonString(value, Span(at + 1, end - 1), text[at + 1 : end - 1]) if first == '"' else value), end


def _items(text: str, at: int, depth: int, closing: str) -> tuple[Any, int]:
    """An object or array that opens at an offset, and where it ends."""
    found: list[tuple[str, Any]] = []
    at = _skip(text, at + 1)
    if text[at] == closing:
        return ({} if closing == "}" else []), at + 1
    while True:
        key = ""
        if closing == "}":
            if text[at] != '"':
                raise ValueError("no key")
            key, at = _read(text, at)
            at = _skip(text, at)
            if text[at] != ":":
                raise ValueError("no colon")
            at = _skip(text, at + 1)
        value, at = _value(text, at, depth + 1)
        found.append((key, value))
        at = _skip(text, at)
        if text[at] == closing:
            return (dict(found) if closing == "}" else [value for _, value in found]), at + 1
        if text[at] != ",":
            raise ValueError("no comma")
        at = _skip(text, at + 1)
