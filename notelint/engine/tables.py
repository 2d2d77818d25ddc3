"""The difference between two states of a vault as links see it: files that came and went, and faces that are others."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Struct, structs

from notelint.garden.permalinks import Garden, output_file
from notelint.note.links import normalise
from notelint.vault.face import Face
from notelint.vault.incoming import file_name
from notelint.vault.link_rules import LinkRules
from notelint.vault.names import id_of
from notelint.vault.outlines import BACKSLASH, as_bytes
from notelint.vault.resolver import SITE_IMAGES
from notelint.vault.site import PublishedSite

_MOST = 64  # files: of more, all is judged again
_SHALLOW = "shallow"  # stands in the state of a past that is cut off
_ODD = ("\n", "\0", BACKSLASH)  # characters of names that are not sought in lines


class Tables(Struct, frozen=True):
    """All that the tables of a vault are made of: `files` are all paths, `faces` those of the notes among them."""

    files: Collection[str]
    faces: Mapping[str, Face]
    linked: Sequence[str]  # symbolic links to folders


class Past(Protocol):
    """What is known of files that are gone: a name for the state of it, and their paths."""

    @property
    def state(self) -> str:
        """A name for all that is known; empty if nothing is."""

    @property
    def gone(self) -> Collection[str] | None:
        """Paths of files that were in the vault once; None if they are not known."""


class KeptPast(Struct, frozen=True):
    """The past as a cache's file tells it."""

    state: str = ""
    gone: frozenset[str] | None = None


class JudgedVault(Struct, frozen=True):
    """The vault that findings were made in: a digest of all `paths`, its tables if they are known, its past."""

    paths: str = ""
    tables: Tables | None = None
    past: Past = KeptPast()


class TableChange(Struct, frozen=True):
    """Entries of a vault's tables that are others than before: what links may name that now lead elsewhere.

    `names` are those of files, and of folders where links may lead to them, as links are compared with them; `notes`
    and `attachments` names as they are written, by which others are taken for slips; `aliases` those of notes,
    `folders` the ends of paths by which folders are named, `addresses` those of the site.
    """

    names: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    attachments: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()  # files that came or went
    rivals: frozenset[str] = frozenset()  # notes that claim one of the addresses, too
    paths: Sequence[str] = ()  # of all files now

    def __bool__(self) -> bool:
        return bool(self.names or self.folders or self.aliases or self.addresses)


def difference(before: Tables, now: Tables, touched: Iterable[str], rules: LinkRules) -> TableChange | None:
    """The difference between two states; `touched` are the notes of both whose faces may be others.

    None if it may be about anything.
    """
    olds, news = frozenset(before.files), frozenset(now.files)
    files = olds ^ news
    faced = {path for path in touched if before.faces.get(path) != now.faces.get(path)}
    turned = (before.faces.keys() ^ now.faces.keys()) - files  # notes that are files of another kind now
    if list(before.linked) != list(now.linked):
        return None
    if not (files or faced or turned):
        return TableChange()
    if len(files) + len(faced) > _MOST or turned or any(map(_is_odd, files)):
        return None
    faces = [face for path in files | faced for face in (before.faces.get(path), now.faces.get(path)) if face]
    old, new = ((_site(one.faces), _repository(one, files, faces, rules)) for one in (before, now))
    if old != new:
        return None
    notes = {path for path in files if path in before.faces or path in now.faces}
    names = frozenset(map(file_name, files | faced))
    folders = frozenset([*_folders(olds - news, news, rules), *_folders(news - olds, olds, rules)])
    addresses = frozenset(address for face in faces for address in (face.published, face.permalink) if address)
    return TableChange(
        names.union(_ids(notes), (end for end in folders if rules.may_name_folders and "/" not in end)),
        frozenset(path.rpartition("/")[2].rpartition(".")[0] for path in notes),
        frozenset(path.rpartition("/")[2] for path in files - notes),
        _aliases(before, now, files | faced, names),
        folders,
        addresses,
        files,
        _rivals(now.faces, addresses),
        tuple(now.files),
    )


