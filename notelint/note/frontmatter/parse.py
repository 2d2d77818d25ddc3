"""The properties at the head of a note: where they stand, what they say, and why they cannot be read.

The only module that knows YAML. libyaml's event stream is read with a stack of our own: unlike libyaml's composer it
never recurses, and it tells where every key and value stands. Values follow the core schema of YAML 1.2, as Obsidian
reads them, not YAML 1.1 as PyYAML's loaders do: `no` is a text, and so is `2024-01-02`.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeAlias

from msgspec import Struct
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from notelint.core.text import Span

if TYPE_CHECKING:
    from frontmatter import Post
    from frontmatter.default_handlers import YAMLHandler

Path: TypeAlias = tuple[str | int, ...]
_Event: TypeAlias = tuple[str, int, int, str, str | None]  # kind, start, end, text of a scalar, anchor

MAX_DEPTH = 100  # levels of maps and lists in one another
MAX_ALIASED = 10_000  # values that aliases may add

_BLOCK_STYLES = ("|", ">")
_PLAIN, _QUOTED, _MAP, _LIST, _END, _ALIAS = "plain", "quoted", "map", "list", "end", "alias"

_OPENING = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"---(?<=[\r\n]---)[^\r\n]*(?:\r\n|\n|\r|\Z)")  # dashes first: a literal is found fast
_BLANK_LINES = re.compile(r"\s+(?<=[\r\n])(?=---)")
_NODE_PROPERTIES = re.compile(r"(?:(?:!<[^>\s]*>|[&!][^\s\[\]{},]*)\s*)+")
_UNQUOTED_LINK = re.compile(r"\[\[(?!['\"])[^\[\]\r\n]+\]\]")
_TEMPLATE = re.compile(r"(?:^|:|-)[ \t]*(\{\{.{0,200}?\}\}|\{%.{0,200}?%\}|\{\{.*)")
_DOUBLE_BRACES = re.compile(r"\{\{(?:[^\r\n]{0,200}?\}\})?")
_SPECIAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_YAML_1_1 = "\x85\u2028\u2029\ufeff"  # line breaks to libyaml (and a mark that it drops), plain characters in YAML 1.2
_BLANK_LINE = re.compile(r"^[ \t]+$", re.MULTILINE)
_JSON_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]|[^\s{}\[\],:"]+', re.DOTALL)
_HALF_PAIR = re.compile("[\ud800-\udfff]")

_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WORDS |= {f"{sign}.{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")}
_WORDS |= {word: float("nan") for word in (".nan", ".NaN", ".NAN")}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")

# How nearly all blocks are written: a word or a few, or a list of such, behind each key. `_simple_events` reads these.
_WORDING = r"[A-Za-z0-9/][\w./()-]*(?: [\w./()-]+)*"
_SIMPLE_LINE = re.compile(
    rf'([A-Za-z][\w-]{{0,99}}):(?: (?:({_WORDING})|"([^"\\\n]*)"|\[({_WORDING}(?:, {_WORDING})*)\]))?\n', re.A
)
_SIMPLE_ITEM = re.compile(rf'- (?:({_WORDING})|"([^"\\\n]*)")\n', re.A)

# What YAML reads back as the same text without quotes, whichever version it follows.
_PLAIN_TEXT = re.compile(r"(?!(?:true|false|null|yes|no|on|off)$)[^\W\d][\w./-]*(?: [\w./-]+)*", re.I)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Place(Struct, frozen=True, array_like=True, gc=False):
    """Where a property stands. A list item has no key: both are the value's. A quoted scalar includes its quotes."""

    key: Span
    value: Span


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the block holds no properties: one line, in plain words, and the place that is to blame."""

    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that its map already has: the place of the later one and of the first."""

    key: str
    span: Span
    first: Span


class Frontmatter(Struct, frozen=True):
    """The block at the head of a note. All spans count characters of the note's text.

    `span` reaches from the first fence through the closing fence's line end, `content` lies between them; `form` is
    "json" when the content is one flow map. `properties` is empty where there is a `fault` (link-semantics F2); of
    duplicate keys the last one counts. `places` knows every key path at any depth, `("related", 0)` for a list item.
    `unquoted_links` holds the key path and the place of each `[[x]]` that YAML takes for a list in a list (F4).
    """

    span: Span
    content: Span
    form: Literal["yaml", "json"]
    properties: dict[str, Any]
    places: dict[Path, Place]
    duplicates: tuple[Duplicate, ...] = ()
    fault: Fault | None = None
    unquoted_links: tuple[tuple[Path, Span], ...] = ()

    def place(self, path: Path) -> Place:
        """The place of the longest known beginning of a key path, else that of the opening fence."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                return self.places[path[:end]]
        fence = Span(self.span.start, self.span.start + 3)
        return Place(fence, fence)


class _ReadError(Exception):
    """The content holds no properties; `start` and `end` count characters of the note's text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.fault = Fault(message, Span(start, end))


