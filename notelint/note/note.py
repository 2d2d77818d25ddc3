"""A note (its text and what stands where) and its outline (the facts that other notes and the cache need)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, structs

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import LineIndex, Span, Units, encodable
from notelint.note.frontmatter import parse as frontmatter
from notelint.note.frontmatter.model import Frontmatter, PropertyPlace
from notelint.note.links import (
    AppLink,
    Link,
    LinkForm,
    find_wikilinks,
    is_external,
    markdown_target,
    page_last,
    path_length,
    wikilink,
)
from notelint.note.markdown import parse as markdown
from notelint.note.markdown.model import BlockId, Heading, Structure
from notelint.note.profile import Profile

if TYPE_CHECKING:
    from markdown_it.token import Token

_BOM = "\ufeff"
_UTF16_MARKS = ("\udcff\udcfe", "\udcfe\udcff")  # as bytes that are not UTF-8 are kept
_FIRST_LINE = lazy_regex(r"[^\r\n]*")


class Parts(Struct, frozen=True, array_like=True, gc=False):
    """The parts of a note that links can name behind `#`. It stands first in an outline that is kept: alone it is
    read fast.
    """

    path: str
    headings: tuple[Heading, ...] = ()
    block_ids: tuple[BlockId, ...] = ()
    footnotes: tuple[str, ...] = ()
    html_ids: tuple[str, ...] = ()
    attribute_ids: tuple[str, ...] = ()


class Outline(Parts, frozen=True, array_like=True, gc=False):
    """The facts of a note that checkers of the whole vault need. Plain values only, so that it can be kept and sent.

    `places` holds where each top-level property stands; `start` is where the frontmatter or the first line is;
    `comments` where Obsidian hides some.
    """

    links: tuple[Link, ...] = ()
    properties: Mapping[str, Any] = msgspec.field(default_factory=dict)
    places: Mapping[str, PropertyPlace] = msgspec.field(default_factory=dict)
    frontmatter_form: str | None = None
    start: Span = Span(0, 0)
    app_links: tuple[AppLink, ...] = ()
    comments: tuple[Span, ...] = ()

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names of the note. They never resolve a link (L10), but make the best suggestions."""
        for key, value in self.properties.items():
            if key.lower() == "aliases":  # F6
                values = value if isinstance(value, list) else str(value).split(",") if value else []
                return tuple(str(item).strip() for item in values)
        return ()

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags in the properties, without `#` (F6). Those in the text are not known here: `notelint.api.tags`."""
        for key, value in self.properties.items():
            if key.lower() == "tags":
                values = value if isinstance(value, list) else str(value).replace(",", " ").split() if value else []
                return tuple(bare for item in values if (bare := str(item).strip().removeprefix("#")))
        return ()

    def place(self, key: str) -> Span:
        """Where a property's value stands; the note's start if it has none of that name."""
        place = self.places.get(key)
        return self.start if place is None else place.value


@dataclass(frozen=True)
class Note:
    """One Markdown file. `path` is relative to the vault root, POSIX; offsets count characters of `text` (no BOM)."""

    path: str
    text: str
    profile: Profile | None = None
    bom: bool = False
    is_named_import: bool = False  # the command line declares it an import
    text_first: bool = False  # wikilinks hold the text before the page, as in the wikis of GitHub (GW1)
    safe_only: bool = False  # only safe fixes are asked for: what none but unsafe ones follow is not looked for

    @classmethod
    def decode(cls, path: str, data: bytes, profile: Profile | None = None) -> "Note":
        """The note that a file's bytes hold. Bytes that are not UTF-8 become lone surrogates, one each."""
        try:
            text, is_valid = data.decode("utf-8"), True
        except UnicodeDecodeError:
            text, is_valid = data.decode("utf-8", "surrogateescape"), False
        bom = text.startswith(_BOM)
        note = cls(path, text[1:] if bom else text, profile, bom)
        if is_valid:
            note.__dict__.update(is_valid=True, utf8=data[len(_BOM.encode()) :] if bom else data)
        return note

    def _as(self, **differences: Any) -> "Note":
        """The same note with other fields; what was parsed stays parsed."""
        other = object.__new__(Note)
        other.__dict__.update(self.__dict__, **differences)
        return other

    def with_profile(self, profile: Profile | None) -> "Note":
        """The same note, seen as of this profile."""
        return self._as(profile=profile)

    def with_text_first(self) -> "Note":
        """The same note, whose wikilinks hold the text before the page (GW1)."""
        return self._as(text_first=True)

    def as_named_import(self) -> "Note":
        """The same note, declared an import by the command line."""
        return self._as(is_named_import=True)

    def for_safe_fixes(self) -> "Note":
        """The same note, of which only safe fixes are asked for: guesses that take long are not made."""
        return self._as(safe_only=True)

    def with_comments_judged(self) -> "Note":
        """The same note, with links in comments taken for ordinary ones."""
        links = tuple(structs.replace(link, hidden=False) for link in self.outline.links)
        return self._as(outline=structs.replace(self.outline, links=links))

    def with_text(self, text: str) -> "Note":
        """A note with another text, of the same path and profile."""
        return replace(self, text=text)

    def encode(self) -> bytes:
        """The file's bytes; `decode` turned round."""
        return ((_BOM if self.bom else "") + self.text).encode("utf-8", "surrogateescape")

    @cached_property
    def is_valid(self) -> bool:
        """True if the text is Unicode, without bytes that are not UTF-8."""
        return encodable(self.text) is self.text

    @cached_property
    def utf8(self) -> bytes:
        """The text in UTF-8, as libraries search it that are not written in Python; what is not Unicode is `?`."""
        return self.text.encode("utf-8", "replace")

    @cached_property
    def frontmatter(self) -> Frontmatter | None:
        """The block between the fences, or None where the note has none (F1)."""
        return frontmatter.parse(self.text)

    @cached_property
    def body_start(self) -> int:
        """The offset where the body begins, behind the frontmatter."""
        return 0 if self.frontmatter is None else self.frontmatter.span.end

    @cached_property
    def structure(self) -> Structure:
        """Headings, links, block ids, code, comments: what stands where in the body."""
        return markdown.structure(self.text if self.is_valid else encodable(self.text), self.body_start)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """All headings, in document order."""
        return self.structure.headings

    @cached_property
    def outer_headings(self) -> list[Heading]:
        """The headings that divide the note: none in quotes, lists or comments."""
        return [heading for heading in self.headings if not heading.nested and not heading.hidden]

    @property
    def properties(self) -> Mapping[str, Any]:
        """The frontmatter's values as Obsidian reads them; empty where there is none."""
        return {} if self.frontmatter is None else self.frontmatter.properties

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """All links, those in properties first."""
        links = self.structure.links
        if self.text_first:
            links = tuple(page_last(link, self.text) for link in links)
        return (*_property_links(self.text, self.frontmatter), *links)

    @property
    def comments(self) -> tuple[Span, ...]:
        """The places that Obsidian hides as comments, marks included (N4)."""
        if "%%" not in self.text:
            return ()
        return tuple(span for span in self.structure.comments.spans if self.text.startswith("%%", span.start))

    @property
    def html_comments(self) -> list[Span]:
        """The comments of HTML, marks included."""
        return [span for span in self.structure.html.spans if self.text.startswith("<!--", span.start)]

    @cached_property
    def lines(self) -> LineIndex:
        """Lines and columns of the text."""
        return LineIndex(self.text)

    @cached_property
    def units(self) -> Units:
        """Columns of the text as other tools count them."""
        return Units(self.text)

    @cached_property
    def tokens(self) -> "list[Token]":
        """The body as markdown-it-py reads it, for checkers that want a tree. Built on demand: it is slow."""
        from markdown_it import MarkdownIt

        return MarkdownIt("commonmark").enable("table").parse(self.text[self.body_start :])

    @cached_property
    def outline(self) -> Outline:
        """The facts of this note for the rest of the vault."""
        block, found = self.frontmatter, self.structure
        first = _FIRST_LINE.match(self.text, 0, len(self.text) if block is None else block.content.start)
        return Outline(
            path=self.path,
            headings=found.headings,
            block_ids=found.block_ids,
            footnotes=found.footnotes,
            html_ids=found.html_ids,
            attribute_ids=found.attribute_ids,
            links=self.links,
            properties=self.properties,
            places={} if block is None else {str(k[0]): v for k, v in block.places.items() if len(k) == 1},
            frontmatter_form=None if block is None else block.form,
            start=Span(0, 0 if first is None else first.end()),
            app_links=() if "obsidian://" not in self.text else tuple(find_app_links(self)),
            comments=self.comments,
        )


