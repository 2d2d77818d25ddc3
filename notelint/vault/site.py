"""The site that a vault's notes are published on: which notes are, and at which addresses (DG-P, DG-U)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from msgspec import structs

from notelint.core.fuzzy import Spellings
from notelint.core.spelling import spelling_key
from notelint.core.text import Span
from notelint.garden.permalinks import Garden, is_home, is_published, is_published_form, is_true, output_file
from notelint.note.note import Outline
from notelint.vault.face import Face, in_site, path_in_garden
from notelint.vault.link_rules import LinkRules, ResolutionProfile
from notelint.vault.markers import SITE_NOTES
from notelint.vault.resolver import SITE_IMAGES

_FEW_OF_OTHERS = 9  # so many permalinks of one kind for each of the other show what the plugin does


@dataclass
class PublishedSite:
    """Publishing as the faces of all notes, the paths of all files, and the plugin's settings tell it."""

    faces: Mapping[str, Face]
    files: Iterable[str]
    garden: Garden
    rules: LinkRules
    _written: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def notes_root(self) -> str:
        """The folder of a published garden from which paths in its links start (DG-L6); empty elsewhere."""
        if self.rules.profile is not ResolutionProfile.SITE:
            return ""
        inside = next((path for path in self.faces if in_site(path)), "")
        return inside[: f"/{inside}".find(f"/{SITE_NOTES + '/'}") + len(SITE_NOTES + "/") - 1] if inside else ""

    def holds(self, note: Outline) -> bool:
        """True if a note is one of a published garden: by its form, by its folder, or because the whole vault is."""
        whole = self.rules.profile is ResolutionProfile.SITE and not self.notes_root
        return whole or is_published_form(note) or in_site(note.path)

    @cached_property
    def has_images(self) -> bool:
        """True if the vault holds the folder in which a published garden keeps its images (DG-E1)."""
        return any(SITE_IMAGES in f"/{path}" for path in self.files)

    @cached_property
    def addresses(self) -> dict[str, list[tuple[str, str]]]:
        """Who claims what on the site: path and address, by the file written for it, lower case (DG-U6)."""
        addresses: dict[str, list[tuple[str, str]]] = defaultdict(list)
        is_garden = self.is_garden
        for path, face in self.faces.items():
            address = face.published or (None if is_garden else face.permalink)
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
        elif self.holds(note) or not is_published(note.properties):
            keys = ("permalink", *keys)
        return note.place(next((key for key in keys if note.properties.get(key)), "dg-publish"))

    def publishes(self, path: str | None) -> bool | None:
        """True if the note at a path is published; None if there is no note (DG-P1).

        On a site, all of its notes are (DG-U7), and other files of its repository are not.
        """
        face = None if path is None else self.faces.get(path)
        if face is None or path is None:
            return None
        if self.rules.profile is ResolutionProfile.SITE:
            return not self.notes_root or path.startswith(f"{self.notes_root}/")
        return face.published is not None

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
        kept = structs.replace(garden, slugify_enabled=False)
        return kept.permalink(path_in_garden(outline.path), outline.properties)

    def _garden_of(self, outline: Outline) -> Garden:
        """The settings that count for a note: of a published garden, those that its permalinks show.

        Rewrite rules are not asked for there: where one changed a path, it stands in `dg-path` (DG-P3).
        """
        if (self.garden.rules_known and self.garden.slugify_known) or not self.holds(outline):
            return self.garden
        return self._shown_garden

    @cached_property
    def _shown_garden(self) -> Garden:
        """The plugin's settings as a published garden shows them: names become slugs if nearly all of it says so."""
        garden = self.garden if self.garden.rules_known else structs.replace(self.garden, rules=(), rules_known=True)
        if garden.slugify_known:
            return garden
        enabled, decided = self.shown_slugs
        return structs.replace(garden, slugify_enabled=enabled, slugify_known=decided)

    @cached_property
    def shown_slugs(self) -> tuple[bool, bool]:
        """True if permalinks show rather that names become slugs, and true if nearly all agree about it."""
        shown = Counter(face.slugs for face in self.faces.values())
        slugs, names = shown[True], shown[False]
        return slugs >= names, max(slugs, names) > _FEW_OF_OTHERS * min(slugs, names)

    @cached_property
    def knows_addresses(self) -> bool:
        """True if the addresses of all published notes are known: the plugin's settings may not be (DG-S1)."""
        return not any(face.published == "" for face in self.faces.values())

    def knows_address(self, path: str) -> bool:
        """True if it is known at which address the note at a path is published, if it is."""
        face = self.faces.get(path)
        return face is None or face.published != ""

    @cached_property
    def is_garden(self) -> bool:
        """True if any note is meant to be published by the Digital Garden plugin."""
        return any(face.in_garden for face in self.faces.values())


def address_key(address: str) -> str:
    """The key of an address of the site: its folders count, each by its spelling."""
    return "/".join(spelling_key(part) or part for part in address.strip("/").split("/"))