class _GrammarError(_ReadError):
    """Broken by libyaml's grammar, which is a little narrower than what Obsidian takes."""


def parse(text: str) -> Frontmatter | None:
    """The frontmatter of a note's text (without BOM), or None where there is none by link-semantics F1.

    Never raises: what is wrong with the content is the result's `fault`.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:
        return None
    span, content = Span(0, closing.end()), Span(opening.end(), closing.start())
    start = text[content.start : content.end].lstrip()[:2]
    form: Literal["yaml", "json"] = "json" if start[:1] == "{" and start != "{{" else "yaml"
    try:
        reader = _read(text, content)
    except _ReadError as broken:
        return Frontmatter(span, content, form, {}, {}, fault=broken.fault)
    root = {} if reader.root is None else reader.root
    if not isinstance(root, dict):
        what = "a list" if isinstance(root, list) else "a text"
        whole = content.of(text).strip()
        first = text.find(whole, content.start)
        fault = Fault(f"frontmatter is {what}, not properties", Span(first, first + len(whole)))
        return Frontmatter(span, content, form, {}, {}, fault=fault)
    duplicates, links = tuple(reader.duplicates), tuple(reader.links)
    places = _living(reader.places, root) if duplicates else reader.places
    return Frontmatter(span, content, form, root, places, duplicates, unquoted_links=links)


def misplaced(text: str) -> Span | None:
    """The span of a block that only blank lines keep from being frontmatter (link-semantics F1), if there is one.

    Two thematic breaks look the same: a block counts only when properties can be read from it.
    """
    blank = _BLANK_LINES.match(text)
    block = parse(text[blank.end() :]) if blank else None
    if blank is None or block is None or not block.properties:
        return None
    return Span(blank.end(), blank.end() + block.span.end)


def string_values(frontmatter: Frontmatter) -> Iterator[tuple[Path, str, Span]]:
    """Every text among the values, at any depth, in their order: key path, value, and its span as written."""
    rest: list[tuple[Path, Any]] = [((), frontmatter.properties)]
    while rest:
        path, value = rest.pop()
        if isinstance(value, str):
            yield path, value, frontmatter.place(path).value
        elif isinstance(value, dict):
            rest.extend(((*path, key), child) for key, child in reversed(value.items()))
        elif isinstance(value, list):
            rest.extend(((*path, at), value[at]) for at in range(len(value) - 1, -1, -1))


def inner(text: str, span: Span) -> Span | None:
    """The part of a scalar's `span` in the note's `text` that equals its value character by character.

    Without the quotes, that is; None where the two differ (escapes, several lines, block scalars, aliases) and where
    the span is not a scalar's.
    """
    source = text[span.start : span.end]
    first = source[:1]
    if "\n" in source or "\r" in source or first in ("|", ">", "*", "[", "{"):
        return None
    if first not in ('"', "'"):
        return span
    between = source[1:-1]
    return None if ("\\" if first == '"' else "'") in between else Span(span.start + 1, span.end - 1)


def scalar(value: Any, like: str = "") -> str:
    """A simple value as YAML and JSON write it; a string in quotes if it needs them, or if `like` has them."""
    if (
        isinstance(value, str)
        and not like.startswith(('"', "'"))
        and (_PLAIN_TEXT.fullmatch(value) or _ISO_DATE.fullmatch(value))
    ):
        return value
    if isinstance(value, str) and like.startswith("'"):
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def post(text: str) -> "Post":
    """The note as python-frontmatter's `Post`, for plugin authors: with our boundaries and our YAML 1.2 values.

    A block that cannot be read gives no metadata. `frontmatter.dumps` keeps JSON in its one-line form.
    """
    import frontmatter as library

    block = parse(text)
    if block is None:  # python-frontmatter strips the text first, and would find a misplaced block
        return library.Post(text.strip())
    return library.loads(text, handler=_handler(block.form))


def _handler(form: Literal["yaml", "json"]) -> "YAMLHandler":
    from frontmatter.default_handlers import YAMLHandler

    class Handler(YAMLHandler):
        def split(self, text: str) -> tuple[str, str]:
            block = parse(text)
            if block is None:
                raise ValueError("no frontmatter")
            return text[: block.span.end], text[block.span.end :]

        def load(self, fm: str, **_: object) -> dict[str, Any]:
            block = parse(fm)
            return {} if block is None else block.properties

        def export(self, metadata: dict[str, object], **options: object) -> str:
            if form == "json":
                return json.dumps(metadata, ensure_ascii=False, separators=(",", ":"))
            return super().export(metadata, **options)

    return Handler()


def _living(places: Mapping[Path, Place], root: dict[str, Any]) -> dict[Path, Place]:
    """The places of what is still in `root`: the values of a key that came again are gone."""

    def lives(path: Path) -> bool:
        value: Any = root
        for step in path:
            if isinstance(value, str):  # could be stepped into by a number
                return False
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return False
        return True

    return {path: place for path, place in places.items() if lives(path)}


def _resolve(raw: str) -> Any:
    """The value of a plain scalar by the YAML 1.2 core schema, in the reading of the npm library `yaml`."""
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] in "+-.0123456789":
        if _DECIMAL.fullmatch(raw):
            # JavaScript has no integers of such length, and Python refuses to read them
            return int(raw) if len(raw) < 1000 and _INTEGER.fullmatch(raw) else float(raw)
        if _OCTAL_OR_HEX.fullmatch(raw):
            return int(raw, 0)
    return raw


_NOWHERE = Span(0, 0)


@dataclass(slots=True)
class _Open:
    """A map or list whose end has not come yet."""

    value: Any  # dict or list
    path: Path
    start: int
    end: int  # where its last part ends
    anchor: str | None
    key: str | None = None  # of the value that comes next
    key_span: Span = _NOWHERE
    keys: dict[str, Span] = field(default_factory=dict)


class _Reader:
    """Builds values and places from events. What it builds is as deep as `open` is long; nothing recurses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.places: dict[Path, Place] = {}
        self.duplicates: list[Duplicate] = []
        self.links: list[tuple[Path, Span]] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, Any] = {}
        self.aliased = 0

    def read(self, events: Iterable[_Event]) -> "_Reader":
        """Take all events in; `_ReadError` where they make no properties."""
        for kind, start, end, value, anchor in events:
            if kind == _END:
                self._close(start, end)
            elif self.open and self.open[-1].key is None and type(self.open[-1].value) is dict:
                self._key(kind, start, end, value, anchor)
            elif kind in (_MAP, _LIST):
                self._begin({} if kind == _MAP else [], start, anchor)
            elif kind == _ALIAS:
                self._put(self._alias(value, start, end), start, end)
            else:
                scalar = _resolve(value) if kind == _PLAIN else value
                if anchor:
                    self.anchors[anchor] = scalar
                self._put(scalar, start, end)
        return self

    def _key(self, kind: str, start: int, end: int, value: str, anchor: str | None) -> None:
        key: Any = self._alias(value, start, end) if kind == _ALIAS else value
        if kind in (_MAP, _LIST) or isinstance(key, (dict, list)):
            self._complex_key(start, end)
        key = str(key)
        if anchor:
            self.anchors[anchor] = key
        parent, span = self.open[-1], Span(start, end)
        parent.key, parent.key_span, parent.end = key, span, end
        first = parent.keys.setdefault(key, span)
        if first is not span:
            self.duplicates.append(Duplicate(key, span, first))

    def _complex_key(self, start: int, end: int) -> NoReturn:
        """`{{date}}` without quotes is a map whose key is a map (hard-inputs)."""
        outer = max(start - 1, 0)
        if template := _DOUBLE_BRACES.match(self.text, outer) or _DOUBLE_BRACES.match(self.text, start):
            raise _ReadError(f"{template[0]} is a template, and must be in quotes", *template.span())
        raise _ReadError(
            "a map or a list cannot be the name of a property: put it in quotes", start, max(end, start + 1)
        )

    def _path(self) -> Path:
        if not self.open:
            return ()
        parent = self.open[-1]
        return (*parent.path, len(parent.value) if parent.key is None else parent.key)

    def _begin(self, value: Any, start: int, anchor: str | None) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise _ReadError(f"more than {MAX_DEPTH} levels of maps and lists in one another", start, start + 1)
        self.open.append(_Open(value, self._path(), start, start, anchor))
        if anchor:
            self.anchors[anchor] = _Reader  # anything that is no value: it is not finished

    def _close(self, start: int, end: int) -> None:
        done = self.open.pop()
        if start == end:  # no bracket ends it: libyaml says where the next token begins, far behind the last value
            end = done.end
        if done.anchor:
            self.anchors[done.anchor] = done.value
        if (
            self.open
            and self.text.startswith("[[", done.start)
            and _UNQUOTED_LINK.fullmatch(self.text, done.start, end)
        ):
            self._unquoted_link(done, end)
        self._put(done.value, done.start, end)

    def _unquoted_link(self, outer: _Open, end: int) -> None:
        """F4. In a list of numbers such as `[[1, 2]]`, or in JSON, nobody meant a link."""
        items, in_braces = outer.value[0], self.text[self.open[0].start] == "{"
        if any(isinstance(item, str) for item in items) or (len(items) == 1 and not in_braces):
            self.links.append((outer.path, Span(outer.start, end)))

    def _put(self, value: Any, start: int, end: int) -> None:
        if not self.open:
            self.root = value
            return
        parent, span = self.open[-1], Span(start, end)
        if parent.key is None:
            self.places[(*parent.path, len(parent.value))] = Place(span, span)
            parent.value.append(value)
        else:
            self.places[(*parent.path, parent.key)] = Place(parent.key_span, span)
            parent.value[parent.key] = value
            parent.key = None
        parent.end = end

    def _alias(self, name: str, start: int, end: int) -> Any:
        """What an alias stands for. The value is shared, but counted as what it expands to (DESIGN 11)."""
        if name not in self.anchors:
            raise _ReadError(f"a value that starts with * must be in quotes: there is no &{name}", start, end)
        value = self.anchors[name]
        if value is _Reader:
            raise _ReadError(f"*{name} stands inside of &{name}, and would contain itself", start, end)
        level, depth = [value], len(self.open)
        while level:
            self.aliased += len(level)
            depth += 1
            if self.aliased > MAX_ALIASED:
                raise _ReadError(f"aliases expand to more than {MAX_ALIASED} values", start, end)
            maps = [child for item in level if type(item) is dict for child in item.values()]
            level = maps + [child for item in level if type(item) is list for child in item]
        if depth > MAX_DEPTH:
            raise _ReadError(f"more than {MAX_DEPTH} levels of maps and lists in one another", start, end)
        return value


