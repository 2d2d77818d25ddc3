"""The vault: all outlines and files, and which of them a link means, by Obsidian's rules (link-semantics L, H)."""

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import islice, takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from msgspec import Struct, structs

from notelint.core.file_types import is_attachment
from notelint.core.fuzzy import Spellings
from notelint.core.spelling import spelling_key
from notelint.core.text import Span
from notelint.garden.heading_ids import github_ids, site_ids
from notelint.garden.permalinks import Garden, is_home, is_published, is_published_form, is_true, output_file, slugify
from notelint.garden.template import read_link
from notelint.note.links import Link, LinkForm, Target, heading_for_link, heading_key, is_template, normalise
from notelint.note.markdown.model import Heading
from notelint.note.note import Outline, Parts
from notelint.vault.link_rules import RULES, ResolutionProfile, Rules
from notelint.vault.markers import SITE_NOTES
from notelint.vault.moves import MARK, NO_EVIDENCE, Evidence
from notelint.vault.note_texts import Texts

if TYPE_CHECKING:
    from notelint.vault.published_pages import Page, PublishedPages

_SITE_NOTES = f"{SITE_NOTES}/"
SITE_IMAGES = "/img/user/"  # where the Digital Garden plugin publishes images, by their vault path (DG-E1)
_KEPT_ANCHORS = 512
_DIGEST = 8  # bytes: two names of one digest are as good as impossible
_LINES = re.compile(r"L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?|top")  # what GitHub finds without a heading (GH5)
_FEW_OF_OTHERS = 9  # so many permalinks of one kind for each of the other show what the plugin does
_FEW_ALIKE = 64  # files of one name, in which those of a path are sought one by one
_NO_ADDRESS = re.compile(r"[:{<]")  # a whole URL, or a pattern that other software fills in


class Status(StrEnum):
    """What became of a link's path."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"
    NO_LINK = "no-link"  # by these rules it is text: a wikilink on GitHub
    UNKNOWN = "unknown"  # it leads through a symbolic link to a folder, which is not followed


class Anchor(StrEnum):
    """What became of a link's subpath."""

    NONE = "none"  # it has none, or names a part of a file that is not a note (E3)
    HEADING = "heading"
    BLOCK = "block"
    FOOTNOTE = "footnote"
    MISSING_HEADING = "missing-heading"
    MISSING_BLOCK = "missing-block"


class Resolution(Struct, frozen=True):
    """What a path resolves to. `target` is what Obsidian opens; `candidates` all that were left, it first.

    `rule` is the number of the rule in link-semantics that decided.
    """

    status: Status
    target: str | None = None
    candidates: Sequence[str] = ()
    rule: str = "L11"


class AnchorResolution(Struct, frozen=True):
    """What a subpath names inside a note: a heading, or the id of a block or footnote.

    `headings` are those that the parts of the subpath name, one each; the last one is `heading`.
    """

    kind: Anchor
    heading: Heading | None = None
    rule: str = "H1"
    headings: tuple[Heading, ...] = ()
    block: str | None = None


_Links = tuple[list[tuple[Link, Resolution]], list[tuple[Link, str]]]


class Face(Struct, frozen=True, array_like=True, gc=False):
    """What the tables of the whole vault hold of one note. As long as it stays, they stay."""

    aliases: tuple[str, ...] = ()
    in_garden: bool = False  # whether it is meant for the Digital Garden plugin, published or not
    published: str | None = None  # its address, if it is published; empty if that is not known (DG-S1)
    permalink: str | None = None  # and else, where there is no plugin
    slugs: bool | None = None  # whether its permalink shows that the plugin made slugs, or kept names (False)

    @classmethod
    def of(cls, outline: Outline, garden: Garden) -> "Face":
        """The face of a note in a vault with these settings of the plugin."""
        published = is_published(outline.properties) or in_site(outline.path)  # there all notes are (DG-U7)
        return cls(
            aliases=outline.aliases,
            in_garden="dg-publish" in outline.properties,
            published=_published_address(outline, garden) if published else None,
            permalink=None if published else _own_address(outline),
            slugs=None if garden.slugify_known or not published else _shows_slugs(outline, garden),
        )


def _published_address(outline: Outline, garden: Garden) -> str:
    """In a published garden that is its `permalink`, else its path; in the vault, what the plugin will compute.

    The home note is at `/` and nowhere else (DG-U8). Empty where the plugin's settings are not known (DG-S1).
    """
    written = outline.properties.get("permalink")
    if is_home(outline.properties):
        return "/"
    if not is_published_form(outline) and not in_site(outline.path):
        possible = garden.possible_permalinks(outline.path, outline.properties)
        return possible[0] if len(possible) == 1 else ""
    return written if isinstance(written, str) and written else unaddressed(outline.path)


