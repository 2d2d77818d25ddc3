"""The names of a vault's files: the table in which links, and suggestions for dead ones, are looked up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from msgspec import Struct

from notelint.core.file_types import is_attachment
from notelint.core.fuzzy import Spellings
from notelint.core.lazy_regex import lazy_regex
from notelint.core.spelling import spelling_key, spelling_keys
from notelint.note.links import decode_fully, normalise
from notelint.vault.face import Face

_BLANKS = lazy_regex(r"[\s_-]+")
_ID = lazy_regex(r"\d{8,14}(?=[ _-])")  # a date, mostly with a time


class File(Struct, frozen=True, gc=False):
    """A file of the vault: its path, and its key."""

    path: str
    key: str  # the full path as links are compared with it: normalised, lower case


@dataclass
class Names:
    """All files of a vault by their names. `files` are all paths in vault order; those with a face are notes.

    `with_folders` tells whether links may name folders too (GH2).
    """

    files: Iterable[str]
    faces: Mapping[str, Face]
    with_folders: bool = False

    def with_faces(self, faces: Mapping[str, Face]) -> "Names":
        """The same names of the same notes, which have other faces: only what is made of aliases is made again."""
        other = copy(self)
        other.faces = faces
        for made_of_aliases in ("aliases", "aliases_by_spelling"):
            other.__dict__.pop(made_of_aliases, None)
        return other

    @cached_property
    def by_name(self) -> dict[str, list[File]]:
        """L3: files by their complete file name, lower case."""
        paths = [path for path in dict.fromkeys([*self.files, *self.faces]) if "/." not in path and path[:1] != "."]
        keys = normalise("\0".join(paths)).lower().split("\0") if paths else []  # no path holds a NUL
        by_name: dict[str, list[File]] = defaultdict(list)
        for path, key in zip(paths, keys, strict=True):  # those that L14 leaves
            by_name[key.rpartition("/")[2]].append(File(path, key))
        return dict(by_name)

    def named(self, name: str) -> list[str]:
        """Paths of all files with this complete file name, compared as links are (L3, L8)."""
        return [file.path for file in self.by_name.get(normalise(name).lower(), ())]

    def in_any_case(self, path: str) -> list[str]:
        """The files at a path, in whatever capitals."""
        key = normalise(path).lower()
        return [file.path for file in self.by_name.get(key.rpartition("/")[2], ()) if file.key == key]

    @cached_property
    def folders(self) -> frozenset[str]:
        """All folders that hold a file, lower case: a link to one is not a link to a note (L13)."""
        folders = {"."}
        for files in self.by_name.values():
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
        for files in self.by_name.values():
            for file in files:
                if file.path not in self.faces and not file.key.endswith(".md"):
                    names[file.path.rpartition("/")[2]].append(file.path)
        return dict(names)

    @cached_property
    def of_notes(self) -> dict[str, list[str]]:
        """Paths of notes by their name without extension, as written: what suggestions are drawn from."""
        names: dict[str, list[str]] = defaultdict(list)
        for path in self.faces:
            names[path.rpartition("/")[2].rpartition(".")[0]].append(path)
        return dict(names)

    @cached_property
    def by_spelling(self) -> dict[str, list[str]]:
        """Paths of notes by the key that all spellings of their name share."""
        return _paths_by_key(self.of_notes)

    @cached_property
    def attachments_by_spelling(self) -> dict[str, list[str]]:
        """Paths of files that are not notes, by the key of their name and their ending."""
        return _paths_by_key(self.attachments)

    @cached_property
    def aliases_by_spelling(self) -> dict[str, list[str]]:
        """Paths of notes by the keys of their aliases."""
        return _paths_by_key(self.aliases)

    @cached_property
    def by_id(self) -> dict[str, list[str]]:
        """Paths of notes by the number that their names begin with, as those of a Zettelkasten do."""
        ids: dict[str, list[str]] = defaultdict(list)
        for name, paths in self.of_notes.items():
            if (found := id_of(name)) is not None:
                ids[found] += paths
        return dict(ids)

    @cached_property
    def by_title(self) -> dict[str, list[str]]:
        """Paths of notes by the key of the title that their names are made of (GW2)."""
        titles: dict[str, list[str]] = defaultdict(list)
        for name, paths in self.of_notes.items():
            titles[title_key(name)] += paths
        return dict(titles)

    @cached_property
    def spellings(self) -> Spellings:
        """The names of notes, for what is nearly one of them."""
        return Spellings(self.of_notes)

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
                if aliases[alias.lower()][-1:] != [path]:
                    aliases[alias.lower()].append(path)
        return dict(aliases)

    @cached_property
    def by_path(self) -> dict[str, str]:
        """Files by their whole path, capitals kept; folders too where links may name them."""
        paths = {normalise(file.path): file.path for files in self.by_name.values() for file in files}
        if self.with_folders:
            folders = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
            paths = {**{"" if folder == "." else folder: folder for folder in folders}, **paths}
        return paths

    @cached_property
    def by_key(self) -> "dict[str, File]":
        """The first file of each whole path, as links are compared with it."""
        return {file.key: file for files in self.by_name.values() for file in reversed(files)}


def title_key(title: str) -> str:
    """The key of a page's title, and of all names that other tools make of it for a file: `A-B`, `A_B`, `A%20B`."""
    whole = decode_fully(normalise(title)).replace("___", "/").lower()
    return "/".join(_BLANKS.sub("-", part).strip("-") for part in whole.split("/"))


def id_of(name: str) -> str | None:
    """The number that a note's name begins with, as those of a Zettelkasten do; None if it begins otherwise."""
    found = _ID.match(name)
    return None if found is None else found[0]


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The key of a file's name as links write it: an attachment's ending is a part of it."""
    stem, dot, ending = name.rpartition(".")
    return f"{spelling_key(stem)}.{ending.lower()}" if dot and is_attachment(name) else spelling_key(name)


def _paths_by_key(names: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Paths by the keys of their names."""
    keys: dict[str, list[str]] = defaultdict(list)
    plain = [name for name in names if "." not in name]
    known = dict(zip(plain, spelling_keys(plain), strict=True))
    for name, paths in names.items():
        keys[known[name] if name in known else name_key(name)] += paths
    keys.pop("", None)
    return dict(keys)
