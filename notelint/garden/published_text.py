"""The text that the Digital Garden plugin publishes of a note: its steps, in its order, each over the whole text.

Each step is a rule of digital-garden.md: properties (DG-P4), block ids (DG-A5, DG-A6, and DG-C5 where code is put
back), embeds (DG-E4 to DG-E9), links (DG-L1, DG-L2, DG-L5), comments (DG-C1 to DG-C4), images (DG-E1). Each replaces
what it finds in what the steps before left, properties included (DG-C6), wherever that stands. Dataview's queries are
left as they are. Checkers compare the result with what Obsidian shows; none of these rules is written elsewhere.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import quote, unquote

from notelint.core.text import Span
from notelint.garden import plugin_patterns as patterns
from notelint.garden.permalinks import Garden, is_published
from notelint.garden.published_embeds import Part, Removal, inserted, link_path, link_to, part_of
from notelint.garden.published_head import compiled_head
from notelint.garden.traced_text import HOST, Origin, Traced, joined
from notelint.note.note import Note

_DEPTH = 4  # how deep embeds in embeds are followed
_LONGEST = 8_000_000  # characters of a page; beyond that the model gives up
_MOST_EMBEDS = 3_000
_WORK = 400_000_000  # characters looked through for comments, one after the other
_DRAWING = ".excalidraw.md"
_VIDEO = '<div class="youtube-embed"><iframe src="https://www.youtube.com/embed/{}" frameborder="0" allow="accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture" allowfullscreen></iframe></div>'
_IMAGE = re.compile(r"\.(?:png|jpg|jpeg|gif|webp)\Z")
_ASSET = re.compile(r"\.(?:png|jpg|jpeg|gif|webp|svg|pdf)\Z")
_URI_SAFE = "~@#$&()*!+=:;,.?/'"
_EMPTY = Traced("", (), ())


class Lookup(Protocol):
    """What publishing a note needs of the others."""

    def resolve(self, path: str, source: str) -> str | None:
        """The file that a link's path means in a note."""

    def note(self, path: str) -> Note | None:
        """The note at a path, excluded by the configuration or not; None if there is none that can be read."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """An embed that the plugin replaced: where it stands in the text of its `parent`, and the part of which note."""

    number: int
    parent: int
    literal: str
    place: Span | None  # in the parent's text; None where the plugin made it up itself
    target: str
    part: Part
    is_drawing: bool = False


@dataclass(frozen=True, slots=True)
class MadeId:
    """A caret that became a block id of the site, in the note itself."""

    id: str
    place: Span | None


@dataclass
class Published:
    """A page as it is published, what became of its embeds, what was taken out, and whose texts were looked at.

    `is_whole` is false where the page is too large for the model: what it does not say is then not known.
    """

    note: Note
    text: Traced
    notes: dict[int, Note]  # by the number of the embed, HOST for the note itself
    embeddings: list[Embedding] = field(default_factory=list)
    unembedded: list[tuple[str, Span | None]] = field(default_factory=list)  # embeds of the note inside itself (DG-E8)
    removals: list[Removal] = field(default_factory=list)
    ids: list[MadeId] = field(default_factory=list)
    looked_up: set[str] = field(default_factory=set)
    is_whole: bool = True

    def outermost(self, number: int) -> int:
        """The embed in the note itself by which the text of an embed came, HOST for the note's own."""
        while number != HOST and self.embeddings[number - 1].parent != HOST:
            number = self.embeddings[number - 1].parent
        return number


def publish(note: Note, lookup: Lookup, garden: Garden) -> Published:
    """The page that the plugin makes of a note which is marked for publishing."""
    return _Page(note, lookup, garden).made()