def in_site(path: str) -> bool:
    """Whether a file lies where a published garden has its notes (DG-P2), below the vault's root or a folder in it."""
    return f"/{_SITE_NOTES}" in f"/{path}"


def path_in_garden(path: str) -> str:
    """The path that a note has in its vault: in a published garden, that begins below the site's folder (DG-P2)."""
    return f"/{path}".rpartition(f"/{_SITE_NOTES}")[2] if in_site(path) else path


def unaddressed(path: str) -> str:
    """Where the site puts a note that has no permalink: at its path, which is not made a slug (DG-U7)."""
    return f"/notes/{path_in_garden(path).removesuffix('.md')}/"


def _shows_slugs(outline: Outline, garden: Garden) -> bool | None:
    """Whether the permalink of a published note is the slug of its path, or the path as it is (DG-S1)."""
    if not is_published_form(outline) and not in_site(outline.path):
        return None
    written, path = outline.properties.get("permalink"), path_in_garden(outline.path)
    possible = replace(garden, rules=(), rules_known=True).possible_permalinks(path, outline.properties)
    return written == possible[0] if len(possible) > 1 and written in possible else None


def _own_address(outline: Outline) -> str | None:
    """Without the plugin a `permalink` speaks for itself."""
    written = outline.properties.get("permalink")
    if not isinstance(written, str) or not written or _NO_ADDRESS.search(written):
        return None
    return f"/{written.strip('/')}/"


class Outlines(Mapping[str, Outline]):
    """Outlines that need not all be in memory, nor read as a whole."""

    def parts(self, path: str) -> Parts | None:
        """What links can name of the note at a path; None if there is no note."""
        return self.get(path)

    def depend_on(self, what: str) -> None:
        """Remember that what is found depends on more than outlines: on a state of `what`."""

    def naming(self, text: str) -> Iterator[Outline]:
        """The outlines of notes that may hold this text, in a link or elsewhere, wherever a link to it would."""
        return iter(self.values())

    def names(self, path: str) -> bytes:
        """The digests of what links can name of the note at a path (`digests`), if they are at hand."""
        return b""


def digests(note: Parts) -> bytes:
    """Eight bytes for each heading and block id of a note, by which links to them are found without its outline."""
    headings = {heading_key(heading.text) for heading in note.headings if not heading.nested}
    return b"".join(map(_digest, headings.union(f"^{block.id.lower()}" for block in note.block_ids)))


