r"""Text that the Digital Garden plugin takes for code, comments, links and frontmatter, by patterns over the raw text.

They are not what CommonMark or Obsidian take for them (docs/publishing.md, DG-C1 to DG-C5). Each is found in linear
time. Rules of JavaScript hold: a line ends at `\n`, `\r`, U+2028 and U+2029, and `\w` is ASCII.
"""

import re
from collections.abc import Iterable, Iterator

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span

_LINE_END = lazy_regex(r"[\n\r\u2028\u2029]")
_FENCE = "```"
_LONGEST_ADDRESS = 4096
_SPACE = r"[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
_FRONTMATTER = lazy_regex(rf"{_SPACE}*?---[\r\n][\s\S]*?[\r\n]---")
_SPAN = lazy_regex(r"`[^`\n\r\u2028\u2029]*`")
_DRAWING = lazy_regex(r":\[\[\d*,\d*\],[^\n\r\u2028\u2029\[]*?\]\]")
OWN_LINE_ID = lazy_regex(r"\n\^([A-Za-z0-9_-]+)\n")
BLOCK_ID = lazy_regex(r" \^([A-Za-z0-9_-]+)")
BLOCK_REFERENCE = lazy_regex(r"\^[A-Za-z0-9_]+(?:[\r\n]|\Z)")  # what goes from embedded notes (DG-E8)
PLACEHOLDER = lazy_regex(r"\{\{CODE_BLOCK_(\d+)\}\}")
SPECIAL = lazy_regex(r"\$[$&`']")  # what `String.replace` fills in (DG-C5)
MARKDOWN_LINK = lazy_regex(
    r"(?<!!)\[([^\[\]\n\r]*)\]\(([^)\s<>]+?\.(?:md|markdown|canvas))((?:#[^)\s]*)?)\)", re.IGNORECASE
)
_YOUTUBE = lazy_regex(
    r"(?:youtube\.com/watch\?v=|youtu\.be/|youtube\.com/embed/)([A-Za-z0-9_-]{11})|youtube\.com/watch\?.*v=([A-Za-z0-9_-]{11})"
)


def frontmatter_end(text: str) -> int:
    """Where the block ends that is replaced at a text's head, or cut off an embedded note; 0 without one (DG-E8)."""
    match = _FRONTMATTER.match(text)
    return 0 if match is None else match.end()


def set_aside(text: str) -> list[Span]:
    """Code that block ids are not sought in: from three backticks to the next three (DG-A6)."""
    found, at = [], 0
    while (start := text.find(_FENCE, at)) >= 0 and (end := text.find(_FENCE, start + 3)) >= 0:
        at = end + 3
        found.append(Span(start, at))
    return found


def code_blocks(text: str) -> list[Span]:
    """Code blocks, as links and comments are kept in: three backticks, a line end, a character, three backticks."""
    found, at = [], 0
    while (start := text.find(_FENCE, at)) >= 0:
        line_end = _LINE_END.search(text, start + 3)
        if line_end is None:
            break
        if line_end.group() not in "\r\n":
            at = start + 1
            continue
        end = text.find(_FENCE, line_end.end() + 1)
        if end < 0:
            break
        at = end + 3
        found.append(Span(start, at))
    return found


def code_spans(text: str) -> Iterator[str]:
    """Code spans: from a backtick to the next one on the line, whatever else stands there (DG-C4)."""
    return (match.group() for match in _SPAN.finditer(text))


def drawings(text: str) -> list[str]:
    """Links of drawings that are written in a note, in which nothing is replaced."""
    return _DRAWING.findall(text) if ":[[" in text else []


def comments(text: str) -> Iterator[Span]:
    """`%%…%%`, over lines, with a character at least between the marks (DG-C1)."""
    at = 0
    while (start := text.find("%%", at)) >= 0 and (end := text.find("%%", start + 3)) >= 0:
        at = end + 2
        yield Span(start, at)


def comments_in(codes: Iterable[str]) -> set[str]:
    """The comments that stand, word for word, in some of these texts."""
    found = set()
    for code in codes:
        at = code.find("%%")
        while at >= 0 and (end := code.find("%%", at + 3)) >= 0:
            found.add(code[at : end + 2])
            at = code.find("%%", at + 1)
    return found


def bracketed(text: str, opening: str, *, each: bool = False) -> Iterator[Span]:
    """The places in double brackets behind `opening` on one line, up to the first `]]`, with a character at least.

    With `each`, those that begin within another one, too.
    """
    at, close, line_end = 0, -1, -1
    while (start := text.find(opening, at)) >= 0:
        first = start + len(opening) + 1
        if close < first:
            close = text.find("]]", first)
        if close < 0:
            return
        if line_end < first - 1:
            match = _LINE_END.search(text, first - 1)
            line_end = len(text) if match is None else match.start()
        if close <= line_end and first - 1 < line_end:
            yield Span(start, close + 2)
            at = start + 1 if each else close + 2
        else:
            at = start + 1


def without(text: str, spans: list[Span]) -> str:
    """A text without some of its parts."""
    parts, at = [], 0
    for span in spans:
        parts.append(text[at : span.start])
        at = span.end
    return "".join([*parts, text[at:]])


def linkable(text: str) -> str:
    """The text in which links are sought: without code, drawings and frontmatter (DG-L1)."""
    if ":[[" in text:
        text = _DRAWING.sub("", text)
    text = _SPAN.sub("", without(text, code_blocks(text)))
    return text[frontmatter_end(text) :]


def youtube_id(target: str) -> str | None:
    """The id of the video that an embed's target is the address of."""
    match = _YOUTUBE.search(target) if "youtu" in target and len(target) < _LONGEST_ADDRESS else None
    return None if match is None else match[1] or match[2]


def line_of(text: str, offset: int) -> int:
    """Where the line begins that holds an offset; only line feeds end lines here."""
    return text.rfind("\n", 0, offset) + 1
