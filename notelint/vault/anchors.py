"""The part of a note that a subpath names (docs/link-rules.md, H): headings, blocks, footnotes, ids of a site."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from notelint.core.fuzzy import Spellings
from notelint.core.lazy_regex import lazy_regex
from notelint.core.memo import Memo
from notelint.core.spelling import spelling_key
from notelint.core.text import Span
from notelint.garden.heading_ids import Ids, github_ids, ids_of_generators, site_ids
from notelint.garden.permalinks import slugify
from notelint.garden.template import read_link
from notelint.note.links import heading_for_link, heading_key
from notelint.note.markdown.model import Heading
from notelint.note.note import Outline, Parts
from notelint.vault.link_rules import LinkRules, ResolutionProfile
from notelint.vault.outlines import DIGEST_SIZE, Outlines, digest
from notelint.vault.resolution import Anchor, AnchorResolution
from notelint.vault.website_ids import WebsiteIds

_KEPT_HEADINGS = 512  # notes
_KEPT_IDS = 4096
_RANGE = lazy_regex(r"(?:,\d+)?(?::#.*)?$")  # behind the first part of what Dendron shows of a note: `#a,1:#b`
_OF_DRAWING = ("Excalidraw Data", "Text Elements")  # headings of a note whose parts, in packed data, have ids as well
_USER_CONTENT = "user-content-"  # what GitHub writes before each id
_LINES = lazy_regex(r"L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|top")  # what GitHub finds without a heading (GH5)


def _memo() -> Memo[str, Any]:
    return Memo(_KEPT_IDS)


@dataclass
class Anchors:
    """Resolves subpaths. `outlines` are those of all notes; `older_template` that of the site (DG-A1)."""

    outlines: Mapping[str, Outline]
    rules: LinkRules
    older_template: bool = False
    _names: "dict[str, AnchorNames]" = field(default_factory=dict, init=False, repr=False)
    _headings: "dict[str, _Headings]" = field(default_factory=dict, init=False, repr=False)
    _of_site: dict[str, dict[str, Heading]] = field(default_factory=_memo, init=False, repr=False)
    _ids_on_site: dict[str, dict[Span, str]] = field(default_factory=_memo, init=False, repr=False)
    _of_github: dict[str, dict[str, Heading]] = field(default_factory=_memo, init=False, repr=False)
    _of_website: dict[str, WebsiteIds] = field(default_factory=_memo, init=False, repr=False)
    _ids_of_texts: dict[str, dict[str, str]] = field(default_factory=_memo, init=False, repr=False)
    _drawings: dict[str, bool] = field(default_factory=_memo, init=False, repr=False)

    def with_outlines(self, outlines: Mapping[str, Outline], changed: Iterable[str]) -> "Anchors":
        """The same with other outlines: of the notes at the paths `changed` nothing that was found stays."""
        gone, other = frozenset(changed), Anchors(outlines, self.rules, self.older_template)
        for kept in (
            *("_names", "_headings", "_of_site", "_ids_on_site", "_of_github", "_of_website", "_ids_of_texts"),
            "_drawings",
        ):
            table = getattr(self, kept)
            getattr(other, kept).update({path: value for path, value in table.items() if path not in gone})
        return other

    @cached_property
    def parts(self) -> Callable[[str], Parts | None]:
        """The parts that links can name of the note at a path; None if there is no note."""
        return self.outlines.parts if isinstance(self.outlines, Outlines) else self.outlines.get

    def resolve(self, target: str, subpath: str | None) -> AnchorResolution:
        """Resolve a subpath in the file `target` (H1-H9, E3). `target` is a path of this vault."""
        return self.within(self.parts(target), subpath, self._digests(target))

    def within(self, note: Parts | None, subpath: str | None, digests: bytes = b"") -> AnchorResolution:
        """Resolve a subpath in a note, one that the configuration excludes too; nothing in other files.

        `digests` are those of what links can name of the note, if at hand: links by the thousand may each name in
        another note what is nowhere, and then no note's headings need be made ready to be looked up.
        """
        if subpath and self.rules.pages_without_files:
            subpath = _RANGE.sub("", subpath)
        parts = [part for part in (subpath or "").split("#") if part.strip()]
        if note is None or not parts:
            return AnchorResolution(Anchor.NONE)
        if self.rules.profile is ResolutionProfile.GITHUB:
            return self._on_github(note, unquote(subpath or ""))
        first = parts[0].strip()
        footnote = first[2:].removesuffix("]") if first.startswith("[^") else ""  # `[[#[^1]]]` ends at its first `]]`
        if len(parts) == 1 and footnote.lower() in note.footnotes:
            return AnchorResolution(Anchor.FOOTNOTE, block=footnote, rule="H5")
        if not digests or all(part.lstrip().startswith("^") or _hold(digests, part) for part in parts):
            found = self._headings_of(note).named(parts)
            if found is not None:
                return found
        if self.rules.profile is ResolutionProfile.SITE and (there := self._on_site(note, first)) is not None:
            return AnchorResolution(Anchor.HEADING, there, "DG-L8", (there,))
        if self.rules.heading_ids and (by_id := self._on_website(note, unquote(first))) is not None:
            return by_id
        if first.startswith("^"):
            return AnchorResolution(Anchor.NONE if self._is_drawing(note) else Anchor.MISSING_BLOCK, rule="H9")
        return AnchorResolution(Anchor.MISSING_HEADING, rule="H9")

    def _is_drawing(self, note: Parts) -> bool:
        found = self._drawings.get(note.path)
        if found is None:
            found = self._drawings[note.path] = any(heading.text in _OF_DRAWING for heading in note.headings)
        return found

    def ids_after(self, target: str, heading: Heading, text: str) -> Mapping[str, str]:
        """The ids of a heading of the note `target` on GitHub and websites, with those that it has once it is `text`.

        Of those who give one id before, the one counts that the vault is known to be for.
        """
        headings = (self.parts(target) or Parts(target)).headings
        if heading not in headings:
            return {}
        at = headings.index(heading)
        before = [one.text for one in headings]
        after = [*before[:at], text, *before[at + 1 :]]
        ways = zip(self._ids(before), self._ids(after), strict=True)
        return {old[at]: new[at] for old, new in ways if old[at]}

    def _ids(self, headings: list[str]) -> list[list[str]]:
        """The ids of headings, in order, as each generator gives them: last that which the notes are for."""
        ways = {Ids.GITHUB: github_ids(headings), **ids_of_generators(headings)}
        return sorted(ways.values(), key=lambda ids: ids is ways[self.rules.ids])

    def _own_ids(self, note: Parts) -> Mapping[str, str]:
        """The ids of a note's headings by their texts, as whom the notes are for gives them; of twins the first."""
        if note.path not in self._ids_of_texts:
            texts = [one.text for one in note.headings]
            self._ids_of_texts[note.path] = dict(reversed([*zip(texts, self._ids(texts)[-1], strict=True)]))
        return self._ids_of_texts[note.path]

    def by_id(self, target: str, subpath: str) -> AnchorResolution | None:
        """The part of the note `target` that GitHub or a website finds by an id, or None (UR1)."""
        note = self.parts(target)
        return None if note is None else self._on_website(note, unquote(subpath.strip()))

    def _on_website(self, note: Parts, id: str) -> AnchorResolution | None:
        """Resolve an id as generators of websites give it (GH4, GH5, WS2)."""
        ids = self._of_website.get(note.path)
        if ids is None:
            ids = self._of_website[note.path] = WebsiteIds(note, self._github_anchors(note))
        found = ids.find(id.removeprefix(_USER_CONTENT))
        return found or (AnchorResolution(Anchor.NONE, rule="GH5") if _LINES.fullmatch(id) else None)

    def _on_site(self, note: Parts, fragment: str) -> Heading | None:
        """The heading that the site's template finds by a link's fragment, though Obsidian does not."""
        read = read_link(f"x#{fragment}", older=self.older_template)
        return None if read is None or read.anchor is None else self.headings_on_site(note).get(read.anchor)

    def headings_on_site(self, note: Parts) -> Mapping[str, Heading]:
        """The headings of a note by the ids that the site's template gives them (DG-A1, DG-A3)."""
        return _by_id(note, site_ids, self._of_site)

    def ids_on_site(self, note: Parts) -> Mapping[Span, str]:
        """The ids that the site gives the headings of a note, by the headings' places (DG-A3)."""
        found = self._ids_on_site.get(note.path)
        if found is None:
            headings = self.headings_on_site(note)
            found = self._ids_on_site[note.path] = {heading.span: id for id, heading in headings.items()}
        return found

    def is_known(self, target: str, subpath: str) -> bool:
        """True if a subpath of one part surely names something of a note (H1, H6), as nearly all do."""
        if "#" in subpath or self.rules.profile is ResolutionProfile.GITHUB:
            return False
        return _hold(self._digests(target), subpath.strip())

    def _digests(self, target: str) -> bytes:
        return self.outlines.names(target) if isinstance(self.outlines, Outlines) else b""

    def names_of(self, target: str) -> "AnchorNames":
        """Names that a link could mean by a part that the note `target` does not have."""
        names = self._names.get(target)
        if names is not None:
            self._digests(target)  # are looked at for this note too
        else:
            names = self._names[target] = AnchorNames(self.parts(target) or Parts(target))
        return names

    def _on_github(self, note: Parts, fragment: str) -> AnchorResolution:
        """Resolve a fragment as GitHub does: a heading by its id, an `id` of HTML, or lines of the file (GH4, GH5)."""
        id = fragment.removeprefix(_USER_CONTENT)
        named = self._github_anchors(note).get(id)
        if named is not None:
            return AnchorResolution(Anchor.HEADING, named, "GH4", (named,))
        known = id in note.html_ids or _LINES.fullmatch(id)
        return AnchorResolution(Anchor.NONE if known else Anchor.MISSING_HEADING, rule="GH5" if known else "GH4")

    def fragment(self, target: str, heading: str, *, as_id: bool = False) -> str:
        """The text behind `#` of a link to a heading, by its text, of the note `target` (H2, GH4)."""
        if as_id or self.rules.profile is ResolutionProfile.GITHUB:
            return self._own_ids(self.parts(target) or Parts(target)).get(heading, heading)
        return heading_for_link(heading)

    def _github_anchors(self, note: Parts) -> dict[str, Heading]:
        """The headings of a note by the ids that GitHub gives them."""
        return _by_id(note, github_ids, self._of_github)

    def _headings_of(self, note: Parts) -> "_Headings":
        anchors = self._headings.get(note.path)
        if anchors is None:
            if len(self._headings) >= _KEPT_HEADINGS:  # links lead near: old ones are seldom needed
                self._headings.clear()
            anchors = self._headings[note.path] = _Headings(note)
        return anchors


