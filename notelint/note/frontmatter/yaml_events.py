"""Events of YAML and JSON from libyaml's parser."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

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

from notelint.core.lazy_regex import lazy_regex
from notelint.note.frontmatter.event import ALIAS, END, LIST, MAP, PLAIN, QUOTED, Event
from notelint.note.frontmatter.fast_path import SPECIAL
from notelint.note.frontmatter.reader import GrammarError, ReadError
from notelint.note.frontmatter.yaml_errors import explain

_BLOCK_STYLES = ("|", ">")
_NODE_PROPERTIES = lazy_regex(r"(?:(?:!<[^>\s]*>|[&!][^\s\[\]{},]*)\s*)+")
_YAML_1_1 = "\x85\u2028\u2029\ufeff"  # line breaks to libyaml (and a mark that it drops), plain characters in YAML 1.2
_JSON_TOKEN = lazy_regex(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]|[^\s{}\[\],:"]+', re.DOTALL)
_HALF_PAIR = lazy_regex("[\ud800-\udfff]")


def plain_characters(source: str, base: int) -> tuple[str, dict[int, str]]:
    """The source with stand-ins for the characters in which YAML 1.1 and 1.2 differ, and the way back.

    `ReadError` where a character is none that YAML allows.
    """
    for match in SPECIAL.finditer(source):
        code = ord(match.group())
        if match.group() not in _YAML_1_1:
            what = f"control character U+{code:04X}"
            if 0xD800 <= code <= 0xDFFF:
                what = f"byte 0x{code - 0xDC00:02X}, which is not UTF-8" if code >= 0xDC80 else "half a character"
            raise ReadError(f"{what}: remove it", base + match.start(), base + match.end())
    taken = set(source)
    unused = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in taken)
    away = {ord(character): next(unused, "\ufffd") for character in _YAML_1_1}
    return source.translate(away), {ord(there): chr(here) for here, there in away.items()}


def yaml_events(source: str, base: int, restore: Mapping[int, str]) -> Iterator[Event]:
    """The events of libyaml, with offsets into the note's text. `GrammarError` where it finds no YAML.

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
                yield PLAIN if plain else QUOTED, base + start, base + end, value, event.anchor
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if event.anchor or event.tag:
                    start = _behind_properties(source, start, len(source))
                yield MAP if kind is MappingStartEvent else LIST, base + start, base + end, "", event.anchor
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                yield END, base + start, base + end, "", None
            elif kind is AliasEvent:
                yield ALIAS, base + start, base + end, event.anchor, None
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise GrammarError(
                        "text follows the end of the properties", base + start, base + max(end, start + 1)
                    )
    except MarkedYAMLError as error:
        message, start, end = explain(error, source)
        raise GrammarError(message, base + start, base + end) from None


def _behind_properties(source: str, start: int, end: int) -> int:
    """Where a value begins whose anchor and tag libyaml counts in."""
    match = _NODE_PROPERTIES.match(source, start, end)
    return match.end() if match else start


def is_json(source: str) -> bool:
    """Tell whether a block of properties is JSON, without the words that Python alone takes for it."""

    def refuse(word: str) -> NoReturn:
        raise ValueError(f"{word} is not JSON")

    try:
        json.loads(source, strict=False, parse_constant=refuse)
    except (ValueError, RecursionError):
        return False
    return True


def json_events(source: str, base: int, restore: Mapping[int, str]) -> Iterator[Event]:
    r"""The same events for valid JSON that libyaml refuses, such as the surrogate pair `\ud83d\ude00`."""
    kinds = {"{": MAP, "[": LIST, "}": END, "]": END}
    for token in _JSON_TOKEN.finditer(source):
        written, start, end = token.group(), base + token.start(), base + token.end()
        if not written.startswith('"'):
            kind = kinds.get(written, PLAIN)
            yield kind, start, end, written if kind == PLAIN else "", None
            continue
        value = json.loads(written, strict=False)
        if _HALF_PAIR.search(value):
            raise ReadError(r"an escape of half a character: write the character itself", start, end)
        yield QUOTED, start, end, value.translate(restore) if restore else value, None