class _Page:
    """A page in the making: each step takes the text that the one before left."""

    def __init__(self, note: Note, lookup: Lookup, garden: Garden) -> None:
        self._lookup, self._garden = lookup, garden
        self._host = note
        self.page = Published(note, Traced.of(note.text, Origin(HOST, 0)), {HOST: note})

    def made(self) -> Published:
        """The page, after all steps."""
        text = self.page.text
        steps: tuple[Callable[[Traced], Traced], ...] = (
            self._properties,
            self._block_ids,
            self._embeds,
            self._wikilinks,
            self._markdown_links,
            self._comments,
            self._assets,
        )
        for step in steps:
            if len(text.text) > _LONGEST:
                self.page.is_whole = False
                break
            text = step(text)
        self.page.text = text
        return self.page

    def _properties(self, text: Traced) -> Traced:
        end = patterns.frontmatter_end(text.text)
        if not end:
            return text
        self.page.removals.append(Removal("frontmatter", ((HOST, Span(0, end)),)))
        head = compiled_head(self._host, self._garden, lambda path: self._resolve(path, self._host.path))
        return joined([head, text.part(end, len(text.text))])

    def _block_ids(self, text: Traced) -> Traced:
        if "^" not in text.text and not ("```" in text.text and _is_filled_in(text.text)):
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
        for number, code in enumerate(kept):
            placeholder = f"{{{{CODE_BLOCK_{number}}}}}"
            at = text.text.find(placeholder)
            if at < 0:
                continue
            if len(text.text) > _LONGEST or number * len(text.text) > _WORK:
                self.page.is_whole = False
                break
            end = at + len(placeholder)
            text = text.with_([(at, end, _filled_in(code, text, at, end))])
        return text

    def _embeds(self, text: Traced, source: str | None = None, depth: int = 0, parent: int = HOST) -> Traced:
        if depth >= _DEPTH or "![[" not in text.text:
            return text
        source = self._host.path if source is None else source
        replaced, length = [], len(text.text)
        for span in patterns.bracketed(text.text, "![["):
            literal = span.of(text.text)
            new = self._embedded(text, span, literal, source, depth, parent)
            if new is not None:
                replaced.append((span.start, span.end, new))
                length += len(new.text)
            if length > _LONGEST or len(self.page.embeddings) > _MOST_EMBEDS:
                self.page.is_whole = False
                break
        return text.with_(replaced)

    def _embedded(
        self, text: Traced, span: Span, literal: str, source: str, depth: int, parent: int
    ) -> Traced | None:
        """What stands in place of one embed; None where it stays as it is written."""
        written, *aliases = literal[3 : literal.index("]")].split("|")
        video = patterns.youtube_id(written)
        if video is not None:
            return Traced.added(_VIDEO.format(video), parent)
        found_at = text.part(span.start, span.end).source()
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
            part = Part(0, len(note.text))
            self.page.embeddings.append(Embedding(number, parent, literal, place, target, part, is_drawing=True))
            return Traced.added(f"(drawing: {target})", number)
        part = part_of(note, written)
        self.page.embeddings.append(Embedding(number, parent, literal, place, target, part))
        link = link_to(note, part, self._garden) if is_published(note.properties) else ""
        new = inserted(note, part, number, aliases[0] if aliases else "", link, self.page.removals.append)
        return self._embeds(new, target, depth + 1, number)

    def _wikilinks(self, text: Traced) -> Traced:
        if "[[" not in text.text:
            return text
        sought = patterns.linkable(text.text)
        new: dict[str, str] = {}
        for span in patterns.bracketed(sought, "[["):
            literal = span.of(sought)
            if literal not in new and (written := self._wikilink(literal)) is not None:
                new[literal] = written
        return _with_literals(text, "[[", new)

    def _wikilink(self, literal: str) -> str | None:
        """A wikilink with the whole path of what it means (DG-L1, DG-L3); None where it stays as it is."""
        name, *aliases = literal[2:-2].split("|")
        name = name.removesuffix("\\")
        display = aliases[0] if aliases and aliases[0] else name
        path, mark, fragment = name.partition("#")
        subpath = f"#{fragment.partition('#')[0]}" if mark else ""
        if not path:
            stem = self._host.path.rpartition(".")[0]
            return rf"[[{stem}{subpath}\|{display}]]" if mark else None
        target = self._resolve(link_path(path), self._host.path)
        if target is None:
            return rf"[[{path}{subpath}\|{display}]]"
        if not target.endswith((".md", ".canvas")):
            return None
        return rf"[[{target.removesuffix('.md')}{subpath}\|{display}]]"

    def _markdown_links(self, text: Traced) -> Traced:
        if "](" not in text.text:
            return text
        new: dict[str, str] = {}
        for match in patterns.MARKDOWN_LINK.finditer(patterns.linkable(text.text)):
            if ":" in match[2].partition("/")[0]:
                continue
            target = self._resolve_markdown(unquote(match[2]))
            if target is not None and target.endswith((".md", ".canvas")):
                stem = target.removesuffix(".md")
                label = match[1] or stem.rpartition("/")[2]
                new[match.group()] = rf"[[{stem}{unquote(match[3])}\|{label}]]"
        return _with_literals(text, "[", new)

    def _resolve_markdown(self, path: str) -> str | None:
        folder = self._host.path.rpartition("/")[0]
        parts: list[str] = folder.split("/") if folder else []
        for part in path.split("/"):
            if part == "..":
                if not parts:
                    return self._resolve(path, self._host.path)
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
        order = ["/".join(parts), path] if path.startswith(("./", "../")) else [path, "/".join(parts)]
        return next((found for one in order if (found := self._resolve(one, self._host.path)) is not None), None)

    def _comments(self, text: Traced) -> Traced:
        """Without comments, but for those that stand word for word in what the plugin takes for code (DG-C3)."""
        found = [span.of(text.text) for span in patterns.comments(text.text)]
        if not found:
            return text
        codes = [span.of(text.text) for span in patterns.code_blocks(text.text)]
        spared = "\0\ue000\0".join([*codes, *patterns.code_spans(text.text), *patterns.drawings(text.text)])
        exactly = len(found) * len(text.text) < _WORK
        at = 0
        for literal in found:
            if literal in spared:
                continue
            at = text.text.find(literal, 0 if exactly else at)
            if at < 0:
                break
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

    def _assets(self, text: Traced) -> Traced:
        """Images, and links to images and PDFs, by their place on the site (DG-E1, DG-L1)."""
        new: dict[str, str] = {}
        for span in patterns.bracketed(text.text, "[[") if "[[" in text.text else ():
            name, *rest = span.of(text.text)[2:-2].split("|")
            name = name.removesuffix("\\")
            if not _ASSET.search(name):
                continue
            target = self._resolve(link_path(name), self._host.path)
            if target is None:
                continue
            address = f"/img/user/{quote(target, safe=_URI_SAFE)}"
            embed = text.text[max(span.start - 1, 0) : span.start] == "!"
            if not embed:
                new[span.of(text.text)] = f"[{'|'.join(rest) or name}]({address})"
            elif _IMAGE.search(name):
                alias = "".join(rf"\|{part}" for part in rest)
                new[span.of(text.text)] = f"[{name}{alias}]({address})"
        return _with_literals(text, "[[", new)

    def _resolve(self, path: str, source: str) -> str | None:
        return self._lookup.resolve(path, source) if path else None

    def _note(self, path: str) -> Note | None:
        self.page.looked_up.add(path)
        return self._host if path == self._host.path else self._lookup.note(path)


