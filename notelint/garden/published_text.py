"""The text that the Digital Garden plugin publishes of a note: its steps, in its order, each over the whole text.

Each step is a rule of docs/publishing.md: properties (DG-P4), block ids (DG-A5, DG-A6, and DG-C5 where code is put
back), embeds (DG-E4 to DG-E9), links (DG-L1, DG-L2, DG-L5), comments (DG-C1 to DG-C4), images (DG-E1). Each replaces
what it finds in what the steps before left, properties included (DG-C6), wherever that stands. Dataview's queries are
left as they are. Checkers compare the result with what Obsidian shows; none of these rules is written elsewhere.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct, field

from notelint.core.text import Span
from notelint.garden import plugin_patterns as patterns
from notelint.garden.permalinks import Garden, is_published
from notelint.garden.published_embeds import EmbeddedPart, Removal, inserted, link_path, link_to, part_of, sections
from notelint.garden.published_head import compiled_head
from notelint.garden.rewritten_links import RewrittenLinks, is_asset
from notelint.garden.string_replace import filled_in, is_filled_in
from notelint.garden.traced_text import HOST, Origin, Traced, joined
from notelint.note.note import Note, Parts

_DEPTH = 4  # how deep embeds in embeds are followed
_LONGEST = 8_000_000  # characters of a page; beyond that the model gives up
_MOST_EMBEDS = 3_000
_WORK = 20_000_000  # characters looked through for comments or code, one after the other
_DRAWING = ".excalidraw.md"
_LEAST = len("[[x]]")
_VIDEO = (
    '<div class="youtube-embed"><iframe src="https://www.youtube.com/embed/{}" frameborder="0" '
    'allow="accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture" '
    "allowfullscreen></iframe></div>"
)
_EMPTY = Traced("", (), ())


class Lookup(Protocol):
    """The parts of other notes that publishing a note needs."""

    def resolve(self, path: str, source: str) -> str | None:
        """The file that a link's path means in a note."""

    def note(self, path: str) -> Note | None:
        """The note at a path, excluded by the configuration or not; None if there is none that can be read."""

    def parts(self, note: Note) -> Parts:
        """The parts that links can name of a note that was looked up; its Markdown is read only if need be."""


class Embedding(Struct, frozen=True):
    """An embed that the plugin replaced: where it stands in the text of its `parent`, and the part of which note."""

    number: int
    parent: int
    literal: str
    place: Span | None  # in the parent's text; None where the plugin made it up itself
    target: str
    part: EmbeddedPart
    is_drawing: bool = False


class MadeId(Struct, frozen=True):
    """A caret that became a block id of the site, in the note itself."""

    id: str
    place: Span | None


class Shown(Struct, frozen=True):
    """What Obsidian makes of a note: texts in double brackets that are no links, and the comments that it hides."""

    loose: Sequence[str]
    comments: Sequence[Span]


class Published(Struct):
    """A page as it is published, what became of its embeds, what was taken out, and whose texts were looked at.

    `is_whole` is false where the page is too large for the model: what it does not say is then not known. With
    `keeps_links` it shows links and images as they are written; with `fills_in` code may be another where it was put
    back.
    """

    note: Note
    shown: Shown | None
    text: Traced
    notes: dict[int, Note]  # by the number of the embed, HOST for the note itself
    embeddings: list[Embedding] = field(default_factory=list)
    unembedded: list[tuple[str, Span | None]] = field(default_factory=list)  # embeds of the note inside itself (DG-E8)
    removals: list[Removal] = field(default_factory=list)
    spared: set[str] = field(default_factory=set)  # comments that stay, for they stand in what is taken for code
    ids: list[MadeId] = field(default_factory=list)
    looked_up: set[str] = field(default_factory=set)
    head: str = ""  # as it was compiled, before the other steps
    is_whole: bool = True
    fills_in: bool = False
    keeps_links: bool = False

    def outermost(self, number: int) -> int:
        """The embed in the note itself by which the text of an embed came, HOST for the note's own."""
        while number != HOST and self.embeddings[number - 1].parent != HOST:
            number = self.embeddings[number - 1].parent
        return number


def publish(note: Note, lookup: Lookup, garden: Garden, shown: Shown | None = None) -> Published:
    """The page that the plugin makes of a note which is marked for publishing.

    `shown` is given by who does not read its links: they stay as they are written, and so do images, if the plugin
    rewrites nothing else, neither in code nor in properties.
    """
    return _Page(note, lookup, garden, shown).made()