def _read(text: str, content: Span) -> _Reader:
    """Values and places of the content; `_ReadError` where they cannot be read."""
    source = content.of(text)
    restore: Mapping[int, str] = {}
    if _SPECIAL.search(source):
        source, restore = _plain_characters(source, content.start)
    elif (simple := _simple_events(source, content.start)) is not None:
        return _Reader(text).read(simple)
    try:
        return _Reader(text).read(_yaml_events(source, content.start, restore))
    except _GrammarError as broken:
        without_tabs = _BLANK_LINE.sub(lambda line: " " * len(line[0]), source)
        if without_tabs != source:  # libyaml takes a tab on a blank line for indentation
            try:
                return _Reader(text).read(_yaml_events(without_tabs, content.start, restore))
            except _GrammarError:
                pass
        if source.lstrip().startswith("{") and _is_json(source):
            return _Reader(text).read(_json_events(source, content.start, restore))
        raise broken from None


def _plain_characters(source: str, base: int) -> tuple[str, dict[int, str]]:
    """The source with stand-ins for the characters in which YAML 1.1 and 1.2 differ, and the way back.

    `_ReadError` where a character is none that YAML allows.
    """
    for match in _SPECIAL.finditer(source):
        code = ord(match.group())
        if match.group() not in _YAML_1_1:
            what = f"control character U+{code:04X}"
            if 0xD800 <= code <= 0xDFFF:
                what = f"byte 0x{code - 0xDC00:02X}, which is not UTF-8" if code >= 0xDC80 else "half a character"
            raise _ReadError(f"{what}: remove it", base + match.start(), base + match.end())
    taken = set(source)
    unused = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in taken)
    away = {ord(character): next(unused, "\ufffd") for character in _YAML_1_1}
    return source.translate(away), {ord(there): chr(here) for here, there in away.items()}


