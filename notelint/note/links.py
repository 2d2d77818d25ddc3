"""Links as Obsidian reads them: the grammar of wikilinks, decoding of Markdown destinations, subpaths.

Rule numbers are those of docs/link-rules.md.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct, structs

from notelint.core.file_types import is_attachment
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.core.unicode_forms import composed

# G1: the first `]]` ends it, no line end inside, and an inner `[[` makes the outer one no link.
_WIKILINK = lazy_regex(r"\[\[((?:[^\n\r\[\]]++|\[(?!\[)|\](?!\]))+)\]\]")
_ROWS = lazy_regex(r"\][ \t]*,[ \t]*\[")  # of an array such as `[[0, 1], [2, 3]]`: nobody means a link by it
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
_PERCENT_RUN = lazy_regex(r"(?:%[0-9A-Fa-f]{2})+")
_BAD_PERCENT = lazy_regex(r"%(?![0-9A-Fa-f]{2})")
_URI_RESERVED = frozenset(";/?:@&=+$,#")  # decodeURI leaves these encoded (M2)
_EMBED_SIZE = lazy_regex(r"\s*\d+\s*(x\s*\d+\s*)?$")
_HEADING_NOISE = lazy_regex(r"""[!"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\r\n]""")
_BRACKETS = lazy_regex(r"[\[\]]")
_HEADING_LINK_NOISE = lazy_regex(r"[:#|^\\\r\n]|%%|\[\[|\]\]")
_TEMPLATE = lazy_regex(r"\{\{|<%|\{%|\$\{")
_PLACEHOLDER = lazy_regex(
    r"(?<![A-CE-LN-Za-z])(?:YYYY|GGGG|gggg)(?=MM|DDD|WW|[^A-Za-z]|$)|%Y(?![A-Za-z0-9])"  # a date's form
    r"|\{[A-Za-z_][\w .:|-]*\}|<[^<>]+>|\$[A-Z]+_[A-Z_]+|\$[a-z][A-Za-z_]*|\$[A-Z]+\$"
    r"|%[A-Za-z_]+%|@@[A-Za-z_]+@@|__[A-Z_]+__"
    r"|^(?:\.\.\.|\u2026)$"
)


class LinkForm(StrEnum):
    """The form in which a link is written."""

    WIKILINK = "wikilink"
    MARKDOWN = "markdown"
    REFERENCE = "reference"  # a link reference definition, `[label]: Note.md`
    HTML = "html"


_WIKILINK_FORM = LinkForm.WIKILINK