def folder_ends(paths: Iterable[str]) -> frozenset[bytes]:
    """The paths, from any folder on, by which links can name the folders of files, as `link_paths` has them."""
    folders = {path.rpartition("/")[0] for path in paths if "/." not in path and path[:1] != "."}
    every = {parent for folder in folders for parent in _parents(normalise(folder).lower())}
    parts = (folder.split("/") for folder in every)
    return frozenset(as_bytes("/".join(names[at:])) for names in parts for at in range(len(names)))


def _parents(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def with_past(change: TableChange, before: Past, now: Past, rules: LinkRules) -> TableChange | None:
    """The change, and what is otherwise in the past; None if that may be about anything."""
    if before.state == now.state:  # what is gone since then, or back, is among the files that came and went
        return change
    if before.gone is None or now.gone is None or _SHALLOW in f"{before.state} {now.state}" or not before.state:
        return None
    olds, news = frozenset(before.gone), frozenset(now.gone)
    differing = olds ^ news
    if not now.state or len(differing) > _MOST or any(map(_is_odd, differing)):
        return None
    folders = (*_folders(olds - news, news, rules), *_folders(news - olds, olds, rules))
    names = change.names.union(map(file_name, differing))
    return structs.replace(change, names=names, folders=change.folders.union(folders))


def _is_odd(path: str) -> bool:
    """True for a path that cannot be sought in lines."""
    return any(char in path for char in _ODD) or not path.isprintable()


def _site(faces: Mapping[str, Face]) -> tuple[bool, bool, bool]:
    """What publishing knows of the notes as a whole."""
    values = faces.values()
    return (
        any(face.in_garden for face in values),
        any(face.published == "" for face in values),
        any(face.published or face.permalink for face in values),
    )


def _repository(
    tables: Tables, files: Iterable[str], faces: Iterable[Face], rules: LinkRules
) -> tuple[str, bool, object]:
    """What the repository of a published garden shows as a whole, as far as these files and faces can change it."""
    site = PublishedSite(tables.faces, tables.files, Garden(), rules)
    images = any(SITE_IMAGES in f"/{path}" for path in files) and site.has_images
    slugs = site.shown_slugs if any(face.slugs is not None for face in faces) else None
    return site.notes_root, images, slugs


def _ids(notes: Iterable[str]) -> frozenset[str]:
    """The numbers that the names of these notes begin with."""
    return frozenset(filter(None, (id_of(path.rpartition("/")[2]) for path in notes)))


def _aliases(before: Tables, now: Tables, paths: Collection[str], names: frozenset[str]) -> frozenset[str]:
    """The aliases of these notes that are others, and all of notes that share their names: links may be written so."""
    found: set[str] = set()
    for path in paths:
        sides = (before.faces.get(path), now.faces.get(path))
        old, new = (frozenset[str]() if face is None else frozenset(face.aliases) for face in sides)
        found |= old ^ new
    for path, face in now.faces.items():
        if face.aliases and file_name(path) in names:
            found.update(face.aliases)
    return frozenset(found)


def _rivals(faces: Mapping[str, Face], addresses: Collection[str]) -> frozenset[str]:
    """The notes whose pages would be written to the same file as those of some addresses."""
    files = {output_file(address).lower() for address in addresses}
    claims = ((path, face.published or face.permalink) for path, face in faces.items()) if files else ()
    return frozenset(path for path, address in claims if address and output_file(address).lower() in files)


def _folders(some: Collection[str], others: Iterable[str], rules: LinkRules) -> Iterator[str]:
    """The ends, in lower case, of the paths of folders that hold some files, and none of the others.

    Where paths must be exact, capitals tell two folders apart.
    """
    if not some:
        return

    def key(paths: str) -> str:
        return normalise(paths).lower() if rules.by_name else normalise(paths)

    there = "\0" + key("\0".join(others))  # all at once: there may be very many
    seen: set[str] = set()
    for path in some:
        folder = key(path).rpartition("/")[0]
        while folder and folder not in seen:
            seen.add(folder)
            if f"\0{folder}/" in there:
                break
            parts = folder.lower().split("/")
            yield from ("/".join(parts[at:]) for at in range(len(parts)))
            folder = folder.rpartition("/")[0]