def _simple_events(source: str, base: int) -> list[_Event] | None:
    """The events of a block that consists of simple lines, in a third of libyaml's time; None if it has others."""
    events: list[_Event] = [(_MAP, base, base, "", None)]
    at = 0
    while at < len(source):
        line = _SIMPLE_LINE.match(source, at)
        if line is None:
            return None
        events.append((_PLAIN, base + at, base + line.end(1), line[1], None))
        at = line.end()
        if line[4] is not None:
            events.append((_LIST, base + line.start(4) - 1, base + line.start(4), "", None))
            start = base + line.start(4)
            for item in line[4].split(", "):
                events.append((_PLAIN, start, start + len(item), item, None))
                start += len(item) + 2
            events.append((_END, base + line.end(4), base + line.end(4) + 1, "", None))
        elif line.lastindex == 1:
            at = _simple_items(source, at, base, events)
            if at == line.end():  # the value is empty
                return None
        else:
            events.append(_simple_scalar(line, 2, base))
    return [*events, (_END, base + at, base + at, "", None)] if at else None


def _simple_items(source: str, at: int, base: int, events: list[_Event]) -> int:
    """Read the items of a list, one a line and indented alike, into `events`; where they end."""
    indent = "  " if source.startswith("  -", at) else ""
    events.append((_LIST, base + at + len(indent), base + at + len(indent), "", None))
    while source.startswith(f"{indent}- ", at) and (item := _SIMPLE_ITEM.match(source, at + len(indent))):
        events.append(_simple_scalar(item, 1, base))
        at = item.end()
    events.append((_END, base + at, base + at, "", None))
    return at


