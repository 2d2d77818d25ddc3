"""Values that YAML cannot read only because they lack quotes."""

import re
from dataclasses import dataclass

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.note.frontmatter.model import Fault
from notelint.note.frontmatter.parse import parse

_LINE = lazy_regex(r"[^\r\n]*")
_ENTRY = lazy_regex(r"(?P<before>[ \t]*(?:- +)?(?:(?P<key>[\w][\w .-]{0,99}):[ \t]+)?)(?P<value>\S[^\r\n]*)")
_PLAIN = lazy_regex(r"[\w@`%&*!>?][^\"'\\]*")
_WORDS = frozenset({"tags", "tag", "aliases", "alias", "cssclasses", "cssclass"})  # lists: brackets are meant there
_TAGS = lazy_regex(r"\[[ \t]*#?[\w/-]+(?:[ \t]*,[ \t]*#?[\w/-]+)*[ \t]*\]")
_FLAT_LIST = lazy_regex(r"\[[^\"'\[\]{}:\\]*\]")
_HASHED = lazy_regex(r"(?<=[\[,])(?P<gap>[ \t]*+)(?P<item>[^,\[\]#]*+#[^,\[\]]*+)")
_CLOSING = {"[": "]", "{": "}"}
_TEMPLATE = lazy_regex(r"\{\{|\{%|<%")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotes around a value: the edit that puts them, and whether no other value can have been meant."""

    title: str
    edit: Edit
    certain: bool


def in_quotes(text: str, fault: Fault) -> Quoted | None:
    """The quotes that the value on the line of a fault lacks; None if they would not make it readable.

    It is read again: as YAML, the line has to hold the very text that stands there now.
    """
    start = max(text.rfind("\n", 0, fault.span.start), text.rfind("\r", 0, fault.span.start)) + 1
    line = _LINE.match(text, start)
    entry = None if line is None else _ENTRY.fullmatch(text, start, start + len(line[0].rstrip()))
    if entry is None or (entry["key"] is None and "- " not in entry["before"]) or fault.span.start < entry.start():
        return None
    written = entry["value"]
    key = (entry["key"] or "").strip().casefold()
    if "#" in written and _FLAT_LIST.fullmatch(written):
        is_tags = key in ("tag", "tags") and _TAGS.fullmatch(written) is not None
        value = written.replace("#", "") if is_tags else _HASHED.sub(_item_in_quotes, written)
        return Quoted(f"write {value}", Edit(Span(*entry.span("value")), value), certain=False) if key else None
    if _CLOSING.get(written[0], "") not in written:
        return None  # a list that is never closed, and no text
    meant = _without_quotes(written)
    is_list = written[0] in "[{" and key in _WORDS
    if meant is None or is_list or written[0] in "|#":
        return None
    value = _quote(meant)
    edit = Edit(Span(*entry.span("value")), value)
    fixed = text[: edit.span.start] + value + text[edit.span.end :]
    block = parse(fixed)
    if block is None or not _holds(entry["before"] + value, meant):
        return None
    if block.fault is not None and block.fault.span.start <= entry.end() + len(value) - len(written):
        return None
    alone = entry["key"] is None or "- " not in entry["before"]  # `- a: b: c` is a map in a list, or one text
    certain = alone and meant == written and _PLAIN.fullmatch(written) is not None and " #" not in written
    return Quoted(f"put it in quotes: {value}", edit, certain and not _TEMPLATE.search(written))


def _item_in_quotes(match: re.Match[str]) -> str:
    item = match["item"].rstrip()
    return f'{match["gap"]}"{item}"{match["item"][len(item) :]}'


def _without_quotes(written: str) -> str | None:
    """The text that was meant: what stands within the quotes that begin and end it, if any does."""
    first, last = written[0], written[-1]
    if first in "\"'":
        if last != first or len(written) < 3:
            return None if written.count(first) == 1 else written
        return None if "\\" in written else written[1:-1]
    return written


def _quote(value: str) -> str:
    """A text in the quotes that need no escape, if there are any."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


def _holds(line: str, value: str) -> bool:
    """True if a line of properties by itself says this text."""
    block = parse(f"---\n{line.lstrip()}\n---\n")
    if block is None:
        return False
    if block.fault is not None:  # a list by itself is not a set of properties
        block = parse(f"---\nitems:\n  {line.lstrip()}\n---\n")
    found: object = None if block is None or not block.properties else next(iter(block.properties.values()))
    while isinstance(found, list | dict) and len(found) == 1:
        found = found[0] if isinstance(found, list) else next(iter(found.values()))
    return found == value