@lru_cache(maxsize=16384)  # the headings of one kind of note come again with every note
def _digest(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


class _File(Struct, frozen=True, gc=False):
    path: str
    key: str  # the full path as links are compared with it: normalised, lower case


@dataclass
class Vault:
    """All notes and files of one run. `files` are all paths in vault order, notes among them."""

    outlines: Mapping[str, Outline]
    files: Iterable[str] = ()
    garden: Garden = field(default_factory=Garden)
    attachment_folder: str | None = None  # where the vault keeps its attachments, if it is known
    known_faces: Mapping[str, Face] | None = None  # those of all outlines, where they are known already
    rules: Rules = RULES[ResolutionProfile.OBSIDIAN]
    evidence: Evidence = NO_EVIDENCE  # of where files went that links still name
    linked: Sequence[str] = ()  # symbolic links to folders: what lies there is unknown
    texts: Texts | None = None  # whole notes, for the few checkers that compare texts
    similar: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)  # for suggestions
    present_folders: set[str] = field(default_factory=set, init=False, repr=False)
    meant: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)  # by links that find nothing
    dead: tuple[Outline | None, list[tuple[Link, bool]]] = field(
        default=(None, []), init=False, repr=False
    )  # those of one note
    renamed_folders: dict[str, str | None] = field(default_factory=dict, init=False, repr=False)  # too
    published_targets: dict[tuple[str, str | None], Any] = field(
        default_factory=dict, init=False, repr=False
    )  # for published links
    _from_anywhere: dict[str, Resolution] = field(default_factory=dict, init=False, repr=False)
    _by_ending: "dict[str, _Alike]" = field(default_factory=dict, init=False, repr=False)
    _backwards: dict[str, list[tuple[str, int]]] = field(default_factory=dict, init=False, repr=False)
    _resolved: dict[tuple[str, str], Resolution] = field(default_factory=dict, init=False, repr=False)
    _looked_through: "tuple[Outline | None, _Links]" = field(default=(None, ([], [])), init=False, repr=False)
    _paged: "tuple[Outline | None, Page | None]" = field(default=(None, None), init=False, repr=False)
    _without: tuple[Outline | None, list[tuple[Link, str, Anchor]]] = field(default=(None, []), init=False, repr=False)
    _anchor_names: "dict[str, AnchorNames]" = field(default_factory=dict, init=False, repr=False)
    _anchors: "dict[str, _Anchors]" = field(default_factory=dict, init=False, repr=False)
    _written: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)
    _of_site: dict[str, dict[str, Heading]] = field(default_factory=dict, init=False, repr=False)
    _ids_on_site: dict[str, dict[Span, str]] = field(default_factory=dict, init=False, repr=False)
    _of_github: dict[str, dict[str, Heading]] = field(default_factory=dict, init=False, repr=False)

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
            return replace(self, outlines=outlines, files=files, known_faces=faces)
        other = copy(self)
        other.outlines = outlines
        for made_of_outlines in ("parts", "published_pages"):
            other.__dict__.pop(made_of_outlines, None)
        other._looked_through, other._without, other.dead = (None, ([], [])), (None, []), (None, [])
        other.renamed_folders, other.meant = {}, {}
        for kept in ("_anchor_names", "_anchors", "_of_site", "_ids_on_site", "_of_github"):
            table = getattr(self, kept)
            setattr(other, kept, {path: value for path, value in table.items() if path not in changed})
        return other

    @cached_property
    def _by_name(self) -> dict[str, list[_File]]:
        """L3: files by their complete file name, lower case."""
        by_name: dict[str, list[_File]] = defaultdict(list)
        for path in dict.fromkeys([*self.files, *self.faces]):
            if "/." not in path and path[:1] != ".":  # L14
                key = normalise(path).lower()
                by_name[key.rpartition("/")[2]].append(_File(path, key))
        return dict(by_name)

    @cached_property
    def _by_path(self) -> dict[str, str]:
        """Files by their whole path, capitals kept; folders too where links may name them."""
        paths = {normalise(file.path): file.path for files in self._by_name.values() for file in files}
        if self.rules.folders:
            folders = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
            paths = {**{"" if folder == "." else folder: folder for folder in folders}, **paths}
        return paths

    @cached_property
    def notes_root(self) -> str:
        """The folder of a published garden from which paths in its links start (DG-L6); empty elsewhere."""
        if self.rules.profile is not ResolutionProfile.SITE:
            return ""
        inside = next((path for path in self.faces if in_site(path)), "")
        return inside[: f"/{inside}".find(f"/{_SITE_NOTES}") + len(_SITE_NOTES) - 1] if inside else ""

    def on_site(self, note: Outline) -> bool:
        """Whether a note is one of a published garden: by its form, by its folder, or because the whole vault is."""
        whole = self.rules.profile is ResolutionProfile.SITE and not self.notes_root
        return whole or is_published_form(note) or in_site(note.path)

    @cached_property
    def has_site_images(self) -> bool:
        """Whether the vault holds the folder in which a published garden keeps its images (DG-E1)."""
        return any(SITE_IMAGES in f"/{path}" for path in self.files)

    def named(self, name: str) -> list[str]:
        """Paths of all files with this complete file name, compared as links are (L3, L8)."""
        return [file.path for file in self._by_name.get(normalise(name).lower(), ())]

    @cached_property
    def folders(self) -> frozenset[str]:
        """All folders that hold a file, lower case: a link to one is not a link to a note (L13)."""
        folders = {"."}
        for files in self._by_name.values():
            for file in files:
                folder = file.key.rpartition("/")[0]
                while folder and folder not in folders:
                    folders.add(folder)
                    folder = folder.rpartition("/")[0]
        return frozenset(folders)

    @cached_property
    def folder_ends(self) -> frozenset[str]:
        """The paths, from any folder on, by which links can name the folders of the vault, in lower case."""
        parts = (folder.split("/") for folder in self.folders)
        return frozenset("/".join(names[at:]) for names in parts for at in range(len(names)))

    @cached_property
    def attachments(self) -> dict[str, list[str]]:
        """Paths of files that are not notes, by their complete name as written."""
        names: dict[str, list[str]] = defaultdict(list)
        for files in self._by_name.values():
            for file in files:
                if file.path not in self.faces and not file.key.endswith(".md"):
                    names[file.path.rpartition("/")[2]].append(file.path)
        return dict(names)

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """Paths of notes by their name without extension, as written: what suggestions are drawn from."""
        names: dict[str, list[str]] = defaultdict(list)
        for path in self.faces:
            names[path.rpartition("/")[2].rpartition(".")[0]].append(path)
        return dict(names)

    @cached_property
    def by_spelling(self) -> dict[str, list[str]]:
        """Paths of notes by the key that all spellings of their name share."""
        return _paths_by_key(self.names)

    @cached_property
    def attachments_by_spelling(self) -> dict[str, list[str]]:
        """Paths of files that are not notes, by the key of their name and their ending."""
        return _paths_by_key(self.attachments)

    @cached_property
    def aliases_by_spelling(self) -> dict[str, list[str]]:
        """Paths of notes by the keys of their aliases."""
        return _paths_by_key(self.aliases)

    @property
    def past(self) -> "Vault | None":
        """The files that were in the vault and are gone, as links found them; None if nothing is known of them."""
        self.depend_on(MARK + self.evidence.state)
        return self._past if self.evidence.state else None

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
    def spellings(self) -> Spellings:
        """The names of notes, for what is nearly one of them."""
        return Spellings(self.names)

    @cached_property
    def attachment_spellings(self) -> Spellings:
        """The names of files that are not notes, for what is nearly one of them."""
        return Spellings(self.attachments)

    @cached_property
    def aliases(self) -> dict[str, list[str]]:
        """Paths of notes by each of their aliases, lower case."""
        aliases: dict[str, list[str]] = defaultdict(list)
        for path, face in self.faces.items():
            for alias in face.aliases:
                if path not in aliases[alias.lower()]:
                    aliases[alias.lower()].append(path)
        return dict(aliases)

    @cached_property
    def addresses(self) -> dict[str, list[tuple[str, str]]]:
        """Who claims what on the site: path and address, by the file written for it, lower case (DG-U6)."""
        addresses: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for path, face in self.faces.items():
            address = self._claim(face)
            if address is not None:
                addresses[output_file(address).lower()].append((path, address))
        return dict(addresses)

    def claimants(self, file: str) -> list[str]:
        """Paths of the notes that are written to a file of the site, as `addresses` but with its capitals."""
        claims = self.addresses.get(file.lower(), [])
        if len(claims) == 1:  # nearly all: of these no table is made
            path, address = claims[0]
            return [path] if output_file(address) == file else []
        return self._crowded.get(file, [])

    @cached_property
    def _crowded(self) -> dict[str, list[str]]:
        """Paths of the notes that are written to a file of the site which several claim, but for capitals."""
        claimants: dict[str, list[str]] = defaultdict(list)
        for claims in self.addresses.values():
            for path, address in claims if len(claims) > 1 else ():
                claimants[output_file(address)].append(path)
        return dict(claimants)

    def written_addresses(self, file: str) -> list[str]:
        """The addresses that mean one file of the site but for capitals, each once. It is a key of `addresses`."""
        if file not in self._written:
            self._written[file] = list(dict.fromkeys(address for _, address in self.addresses.get(file, ())))
        return self._written[file]

    @cached_property
    def pages(self) -> frozenset[str]:
        """The files of the site at which a link finds a note, whether its address ends with a slash or not."""
        return frozenset(output_file(f"{address}/") for claims in self.addresses.values() for _, address in claims)

    @cached_property
    def addresses_by_spelling(self) -> dict[str, list[str]]:
        """All addresses of the site, by the key that all spellings of one share."""
        keys: dict[str, dict[str, None]] = defaultdict(dict)
        for claims in self.addresses.values():
            for _, address in claims:
                keys[address_key(address)][address] = None
        return {key: list(addresses) for key, addresses in keys.items()}

    @cached_property
    def address_spellings(self) -> Spellings:
        """All addresses of the site, for what is nearly one of them."""
        return Spellings(address for claims in self.addresses.values() for _, address in claims)

    def claimed(self, outline: Outline) -> str | None:
        """The address that a note claims on the site, or None."""
        return self._claim(self.faces.get(outline.path) or Face.of(outline, self.garden))

    def claimed_at(self, path: str) -> str | None:
        """The address that the note at a path claims on the site, or None."""
        face = self.faces.get(path)
        return None if face is None else self._claim(face)

    def _claim(self, face: Face) -> str | None:
        return face.published or (None if self.is_garden else face.permalink)

    def address_place(self, note: Outline) -> Span:
        """Where a note says what decides about its address (DG-P3, DG-U8); else where it says that it is published."""
        keys: tuple[str, ...] = ("dg-permalink", "dg-path")
        if is_home(note.properties):
            keys = ("dg-home",) if is_true(note.properties.get("dg-home")) else ("tags",)
        elif self.on_site(note) or not is_published(note.properties):
            keys = ("permalink", *keys)
        return note.place(next((key for key in keys if note.properties.get(key)), "dg-publish"))

    def publishes(self, path: str | None) -> bool | None:
        """Whether the note at a path is published; None if there is no note (DG-P1).

        On a site, all of its notes are (DG-U7), and other files of its repository are not.
        """
        face = None if path is None else self.faces.get(path)
        if face is None or path is None:
            return None
        if self.rules.profile is ResolutionProfile.SITE:
            return not self.notes_root or path.startswith(f"{self.notes_root}/")
        return face.published is not None

    @cached_property
    def published_pages(self) -> "PublishedPages | None":
        """The pages of the notes as they are published; None without texts."""
        from notelint.vault.published_pages import PublishedPages

        return None if self.texts is None else PublishedPages(self, self.texts)

    def page(self, note: Outline) -> "Page | None":
        """The page of a note as it is published; None if it is not, if nothing can differ there, or without texts.

        One checker asks after the other of the same note.
        """
        if self._paged[0] is not note:
            pages = self.published_pages if self.publishes(note.path) else None
            page = None if pages is None or self.on_site(note) else pages.page_of_judged(note)
            self._paged = note, page
        return self._paged[1]

    def permalink(self, outline: Outline) -> str:
        """The address that the Digital Garden plugin computes for a note (DG-U1, DG-U2), by its defaults if need be."""
        return self._garden_of(outline).permalink(path_in_garden(outline.path), outline.properties)

    def possible_permalinks(self, outline: Outline) -> tuple[str, ...]:
        """The addresses that the plugin may compute for a note: one, where its settings are known (DG-S1)."""
        return self._garden_of(outline).possible_permalinks(path_in_garden(outline.path), outline.properties)

    def name_kept(self, outline: Outline) -> str | None:
        """The address of a note where the plugin keeps names as they are; None where it makes slugs of them (DG-U5)."""
        garden = self._garden_of(outline)
        if garden.slugify_enabled and garden.slugify_known:
            return None
        kept = replace(garden, slugify_enabled=False)
        return kept.permalink(path_in_garden(outline.path), outline.properties)

    def _garden_of(self, outline: Outline) -> Garden:
        """The settings that count for a note: of a published garden, those that its permalinks show.

        Rewrite rules are not asked for there: where one changed a path, it stands in `dg-path` (DG-P3).
        """
        if (self.garden.rules_known and self.garden.slugify_known) or not self.on_site(outline):
            return self.garden
        return self._shown_garden

    @cached_property
    def _shown_garden(self) -> Garden:
        """The plugin's settings as a published garden shows them: names become slugs if nearly all of it says so."""
        garden = self.garden if self.garden.rules_known else replace(self.garden, rules=(), rules_known=True)
        if garden.slugify_known:
            return garden
        shown = Counter(face.slugs for face in self.faces.values())
        slugs, names = shown[True], shown[False]
        decided = max(slugs, names) > _FEW_OF_OTHERS * min(slugs, names)
        return replace(garden, slugify_enabled=slugs >= names, slugify_known=decided)

    @cached_property
    def knows_addresses(self) -> bool:
        """Whether the addresses of all published notes are known: the plugin's settings may not be (DG-S1)."""
        return not any(face.published == "" for face in self.faces.values())

    def knows_address(self, path: str) -> bool:
        """Whether it is known at which address the note at a path is published, if it is."""
        face = self.faces.get(path)
        return face is None or face.published != ""

    @cached_property
    def is_garden(self) -> bool:
        """Whether any note is meant to be published by the Digital Garden plugin."""
        return any(face.in_garden for face in self.faces.values())

    def resolve(self, path: str, source: str) -> Resolution:
        """What a link's path, written in the note `source`, means (L1-L14). Both are relative to the vault root."""
        if not path:
            return Resolution(Status.RESOLVED, source, (source,), "L1")
        # several checkers ask, and many notes link alike: from every folder, if only one file can be meant
        found = self._from_anywhere.get(path)
        if found is not None:
            return found
        folder = source.rpartition("/")[0]
        found = self._resolved.get((path, folder))
        if found is None:
            find = self._resolve_exactly if self.rules.by_name else self._look_up
            found = find(path + self.rules.endings[0], folder)
            for ending in self.rules.endings[1:]:  # L2
                if found.status is Status.MISSING:
                    found = find(path + ending, folder)
            if self.linked and found.status is Status.MISSING and self._is_behind_link(path, folder):
                found = Resolution(Status.UNKNOWN, rule=found.rule)
            if path.startswith(".") or self.rules.from_folder or found.status is Status.AMBIGUOUS:
                self._resolved[path, folder] = found
            else:
                self._from_anywhere[path] = found
        return found

    def exact_path(self, link: Link, source: str, path: str | None = None) -> str:
        """The path, from the vault's root, that a link names where paths must be exact; or would, written `path`."""
        written = self.rules.path(link if path is None else structs.replace(link, target=Target(path)))
        return absolute(self._start(written, source.rpartition("/")[0]), normalise(written).strip("/"))

    def in_any_case(self, path: str) -> list[str]:
        """The files at a path, in whatever capitals."""
        key = normalise(path).lower()
        return [file.path for file in self._by_name.get(key.rpartition("/")[2], ()) if file.key == key]

    def _start(self, path: str, folder: str) -> str:
        """The folder from which a path is sought where paths must be exact."""
        relative = path.startswith(("./", "../")) or (self.rules.from_folder and not path.startswith("/"))
        return normalise(folder) if relative else self.notes_root

    def _is_behind_link(self, path: str, folder: str) -> bool:
        """Tell whether a path leads through a linked folder: from the root, from `folder`, or by its end (L7)."""
        wanted, folder = normalise(path).lower(), normalise(folder).lower()
        is_relative = wanted.startswith(("./", "../"))
        meant = [absolute(folder, wanted)] if is_relative or self.rules.from_folder else []
        if not is_relative:
            meant.append(wanted.strip("/"))
        for linked in self.linked:
            parts = normalise(linked).lower().split("/")
            ends = [f"{'/'.join(parts[at:])}/" for at in range(1 if is_relative else len(parts))]
            if any(path.startswith(end) for path in meant for end in ends):
                return True
        return False

    def _look_up(self, path: str, folder: str) -> Resolution:
        """The file at exactly this path (DG-L6, GH2): from the note's folder, or from the root of the notes."""
        start = self._start(path, folder)
        if self.rules.from_folder and posixpath.normpath(f"{start}/{path}" if start else path).startswith("../"):
            return Resolution(Status.NO_LINK, rule="GH3")
        found = self._by_path.get(absolute(start, normalise(path).strip("/")))
        if found is None:
            return Resolution(Status.MISSING, rule=self.rules.exact_rule)
        return Resolution(Status.RESOLVED, found, (found,), self.rules.exact_rule)

    def _resolve_exactly(self, path: str, folder: str) -> Resolution:
        """One of the two passes of L2, seen from a folder: `path` must be a complete file name at its end."""
        wanted, rule = normalise(path).lower(), "L6"
        folder = normalise(folder).lower()
        if wanted.startswith(("./", "../")):
            wanted, rule = absolute(folder, wanted), "L4"
        candidates = self._by_name.get(wanted.rpartition("/")[2], [])
        if wanted.startswith("/"):
            wanted, rule = wanted[1:], "L5"
        exact = self._by_key.get(wanted) if candidates else None
        if exact is not None:
            rule = rule if "/" in wanted or rule != "L6" or len(candidates) > 1 else "L2"
            return Resolution(Status.RESOLVED, exact.path, (exact.path,), rule)
        if rule == "L5":
            return Resolution(Status.MISSING, rule="L5")
        return self._alike(wanted, candidates).seen_from(folder)

    def _alike(self, wanted: str, candidates: "list[_File]") -> "_Alike":
        """The files whose path ends like that; one set for all folders. A path that is relative is sought in few."""
        alike = self._by_ending.get(wanted)
        if alike is None:
            files = self._ending(wanted, candidates)
            alike = _Alike(files, wanted)
            if len(files) > 1:
                self._by_ending[wanted] = alike
        return alike

    def _ending(self, wanted: str, candidates: "list[_File]") -> "list[_File]":
        if len(candidates) <= _FEW_ALIKE:
            return [file for file in candidates if file.key.endswith(wanted)]
        name, end = wanted.rpartition("/")[2], wanted[::-1]
        if name not in self._backwards:
            self._backwards[name] = sorted((file.key[::-1], at) for at, file in enumerate(candidates))
        backwards = self._backwards[name]
        first = bisect_left(backwards, (end, -1))
        alike = takewhile(lambda pair: pair[0].startswith(end), islice(backwards, first, None))
        return [candidates[at] for at in sorted(at for _, at in alike)]

    @cached_property
    def _by_key(self) -> "dict[str, _File]":
        """The first file of each whole path, as links are compared with it."""
        return {file.key: file for files in self._by_name.values() for file in reversed(files)}

    def resolve_link(self, link: Link, source: str) -> Resolution:
        """What a link in the note `source` means: by its path, or as the address of a published image (DG-E1)."""
        path = link.target.path
        if not self.rules.by_name:  # else each is a link, to what is written
            rule = self.rules.no_link(link)
            if rule is not None:
                return Resolution(Status.NO_LINK, rule=rule)
            path = self.rules.path(link)
        found = self._from_anywhere.get(path) or self.resolve(path, source)
        if found.status is Status.MISSING:
            if link.cited:
                return Resolution(Status.NO_LINK, rule="G1a")
            if path.startswith(SITE_IMAGES):
                folder = "/../img/user/" if self.notes_root else "/"
                return self.resolve(folder + path.removeprefix(SITE_IMAGES), source)
        return found

    @cached_property
    def parts(self) -> Callable[[str], Parts | None]:
        """What links can name of the note at a path; None if there is no note."""
        return self.outlines.parts if isinstance(self.outlines, Outlines) else self.outlines.get

    def resolve_anchor(self, target: str, subpath: str | None) -> AnchorResolution:
        """What a subpath names in the file `target` (H1-H9, E3). `target` is a path of this vault."""
        return self.anchor_in(self.parts(target), subpath)

    def anchor_in(self, note: Parts | None, subpath: str | None) -> AnchorResolution:
        """What a subpath names in a note, one that the configuration excludes too; nothing in other files."""
        parts = [part for part in (subpath or "").split("#") if part.strip()]
        if note is None or not parts:
            return AnchorResolution(Anchor.NONE)
        if self.rules.profile is ResolutionProfile.GITHUB:
            return self._on_github(note, unquote(subpath or ""))
        first = parts[0].strip()
        footnote = first[2:-1] if first.startswith("[^") and first.endswith("]") else ""
        if len(parts) == 1 and footnote.lower() in note.footnotes:
            return AnchorResolution(Anchor.FOOTNOTE, block=footnote, rule="H5")
        anchors = self._anchors_of(note)
        if len(parts) == 1 and first.startswith("^"):  # H6
            block = anchors.blocks.get(first[1:].strip().lower())
            if block is not None:
                return AnchorResolution(Anchor.BLOCK, block=block, rule="H6")
        headings = anchors.find([heading_key(part) for part in parts])
        if headings:
            return AnchorResolution(Anchor.HEADING, headings[-1], "H4" if len(parts) > 1 else "H1", headings)
        if self.rules.profile is ResolutionProfile.SITE and (there := self._on_site(note, first)) is not None:
            return AnchorResolution(Anchor.HEADING, there, "DG-L8", (there,))
        if self.rules.heading_ids and (named := self._github_anchors(note).get(unquote(first))) is not None:
            return AnchorResolution(Anchor.HEADING, named, "GH4", (named,))
        missing = Anchor.MISSING_BLOCK if first.startswith("^") else Anchor.MISSING_HEADING
        return AnchorResolution(missing, rule="H9")

    def _on_site(self, note: Parts, fragment: str) -> Heading | None:
        """The heading that the site's template finds by a link's fragment, though Obsidian does not."""
        read = read_link(f"x#{fragment}", older=self.garden.older_template)
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
        for link in note.links:
            found = self.resolve_link(link, note.path)
            if found.status is not Status.RESOLVED or found.rule == "L12":
                unsettled.append((link, found))
            if link.target.subpath and found.target is not None:
                anchored.append((link, found.target))
        self._looked_through = note, (unsettled, anchored)
        return unsettled, anchored

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
            if link.hidden or link.form is LinkForm.HTML or is_template(subpath) or self._is_known(target, subpath):
                continue
            found = self.resolve_anchor(target, subpath).kind
            if found in (Anchor.MISSING_HEADING, Anchor.MISSING_BLOCK):
                yield link, target, found

    def _is_known(self, target: str, subpath: str) -> bool:
        """Whether a subpath of one part surely names something of a note (H1, H6), as nearly all do."""
        if "#" in subpath or self.rules.profile is ResolutionProfile.GITHUB or not isinstance(self.outlines, Outlines):
            return False
        name = subpath.strip()
        wanted = _digest(f"^{name[1:].strip().lower()}" if name.startswith("^") else heading_key(name))
        known = self.outlines.names(target)
        at = known.find(wanted)
        while at % _DIGEST and at >= 0:
            at = known.find(wanted, at + 1)
        return at >= 0

    def anchor_names(self, target: str) -> "AnchorNames":
        """What can be meant by a link to a part that the note `target` does not have."""
        names = self._anchor_names.get(target)
        if names is None:
            names = self._anchor_names[target] = AnchorNames(self.parts(target) or Parts(target))
        return names

    def _on_github(self, note: Parts, fragment: str) -> AnchorResolution:
        """What a fragment names on GitHub: a heading by its id, an `id` of HTML, or lines of the file (GH4, GH5)."""
        id = fragment.removeprefix("user-content-")
        named = self._github_anchors(note).get(id)
        if named is not None:
            return AnchorResolution(Anchor.HEADING, named, "GH4", (named,))
        known = id in note.html_ids or _LINES.fullmatch(id)
        return AnchorResolution(Anchor.NONE if known else Anchor.MISSING_HEADING, rule="GH5" if known else "GH4")

    def fragment(self, target: str, heading: str) -> str:
        """What a link writes behind `#` to name a heading, by its text, of the note `target` (H2, GH4)."""
        if self.rules.profile is ResolutionProfile.GITHUB:
            ids = self._github_anchors(self.parts(target) or Parts(target))
            return next((id for id, one in ids.items() if one.text == heading), heading)
        return heading_for_link(heading)

    def _github_anchors(self, note: Parts) -> dict[str, Heading]:
        """The headings of a note by the ids that GitHub gives them."""
        return _by_id(note, github_ids, self._of_github)

    def _anchors_of(self, note: Parts) -> "_Anchors":
        anchors = self._anchors.get(note.path)
        if anchors is None:
            if len(self._anchors) >= _KEPT_ANCHORS:  # links lead near: old ones are seldom needed
                self._anchors.clear()
            anchors = self._anchors[note.path] = _Anchors(note)
        return anchors


