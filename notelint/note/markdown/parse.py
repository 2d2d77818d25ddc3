"""What a Markdown text consists of. The only module that knows the Markdown parser.

The parser (pulldown-cmark) says what is code, mathematics, HTML, a table cell, a heading, a Markdown link. Wikilinks,
comments and block ids are Obsidian's own: they are found in the source by Obsidian's grammar, where those places allow.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import pyromark
from msgspec import Struct
from msgspec.structs import replace

from notelint.core.text import ByteOffsets, Regions, Span
from notelint.note.links import Link, LinkForm, find_wikilinks, is_external, markdown_target, path_length

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_MATH
)
_CONTAINERS = frozenset({"Item", "BlockQuote", "FootnoteDefinition"})
_BORDERS = frozenset({"Start", "End"})
_OTHERS = _CONTAINERS | {"Heading", "Link", "Image"}  # whose events tell more than where they are
_ATX = re.compile(r"[ \t]*#{1,6}(?:[ \t]+|$)(.*?)(?:(?:^|[ \t]+)#+)?[ \t]*(?:\r?\n|\r|$)", re.S)
_OPENINGS = tuple("#" * level + " " for level in range(7))
_SETEXT_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t>]*(?:=+|-+)[ \t]*(?:\r\n|\n|\r|$)")
_TITLE = r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"
_DESTINATION = re.compile(rf"\]\(\s*(?:<([^<>\n]*)>|((?:[^\s\\]|\\.)*?))(?:\s+{_TITLE})?\s*\)$", re.S)
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)*\]:\s*(?:<([^<>\n]*)>|(\S+))", re.S)
# But for the link that the Digital Garden plugin puts beside a note which it embedded: nobody wrote that one.
_HTML_LINK = re.compile(
    r"<(a|img)\b(?! class=\"markdown-embed-link\")[^<>]*?\s(?:href|src)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')", re.I
)
_HTML_ID = re.compile(r"<(?:a\b[^<>]*?\sname|[a-z][a-z0-9]*\b[^<>]*?\sid)\s*=\s*(?:\"([^\"<>]+)\"|'([^'<>]+)')", re.I)
_BLOCK_ID = re.compile(r"\^([A-Za-z0-9-]+)[ \t]*(?=$|\r)", re.M)
_PUBLISHED_ID = re.compile(r"\{ ?#([^\s{}]+)\}[ \t]*(?=$|\r)", re.M)
_CONTINUES = re.compile(
    r"\r?\n[ \t>]*(?![\s>]|$|[-*+][ \t]|\d+[.)][ \t]|#{1,6}[ \t]|```|~~~|\||\^|\{ ?#|%%|<!--|---|\*\*\*|===)\S"
)
_FOOTNOTE = re.compile(r"\[\^([^\s\]]+)\]:")
_LONE_CR = re.compile(r"\r(?!\n)")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n|\r[ \t]*\r")
_COMMENT = re.compile(r"%%")
_start = attrgetter("span.start")
# Sections of plain prose and lists, between headings at the margin: see `_told`.
_MARGIN = re.compile(r"\n(#{1,6})(?:[ \t]([^\n]*))?(?=\n|\Z)")
_FENCED = re.compile(
    r"\n(?:(```++)[^`\n]*(?:\n[^\n]*)*?\n {0,3}\1`*|(~~~++)[^\n]*(?:\n[^\n]*)*?\n {0,3}\2~*)[ \t]*\r?(?=\n|\Z)"
)
_OPENING = re.compile(r"```|~~~|<(?=[A-Za-z/!?])")  # of fenced code or HTML; what begins with a literal is found fast
_TELLING = re.compile(  # code, mathematics, links, definitions, tables, underlines of headings
    r"`|\$|~~~|\t|\]\(|\]:|\]\[|--|\| ?-|: ?-|- ?\||-:|- *[\r\n]|- *\Z|= *[\r\n]|= *\Z"
)
_TELLING_OR_HTML = re.compile(f"<|>|{_TELLING.pattern}")


def parser_options() -> Any:
    """The extensions of Markdown that Obsidian has, as the parser names them."""
    return _OPTIONS


class Heading(Struct, frozen=True, array_like=True, gc=False):
    """A heading: its level, its text as written (H3), the spans of its line and of that text."""

    level: int
    text: str
    span: Span
    text_span: Span
    nested: bool = False  # inside a quote, callout, list or footnote: no target for links (H3)
    hidden: bool = False  # inside a comment


class BlockId(Struct, frozen=True, array_like=True, gc=False):
    """A block id and where it stands, without the caret."""

    id: str
    span: Span


class Structure(Struct, frozen=True):
    """What stands where in a body. All spans are character offsets into the text given to `structure`."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    block_ids: tuple[BlockId, ...]
    footnotes: tuple[str, ...]
    code: Regions  # code blocks and code spans
    opaque: Regions  # code, mathematics and HTML: no links there (N1-N6)
    html: Regions
    html_ids: tuple[str, ...]
    comments: Regions  # `%%...%%`, and commands of templates
    tables: Regions


