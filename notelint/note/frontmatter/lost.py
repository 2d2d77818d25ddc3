"""What looks like frontmatter and is none, because its fences are wrong: text to Obsidian, properties to its writer."""

import json
import re

from notelint.core.text import Span

_FENCE = re.compile(r"\s*?(?P<blank>[ \t]*)(?P<fence>---)[ \t]*(?:\r\n|\n|\r)")
_LINE = re.compile(r"(?P<text>[^\r\n]*)(?:\r\n|\n|\r|\Z)")
_PROPERTY = re.compile(r"[\w\"'][\w .\"'/-]{0,60}:(?:[ \t]|$)")
_INSIDE = re.compile(r"[ \t]+\S|- ?")  # an item, or a value of more than one line
_MOST = 200  # lines
_LEAST = 2  # lines of properties that are never closed


def lost_frontmatter(text: str) -> Span | None:
    """The span of a block of properties at the head of a text that is no frontmatter, though each of its lines is one.

    Its fence is indented or stands below blank lines, or no second fence closes it; None if there is none, or if the
    text has real frontmatter (link-semantics F1).
    """
    opening = _FENCE.match(text)
    if opening is None:
        return None
    start, at, lines = opening.start("fence"), opening.end(), list[str]()
    while at < len(text) and len(lines) < _MOST:
        line = _LINE.match(text, at)
        if line is None or not line["text"].strip():
            break
        if line["text"].strip() == "---":
            is_real = start == 0 and line["text"].startswith("---")
            return None if is_real or not _are_properties(lines) else Span(start, line.end())
        lines.append(line["text"])
        at = line.end()
    closed = start == 0 and re.search(r"^---", text[at:], re.M) is not None
    if closed or not _are_properties(lines) or (len(lines) < _LEAST and not _is_json(lines)):
        return None
    return Span(start, at)


def _are_properties(lines: list[str]) -> bool:
    if _is_json(lines):
        return True
    return bool(lines) and _PROPERTY.match(lines[0].strip()) is not None and all(map(_is_line, lines))


def _is_line(line: str) -> bool:
    return (_PROPERTY.match(line) or _INSIDE.match(line)) is not None


def _is_json(lines: list[str]) -> bool:
    """Whether lines are one object, as the Digital Garden plugin writes properties."""
    whole = "\n".join(lines).strip()
    if not whole.startswith("{") or not whole.endswith("}") or len(whole) > 20_000:
        return False
    try:
        return isinstance(json.loads(whole), dict)
    except (ValueError, RecursionError):
        return False
