"""Text that looks like frontmatter and is not, because its fences are wrong: text to Obsidian, properties to its
writer.
"""

import json
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span, newline

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\ufe63\uff0d"  # hyphen, dashes, minus, a line, full width
# What people and programs write for `---`: two dashes, what a telephone makes of three, YAML's end, another rule.
_NEARLY = rf"(?:[{_DASHES}]{{2,}}|[\u2014\u2015]|\.\.\.|\u2026|(?:- ){{2,}}-|\*\*\*|___|\+\+\+|[ \t]+---)"
_FENCE = lazy_regex(rf"(?P<fence>---|{_NEARLY})[ \t]*(?:\r\n|\n|\r)")
_COMMENTS = lazy_regex(r"\s*+(?:<!--(?:(?!-->).)*+-->\s*+)++", re.S)
_MISTYPED = lazy_regex(rf"{_NEARLY}[ \t]*")
_CLOSING = lazy_regex(r"^---", re.M)
_LINE = lazy_regex(r"(?P<text>[^\r\n]*)(?:\r\n|\n|\r|\Z)")
_PROPERTY = lazy_regex(r"[\w\"'][\w .\"'/-]{0,60}:(?:[ \t]|$)")
_PLAIN_KEY = lazy_regex(r"[a-z][a-z0-9_-]*:(?:[ \t]|$)")
_PROPERTY_BELOW = lazy_regex(r"(?:[ \t]*(?:\r\n|\n|\r))+(?=[a-z][a-z0-9_-]*:(?:[ \t]|$))", re.M)
_WELL_KNOWN = lazy_regex(  # keys that a single line shows to be a property
    r"(?:title|tags?|alias(?:es)?|cssclass(?:es)?|type|date|created|updated|modified|author|permalink|layout|draft|publish"
    r"|dg-[a-z-]+):(?:[ \t]|$)"
)
_PUBLISHES = lazy_regex(r"dg-|(?:publish(?:ed)?|draft|permalink):")
_INSIDE = lazy_regex(r"[ \t]+\S|- ?(?!-)")  # an item, or a value of more than one line
_HEADING = lazy_regex(r"#{1,6} ")
_MOST = 200  # lines
_LEAST = 2  # lines of properties that are never closed


class LostBlock(Struct, frozen=True):
    """A block of properties that its fences keep from being frontmatter.

    `span` reaches from the opening fence through the last line that belongs to it; `blame` is the place that is wrong,
    and `remedy` the edit by which it would be closed or opened, None where that alone would not do.
    """

    span: Span
    blame: Span
    remedy: Edit | None
    never_closed: bool = False
    never_opened: bool = False


def lost_frontmatter(text: str) -> Span | None:
    """The span of a block of properties at the head of a text that is not frontmatter, though each of its lines is one.

    None if there is none, or if the text has real frontmatter (F1).
    """
    found = lost_block(text)
    return None if found is None or _closes_later(text, found) else found.span


def lost_block(text: str) -> LostBlock | None:
    """The block of properties at the head of a text whose fences are mistyped, indented, too low or missing.

    A thematic break above prose, or above a blank line, is not such a block. Where a real fence follows later, all up
    to that is frontmatter to Obsidian (F1), though the author's ended before.
    """
    commented = _COMMENTS.match(text)
    start = len(text) - len(text.lstrip()) if commented is None else commented.end()
    opening = _FENCE.match(text, start)
    if opening is None:
        return _never_opened(text)
    opens = start == 0 and opening["fence"] == "---"
    lines, at = _properties(text, opening.end())
    line = _LINE.match(text, at)
    last = "" if line is None else line["text"]
    if last.rstrip() == "---" or (last.startswith("---") and opens):
        if opens or not _are_properties(lines, strictly=commented is not None or opening["fence"] != "---"):
            return None
        if not read_as_properties(key.partition(":")[0] for key in _keys(lines)):
            return None
        fence = Span(start, opening.end("fence"))
        remedy = None if start else Edit(fence, "---")
        return LostBlock(Span(start, line.end() if line else at), fence, remedy)
    if line is not None and _MISTYPED.fullmatch(last):
        if not _are_properties(lines, strictly=True):
            return None
        if not opens:  # what stands first is wrong first
            return LostBlock(Span(start, line.end()), Span(start, opening.end("fence")), None)
        blame = Span(at + len(last) - len(last.lstrip()), at + len(last.rstrip()))
        return LostBlock(Span(start, line.end()), blame, Edit(Span(at, at + len(last.rstrip())), "---"))
    if not _are_never_closed(lines, last):
        return None
    gap = "" if text.endswith(("\n", "\r"), 0, at) else newline(text)
    remedy = Edit(Span(at, at), f"{gap}---{newline(text)}") if opens else None
    return LostBlock(Span(start, at), Span(start, start + 3), remedy, never_closed=True)