@dataclass(slots=True)
class _Seen:
    """What the parser's events told, before Obsidian's own grammar is applied."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    labels: set[int] = field(default_factory=set)  # where the label of a Markdown link or image opens, external or not
    code: list[Span] = field(default_factory=list)
    maths: list[Span] = field(default_factory=list)
    html: list[Span] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    cells: list[Span] = field(default_factory=list)

    def by_kind(self) -> dict[str, list[Span]]:
        """Where the span of each kind of event belongs."""
        return {
            "CodeBlock": self.code,
            "Code": self.code,
            "InlineMath": self.maths,
            "DisplayMath": self.maths,
            "HtmlBlock": self.html,
            "InlineHtml": self.html,
            "Table": self.tables,
            "TableCell": self.cells,
        }


def structure(text: str, start: int = 0) -> Structure:
    """Parse the body of a note, which begins at offset `start` of `text`. Never fails, whatever the text.

    It holds no lone surrogates, which the parser does not take.
    """
    body = "\n" * start + text[start:] if start else text  # so that offsets stay those of the text
    if "\r" in body:
        body = _LONE_CR.sub("\n", body)  # the parser ends no fenced code there
    told, left_out, headings = _told(body)
    at = ByteOffsets(told, left_out).characters
    seen = _read_events(body, told, at)
    headings += seen.headings
    code, html = Regions(seen.code), Regions(seen.html)
    opaque = Regions([*seen.code, *seen.maths, *seen.html])
    comments = Regions([*_comments(body, opaque), *_commands(body)])
    links = [*_wikilinks(body, seen, opaque), *seen.links, *_definitions(body, told, at), *_html_links(body, html)]
    if comments.spans:
        headings = [replace(h, hidden=True) if h.span.start in comments else h for h in headings]
        links = [replace(link, hidden=True) if link.span.start in comments else link for link in links]
    return Structure(
        headings=tuple(sorted(headings, key=_start)),
        links=tuple(sorted(links, key=_start)),
        block_ids=tuple(_block_ids(body, opaque, headings)),
        footnotes=tuple(_footnotes(body, code)),
        code=code,
        opaque=opaque,
        html=html,
        html_ids=tuple(_html_ids(body, html)),
        comments=comments,
        tables=Regions(seen.tables),
    )


def _told(body: str) -> tuple[str, list[tuple[int, int]], list[Heading]]:
    """The text with a blank in place of what the parser's events would tell nothing of, and headings so found.

    Between these: behind which of those blanks characters are left out, and how many.

    To make values of events takes far longer than to see that they are not needed. A heading at the margin ends all
    that stands above it but fenced code and HTML, and these are the same whether words or blanks follow a blank line.
    """
    sections, certain_until = _sections(body)
    deep, nested = "    " in body, " #" in body
    found: list[Heading] = []
    kept: list[str] = []
    left_out: list[tuple[int, int]] = []
    at, length, free, telling = 0, 0, False, 0
    for heading, end in sections:
        start, content = heading.start() + 1, min(heading.end() + 1, len(body))
        certain = end <= certain_until
        if certain and telling < start:
            match = _TELLING.search(body, start)
            telling = len(body) if match is None else match.start()
        free = (free or certain or body.endswith(("\n", "\n\r"), 0, start - 1)) and not (
            (telling < end if certain else _TELLING_OR_HTML.search(body, content, end))
            or (nested and body.find(" #", content, end) >= 0)
            or (deep and body.find("    ", content, end) >= 0)
        )
        if not free:
            continue
        if certain:
            found.append(_margin_heading(body, heading))
        else:
            start = content
        if end > start:
            kept.append(body[at:start])
            length += start - at + 1
            left_out.append((length, end - start - 1))
            at = end
    return " ".join([*kept, body[at:]]), left_out, found


def _sections(body: str) -> tuple[list[tuple[re.Match[str], int]], int]:
    """What looks like headings at the margin, each with the end of its section; and up to where it surely is one."""
    fences, certain_until = _fences(body)
    code = Regions(fences)
    margins = [heading for heading in _MARGIN.finditer(body) if not fences or heading.start() not in code]
    ends = [*(heading.start() for heading in margins[1:]), len(body)]
    return list(zip(margins, ends, strict=False)), certain_until


def _fences(body: str) -> tuple[list[Span], int]:
    """Fenced code at the margin, each closed, and up to where nothing else is code in blocks, or HTML.

    Up to there, what looks like a heading at the margin is one.
    """
    found: list[Span] = []
    at = 0
    if not ("<" in body or ("`" in body and "```" in body) or ("~" in body and "~~~" in body)):
        return found, len(body)
    while (opening := _OPENING.search(body, at)) is not None:
        fence = _FENCED.match(body, opening.start() - 1) if opening.start() else None
        if fence is None:
            return found, opening.start()
        found.append(Span(fence.start(), fence.end()))
        at = fence.end()
    return found, len(body)


def _margin_heading(body: str, match: re.Match[str]) -> Heading:
    """The heading that `_MARGIN` found."""
    start, end = match.start() + 1, match.end()
    simple = _simple_heading(len(match[1]), match[2], start, end)
    return simple or _heading(body, Span(start, min(end + 1, len(body))), len(match[1]), False)


def _simple_heading(level: int, title: str | None, start: int, end: int, nested: bool = False) -> Heading | None:
    """A heading whose title ends it, and is all that stands behind its `#`, as of nearly all; else None."""
    if title and "#" not in title and title == title.strip():
        return Heading(level, title, Span(start, end), Span(end - len(title), end), nested)
    return None


def _read_events(body: str, told: str, at: Callable[[int], int]) -> _Seen:
    """Walk the parser's events once. This loop runs for every element of every note: keep it lean.

    `at` turns the parser's offsets, in bytes of what it was told, into those of the body's characters.
    """
    seen = _Seen()
    spans = seen.by_kind()
    open_links: list[dict[str, Any]] = []
    depth = label_end = 0
    event: Any
    value: Any
    for event, where in pyromark.events_with_range(told, options=_OPTIONS, merge_text=True):
        if type(event) is str:
            continue
        what, detail = event.popitem()
        if what == "Text":  # the most frequent
            label_end = where["end"]
            continue
        kind, value = what, None
        if what in _BORDERS:
            kind, value = (detail, None) if type(detail) is str else detail.popitem()
        if kind in spans:
            if what != "End":
                spans[kind].append(Span(at(where["start"]), at(where["end"])))
        elif kind in _OTHERS:
            if kind in _CONTAINERS:
                depth += 1 if what == "Start" else -1
            elif kind == "Heading":
                if what == "Start":
                    span = Span(at(where["start"]), at(where["end"]))
                    seen.headings.append(_heading(body, span, int(value["level"][1]), depth > 0))
            elif what == "Start":
                open_links.append(value)
                label_end = where["start"] + 1
            else:
                span = Span(at(where["start"]), at(where["end"]))
                seen.labels.add(span.start + (kind == "Image"))
                seen.links += _markdown_link(body, span, at(label_end), kind == "Image", open_links.pop())
        if open_links and what != "Start":
            label_end = max(label_end, where["end"])
    return seen


def _heading(body: str, span: Span, level: int, nested: bool) -> Heading:
    """A heading from the span that the parser gives it: from its `#` or text to its line end."""
    source = span.of(body)
    if source[: level + 1] == _OPENINGS[level]:
        title = source[level + 1 :].rstrip("\n")
        simple = _simple_heading(level, title, span.start, span.start + level + 1 + len(title), nested)
        if simple is not None:
            return simple
    match = _ATX.match(source)
    if match is not None:
        text_span = Span(span.start + match.start(1), span.start + match.end(1))
    else:
        underlines = [found.start() for found in _SETEXT_LINE.finditer(source)]
        end = span.start + (underlines[-1] if underlines else len(source.rstrip()))
        text_span = Span(span.start, end)
    line = Span(span.start, span.start + len(source.rstrip("\r\n")))
    return Heading(level, text_span.of(body).strip(), line, text_span, nested)


def _markdown_link(body: str, span: Span, label_end: int, embed: bool, value: dict[str, Any]) -> Iterator[Link]:
    """An inline Markdown link or image to something inside the vault; references are read at their definitions."""
    destination: str = value["dest_url"]
    if value["link_type"] != "Inline" or not destination or is_external(destination):
        return
    closing = body.find("](", label_end, span.end)
    match = _DESTINATION.match(body, closing, span.end) if closing >= 0 else None
    target = markdown_target(destination, embed=embed)
    if match is None or target is None:
        return
    group = 1 if match[1] is not None else 2
    alias = body[span.start + 1 + embed : closing]
    yield Link(span, Span(*match.span(group)), LinkForm.MARKDOWN, target, path_length(match[group]), embed, alias)


def _definitions(body: str, told: str, at: Callable[[int], int]) -> Iterator[Link]:
    """Link reference definitions that name something inside the vault (M6)."""
    if "]:" not in told or (told.count("]:") == told.count("]]:") and "\\]]:" not in told):  # a label ends with one
        return
    for definition in pyromark.reference_definitions(told, options=_OPTIONS).values():
        destination = definition["dest"]
        span = Span(at(definition["span"]["start"]), at(definition["span"]["end"]))
        match = _DEFINITION.search(body, span.start, span.end)
        if match is None or not destination or is_external(destination):
            continue
        target = markdown_target(destination)
        if target is not None:
            group = 1 if match[1] is not None else 2
            whole, length = Span(span.start, match.end()), path_length(match[group])
            yield Link(whole, Span(*match.span(group)), LinkForm.REFERENCE, target, length)


def _html_links(body: str, html: Regions) -> Iterator[Link]:
    """`href` and `src` of HTML tags that name something on the same site."""
    for region in html.spans:
        for match in _HTML_LINK.finditer(body, region.start, region.end):
            group = 2 if match[2] is not None else 3
            destination = match[group]
            target = None if not destination or is_external(destination) else markdown_target(destination)
            if target is not None:
                embed = match[1].lower() == "img"
                length = path_length(match[group])
                yield Link(Span(*match.span()), Span(*match.span(group)), LinkForm.HTML, target, length, embed)


def _html_ids(body: str, html: Regions) -> Iterator[str]:
    """What an address can name with `#` besides headings: `id` of HTML tags, and `name` of anchors."""
    for region in html.spans:
        for match in _HTML_ID.finditer(body, region.start, region.end):
            yield match[1] or match[2]


def _wikilinks(body: str, seen: _Seen, opaque: Regions) -> Iterator[Link]:
    """Wikilinks where Obsidian sees them: outside code, mathematics and HTML, within one table cell (G4, N1-N6)."""
    if "[[" not in body:
        return
    tables, cells = Regions(seen.tables), sorted(seen.cells)
    starts = [cell.start for cell in cells]
    closed = opaque.spans or seen.labels  # most notes have neither
    for link in find_wikilinks(body):
        if closed:
            opening = link.span.start + link.embed
            if opening in opaque or opening in seen.labels:  # `[[2]](#ref-2)` is a Markdown link
                continue
        if starts and link.span.start in tables:
            at = bisect_right(starts, link.span.start) - 1
            if at < 0 or link.span.end > cells[at].end:
                continue
            yield replace(link, in_table=True)
        else:
            yield link


def _commands(body: str) -> Iterator[Span]:
    """`<% ... %>` on one line: commands of a template engine, to be replaced, not read. One pass, whatever the text."""
    start, end = body.find("<%") if "%" in body and "<" in body else -1, 0
    while start >= 0:
        if end < start + 2:
            end = body.find("%>", start + 2)
        if end < 0:
            return
        line_end = body.find("\n", start, end)
        if line_end < 0:
            yield Span(start, end + 2)
        start = body.find("<%", end + 2 if line_end < 0 else line_end)


def _comments(body: str, opaque: Regions) -> Iterator[Span]:
    """`%%...%%` (N4). At a line's start a comment may run over blank lines, to the end if it is never closed."""
    if "%" not in body:  # a single character is found in no time
        return
    marks = [match.start() for match in _COMMENT.finditer(body) if match.start() not in opaque]
    at = 0
    while at < len(marks):
        start = marks[at]
        line_start = max(body.rfind("\n", 0, start), body.rfind("\r", 0, start)) + 1
        block = not body[line_start:start].strip()
        if at + 1 == len(marks):
            if block:
                yield Span(start, len(body))
            return
        end = marks[at + 1] + 2
        if block or not _BLANK_LINE.search(body, start, end):
            yield Span(start, end)
            at += 2
        else:
            at += 1


