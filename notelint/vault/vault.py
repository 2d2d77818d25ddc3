"""The vault: all outlines and files of one run, and what became of the links of its notes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from notelint.core.file_types import names_file
from notelint.core.memo import Memo
from notelint.garden.permalinks import Garden
from notelint.note.links import Link, LinkForm, decode_fully, is_placeholder, normalise
from notelint.note.note import Note, Outline
from notelint.vault.anchors import Anchors
from notelint.vault.face import Face
from notelint.vault.incoming import incoming_links
from notelint.vault.link_rules import RULES, LinkRules, ResolutionProfile
from notelint.vault.moves import MARK, NO_EVIDENCE, ORIGIN, PAST, MoveEvidence
from notelint.vault.names import Names
from notelint.vault.note_texts import Texts
from notelint.vault.other_readers import ENDINGS, is_of_others
from notelint.vault.outlines import Outlines
from notelint.vault.resolution import Anchor, Resolution, Status
from notelint.vault.resolver import Resolver
from notelint.vault.site import PublishedSite
from notelint.vault.website_pages import has_page
from notelint.vault.written_paths import path_from_folder

if TYPE_CHECKING:
    from notelint.vault.published_page import PublishedPage
    from notelint.vault.published_pages import PublishedPages

_Links = tuple[list[tuple[Link, Resolution]], list[tuple[Link, str]]]


_KEPT_LINKS = 1 << 16  # of which is remembered what they mean: there may be as many as links


def _memo() -> Memo[Any, Any]:
    return Memo(_KEPT_LINKS)


@dataclass
class Vault:
    """All notes and files of one run. `files` are all paths in vault order, notes among them.

    What is known of them all is in four parts: their names, where their links lead, which parts of them links
    name, and their addresses on the site.
    """

    outlines: Mapping[str, Outline]
    files: Iterable[str] = ()
    garden: Garden = field(default_factory=Garden)
    attachment_folder: str | None = None  # where the vault keeps its attachments, if it is known
    known_faces: Mapping[str, Face] | None = None  # those of all outlines, where they are known already
    rules: LinkRules = RULES[ResolutionProfile.OBSIDIAN]
    evidence: MoveEvidence = NO_EVIDENCE  # of where files went that links still name
    linked: Sequence[str] = ()  # symbolic links to folders: what lies there is unknown
    texts: Texts | None = None  # whole notes, for the few checkers that compare texts
    similar: dict[str, list[str]] = field(default_factory=_memo, init=False, repr=False)  # for suggestions
    present_folders: set[str] = field(default_factory=set, init=False, repr=False)
    meant: dict[Any, Any] = field(default_factory=_memo, init=False, repr=False)  # by links that find nothing
    dead: tuple[Outline | None, list[tuple[Link, bool]]] = field(
        default=(None, []), init=False, repr=False
    )  # those of one note
    becoming: tuple[Outline | None, Any] = field(default=(None, ()), init=False, repr=False)  # for published links
    living_links: set[str] = field(default_factory=set, init=False, repr=False)  # wikilinks alive from every note
    renamed_folders: dict[str, str | None] = field(default_factory=dict, init=False, repr=False)  # too
    sought_in_folders: dict[str, set[str]] | None = field(default=None, init=False, repr=False)  # that are gone
    published_targets: dict[tuple[str, str | None], Any] = field(
        default_factory=_memo, init=False, repr=False
    )  # for published links
    _looked_through: "tuple[Outline | None, _Links]" = field(default=(None, ([], [])), init=False, repr=False)
    _paged: "tuple[Outline | None, PublishedPage | None]" = field(default=(None, None), init=False, repr=False)
    _has_wikilinks: tuple[Outline | None, bool] = field(default=(None, False), init=False, repr=False)
    _without: tuple[Outline | None, list[tuple[Link, str, Anchor]]] = field(default=(None, []), init=False, repr=False)

    @cached_property
    def faces(self) -> Mapping[str, Face]:
        """The faces of all notes. Tables are made of them, so that outlines need not all be at hand."""
        if self.known_faces is not None:
            return self.known_faces
        return {path: Face.of(outline, self.garden) for path, outline in self.outlines.items()}

    def with_outlines(
        self, outlines: Mapping[str, Outline], changed: Mapping[str, Face], files: Iterable[str]
    ) -> "Vault":
        """The vault with other outlines of some notes: `changed` are their faces, `files` all paths of the new vault.

        Where no face is another one, and no note is new, the tables that are made of them stay.
        """
        if any(self.faces.get(path) != face for path, face in changed.items()):
            faces = {**self.faces, **changed}
            other = replace(self, outlines=outlines, files=files, known_faces=faces)
            if len(faces) == len(self.faces):  # the files are the same, and so are their names
                other.__dict__["names"] = self.names.with_faces(faces)
            return other
        other = copy(self)
        other.outlines = outlines
        for made_of_outlines in ("published_pages", "_incoming"):
            other.__dict__.pop(made_of_outlines, None)
        other.__dict__["anchors"] = self.anchors.with_outlines(outlines, changed)
        other._looked_through, other._without, other.dead = (None, ([], [])), (None, []), (None, [])
        other.becoming, other._paged = (None, ()), (None, None)
        other.renamed_folders, other.sought_in_folders, other.meant = {}, None, _memo()
        return other

    @cached_property
    def names(self) -> Names:
        """The names of all files."""
        return Names(self.files, self.faces, self.rules.folders)

    @cached_property
    def site(self) -> PublishedSite:
        """The site that the notes are published on."""
        return PublishedSite(self.faces, self.files, self.garden, self.rules)

    @cached_property
    def resolver(self) -> Resolver:
        """Where the paths of links lead."""
        return Resolver(self.names, self.rules, self.linked, self.site.notes_root)

    @cached_property
    def anchors(self) -> Anchors:
        """The resolver of the parts of notes that links name."""
        return Anchors(self.outlines, self.rules, self.garden.older_template)

    def resolve(self, path: str, source: str) -> Resolution:
        """Resolve a link's path, written in the note `source` (L1-L14). Both are relative to the vault root."""
        return self.resolver.resolve(path, source)

    def resolve_link(self, link: Link, source: str) -> Resolution:
        """Resolve a link in the note `source`: by its path, or as the address of a published image (DG-E1)."""
        return self.resolver.resolve_link(link, source)

    def note(self, path: str) -> Note | None:
        """The note at a path relative to the root, with its text; None where it cannot be read. Few should be read."""
        return None if self.texts is None else self.texts.note(path)

    def incoming(self, path: str) -> Sequence[tuple[str, Link]]:
        """The links and embeds of other notes that lead to the file at a path: each with the path of its note.

        Those in comments are left out. Who asks depends on every note of the vault.
        """
        return self._incoming.get(path, ())

    @cached_property
    def _incoming(self) -> Mapping[str, Sequence[tuple[str, Link]]]:
        return incoming_links(self.outlines, self.resolver)

    @property
    def past(self) -> "Vault | None":
        """The files that were in the vault and are gone, as links found them; None if nothing is known of them.

        Who asks depends on their names; where they went is another matter (`depend_on_moves`).
        """
        self.depend_on(PAST)
        return self._past if self.evidence.state else None

    def depend_on_moves(self) -> None:
        """Remember that what is found of the note at hand depends on where files went."""
        self.depend_on(MARK + self.evidence.state)

    def depend_on_origin(self) -> None:
        """Remember that what is found of the note at hand depends on where it was itself, as commits show it."""
        self.depend_on(ORIGIN + self.evidence.state)

    def depend_on(self, what: str) -> None:
        """Remember that what is found of the note at hand depends on this too, whoever found it out."""
        if isinstance(self.outlines, Outlines):
            self.outlines.depend_on(what)

    @cached_property
    def _past(self) -> "Vault":
        gone = sorted(self.evidence.gone)
        faces = {path: Face() for path in gone if path.lower().endswith(".md")}
        return Vault({}, gone, self.garden, known_faces=faces, rules=self.rules)

    @cached_property
    def published_pages(self) -> "PublishedPages | None":
        """The pages of the notes as they are published; None without texts."""
        from notelint.vault.published_pages import PublishedPages

        return None if self.texts is None else PublishedPages(self, self.texts)

    def page(self, note: Outline) -> "PublishedPage | None":
        """The page of a note as it is published; None if it is not, if nothing can differ there, or without texts.

        One checker asks after the other of the same note.
        """
        if self._paged[0] is not note:
            pages = self.published_pages if self.site.publishes(note.path) else None
            page = None if pages is None or self.site.holds(note) else pages.page_of_judged(note)
            self._paged = note, page
        return self._paged[1]

    def unsettled(self, note: Outline) -> list[tuple[Link, Resolution]]:
        """The links of a note that do not mean exactly one file, or do by a string match only (L12), and what they do.

        Nearly all links are settled: the checkers of links need not look at these, one after the other.
        """
        return self._look_through(note)[0]

    def _look_through(self, note: Outline) -> "_Links":
        """The links that are not settled, and those that name a part of the file they lead to, with its path."""
        if self._looked_through[0] is note:
            return self._looked_through[1]
        unsettled: list[tuple[Link, Resolution]] = []
        anchored: list[tuple[Link, str]] = []
        resolve = self.resolver.resolve_link
        for link in note.links:
            found = resolve(link, note.path)
            is_settled = found.status is Status.RESOLVED and found.rule != "L12"
            if not is_settled and not self._suits_others(link, found, note):
                unsettled.append((link, found))
            if link.target.subpath and found.target is not None:
                anchored.append((link, found.target))
        self._looked_through = note, (unsettled, anchored)
        return unsettled, anchored

    def may_be_for_others(self, link: Link, note: Outline) -> bool:
        """True if a link may be meant for GitHub or a website (WS2, UR1).

        A Markdown link may where a website is made of the notes, and where nothing shows that Obsidian reads them:
        neither their folder nor a wikilink in the note.
        """
        if link.form is LinkForm.WIKILINK or not (self.rules.heading_ids or self.rules.reader_unknown):
            return False
        if self._has_wikilinks[0] is not note:
            self._has_wikilinks = (
                note,
                any(
                    one.form is LinkForm.WIKILINK and not one.cited and not is_of_others(one.target.path)
                    for one in note.links
                ),
            )
        return self.rules.heading_ids or not self._has_wikilinks[1]

    def _suits_others(self, link: Link, found: Resolution, note: Outline) -> bool:
        """True if a link that may be meant for others than Obsidian leads somewhere for them (WS2, UR1).

        To a folder, or to what is not known: a hidden file, a place outside, a label.
        """
        if not self.may_be_for_others(link, note):
            return False
        path, there = normalise(link.target.path), decode_fully(path_from_folder(link.target.path, note.path))
        ways = (there, *(f"{there}{ending}" for ending in ENDINGS))
        if found.status is Status.MISSING:
            is_there = any(way in self.names.by_path for way in ways)
            if is_there or there.lower() in self.names.folders or "/." in f"/{there}":
                return True
            return has_page(link.target.path, note.path, self.names)
        is_label = self.rules.labels and not names_file(path)
        return found.status is Status.AMBIGUOUS and (is_label or any(way in self.names.by_path for way in ways))

    def reads_wikilinks(self, note: Outline) -> bool:
        """False if nothing shows that wikilinks are links to the reader of a note: none of them finds a file (WS4)."""
        if not self.rules.wikilinks_doubtful:
            return True
        wikilinks = (link for link in note.links if link.form is LinkForm.WIKILINK)
        return any(self.resolve_link(link, note.path).target is not None for link in wikilinks)

    def links_without(self, note: Outline, kind: Anchor) -> Iterator[tuple[Link, str]]:
        """The links of a note that find their target but not the part of it they name, with that target (H9).

        One checker asks after the other of the same note: what was found for the first is kept for the next.
        """
        if self._without[0] is not note:
            self._without = note, list(self._links_without_part(note))
        return ((link, target) for link, target, missing in self._without[1] if missing is kind)

    def _links_without_part(self, note: Outline) -> Iterator[tuple[Link, str, Anchor]]:
        for link, target in self._look_through(note)[1]:
            subpath = link.target.subpath or ""
            if (
                link.hidden
                or link.form is LinkForm.HTML
                or is_placeholder(subpath)
                or self.anchors.is_known(target, subpath)
            ):
                continue
            found = self.anchors.resolve(target, subpath).kind
            if found is Anchor.MISSING_HEADING and self.may_be_for_others(link, note):
                found = self._for_others(target, subpath)
            if found in (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK, Anchor.ID_OF_HEADING):
                yield link, target, found

    def _for_others(self, target: str, subpath: str) -> Anchor:
        """The outcome, for others than Obsidian, for a heading that Obsidian does not find (WS3, UR1)."""
        if self.rules.labels:
            return Anchor.NONE
        there = self.anchors.by_id(target, subpath) if self.rules.reader_unknown else None
        if there is None:
            return Anchor.MISSING_HEADING
        return Anchor.NONE if there.heading is None else Anchor.ID_OF_HEADING