def _is_filled_in(text: str) -> bool:
    return patterns.SPECIAL.search(text) is not None or patterns.PLACEHOLDER.search(text) is not None


def _filled_in(code: Traced, text: Traced, start: int, end: int) -> Traced:
    """Code as `String.replace` puts it in place of what stands from `start` to `end` of a text."""
    meant = {
        "$$": Traced.added("$", HOST),
        "$&": text.part(start, end),
        "$`": text.part(0, start),
        "$'": text.part(end, len(text.text)),
    }
    return code.with_((at.start(), at.end(), meant[at.group()]) for at in patterns.SPECIAL.finditer(code.text))


def _with_literals(text: Traced, opening: str, new: dict[str, str]) -> Traced:
    """A text with some of its links replaced wherever they stand, in code too (DG-L2)."""
    if not new:
        return text
    closing = "]]" if opening == "[[" else ")"
    replaced, at = [], 0
    for span in patterns.bracketed(text.text, opening, each=True) if closing == "]]" else _literals(text.text, new):
        if span.start >= at and span.of(text.text) in new:
            replaced.append((span.start, span.end, _rewritten(text, span, new[span.of(text.text)])))
            at = span.end
    return text.with_(replaced)


def _rewritten(text: Traced, span: Span, new: str) -> Traced:
    """What stands in place of a link, and came from there."""
    source = text.part(span.start, span.end).source()
    return Traced.added(new, HOST) if source is None else Traced.of(new, Origin(source[0], source[1].start, False))


def _literals(text: str, new: dict[str, str]) -> Iterator[Span]:
    found = [Span(*match.span()) for match in patterns.MARKDOWN_LINK.finditer(text)]
    return (span for span in found if span.of(text) in new)
