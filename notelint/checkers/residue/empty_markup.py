"""See empty_markup.md."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix, Safety, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Openings, Regions, Span, cut
from notelint.edits.allowance import Part
from notelint.note.markdown.model import Heading
from notelint.note.note import Note

_LINK = lazy_regex(
    r"(?<![!\\\[\]])\[[ \t\u00a0]*(?:\r?\n[ \t\u00a0]*)?\]\("
    r"(?P<address>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:[ \t]+\"(?P<title>[^\"\r\n]*)\")?[ \t]*\)"
)
_BLOCK = lazy_regex(r"[^\S\r\n]*(?:[`~#>|<=+*:$%\[-]|\d+[.)])")
_SAME_PAGE = lazy_regex(r"$|#|javascript:", re.I)
_LINE = lazy_regex(r"([ \t]*)([^\r\n]*)(?:\r\n|\n|\r|$)")
_BLANK = lazy_regex(r"[ \t\u00a0]*(?:[\r\n]|\Z)")
_DEEP = lazy_regex(r"[ \t>]*(?: {4}|\t)[ \t]*+[^\s]")
_BULLET = lazy_regex(r"[-*+]")
_ITEM = lazy_regex(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")
_MARKS = lazy_regex(r"\*\*|__")
_EMPHASIS = lazy_regex(r"(?<![*\\\S])(?:\*\*\*\*|\*\*[ \t\u00a0]+\*\*)(?![*\S])")


class EmptyMarkup(NoteChecker):
    """Markup around nothing: a link without text, an empty heading or list item, emphasis of nothing."""

    family = "residue"
    severity = Severity.WARNING
    default = False
    takes = frozenset({Part.LINKS, Part.TARGETS})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each of them in the body; code, mathematics, HTML and comments are left alone."""
        for finding in (*_links(note), *_headings(note), *_lines(note), *_emphasis(note)):
            if not note.structure.opaque.touching(finding.span) and finding.span.start not in note.structure.comments:
                yield finding


def _links(note: Note) -> Iterator[Finding]:
    run = end = -1  # a row of links that go, one right behind the other
    floor = note.body_start
    marks, titles, holding = _marks(note), _titles(note), _HoldingLines(note)
    for match in _LINK.finditer(note.text, note.body_start):
        span, address, title = Span(*match.span()), match["address"], (match["title"] or "").strip()
        if _SAME_PAGE.match(address) and not title:
            run, end = run if span.start == end else span.start, span.end
            script = f", nor does {address!r}" if address[:1] not in ("", "#") else ""  # the words that go are named
            edit = cut(note.text, _with_blanks(note, span, floor), run)
            is_word = len(address) > 1 and address[0] == "#" and not titles.touching(span) and _is_word(note.text, span)
            safety = Safety.UNSAFE if is_word else Safety.SAFE
            gone, floor = Fix(f"remove it: it leads nowhere else{script}", (edit,), safety), edit.span.end
            is_held = _opens_block(note, span, marks) or note.text.startswith("{", span.end) or holding.at(span.start)
            yield Finding(span, "a link without text that leads nowhere else", None if is_held else gone)
            continue
        label = title or _name(address)
        fix_ = None
        if label and not titles.touching(span):
            opening = Span(span.start, match.start("address") - 1)
            fix_ = Fix(f"write {label!r} as its text", (Edit(opening, f"[{label}]"),), Safety.UNSAFE)
        yield Finding(span, "a link without text, which nobody can see: give it a text, or remove it", fix_)


class _HoldingLines:
    """Lines of nothing but links without text, above one that is indented deeper: below an empty line that is code."""

    def __init__(self, note: Note) -> None:
        self._note, self._known = note, dict[int, bool]()

    def at(self, offset: int) -> bool:
        """True if the line of an offset is one."""
        line = self._note.lines.line_span(self._note.lines.position(offset)[0])
        if line.start not in self._known:
            is_above = _DEEP.match(self._note.text, line.end) is not None
            self._known[line.start] = is_above and not _LINK.sub("", line.of(self._note.text)).strip(" \t>\r\n")
        return self._known[line.start]


def _is_word(text: str, span: Span) -> bool:
    """True if a link without text may stand for a word of a sentence: MyST writes the title of its target there."""
    if text[span.end : span.end + 1] == " " and text[span.end + 1 : span.end + 2].islower():
        return True
    return text[span.start - 1 : span.start] == " " and (text[span.start - 2].isalnum() or text[span.start - 2] == ",")


def _with_blanks(note: Note, span: Span, floor: int) -> Span:
    """Add the blanks, from `floor` on, that would break the line at its end, indent it, or stand in it twice."""
    text, start, end = note.text, span.start, span.end
    if _BLANK.match(text, end):
        while start > floor and text[start - 1] in " \t":
            start -= 1
        return span if start == 0 or text[start - 1] in "\r\n" else Span(start, end)
    if start == 0 or text[start - 1] in " \t\r\n":
        while text[end] in " \t":
            end += 1
    return Span(start, end)