def _hold(digests: bytes, part: str) -> bool:
    """True if one of the digests is that of a heading (H1), or of a block behind its caret (H6)."""
    wanted = digest(f"^{part[1:].strip().lower()}" if part.startswith("^") else heading_key(part))
    at = digests.find(wanted)
    while at % DIGEST_SIZE and at >= 0:
        at = digests.find(wanted, at + 1)
    return at >= 0


def _by_id(
    note: Parts, ids: Callable[[Iterable[str]], list[str]], kept: dict[str, dict[str, Heading]]
) -> dict[str, Heading]:
    """The headings of a note by the ids that `ids` gives their texts; `kept` are those of other notes, found before."""
    found = kept.get(note.path)
    if found is None:
        texts = (heading.text for heading in note.headings)
        found = kept[note.path] = dict(zip(ids(texts), note.headings, strict=True))
    return found


class AnchorNames:
    """The headings and block ids of one note, ready to be searched: very many links may name what it does not have."""

    def __init__(self, note: Parts) -> None:
        headings = [heading.text for heading in note.headings if not heading.nested]
        self.by_slug = {slugify(heading): heading for heading in reversed(headings)}
        self.by_key = {heading_key(heading): heading for heading in reversed(headings)}
        self.keys = Spellings(self.by_key)
        self.by_spelling = _texts_by_key(headings)
        self.blocks_by_spelling = _texts_by_key(block.id for block in note.block_ids)
        self.blocks = Spellings(block.id for block in note.block_ids)


