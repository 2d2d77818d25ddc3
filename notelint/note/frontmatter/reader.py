"""Events of YAML become properties, with the place of every key and value. No recursion, and limits on size."""

from collections.abc import Iterable
from typing import Any, NoReturn

from msgspec import Struct, field

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.frontmatter.event import ALIAS, END, LIST, MAP, PLAIN, Event
from notelint.note.frontmatter.model import Duplicate, Fault, Path, PropertyPlace
from notelint.note.frontmatter.values import resolve_scalar

MAX_DEPTH = 100  # levels of maps and lists in one another
MAX_ALIASED = 10_000  # values that aliases may add
_UNQUOTED_LINK = lazy_regex(r"\[\[(?!['\"])[^\[\]\r\n]+\]\]")
_DOUBLE_BRACES = lazy_regex(r"\{\{(?:[^\r\n]{0,200}?\}\})?")


class ReadError(Exception):
    """The content holds no properties; `start` and `end` count characters of the note's text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.fault = Fault(message, Span(start, end))


class GrammarError(ReadError):
    """Broken by libyaml's grammar, which is a little narrower than what Obsidian takes."""


_NOWHERE = Span(0, 0)


class _Open(Struct):
    """A map or list whose end has not come yet."""

    value: Any  # dict or list
    path: Path
    start: int
    end: int  # where its last part ends
    anchor: str | None
    key: str | None = None  # of the value that comes next
    key_span: Span = _NOWHERE
    keys: dict[str, Span] = field(default_factory=dict)


class EventReader:
    """Builds values and places from events. What it builds is as deep as `open` is long; nothing recurses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.places: dict[Path, PropertyPlace] = {}
        self.duplicates: list[Duplicate] = []
        self.links: list[tuple[Path, Span]] = []
        self.open: list[_Open] = []
        self.anchors: dict[str, Any] = {}
        self.aliased = 0

    def read(self, events: Iterable[Event]) -> "EventReader":
        """Take all events in; `ReadError` where they make no properties."""
        for kind, start, end, value, anchor in events:
            if kind == END:
                self._close(start, end)
            elif self.open and self.open[-1].key is None and type(self.open[-1].value) is dict:
                self._key(kind, start, end, value, anchor)
            elif kind in (MAP, LIST):
                self._begin({} if kind == MAP else [], start, anchor)
            elif kind == ALIAS:
                self._put(self._alias(value, start, end), start, end)
            else:
                scalar = resolve_scalar(value) if kind == PLAIN else value
                if anchor:
                    self.anchors[anchor] = scalar
                self._put(scalar, start, end)
        return self

    def _key(self, kind: str, start: int, end: int, value: str, anchor: str | None) -> None:
        key: Any = self._alias(value, start, end) if kind == ALIAS else value
        if kind in (MAP, LIST) or isinstance(key, (dict, list)):
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
            raise ReadError(f"{template[0]} is a template, and must be in quotes", *template.span())
        raise ReadError(
            "a map or a list cannot be the name of a property: put it in quotes", start, max(end, start + 1)
        )

    def _path(self) -> Path:
        if not self.open:
            return ()
        parent = self.open[-1]
        return (*parent.path, len(parent.value) if parent.key is None else parent.key)

    def _begin(self, value: Any, start: int, anchor: str | None) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise ReadError(f"more than {MAX_DEPTH} levels of maps and lists in one another", start, start + 1)
        self.open.append(_Open(value, self._path(), start, start, anchor))
        if anchor:
            self.anchors[anchor] = EventReader  # anything that is not a value: it is not finished

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
            self.places[(*parent.path, len(parent.value))] = PropertyPlace(span, span)
            parent.value.append(value)
        else:
            self.places[(*parent.path, parent.key)] = PropertyPlace(parent.key_span, span)
            parent.value[parent.key] = value
            parent.key = None
        parent.end = end

    def _alias(self, name: str, start: int, end: int) -> Any:
        """The value that an alias stands for. The value is shared, but counted as what it expands to."""
        if name not in self.anchors:
            raise ReadError(f"a value that starts with * must be in quotes: there is no &{name}", start, end)
        value = self.anchors[name]
        if value is EventReader:
            raise ReadError(f"*{name} stands inside of &{name}, and would contain itself", start, end)
        level, depth = [value], len(self.open)
        while level:
            self.aliased += len(level)
            depth += 1
            if self.aliased > MAX_ALIASED:
                raise ReadError(f"aliases expand to more than {MAX_ALIASED} values", start, end)
            maps = [child for item in level if type(item) is dict for child in item.values()]
            level = maps + [child for item in level if type(item) is list for child in item]
        if depth > MAX_DEPTH:
            raise ReadError(f"more than {MAX_DEPTH} levels of maps and lists in one another", start, end)
        return value