def _titles(note: Note) -> Regions:
    """Return where the texts of headings stand: links lead to them by what they say."""
    return Regions(heading.text_span for heading in note.headings)


def _marks(note: Note) -> Openings:
    """The part of each line that can stand before the text of a block."""
    return Openings(note.text, note.lines, r" \t\u00a0>*+\-0-9.)")


def _opens_block(note: Note, span: Span, marks: Openings) -> bool:
    """True if what follows on the line would begin a block, a fence or a heading, once nothing stands before it."""
    return marks.reach(span.start) and _BLOCK.match(note.text, span.end) is not None


def _name(address: str) -> str:
    """A text for a link that has none, from its address: the last part of its path, or else its host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    name = unquote(parts.path.rstrip("/").rpartition("/")[2], errors="replace") or parts.netloc
    return re.sub(r"[\[\]\\`*_<>|\x00-\x1f]+", " ", name).strip()


def _headings(note: Note) -> Iterator[Finding]:
    for heading in note.outer_headings:
        line = _line_of(note, heading)
        if heading.text or not heading.span.of(note.text).lstrip().startswith("#"):
            continue
        if _BLANK.match(note.text, line.end):  # text right below may be its title, on a line of its own
            yield Finding(heading.span, "a heading without text", Fix("remove it", (Edit(line, ""),)))


def _line_of(note: Note, heading: Heading) -> Span:
    return note.lines.line_span(note.lines.position(heading.span.start)[0])


class _Line(Struct, frozen=True):
    """A line: all of it with its line end, how far it is indented, what it says, and where."""

    span: Span
    indent: str
    text: str
    place: Span

    @classmethod
    def of(cls, match: re.Match[str]) -> "_Line":
        text = match[2].rstrip(" \t\u00a0")
        return cls(Span(*match.span()), match[1], text, Span(match.start(2), match.start(2) + len(text)))


def _lines(note: Note) -> Iterator[Finding]:
    """Lines that hold a list mark, or marks of emphasis, and nothing else."""
    lines = [_Line.of(match) for match in _LINE.finditer(note.text, note.body_start)]
    shown = [at for at, line in enumerate(lines) if line.text]
    headings = {_line_of(note, heading).start for heading in note.outer_headings}
    titles = Regions(heading.span for heading in note.headings)  # with the lines below them that make them headings
    for nth, at in enumerate(shown):
        line, above = lines[at], lines[at - 1] if at else None
        before = lines[shown[nth - 1]] if nth else None
        after = lines[shown[nth + 1]] if nth + 1 < len(shown) else None
        if line.place.start in titles:
            continue
        if _MARKS.fullmatch(line.text):
            what = "marks of emphasis alone on a line"
        elif _BULLET.fullmatch(line.text) and _is_empty_item(line, before, after, above):
            what = "a list item without text"
            if (before is None or before.span.start in headings) and (after is None or after.span.start in headings):
                continue  # the only item below a heading is a place to write
        else:
            continue
        below = lines[at + 1] if at + 1 < len(lines) else None
        fix = None if below is not None and _leans(below, line) else Fix("remove it", (Edit(line.span, ""),))
        yield Finding(line.place, what, fix)


def _leans(below: _Line, line: _Line) -> bool:
    """True if the next line is text that is indented deeper: alone, it would be code."""
    return bool(below.text) and len(below.indent.expandtabs(4)) > len(line.indent.expandtabs(4))


def _is_empty_item(line: _Line, before: _Line | None, after: _Line | None, above: _Line | None) -> bool:
    """True if a bullet alone on its line has no text below that belongs to it, and underlines no heading."""
    beside = before is not None and before.indent == line.indent and _ITEM.match(before.text)
    if above is not None and above.text and not beside:
        return False  # `-` below text makes a heading of it
    return after is None or len(after.indent) <= len(line.indent) or _ITEM.match(after.text) is not None


def _end_of_blanks(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t"):
        at += 1
    return at


def _emphasis(note: Note) -> Iterator[Finding]:
    marks, titles, dividers = _marks(note), _titles(note), Openings(note.text, note.lines, r" \t*\r\n")
    for match in _EMPHASIS.finditer(note.text, note.body_start):
        line = note.lines.line_span(note.lines.position(match.start())[0])
        if dividers.reach(max(line.end - 1, line.start)):
            continue  # `****` and `** **` alone on a line divide
        span = Span(*match.span())
        safety = Safety.UNSAFE if match.group() == "****" else Safety.SAFE  # a masked word, or a hotel's four stars
        between = note.text[span.start - 1 : span.start] == " " and note.text[span.end : span.end + 1] == " "
        gone = Span(span.start - between, span.end)
        if marks.reach(span.start):  # blanks alone before a text make code of it
            gone = Span(span.start, _end_of_blanks(note.text, span.end))
        is_held = _opens_block(note, span, marks) or titles.touching(span)
        fix = None if is_held else Fix("remove it", (Edit(gone, ""),), safety)
        yield Finding(span, "emphasis of nothing", fix)