def _footnotes(body: str, code: Regions) -> Iterator[str]:
    """The labels of footnotes, in lower case (H5)."""
    for match in _FOOTNOTE.finditer(body) if "^" in body else ():
        if _begins_line(body, match) and match.start() not in code:
            yield match[1].lower()


def _block_ids(body: str, opaque: Regions, headings: Sequence[Heading]) -> Iterator[BlockId]:
    """Block ids at the end of a block or alone on a line (H7), and as the Digital Garden publishes them (`{ #id}`).

    A space before the caret is what the documentation asks for; its own notes do without it, and the links work.
    The text behind one of the `headings` does not continue it.
    """
    found = [*_BLOCK_ID.finditer(body), *(match for match in _PUBLISHED_ID.finditer(body) if _begins_line(body, match))]
    ends = {heading.span.end for heading in headings} if found else ()
    for match in sorted(found, key=re.Match.start) if len(found) > 1 else found:
        if match.start(1) in opaque:
            continue
        if match.re is _BLOCK_ID and match.end() not in ends and _CONTINUES.match(body, match.end()):
            continue
        yield BlockId(match[1], Span(*match.span(1)))


def _begins_line(body: str, match: re.Match[str]) -> bool:
    """Whether only blanks and marks of quotes stand before it. Looked up backwards: few lines hold a brace."""
    at = match.start()
    while at and body[at - 1] in " \t>":
        at -= 1
    return at == 0 or body[at - 1] == "\n"