def _simple_scalar(line: re.Match[str], group: int, base: int) -> _Event:
    """The scalar of a line: group `group` if it stands without quotes, else the next one."""
    if line[group] is not None:
        return _PLAIN, base + line.start(group), base + line.end(group), line[group], None
    group += 1
    return _QUOTED, base + line.start(group) - 1, base + line.end(group) + 1, line[group], None


def _yaml_events(source: str, base: int, restore: Mapping[int, str]) -> Iterator[_Event]:
    """The events of libyaml, with offsets into the note's text. `_GrammarError` where it finds no YAML.

    libyaml's marks count characters, also beyond U+FFFF.
    """
    documents = 0
    next_event: Callable[[], Any] = CParser(source).get_event
    try:
        while (event := next_event()) is not None:
            kind, start, end = type(event), event.start_mark.index, event.end_mark.index
            if kind is ScalarEvent:
                if event.anchor or event.tag:
                    start = _behind_properties(source, start, end)
                if event.style in _BLOCK_STYLES:
                    end = start + len(source[start:end].rstrip())
                value = event.value.translate(restore) if restore else event.value
                plain = not event.style and event.tag != "tag:yaml.org,2002:str"
                yield _PLAIN if plain else _QUOTED, base + start, base + end, value, event.anchor
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor or event.tag:
                    start = _behind_properties(source, start, len(source))
                yield _MAP if kind is MappingStartEvent else _LIST, base + start, base + end, "", event.anchor
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                yield _END, base + start, base + end, "", None
            elif kind is AliasEvent:
                yield _ALIAS, base + start, base + end, event.anchor, None
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise _GrammarError(
                        "text follows the end of the properties", base + start, base + max(end, start + 1)
                    )
    except MarkedYAMLError as error:
        message, start, end = _explain(error, source)
        raise _GrammarError(message, base + start, base + end) from None


def _behind_properties(source: str, start: int, end: int) -> int:
    """Where a value begins whose anchor and tag libyaml counts in."""
    match = _NODE_PROPERTIES.match(source, start, end)
    return match.end() if match else start