def _texts_by_key(texts: Iterable[str]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = defaultdict(list)
    for text in dict.fromkeys(texts):
        keys[spelling_key(text)].append(text)
    return keys


class _Headings:
    """The headings and block ids of one note, ready to be looked up: a note may have very many links to it."""

    def __init__(self, note: Parts) -> None:
        self._headings = [heading for heading in note.headings if not heading.nested]
        self._keys = [heading_key(heading.text) for heading in self._headings]
        self._first = dict(zip(reversed(self._keys), reversed(self._headings), strict=True))
        self._blocks = {block.id.lower(): block.id for block in note.block_ids}

    def named(self, parts: list[str]) -> AnchorResolution | None:
        """What the parts of a subpath name: a block (H6), or one heading within the other (H1, H4)."""
        first = parts[0].strip()
        if len(parts) == 1 and first.startswith("^"):
            block = self._blocks.get(first[1:].strip().lower())
            if block is not None:
                return AnchorResolution(Anchor.BLOCK, block=block, rule="H6")
        headings = self._find([heading_key(part) for part in parts])
        if not headings:
            return None
        return AnchorResolution(Anchor.HEADING, headings[-1], "H4" if len(parts) > 1 else "H1", headings)

    @cached_property
    def _places(self) -> Mapping[str, Mapping[int, list[int]]]:
        """Positions of headings among all, by key and level."""
        places: dict[str, dict[int, list[int]]] = {}
        for at, (key, heading) in enumerate(zip(self._keys, self._headings, strict=True)):
            places.setdefault(key, {}).setdefault(heading.level, []).append(at)
        return places

    def _find(self, wanted: list[str]) -> tuple[Heading, ...]:
        """H4: each part must match the first later heading of a deeper level than the match before."""
        if len(wanted) == 1:
            first = self._first.get(wanted[0])
            return () if first is None else (first,)
        found: list[Heading] = []
        last, above = -1, 0
        for part in wanted:
            later = [
                places[at]
                for level, places in self._places.get(part, {}).items()
                if level > above and (at := bisect_right(places, last)) < len(places)
            ]
            if not later:
                return ()
            last = min(later)
            found.append(self._headings[last])
            above = found[-1].level
        return tuple(found)
