"""The properties at the head of a note: where they stand, what they say, and why they cannot be read.

libyaml's event stream is read with a stack of our own: unlike libyaml's composer it
never recurses, and it tells where every key and value stands. Values follow the core schema of YAML 1.2, as Obsidian
reads them, not YAML 1.1 as PyYAML's loaders do: `no` is a text, and so is `2024-01-02`.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.frontmatter.fast_path import SPECIAL, simple_events
from notelint.note.frontmatter.lost import read_as_properties
from notelint.note.frontmatter.model import Fault, Frontmatter, Path, PropertyPlace
from notelint.note.frontmatter.reader import EventReader, GrammarError, ReadError

_OPENING = lazy_regex(r"---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = lazy_regex(r"---(?<=[\r\n]---)[^\r\n]*(?:\r\n|\n|\r|\Z)")  # dashes first: a literal is found fast
_BLANK_LINES = lazy_regex(r"\s+(?<=[\r\n])(?=---)")


def parse(text: str) -> Frontmatter | None:
    """The frontmatter of a note's text (without BOM), or None where there is none by rule F1.

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
    except ReadError as broken:
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
    """The span of a block that only blank lines keep from being frontmatter (F1), if there is one.

    Two thematic breaks look the same: a block counts only when properties can be read from it, and are named as such.
    """
    blank = _BLANK_LINES.match(text)
    block = parse(text[blank.end() :]) if blank else None
    if blank is None or block is None or not block.properties:
        return None
    if block.form != "json" and not read_as_properties(block.properties):
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


def _living(places: Mapping[Path, PropertyPlace], root: dict[str, Any]) -> dict[Path, PropertyPlace]:
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


def _read(text: str, content: Span) -> EventReader:
    """Values and places of the content; `ReadError` where they cannot be read."""
    source = content.of(text)
    special = SPECIAL.search(source) is not None
    if not special and (simple := simple_events(source, content.start)) is not None:
        return EventReader(text).read(simple)
    return _read_by_libyaml(text, content, special)


def _read_by_libyaml(text: str, content: Span, special: bool) -> EventReader:
    from notelint.note.frontmatter import yaml_events as libyaml  # 8 ms, and most properties are simple
    from notelint.note.frontmatter.yaml_errors import BLANK_LINE

    source = content.of(text)
    restore: Mapping[int, str] = {}
    if special:
        source, restore = libyaml.plain_characters(source, content.start)
    try:
        return EventReader(text).read(libyaml.yaml_events(source, content.start, restore))
    except GrammarError as broken:
        without_tabs = BLANK_LINE.sub(lambda line: " " * len(line[0]), source)
        if without_tabs != source:  # libyaml takes a tab on a blank line for indentation
            try:
                return EventReader(text).read(libyaml.yaml_events(without_tabs, content.start, restore))
            except GrammarError:
                pass
        if source.lstrip().startswith("{") and libyaml.is_json(source):
            return EventReader(text).read(libyaml.json_events(source, content.start, restore))
        raise broken from None