def _is_json(source: str) -> bool:
    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is no JSON")

    try:
        json.loads(source, strict=False, parse_constant=refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _json_events(source: str, base: int, restore: Mapping[int, str]) -> Iterator[_Event]:
    r"""The same events for valid JSON that libyaml refuses, such as the surrogate pair `\ud83d\ude00`."""
    kinds = {"{": _MAP, "[": _LIST, "}": _END, "]": _END}
    for token in _JSON_TOKEN.finditer(source):
        written, start, end = token.group(), base + token.start(), base + token.end()
        if not written.startswith('"'):
            kind = kinds.get(written, _PLAIN)
            yield kind, start, end, written if kind == _PLAIN else "", None
            continue
        value = json.loads(written, strict=False)
        if _HALF_PAIR.search(value):
            raise _ReadError(r"an escape of half a character: write the character itself", start, end)
        yield _QUOTED, start, end, value.translate(restore) if restore else value, None


_TAB = "a tab indents this line: YAML takes only spaces"

# What libyaml says (a part of "context: problem"), whether the place to show is where the construct opened rather than
# where libyaml gave up, and what we say. {0} is the character at that place. The first line that fits counts.
_CURES: tuple[tuple[str, bool, str], ...] = (
    ("maximum nesting depth", False, f"more than {MAX_DEPTH} levels of maps and lists in one another"),
    ("found a tab", False, _TAB),
    ("cannot start any token", False, "{0} cannot start a value: put the whole value in quotes"),
    ("quoted scalar: found unexpected", True, "this quote is never closed"),
    ("Unicode character escape", False, "an escape of half a character: write the character itself"),
    ("quoted scalar: ", False, "unknown escape: double the backslash, or use single quotes"),
    ("could not find expected ':'", True, "this line has no colon: write it as `key: value`"),
    ("expected '-' indicator", False, "this line breaks the list: begin it with `- `, or give the list a key"),
    ("did not find expected ',' or", True, "{0} is never closed, or a comma is missing: put a text in quotes"),
    ("scanning an alias", True, "a value that starts with * must be in quotes"),
    ("scanning an anchor", True, "a value that starts with & must be in quotes"),
    ("sequence entries are not allowed", False, "a list begins on a new line; put a text that starts with - in quotes"),
    (
        "comment or line break",
        True,
        "after {0} the text begins on a new line; put a text that starts with {0} in quotes",
    ),
    ("mapping keys are not allowed", False, "a value that starts with ? must be in quotes"),
    ("expected node content", False, "{0} cannot start a value: put the whole value in quotes"),
    ("expected <document start>", False, "text follows the end of the properties, or is not indented like them"),
    ("directive", True, "a line that starts with % must be in quotes"),
    (" tag", True, "a value that starts with ! must be in quotes"),
)


def _explain(error: MarkedYAMLError, source: str) -> tuple[str, int, int]:
    """An error of libyaml in plain words, with the place to blame as offsets into `source`."""
    at = min(error.problem_mark.index, len(source)) if error.problem_mark else 0
    opened = min(error.context_mark.index, len(source)) if error.context_mark else at
    for place in (at, opened):
        line = _line(source, place)
        if template := _TEMPLATE.search(source[line.start : line.end]):
            start = line.start + template.start(1)
            return f"{template[1]} is a template, and must be in quotes", start, start + len(template[1])
    said = f"{error.context or ''}: {error.problem or ''}"
    if "mapping values are not allowed" in said:
        return _second_colon(source, at)
    before = source[_line(source, at).start : at].strip()
    if "did not find expected key" in said or ("entries are not allowed" in said and not before.endswith(":")):
        message = "text follows a value that is complete: put the whole value in quotes"
        if not before:
            message = "this line is not indented like those it belongs to"
        return (message, *_rest_of_line(source, at))
    for part, from_opening, message in _CURES:
        if part in said:
            start, end = _rest_of_line(source, opened if from_opening else at)
            if source[start : start + 1] == "\t":
                return _TAB, start, start + 1
            return message.format(source[start : start + 1]), start, end
    return (str(error.problem), *_rest_of_line(source, at))


def _second_colon(source: str, at: int) -> tuple[str, int, int]:
    line = _line(source, at)
    if key := re.compile(r"[^:]*:\s+").match(source, line.start, at):
        message = "a second colon in one line: put the whole value in quotes"
        return message, key.end(), line.end
    message = "this line is indented deeper than the one above, or that one lacks its colon or the space after it"
    return message, at - len(source[line.start : at].lstrip()), line.end


def _line(source: str, at: int) -> Span:
    """The line that `at` stands in, without its line end and the blanks before that."""
    start = max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1
    ends = [end for end in (source.find("\n", start), source.find("\r", start)) if end >= 0]
    line = source[start : min(ends, default=len(source))]
    return Span(start, start + len(line.rstrip()))


def _rest_of_line(source: str, at: int) -> tuple[int, int]:
    """From `at` to the end of its line; where nothing is left, the last character before `at` that can be seen."""
    end = _line(source, at).end
    if at < end:
        return at, end
    if source[at : at + 1] == "\t":
        return at, at + 1
    last = len(source[:at].rstrip())
    return max(last - 1, 0), last