class Target(Struct, frozen=True, array_like=True, gc=False):
    """The target of a link: a path (empty for the note itself), and a subpath (None without `#`)."""

    path: str
    subpath: str | None = None


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A link in a note.

    `span` covers all that is written; `target_span` the path and subpath in it, as written (escapes, percent signs);
    `path_span` the path alone.
    `hidden` links stand in a comment: Obsidian indexes them, no reader sees them (N4). An address follows at once
    behind a `cited` one, as in `[[2]](#ref-2)`: it is a citation unless it finds a note (G1a).
    """

    span: Span
    target_span: Span
    form: LinkForm
    target: Target
    path_length: int  # in characters, as written
    embed: bool = False
    alias: str | None = None
    hidden: bool = False
    in_property: bool = False
    in_table: bool = False
    cited: bool = False

    @property
    def path_span(self) -> Span:
        """Where the path stands, without `#` and what follows."""
        return Span(self.target_span.start, self.target_span.start + self.path_length)

    @property
    def is_site_path(self) -> bool:
        """True if it is an address on the published site (`/rad/gu/`), not a file (`/Home.md`, `/img/a.png`)."""
        path = self.target.path
        if not path.startswith("/") or self.form is LinkForm.WIKILINK or self.embed:
            return False
        return "." not in path.rpartition("/")[2]


class AppLink(Struct, frozen=True, array_like=True, gc=False):
    """An address that opens a file in Obsidian, `obsidian://open?vault=V&file=F`: its place, the vault, the file."""

    span: Span
    vault: str
    target: Target


def normalise(path: str) -> str:
    """A link's target or a file's path as Obsidian compares them, before lower-casing (G6)."""
    if path.isascii():
        return path
    return composed(path.translate(_SPACES))


def split_target(text: str) -> Target:
    """Path and subpath of a target: the first `#` starts the subpath (G5). Both are normalised (G6)."""
    path, mark, subpath = text.partition("#")
    return Target(normalise(path.strip()), normalise(subpath) if mark else None)


def is_template(path: str) -> bool:
    """True if a target is to be filled in by a template engine, and so names nothing yet."""
    return _TEMPLATE.search(path) is not None


def is_placeholder(path: str) -> bool:
    """True if a target that finds nothing stands for one that a template, a program or its reader is to fill in.

    So do commands of a template engine, the form of a date (`YYYY-MM-DD`), and a word in the marks of a variable.
    """
    return is_template(path) or _PLACEHOLDER.search(path) is not None


def find_wikilinks(text: str, start: int = 0, end: int | None = None) -> Iterator[Link]:
    """All wikilinks and embeds of `text[start:end]` by grammar alone (G1-G6, N8): code and comments are not known here.

    Offsets are characters of `text`.
    """
    for match in _WIKILINK.finditer(text, start, len(text) if end is None else end):
        opening, end_of_link = match.span()
        before, embed = text[opening - 1] if opening else "", False
        if before == "\\" and _backslashes(text, opening) % 2:
            continue
        if before == "!":
            embed = opening > start and _backslashes(text, opening - 1) % 2 == 0
        inner = match[1]
        if "]" in inner and _ROWS.search(inner):
            continue
        link = _wikilink(inner, opening + 2, Span(opening - embed, end_of_link), embed, False)
        if link is not None:
            yield link


def _backslashes(text: str, offset: int) -> int:
    """Number of backslashes directly before `offset`."""
    at = offset
    while at and text[at - 1] == "\\":
        at -= 1
    return offset - at


def wikilink(text: str, span: Span, *, embed: bool = False, in_property: bool = False) -> Link | None:
    """The wikilink that `span` of `text` covers from `[[` (or `![[`) to `]]`; None when it is blank (G1-G4)."""
    first = span.start + 2 + embed
    return _wikilink(text[first : span.end - 2], first, span, embed, in_property)


def _wikilink(inner: str, first: int, span: Span, embed: bool, in_property: bool) -> Link | None:
    """The wikilink at `span`, whose brackets hold `inner`, which begins at `first`. Made for each link: stay lean."""
    bare = inner.strip()
    if not bare:
        return None
    if len(bare) < len(inner):
        first += inner.find(bare)
    pipe, written, alias = bare.find("|", 1), bare, None  # G3: a pipe at index 0 separates nothing
    if pipe > 0:
        written, alias = bare[:pipe], bare[pipe + 1 :].strip()
    if written[-1] == "\\" and len(written) > 1:  # G4
        written = written[:-1]
    written = written.rstrip()
    path, mark, subpath = written.partition("#")  # G5
    target = Target(normalise(path.strip()), normalise(subpath) if mark else None)
    place = Span(first, first + len(written))
    return Link(span, place, _WIKILINK_FORM, target, len(path), embed, alias, False, in_property)


def page_last(link: Link, text: str) -> Link:
    """A wikilink of `text` as the wikis of GitHub read it: the page behind the pipe (GW1). An image comes first."""
    if link.form is not LinkForm.WIKILINK or link.in_property or link.alias is None or is_attachment(link.target.path):
        return link
    start = text.find("|", link.target_span.end, link.span.end) + 1
    written = text[start : link.span.end - 2]
    bare = written.strip()
    if not start or not bare:
        return link
    first = start + written.index(bare)
    place = Span(first, first + len(bare))
    shown = link.target_span.of(text)
    return structs.replace(
        link, target_span=place, target=split_target(bare), path_length=path_length(bare), alias=shown
    )


@lru_cache(maxsize=4096)  # asked of one file for each link that may mean it
def is_linkable(path: str) -> bool:
    """True if a link without the ending `.md` can name the file at `path`, by name and from the root (G1-G5).

    None can where `#`, `|` or a double bracket stands in it, a blank at an end, or a bracket that makes a third one.
    """
    stem = path.removesuffix(".md")
    return all(_reads_as(f"[[{written}]]", written) for written in {stem, stem.rpartition("/")[2]})


def _reads_as(link: str, path: str) -> bool:
    return [(found.span.end, found.target) for found in find_wikilinks(link)] == [(len(link), Target(normalise(path)))]


def path_length(written: str) -> int:
    """Number of characters of a target, as written, that are its path: all before the first `#`."""
    mark = written.find("#")
    return len(written) if mark < 0 else mark


def is_external(destination: str) -> bool:
    """True if a Markdown destination leaves the vault (M4)."""
    if destination.startswith(("./", "../", "#")):
        return False
    return ":" in destination.partition("#")[0] or destination.startswith("//")


def decode_uri(text: str) -> str | None:
    """JavaScript's `decodeURI` (M2): reserved characters stay encoded; None when an escape is malformed."""
    if "%" not in text:
        return text
    if _BAD_PERCENT.search(text):
        return None
    try:
        return _PERCENT_RUN.sub(_decode_run, text)
    except UnicodeDecodeError:
        return None


def decode_fully(text: str) -> str:
    """A text with every percent escape decoded that can be, also where a link's reader does not decode them."""
    if "%" not in text:
        return text
    try:
        return _PERCENT_RUN.sub(lambda match: bytes.fromhex(match.group().replace("%", "")).decode("utf-8"), text)
    except UnicodeDecodeError:
        return text


def _decode_run(match: re.Match[str]) -> str:
    decoded = bytes.fromhex(match.group().replace("%", "")).decode("utf-8")
    return "".join(f"%{ord(char):02X}" if char in _URI_RESERVED else char for char in decoded)


def markdown_target(destination: str, *, embed: bool = False) -> Target | None:
    """The target of an internal Markdown destination, entities and backslashes already resolved (M2, M5).

    None when a percent escape is malformed: a text link is then no internal link, an image keeps its raw text.
    """
    decoded = decode_uri(destination)
    if decoded is None:
        return split_target(destination) if embed else None
    return split_target(decoded)


def embed_size(alias: str) -> bool:
    """True if the last part of an embed's alias is its size, `300` or `300x200` (E2)."""
    return _EMBED_SIZE.match(alias.rpartition("|")[2]) is not None


@lru_cache(maxsize=16384)  # the headings of one kind of note come again with every note
def heading_key(text: str) -> str:
    """A heading, or a subpath's part, as Obsidian compares them (H1)."""
    return " ".join(_HEADING_NOISE.sub(" ", normalise(text)).split()).lower()


def heading_for_link(text: str) -> str:
    """A heading as Obsidian writes it after `#` (H2).

    A bracket at its end would close the link one character early (G1): then brackets go, which do not count (H1).
    """
    written = " ".join(_HEADING_LINK_NOISE.sub(" ", text).split())
    return " ".join(_BRACKETS.sub(" ", written).split()) if written.endswith("]") else written