def find_app_links(note: Note) -> Iterator[AppLink]:
    """Addresses that open a note in Obsidian and name it, outside code and comments."""
    from notelint.note.app_links import app_links  # few notes have one

    for link in app_links(note.text):
        apart = note.structure.code if link.span.start >= note.body_start else ()
        if link.span.start not in apart and link.span.start not in note.structure.comments:
            yield link


def _property_links(text: str, block: Frontmatter | None) -> tuple[Link, ...]:
    """Property values that as a whole are a wikilink or a Markdown link (F3, F5)."""
    if block is None or ("[[" not in (source := block.content.of(text)) and "](" not in source):
        return ()
    found = []
    for _, value, span in frontmatter.string_values(block):
        bare = value.strip()
        link = _property_link(text, bare, span) if bare[:1] == "[" else None
        if link is not None:
            found.append(link)
    return tuple(found)


def _property_link(text: str, value: str, span: Span) -> Link | None:
    """The link that a property's value is. Its place is that of the value where escapes hide the link itself."""
    inner = frontmatter.inner(text, span)
    at = text.find(value, span.start, span.end) if inner is not None else -1
    whole = Span(at, at + len(value)) if at >= 0 else span
    if value.startswith("[[") and value.endswith("]]"):
        if [link.span for link in find_wikilinks(value)] != [Span(0, len(value))]:
            return None
        if at >= 0:
            return wikilink(text, whole, in_property=True)
        link = wikilink(value, Span(0, len(value)), in_property=True)
        return link and Link(span, span, LinkForm.WIKILINK, link.target, 0, alias=link.alias, in_property=True)
    if value.startswith("[") and value.endswith(")"):
        label, parts, destination = value[1:-1].partition("](")
        target = None if not parts or is_external(destination) or " " in destination else markdown_target(destination)
        if target is not None and "]" not in label:
            start = whole.start + len(label) + 3
            place = Span(start, whole.end - 1) if at >= 0 else span
            length = path_length(destination) if at >= 0 else 0
            return Link(whole, place, LinkForm.MARKDOWN, target, length, alias=label, in_property=True)
    return None


def is_utf16(text: str) -> bool:
    """Tell if a note's text, decoded as UTF-8, is UTF-16: by the mark it begins with, or by a NUL in most pairs."""
    return text.startswith(_UTF16_MARKS) or text.count("\x00") * 3 > len(text)
