"""The part of a note that the plugin puts in place of an embed, and its changes to it (DG-E4, DG-E6 to DG-E9)."""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from notelint.core.file_types import link_name
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.garden.permalinks import Garden, garden_path, sanitise, slugify, url_path
from notelint.garden.plugin_patterns import BLOCK_REFERENCE, frontmatter_end, line_of
from notelint.garden.traced_text import Origin, Traced, joined
from notelint.note.links import normalise
from notelint.note.markdown.blocks import block_at
from notelint.note.markdown.model import Heading
from notelint.note.note import Note

_HASHES = lazy_regex(r"(#+)\s?([^\n\r]*)\Z")
_ARROW = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" '
    'class="svg-icon lucide-link"><path d="M10 13a5 5 0 0 0 7.54.54l3-3a5 5 0 0 0-7.07-7.07l-1.72 1.71"></path>'
    '<path d="M14 11a5 5 0 0 0-7.54-.54l-3 3a5 5 0 0 0 7.07 7.07l1.71-1.71"></path></svg>'
)


class EmbeddedPart(Struct, frozen=True):
    """A part of a note: from `start` to `end` of its text, the `heading` or the `block` that was found there.

    `wanted` is the name of the heading or block that the embed asks for. All of the note where it is not found.
    """

    start: int
    end: int
    wanted: str | None = None
    heading: Heading | None = None
    block: str | None = None

    @property
    def is_whole(self) -> bool:
        """True if it is all of the note."""
        return self.heading is None and self.block is None


class Removal(Struct, frozen=True):
    """A text that a step took out: by which rule, and where it stood, in which notes, by the numbers of their
    embeds.
    """

    rule: str
    places: tuple[tuple[int, Span], ...]


def link_path(written: str) -> str:
    """The path in an embed's or a link's target; it is not trimmed (DG-L4)."""
    return normalise(written.partition("#")[0])


def sections(note: Note, headings: Sequence[Heading]) -> dict[str, EmbeddedPart]:
    """The sections of a note with these headings, by the slugs of these, the first of each (DG-E6)."""
    found: dict[str, EmbeddedPart] = {}
    ends: list[tuple[int, int]] = []  # levels of the headings below, and where they begin; the nearest last
    for heading in reversed([heading for heading in headings if not heading.nested]):
        while ends and ends[-1][0] > heading.level:
            ends.pop()
        start = line_of(note.text, heading.span.start)
        end = max(line_of(note.text, ends[-1][1]) - 1, start) if ends else len(note.text)
        found[slugify(heading.text)] = EmbeddedPart(start, end, heading=heading)
        ends.append((heading.level, heading.span.start))
    return found


def part_of(note: Note, written: str, known: Mapping[str, EmbeddedPart]) -> EmbeddedPart:
    """The part of a note that the target of an embed names to the plugin; `known` are the note's sections."""
    whole = EmbeddedPart(0, len(note.text))
    if "#^" in written:
        wanted = written.split("#^")[1]
        span = block_at(note, wanted)
        return EmbeddedPart(span.start, span.end, f"^{wanted}", block=wanted) if span else _named(whole, f"^{wanted}")
    if "#" not in written:
        return whole
    wanted = written.split("#")[1]
    section = known.get(slugify(wanted))
    return _named(section or whole, wanted)


def _named(part: EmbeddedPart, wanted: str) -> EmbeddedPart:
    return EmbeddedPart(part.start, part.end, wanted, part.heading)


def inserted(
    note: Note, part: EmbeddedPart, owner: int, around: tuple[str, str], removed: Callable[[Removal], None]
) -> Traced:
    """The text in place of an embed, before its own embeds are put in. `removed` gets the parts that are left out.

    `around` is the alias that becomes a title, and the link to the note.
    """
    header, link = around
    text = Traced.of(note.text, Origin(owner, 0)).part(part.start, part.end)
    if part.block is not None:
        text = _without(text, [_first(text.text, f"^{part.block}")])
    end = frontmatter_end(text.text)
    if end:
        removed(Removal("frontmatter", ((owner, Span(part.start, part.start + end)),)))
        text = text.part(end, len(text.text))
    references = [Span(*match.span()) for match in BLOCK_REFERENCE.finditer(text.text)]
    for span in references:
        source = text.part(span.start, span.end).source()
        if source is not None:
            removed(Removal("block-reference", ((owner, source[1]),)))
    title = f'<div class="markdown-embed-title">\n\n{_header(header, note.path)}\n\n</div>\n' if header else ""
    opening = f'\n<div class="transclusion internal-embed is-loaded">{link}<div class="markdown-embed">\n\n{title}\n\n'
    return joined([Traced.added(opening, owner), _without(text, references), Traced.added("\n\n</div></div>\n", owner)])


def _first(text: str, literal: str) -> Span:
    at = text.find(literal)
    return Span(at, at + len(literal)) if at >= 0 else Span(0, 0)


def _without(text: Traced, spans: list[Span]) -> Traced:
    return text.with_((span.start, span.end, Traced("", (), ())) for span in spans if span.end > span.start)


def _header(written: str, path: str) -> str:
    """The heading that an embed's alias becomes, a size too (DG-E8)."""
    name = link_name(path)
    written = written.replace("{{title}}", name, 1)
    match = _HASHES.match(written)
    return f"# {written.strip()}" if match is None else f"{match[1]} {match[2]}"


def link_to(note: Note, part: EmbeddedPart, garden: Garden) -> str:
    """The link to an embedded note that is published itself; it knows no `dg-path` (DG-U8)."""
    own = note.properties.get("dg-permalink")
    path = url_path(garden_path(note.path, garden.rules), slugify_enabled=garden.slugify_enabled)
    address = sanitise(own) if isinstance(own, str) and own else f"/{path}"
    section = "" if part.wanted is None else f"#{slugify(part.wanted.removeprefix('^'))}"
    return f'<a class="markdown-embed-link" href="{address}{section}" aria-label="Open link">{_ARROW}</a>'