def _by_id(
    note: Parts, ids: Callable[[Iterable[str]], list[str]], kept: dict[str, dict[str, Heading]]
) -> dict[str, Heading]:
    """The headings of a note by the ids that `ids` gives their texts; `kept` are those of other notes, found before."""
    found = kept.get(note.path)
    if found is None:
        texts = (heading.text for heading in note.headings)
        found = kept[note.path] = dict(zip(ids(texts), note.headings, strict=True))
    return found


def name_key(name: str) -> str:
    """The key of a file's name as links write it: an attachment's ending is a part of it."""
    stem, dot, ending = name.rpartition(".")
    return f"{spelling_key(stem)}.{ending.lower()}" if dot and is_attachment(name) else spelling_key(name)


def address_key(address: str) -> str:
    """The key of an address of the site: its folders count, each by its spelling."""
    return "/".join(spelling_key(part) or part for part in address.strip("/").split("/"))


def _paths_by_key(names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Paths by the keys of their names."""
    keys: dict[str, list[str]] = defaultdict(list)
    for name, paths in names.items():
        keys[name_key(name)] += paths
    keys.pop("", None)
    return dict(keys)


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


class _Anchors:
    """The headings and block ids of one note, ready to be looked up: a note may have very many links to it."""

    def __init__(self, note: Parts) -> None:
        self._headings = [heading for heading in note.headings if not heading.nested]
        self._keys = [heading_key(heading.text) for heading in self._headings]
        self._first = dict(zip(reversed(self._keys), reversed(self._headings), strict=True))
        self.blocks = {block.id.lower(): block.id for block in note.block_ids}

    @cached_property
    def _places(self) -> Mapping[str, Mapping[int, list[int]]]:
        """Which of the headings, by their key and level."""
        places: dict[str, dict[int, list[int]]] = {}
        for at, (key, heading) in enumerate(zip(self._keys, self._headings, strict=True)):
            places.setdefault(key, {}).setdefault(heading.level, []).append(at)
        return places

    def find(self, wanted: list[str]) -> tuple[Heading, ...]:
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


def absolute(folder: str, path: str) -> str:
    """A path written from `folder` with `./` and `../`; `..` above the root stays at the root (L4)."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


class _Alike:
    """Files that one path can mean, and in which order, seen from any folder. There may be one in each folder."""

    def __init__(self, files: list[_File], wanted: str) -> None:
        self._files = sorted(files, key=lambda file: len(file.key))
        aligned = sum(file.key.endswith("/" + wanted) for file in files)
        if len(files) == 1:
            self._rule = "L12" if not aligned else "L7" if "/" in wanted else "L2"
        else:
            self._rule = "L7" if aligned == len(files) else "L12"

    @cached_property
    def _by_key(self) -> list[tuple[str, int]]:
        return sorted((file.key, at) for at, file in enumerate(self._files))

    def seen_from(self, folder: str) -> Resolution:
        """L7: those below the source's folder first, then shortest path first. L12: by raw strings, and told so."""
        if not self._files:
            return Resolution(Status.MISSING)
        candidates = _Candidates(self._files, folder, self._below(folder))
        status = Status.RESOLVED if len(candidates) == 1 else Status.AMBIGUOUS
        return Resolution(status, candidates[0], candidates, self._rule)

    def _below(self, folder: str) -> list[int]:
        """Which of them lie below a folder, by length."""
        if not folder:
            return []  # all do: they are in that order already
        first = bisect_left(self._by_key, (folder, -1))
        below = takewhile(lambda pair: pair[0].startswith(folder), islice(self._by_key, first, None))
        return sorted(at for _, at in below)


class _Candidates(Sequence[str]):
    """Paths, those `below` a folder first. Nearly always only the first few are looked at, so no list is made."""

    def __init__(self, files: list[_File], folder: str, below: list[int]) -> None:
        self._files, self._folder, self._below = files, folder, below

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[str]:
        yield from (self._files[at].path for at in self._below)
        rest = (f for f in self._files if not self._below or not f.key.startswith(self._folder))
        yield from (file.path for file in rest)

    def __getitem__(self, index: Any) -> Any:
        stop = index.stop if isinstance(index, slice) else index + 1
        return tuple(self if stop is None or stop <= 0 else islice(self, stop))[index]
