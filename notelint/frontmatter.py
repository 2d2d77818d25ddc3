"""The properties at the top of a note, and where each of them stands. The only module that knows YAML.

Values are read as Obsidian reads them, by the YAML 1.2 core schema: `no` and `2024-01-31` are strings. The one line of
JSON that the Digital Garden plugin emits is a YAML flow mapping like any other, and is read the same way.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import yaml

from notelint.text import Span

if TYPE_CHECKING:
    from frontmatter import Post

Path = tuple[str | int, ...]
_LOADER: Any = getattr(yaml, "CLoader", yaml.Loader)
_MOST_NODES = 10_000  # what aliases may expand to: a few lines of YAML can mean billions of nodes
_MOST_DEPTH = 100

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?:^|(?<=[\n\r]))---[^\n\r]*(?:\r\n|\n|\r|$)")
_BLANK_LINES = re.compile(r"[ \t]*(?:(?:\r\n|\n|\r)[ \t]*)+(?=---)")
_UNQUOTED_LINK = re.compile(r"!?\[\[[^\[\]\n\r]+\]\]")

# YAML 1.2, section 10.3.2 (core schema)
_INTEGER = re.compile(r"[-+]?[0-9]+")
_RADIX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\]:,"]+', re.S)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a property stands: its key, and its value with its quotes. An item of a list has its value as key."""

    key: Span
    value: Span


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the frontmatter holds no properties, in one line, and where."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that is there already in the same mapping, and the key that came first, by its path."""

    key: str
    path: Path
    span: Span
    first: Place
    second: Place
    same: bool  # whether both have the same value


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """The block between the fences. All spans count characters of the note's text.

    `span` is the whole block with both fences, `content` what stands between them. `properties` is empty where there
    is a `fault` (link-semantics F2). `places` has every key path at any depth; `strings` every string value with its
    place; `unquoted_links` the values `[[x]]` without quotes (F4).
    """

    span: Span
    content: Span
    form: Literal["yaml", "json"] = "yaml"
    properties: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    strings: tuple[tuple[Path, str, Span], ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    unquoted_links: tuple[tuple[Path, Span], ...] = ()
    fault: Fault | None = None

    def place(self, path: Iterable[str | int]) -> Place:
        """Where the property at a key path stands; else the deepest mapping or list known; else the opening fence."""
        known = tuple(path)
        while known and known not in self.places:
            known = known[:-1]
        fence = Span(self.span.start, self.span.start + 3)
        return self.places.get(known, Place(fence, fence))


def parse(text: str) -> Frontmatter | None:
    """The frontmatter of a note, or None: it must start at the first character and be closed (F1). Never raises."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    return _read(text, Span(0, closing.end()), Span(opening.end(), closing.start()))


def misplaced(text: str) -> Span | None:
    """The span of a block that would be frontmatter, had it no blank lines before it: Obsidian takes it for text."""
    blank = _BLANK_LINES.match(text)
    if blank is None:
        return None
    block = parse(text[blank.end() :])
    if block is None or not block.properties:
        return None
    return Span(blank.end(), blank.end() + block.span.end)


def string_values(block: Frontmatter) -> Iterator[tuple[Path, str, Span]]:
    """Every string value at any depth, with its key path and its place as written."""
    return iter(block.strings)


def inner(text: str, span: Span) -> Span | None:
    """A scalar's place without its quotes; None where the source differs from the value (escapes, several lines)."""
    source = span.of(text)
    if "\n" in source or "\r" in source:
        return None
    quote = source[:1]
    if quote in ("'", '"') and len(source) >= 2:
        within = source[1:-1]
        return None if ("\\" if quote == '"' else "'") in within else Span(span.start + 1, span.end - 1)
    return span


def post(text: str) -> "Post":
    """The note as python-frontmatter's `Post`, read by Obsidian's rules, for those who know that library."""
    from frontmatter import Post
    from frontmatter.default_handlers import YAMLHandler

    block = parse(text)
    body = text if block is None else text[block.span.end :]
    return Post(body, YAMLHandler(), **({} if block is None else block.properties))


class _Event(NamedTuple):
    """What YAML and JSON have in common: the start of a mapping or list, its end, a scalar, an alias."""

    kind: Literal["map", "list", "end", "scalar", "alias"]
    start: int
    end: int
    value: Any = None
    text: str = ""
    anchor: str | None = None


class _FaultError(Exception):
    def __init__(self, message: str, start: int, end: int | None = None) -> None:
        self.message, self.start, self.end = message, start, end


def _read(text: str, span: Span, content: Span) -> Frontmatter:
    source = content.of(text)
    form: Literal["yaml", "json"] = "json" if source.lstrip().startswith("{") else "yaml"
    try:
        try:
            builder = _Builder(source, content.start, _yaml_events(source))
        except _FaultError:
            if form == "yaml" or not _is_json(source):
                raise
            builder = _Builder(source, content.start, _json_events(source))  # escapes that YAML does not have
    except _FaultError as fault:
        end = _line_end(source, fault.start) if fault.end is None else fault.end
        place = Span(content.start + fault.start, content.start + max(end, fault.start))
        return Frontmatter(span, content, form, fault=Fault(fault.message, place))
    return Frontmatter(
        span,
        content,
        form,
        builder.properties,
        builder.places,
        tuple(builder.strings),
        tuple(builder.duplicates),
        tuple(builder.unquoted_links) if form == "yaml" else (),
        builder.fault,
    )


def _line_end(source: str, start: int) -> int:
    ends = [at for at in (source.find("\n", start), source.find("\r", start)) if at >= 0]
    return min(ends) if ends else len(source)


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being built."""

    value: Any
    path: Path
    start: int
    key: str | None = None
    key_span: Span | None = None
    anchor: str | None = None
    size: int = 1


class _Builder:
    """Values and places from events, without recursion and within bounds, whatever aliases say."""

    def __init__(self, source: str, shift: int, events: Iterable[_Event]) -> None:
        self.source, self.shift = source, shift
        self.properties: dict[str, Any] = {}
        self.places: dict[Path, Place] = {}
        self.strings: list[tuple[Path, str, Span]] = []
        self.duplicates: list[Duplicate] = []
        self.unquoted_links: list[tuple[Path, Span]] = []
        self.fault: Fault | None = None
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._nodes = 0
        for event in events:
            self._take(event)

    def _take(self, event: _Event) -> None:
        frame = self._frames[-1] if self._frames else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None and event.kind != "end":
            self._take_key(frame, event)
        elif event.kind in ("map", "list"):
            if len(self._frames) >= _MOST_DEPTH:
                raise _FaultError(f"nested deeper than {_MOST_DEPTH} levels", event.start)
            self._count(1, event)
            if event.anchor:
                self._anchors[event.anchor] = None  # open: an alias to it would be endless
            value: Any = {} if event.kind == "map" else []
            self._frames.append(_Frame(value, self._path(), event.start, anchor=event.anchor, size=self._nodes))
        elif event.kind == "end":
            closed = self._frames.pop()
            if closed.anchor:
                self._anchors[closed.anchor] = (closed.value, self._nodes - closed.size + 1)
            self._put(closed.value, closed.start, self._trimmed(closed.start, event.end), closed)
        else:
            self._put(self._scalar(event), event.start, self._trimmed(event.start, event.end))

    def _scalar(self, event: _Event) -> Any:
        if event.kind == "scalar":
            self._count(1, event)
            if event.anchor:
                self._anchors[event.anchor] = (event.value, 1)
            return event.value
        known = self._anchors.get(event.value)
        if known is None:
            problem = "stands for itself" if event.value in self._anchors else "is nowhere defined"
            raise _FaultError(f"the alias *{event.value} {problem}", event.start, event.end)
        self._count(known[1], event)
        return known[0]

    def _count(self, nodes: int, event: _Event) -> None:
        self._nodes += nodes
        if self._nodes > _MOST_NODES:
            raise _FaultError(f"more than {_MOST_NODES} values, once aliases are followed", event.start)

    def _take_key(self, frame: _Frame, event: _Event) -> None:
        if event.kind in ("map", "list"):
            written = self.source[max(event.start - 1, 0) : _line_end(self.source, event.start)].strip()
            if written.startswith("{{"):
                raise _FaultError(f"{written!r} is a template's placeholder: put it in quotes", event.start - 1)
            raise _FaultError("a key must be text: a list or a mapping stands here", event.start)
        value = self._scalar(event)
        frame.key = event.text if event.kind == "scalar" else str(value)
        frame.key_span = self._span(event.start, self._trimmed(event.start, event.end))

    def _path(self) -> Path:
        """The key path of the value that comes next."""
        if not self._frames:
            return ()
        frame = self._frames[-1]
        return (*frame.path, len(frame.value) if frame.key is None else frame.key)

    def _put(self, value: Any, start: int, end: int, closed: _Frame | None = None) -> None:
        """Put a finished value where it belongs, and remember its place."""
        path, span = self._path(), self._span(start, end)
        if not self._frames:
            self._put_root(value, span)
            return
        frame = self._frames[-1]
        if frame.key is None:
            frame.value.append(value)
            self.places[path] = Place(span, span)
        else:
            assert frame.key_span is not None
            place = Place(frame.key_span, span)
            if frame.key in frame.value:
                same = frame.value[frame.key] == value
                self.duplicates.append(Duplicate(frame.key, path, frame.key_span, self.places[path], place, same))
            frame.value[frame.key] = value
            self.places[path] = place
            frame.key = None
        if isinstance(value, str):
            self.strings.append((path, value, span))
        elif closed is not None and _is_unquoted_link(value, self.source[start:end]):
            self.unquoted_links.append((path, span))

    def _put_root(self, value: Any, span: Span) -> None:
        if isinstance(value, dict):
            self.properties = value
        elif value is not None:
            kind = "a list" if isinstance(value, list) else "plain text"
            self.fault = Fault(f"this is {kind}, not properties: write `key: value`", span)

    def _trimmed(self, start: int, end: int) -> int:
        """Libyaml lets block values end where the next line begins."""
        return start + len(self.source[start:end].rstrip())

    def _span(self, start: int, end: int) -> Span:
        return Span(self.shift + start, self.shift + end)


def _is_unquoted_link(value: Any, written: str) -> bool:
    """F4: `[[x]]` is a list in a list. A matrix of numbers is one too, and means it."""
    if not (isinstance(value, list) and len(value) == 1 and isinstance(value[0], list)):
        return False
    return bool(_UNQUOTED_LINK.fullmatch(written)) and not all(isinstance(item, int | float) for item in value[0])


def _yaml_events(source: str) -> Iterator[_Event]:
    try:
        for event in yaml.parse(source, Loader=_LOADER):
            start, end = event.start_mark.index, event.end_mark.index
            anchor = getattr(event, "anchor", None)
            if isinstance(event, yaml.ScalarEvent):
                yield _Event("scalar", start, end, _scalar(event), event.value, anchor)
            elif isinstance(event, yaml.MappingStartEvent):
                yield _Event("map", start, end, anchor=anchor)
            elif isinstance(event, yaml.SequenceStartEvent):
                yield _Event("list", start, end, anchor=anchor)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                yield _Event("end", start, end)
            elif isinstance(event, yaml.AliasEvent):
                yield _Event("alias", start, end, anchor)
    except yaml.MarkedYAMLError as error:
        raise _explained(error, source) from error
    except yaml.reader.ReaderError as error:
        at = _first_odd(source)
        raise _FaultError("a character that no YAML may hold (a control character)", at, at + 1) from error
    except UnicodeEncodeError as error:
        raise _FaultError("bytes that are no UTF-8", error.start, error.end) from error


def _first_odd(source: str) -> int:
    """Where the first character stands that YAML 1.2 forbids (section 5.1)."""
    for at, char in enumerate(source):
        if (char < " " and char not in "\t\n\r") or char == "\x7f" or ("\x80" <= char <= "\x9f" and char != "\x85"):
            return at
        if char in "\ufffe\uffff":
            return at
    return 0


def _scalar(event: yaml.ScalarEvent) -> Any:
    """A scalar's value by the core schema; what is quoted, or tagged as a string, is a string."""
    text: str = event.value
    if event.style or (event.tag or "").endswith(":str"):
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789" or len(text) > 400:  # Python converts longer numbers slowly, or not at all
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _RADIX.fullmatch(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    return float(text) if _FLOAT.fullmatch(text) else text


def _explained(error: yaml.MarkedYAMLError, source: str) -> _FaultError:
    """Libyaml's words, put plainly and with the cure."""
    problem, context = error.problem or "", error.context or ""
    at = error.problem_mark.index if error.problem_mark is not None else 0
    began = error.context_mark.index if error.context_mark is not None else at
    char = source[at : at + 1]
    if "cannot start any token" in problem:
        if char == "\t":
            return _FaultError("a tab cannot indent YAML: use spaces", at, at + 1)
        return _FaultError(f"a value cannot start with {char!r}: put it in quotes", at)
    if "quoted scalar" in context:
        return _FaultError("a quote is opened and not closed", began)
    if "mapping values are not allowed" in problem:
        return _FaultError("a colon inside a value: put the value in quotes", _line_start(source, at))
    if "could not find expected ':'" in problem:
        return _FaultError("expected `key: value`", _line_start(source, began))
    if "flow" in context:
        return _FaultError("a bracket is opened and not closed", began)
    if "block mapping" in context or "did not find expected <document start>" in problem:
        return _FaultError(
            'expected `key: value`; text that begins with [, {, " or * needs quotes', _line_start(source, at)
        )
    if "alias" in context:
        return _FaultError("a value cannot start with '*': put it in quotes", began)
    return _FaultError(f"{context}: {problem}".strip(": "), at)


def _line_start(source: str, at: int) -> int:
    start = max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1
    return start + len(source[start:]) - len(source[start:].lstrip(" \t"))


def _is_json(source: str) -> bool:
    try:
        json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _json_events(source: str) -> Iterator[_Event]:
    """The same events from JSON, which is known to be valid."""
    for token in _JSON_TOKEN.finditer(source):
        start, end, text = token.start(), token.end(), token.group()
        if text in "{[":
            yield _Event("map" if text == "{" else "list", start, end)
        elif text in "}]":
            yield _Event("end", start, end)
        else:
            value = json.loads(text, strict=False)
            yield _Event("scalar", start, end, value, value if isinstance(value, str) else text)
