"""The parts of a body for somebody who looks for residue: units, each one line, or a link that runs over lines."""

import html
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.note import Note
from notelint.residue.knowledge import known_lines

_LINE = lazy_regex(r"([^\r\n]*)(?:\r\n|\n|\r|$)")
_LABEL = r"(?<!\\)\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\])*)\]"
_LINK = lazy_regex(rf"(!?){_LABEL}\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)")
_MARKS = lazy_regex(r"^(?:[\s\u00a0>]|[-*+•](?=[\s\u00a0]|$)|\d{1,3}[.)](?=[\s\u00a0])|#{1,6}(?=[\s\u00a0]|$))+")
_EMPHASIS = lazy_regex(r"(?<!\\)\*\*|__|(?<![^\W_])(?<!\\)_|(?<!\\)_(?![^\W_])|(?<!\\)\*")
_HEADING = lazy_regex(r"[\s\u00a0]*(?:[-*+][ \t]+)?(#{1,6})(?=[\s\u00a0]|$)")
_BULLET = lazy_regex(r"[\s\u00a0]*(?:[-*+•]|\d{1,3}[.)])(?=[\s\u00a0]|$)")
_INVISIBLE = lazy_regex("[\u200b\u200c\u200d\u2060\ufeff\u00ad\ue000-\uf8ff]")  # with icons of fonts
_ESCAPE = lazy_regex(r"\\([^\w\s]|_)")
_WORD = lazy_regex(r"[^\W_]+")
_WITHOUT_BLANKS = lazy_regex(
    "([\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"
)  # Chinese and Japanese; Thai, Lao, Burmese, Khmer
_CHARACTERS = (2, 5)  # of a word there
_WIKILINK = lazy_regex(r"\[\[[^\[\]]")
_SCRIPT = lazy_regex(r"^[./\w-]*\.(?:php|aspx?|cgi|jsp)\?\w")  # what a server runs, with what is asked of it
_FOLDER = lazy_regex(r"[^?#]*/(?:[?#]|$)")  # no file of a vault
PROGRAMS = ("mailto:", "javascript:", "sms:", "whatsapp:", "viber:", "tg:", "fb-messenger:")  # no pages
_OUTSIDE = ("http://", "https://", "/", "#", "?", *PROGRAMS)
_ITEM = lazy_regex(r"[ \t]*[*+-][ \t]+\[")  # of a list deep within lists
_DEEP = 4  # columns of indentation that make code
_CRUDE = 4  # one line in so many is indented deeply
_LONGEST = 20_000  # characters of a line that is looked at for links
_LINES_OF_A_LINK = 12
_REPEATED = 400  # characters of a line that is remembered, at most


class Unit(Struct, frozen=True, gc=False):
    """A line (or a link broken over lines) with the text and the words that a reader sees. `span` has the line end.

    `links` are label and target of each link; `kept` says that nothing may take it out: code, a table, a quotation;
    `known` that its text is a line that may mean something to websites, so that most need not be looked at again;
    `is_link` that all its words stand in links that lead to a website.
    """

    span: Span
    kept: bool
    text: str
    words: int
    links: tuple[tuple[str, str], ...]
    level: int
    bullet: bool
    image: bool
    known: bool
    is_link: bool

    @property
    def is_mark(self) -> bool:
        """True if nothing is here but marks: a bullet, emphasis, a rule, without a word or a link."""
        return not (self.words or self.links or self.image)


def leads_outside(target: str) -> bool:
    """True if a link's target is an address of a website, not another note."""
    if target.startswith(_OUTSIDE) or not target or _FOLDER.match(target):
        return True
    return "?" in target and _SCRIPT.match(target) is not None


def _is_link(words: int, links: tuple[tuple[str, str], ...]) -> bool:
    """True if so many words all stand in links that lead to a website."""
    if not links or not all(leads_outside(target) for _, target in links):
        return False
    return count_words(" ".join(label for label, _ in links)) >= words