class _Page:
    """A page in the making: each step takes the text that the one before left."""

    def __init__(self, note: Note, lookup: Lookup, garden: Garden, shown: Shown | None) -> None:
        self._lookup, self._garden = lookup, garden
        self._host = note
        self._sections: dict[str, dict[str, EmbeddedPart]] = {}  # of embedded notes, by the slugs of their headings
        self.page = Published(note, shown, Traced.of(note.text, Origin(HOST, 0)), {HOST: note})

    def made(self) -> Published:
        """The page, after all steps."""
        links = RewrittenLinks(self._host.path, self._lookup.resolve)
        text = self._after((self._properties, self._block_ids, self._embeds), self.page.text)
        shown = self.page.shown
        self.page.keeps_links = shown is not None and not self._rewrites(shown, text)
        if self.page.keeps_links:
            self.page.text = self._after((self._comments,), text)
        else:
            steps = (links.wikilinks, links.markdown_links, self._comments, links.assets)
            self.page.text = self._after(steps, text)
        return self.page

    def _after(self, steps: Sequence[Callable[[Traced], Traced]], text: Traced) -> Traced:
        """A text after some steps, as far as the model goes."""
        for step in steps:
            if len(text.text) > _LONGEST:
                self.page.is_whole = False
                break
            text = step(text)
        return text

    def _rewrites(self, shown: Shown, text: Traced) -> bool:
        """True if steps for links may change properties, or texts in double brackets that are no links.

        They change what stands outside code in the same words, and the names of images. Of links within what is taken
        out as a comment, though Obsidian shows it, nothing is known then.
        """
        loose = shown.loose
        if "[[" in self._host.text[: self._host.body_start]:
            if not self.page.head:
                return True
            loose = [*loose, *(span.of(self.page.head) for span in patterns.bracketed(self.page.head, "[[", each=True))]
        if not loose:
            return False
        hidden = {(HOST, span) for span in shown.comments}
        if any(text.part(span.start, span.end).source() not in hidden for span in patterns.comments(text.text)):
            return True
        sought = patterns.linkable(text.text)
        return any(one in sought or len(one) < _LEAST or is_asset(one) for one in loose)

    def _properties(self, text: Traced) -> Traced:
        end = patterns.frontmatter_end(text.text)
        if not end:
            return text
        self.page.removals.append(Removal("frontmatter", ((HOST, Span(0, end)),)))
        head = compiled_head(self._host, self._garden, lambda path: self._resolve(path, self._host.path))
        self.page.head = head.text
        return joined([head, text.part(end, len(text.text))])

    def _block_ids(self, text: Traced) -> Traced:
        if "^" not in text.text and not ("```" in text.text and is_filled_in(text.text)):
            return text
        codes = patterns.set_aside(text.text)
        kept = [text.part(span.start, span.end) for span in codes]
        text = text.with_(
            (span.start, span.end, Traced.added(f"{{{{CODE_BLOCK_{at}}}}}", HOST)) for at, span in enumerate(codes)
        )
        text = text.with_(self._made_ids(text, patterns.OWN_LINE_ID, "{{ #{}}}\n\n"))
        text = text.with_(self._made_ids(text, patterns.BLOCK_ID, "\n{{ #{}}}\n"))
        return self._put_back(text, kept)

    def _made_ids(self, text: Traced, pattern: re.Pattern[str], form: str) -> Iterator[tuple[int, int, Traced]]:
        for match in pattern.finditer(text.text):
            source = text.part(match.start(1) - 1, match.end(1)).source()
            self.page.ids.append(MadeId(match[1], None if source is None else source[1]))
            yield match.start(), match.end(), Traced.added(form.format(match[1]), HOST)

    def _put_back(self, text: Traced, kept: list[Traced]) -> Traced:
        """Code back in its place, with `String.replace`, which fills in what it holds of `$` (DG-C5)."""
        places = list(patterns.PLACEHOLDER.finditer(text.text))
        plain = len(places) == len(kept) and not any(
            "{{CODE_BLOCK_" in code.text or patterns.SPECIAL.search(code.text) for code in kept
        )
        if plain:
            return text.with_((at.start(), at.end(), kept[int(at[1])]) for at in places)
        self.page.fills_in = True
        for number, code in enumerate(kept):
            placeholder = f"{{{{CODE_BLOCK_{number}}}}}"
            at = text.text.find(placeholder)
            if at < 0:
                continue
            if len(text.text) > _LONGEST or number * len(text.text) > _WORK:
                self.page.is_whole = False
                break
            end = at + len(placeholder)
            text = text.with_([(at, end, filled_in(code, text, at, end))])
        return text

    def _embeds(self, text: Traced, source: str | None = None, depth: int = 0, parent: int = HOST) -> Traced:
        if depth >= _DEPTH or "![[" not in text.text:
            return text
        source = self._host.path if source is None else source
        replaced, length = [], len(text.text)
        for span in patterns.bracketed(text.text, "![["):
            new = self._embedded(text.part(span.start, span.end), source, depth, parent)
            if new is not None:
                replaced.append((span.start, span.end, new))
                length += len(new.text)
            if length > _LONGEST or len(self.page.embeddings) > _MOST_EMBEDS:
                self.page.is_whole = False
                break
        return text.with_(replaced)

    def _embedded(self, embed: Traced, source: str, depth: int, parent: int) -> Traced | None:
        """The text in place of one embed; None where it stays as it is written."""
        literal = embed.text
        written, *aliases = literal[3 : literal.index("]")].split("|")
        video = patterns.youtube_id(written)
        if video is not None:
            return Traced.added(_VIDEO.format(video), parent)
        found_at = embed.source()
        place = found_at[1] if found_at is not None and found_at[0] == parent else None
        path = link_path(written)
        if not path:
            if parent == HOST:
                self.page.unembedded.append((literal, place))
            return None
        target = self._resolve(path, source)
        note = self._note(target) if target is not None and target.endswith(".md") else None
        if target is None or note is None:
            return None
        number = len(self.page.embeddings) + 1
        self.page.notes[number] = note
        if target.endswith(_DRAWING):
            part = EmbeddedPart(0, len(note.text))
            self.page.embeddings.append(Embedding(number, parent, literal, place, target, part, is_drawing=True))
            return Traced.added(f"(drawing: {target})", number)
        if "#" in written and "#^" not in written and target not in self._sections:
            parts = note.outline if note is self._host else self._lookup.parts(note)
            self._sections[target] = sections(note, parts.headings)
        part = part_of(note, written, self._sections.get(target, {}))
        self.page.embeddings.append(Embedding(number, parent, literal, place, target, part))
        link = link_to(note, part, self._garden) if is_published(note.properties) else ""
        new = inserted(note, part, number, (aliases[0] if aliases else "", link), self.page.removals.append)
        return self._embeds(new, target, depth + 1, number)

    def _comments(self, text: Traced) -> Traced:
        """Without comments, but for those that stand word for word in what the plugin takes for code (DG-C3)."""
        found = list(patterns.comments(text.text))
        if not found:
            return text
        codes = (*(span.of(text.text) for span in patterns.code_blocks(text.text)), *patterns.code_spans(text.text))
        spared = patterns.comments_in((*codes, *patterns.drawings(text.text)))
        self.page.spared |= spared
        gone = [span for span in found if span.of(text.text) not in spared]
        if "%%%" in text.text and len(gone) * len(text.text) < _WORK:
            return self._one_by_one(text, [span.of(text.text) for span in gone])
        for span in gone:
            self._remove("comment", text.part(span.start, span.end))
        return text.with_((span.start, span.end, _EMPTY) for span in gone)

    def _one_by_one(self, text: Traced, gone: list[str]) -> Traced:
        """Without these comments: of each what comes first is taken out, which may be what others left."""
        for literal in gone:
            at = text.text.find(literal)
            if at >= 0:
                self._remove("comment", text.part(at, at + len(literal)))
                text = text.with_([(at, at + len(literal), _EMPTY)])
        return text

    def _remove(self, rule: str, text: Traced) -> None:
        places = (
            (origin.owner, Span(origin.offset, origin.offset + (len(written) if origin.exact else 0)))
            for written, origin in text.pieces()
            if origin.offset >= 0
        )
        self.page.removals.append(Removal(rule, tuple(places)))

    def _resolve(self, path: str, source: str) -> str | None:
        return self._lookup.resolve(path, source) if path else None

    def _note(self, path: str) -> Note | None:
        self.page.looked_up.add(path)
        return self._host if path == self._host.path else self._lookup.note(path)