def _never_opened(text: str) -> LostBlock | None:
    """Properties from the first line on with a fence below them and none above: Markdown takes both for a heading.

    People write such lines as text, too, so one key must be well known, and all must be written as keys are.
    """
    lines, at = _properties(text, 0)
    closing = _LINE.match(text, at)
    if not lines or closing is None or closing["text"].rstrip() != "---":
        return None
    keys = _keys(lines)
    if not _is_json(lines) and not (all(map(_PLAIN_KEY.match, keys)) and any(map(_WELL_KNOWN.match, keys))):
        return None
    return LostBlock(
        Span(0, closing.end()), Span(0, len(lines[0])), Edit(Span(0, 0), f"---{newline(text)}"), never_opened=True
    )


def _properties(text: str, at: int) -> tuple[list[str], int]:
    """The lines from `at` on that look like properties, and where the first stands that does not."""
    lines: list[str] = []
    while at < len(text) and len(lines) < _MOST:
        line = _LINE.match(text, at)
        bare = "" if line is None else line["text"].strip()
        if line is not None and not bare and lines and (below := _PROPERTY_BELOW.match(text, at)):
            at = below.end()  # YAML minds no blank lines
            continue
        if line is None or not bare or bare == "---" or _MISTYPED.fullmatch(line["text"]):
            break
        if not (_is_line(line["text"]) or bare[0] in "{}"):
            break
        lines.append(line["text"])
        at = line.end()
    return lines, at


def _closes_later(text: str, found: LostBlock) -> bool:
    """True if a fence further down closes it, so that it is frontmatter after all."""
    return text.startswith("---") and _CLOSING.search(text, found.span.end) is not None


def read_as_properties(keys: Iterable[str]) -> bool:
    """True if keys between two rules may be properties: any is well known, or none begins with a capital.

    Plays and lists of people name who speaks in the same way.
    """
    names = [str(key) for key in keys]
    return any(_WELL_KNOWN.match(f"{name.lower()}:") for name in names) or not any(name[:1].isupper() for name in names)


def are_surely_properties(keys: Iterable[str]) -> bool:
    """True if keys are properties beyond doubt, and none can publish the note: one is well known, all are plain."""
    written = [f"{key}:" for key in keys]
    if not all(map(_PLAIN_KEY.match, written)) or any(map(_PUBLISHES.match, written)):
        return False
    return any(map(_WELL_KNOWN.match, written))


def is_body(text: str, span: Span) -> bool:
    """True if a part of a text reads as a note's body, not as properties: it has a heading or two paragraphs."""
    lines = [line.rstrip() for line in span.of(text).splitlines()]
    first = next((line for line in lines if line), "")
    if _HEADING.match(first):
        return True
    paragraphs = sum(1 for at, line in enumerate(lines) if line and (at == 0 or not lines[at - 1]))
    return paragraphs >= _LEAST and not any(_PROPERTY.match(line) for line in lines)


def _are_never_closed(lines: Sequence[str], following: str) -> bool:
    if _is_json(lines):
        return True
    if not _are_properties(lines) or (len(lines) < _LEAST and not _WELL_KNOWN.match(lines[0])):
        return False
    if not following.strip() or _HEADING.match(following):
        return True
    keys = _keys(lines)  # prose follows at once: then only what is surely a key
    return len(keys) >= _LEAST and all(_PLAIN_KEY.match(line) for line in keys)


def _are_properties(lines: Sequence[str], strictly: bool = False) -> bool:
    """True if lines are properties; a single one counts only if it is written like one, where that is asked."""
    if _is_json(lines):
        return True
    if not lines or _PROPERTY.match(lines[0].strip()) is None or not all(map(_is_line, lines)):
        return False
    return not strictly or len(lines) >= _LEAST or _PLAIN_KEY.match(lines[0]) is not None


def _keys(lines: Iterable[str]) -> list[str]:
    """The lines with which properties begin."""
    return [line for line in lines if not _INSIDE.match(line)]


def _is_line(line: str) -> bool:
    return (_PROPERTY.match(line) or _INSIDE.match(line)) is not None


def _is_json(lines: Sequence[str]) -> bool:
    """True if lines are one object, as the Digital Garden plugin writes properties."""
    whole = "\n".join(lines).strip()
    if not whole.startswith("{") or not whole.endswith("}") or len(whole) > 20_000:
        return False
    try:
        return isinstance(json.loads(whole), dict)
    except (ValueError, RecursionError):
        return False