def count_words(text: str) -> int:
    """Number of words of a text; where a script has no blanks, a few characters count as one."""
    if text.isascii():
        return len(_WORD.findall(text))
    runs = ((*match.span(0), match[1] is not None) for match in _WITHOUT_BLANKS.finditer(text))
    unparted = sum(-((start - end) // _CHARACTERS[not is_short]) for start, end, is_short in runs)
    return unparted + len(_WORD.findall(_WITHOUT_BLANKS.sub(" ", text) if unparted else text))


def units(note: Note, crude: bool = False) -> list[Unit]:
    """The units of a note's body, in order. Blank lines belong to none. In a `crude` scrape no indentation is code."""
    protected = _protected(note, crude)
    lines = [match.span(0) for match in _LINE.finditer(note.text, note.body_start) if match.end() > match.start()]
    found, at = [], 0
    while at < len(lines):
        start, end = lines[at]
        source = note.text[start:end]
        if not source.strip():
            at += 1
            continue
        last = _link_end(note.text, lines, at) if "[" in source else at
        span = Span(start, lines[last][1])
        found.append(_unit(note.text, span, protected))
        at = last + 1
    return found


def _protected(note: Note, crude: bool) -> Regions:
    """Where nothing is ever residue: fenced code, tables, comments; code by indentation unless much is indented."""
    lines = [line for line in note.text[note.body_start :].split("\n") if line.strip()]
    deep = sum(line[:_DEEP].isspace() for line in lines)
    code = note.structure.code.spans
    if crude or deep * _CRUDE > len(lines):  # a crude scrape, whose indentation means nothing
        code = [span for span in code if span.of(note.text).lstrip()[:1] in ("`", "~")]
    code = [span for span in code if not _is_menu(span.of(note.text))]
    blocks = (span for span in code if "\n" in span.of(note.text).strip() or not _inline(note.text, span))
    return Regions([*blocks, *note.html_comments, *note.structure.tables.spans, *note.structure.comments.spans])


def _is_menu(block: str) -> bool:
    """True if a block consists of links, items of lists within lists, whose indentation makes them look like code."""
    lines = [line for line in block.splitlines() if line.strip()]
    return len(lines) > 1 and all(_ITEM.match(line) and "](" in line and line.rstrip().endswith(")") for line in lines)


def _inline(text: str, span: Span) -> bool:
    return text[span.start : span.start + 1] == "`" and text[span.start : span.start + 3] != "```"


def _link_end(text: str, lines: list[tuple[int, int]], at: int) -> int:
    """The line on which the bracket that line `at` leaves open is closed; `at` if it leaves none open."""
    depth = 0
    for last in range(at, min(at + _LINES_OF_A_LINK, len(lines))):
        source = text[lines[last][0] : lines[last][1]]
        if last > at and depth <= 0:
            break
        depth += source.count("[") - source.count("\\[") - source.count("]") + source.count("\\]")
        if depth <= 0:
            return last if last == at or "](" in source else at
    return at


def _unit(text: str, span: Span, protected: Regions) -> Unit:
    source = span.of(text)
    bare = source.lstrip()
    kept = protected.touching(span) or bare[:1] == ">" or _WIKILINK.search(source) is not None
    if len(source) > _LONGEST:
        kept, shown = kept or not bare.startswith(("{", "[{")), source.strip()
        return Unit(span, kept, shown, count_words(shown), (), 0, False, False, False, False)
    read = _read_again if len(source) <= _REPEATED else _read
    return Unit(span, kept, *read(source))


def _read(source: str) -> tuple[str, int, tuple[tuple[str, str], ...], int, bool, bool, bool, bool]:
    """The fields of a unit, wherever it stands: all after `kept`."""
    heading, shown = _HEADING.match(source), visible(source)
    words, links = count_words(shown), tuple(_links(source)) if "](" in source else ()
    return (
        shown,
        words,
        links,
        len(heading[1]) if heading else 0,
        _BULLET.match(source) is not None,
        "![" in source,
        known_lines().fits(shown),
        _is_link(words, links),
    )


_read_again = lru_cache(maxsize=4096)(_read)  # websites repeat themselves


def _links(source: str) -> Iterator[tuple[str, str]]:
    for match in _LINK.finditer(source):
        if not match[1]:
            yield visible(match[2]), match[3]


def visible(source: str) -> str:
    """The text that a reader sees of Markdown source: no marks of lists, headings, links and emphasis; one space for
    many.
    """
    text = html.unescape(source) if "&" in source else source
    text = text if text.isascii() else _INVISIBLE.sub("", text)
    for _ in range(2 if "](" in text else 0):  # an image in a link
        text = _LINK.sub(lambda match: match[2], text)
    text = _MARKS.sub("", text)
    text = _EMPHASIS.sub("", text) if "*" in text or "_" in text else text
    return " ".join((_ESCAPE.sub(r"\1", text) if "\\" in text else text).split())
