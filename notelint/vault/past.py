"""The former target of a link that finds nothing, and where that went: by the history, and by what other links name."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from notelint.note.links import Link, normalise
from notelint.note.note import Outline
from notelint.vault.moves import ALL_LINKS, How, Moved
from notelint.vault.outlines import Outlines
from notelint.vault.resolution import Status
from notelint.vault.vault import Vault

_MANY_FOLDERS = 16  # that are gone: then looking for one after the other takes longer than looking for all
_MANY = 5  # targets of links that all stand in one other folder: then theirs was renamed
_LONGEST_PATH, _DEEPEST_PATH = 4096, 100  # characters and folders: no file lies deeper


class Former(Struct, frozen=True):
    """The file that a link named at some earlier time, and where it went; None if that is not known."""

    path: str | None
    moved: Moved | None = None


def former(link: Link, source: str, vault: Vault) -> Former | None:
    """The former target of a link that finds nothing in the vault; None if nothing, or if the past is unknown."""
    past = vault.past
    if past is None or not vault.evidence.gone:
        return None if past is None else _left_behind(link, source, vault, past)
    name = normalise(link.target.path).rstrip("/").rpartition("/")[2]
    if not (past.names.named(name) or past.names.named(f"{name}.md")):  # nearly always
        return _left_behind(link, source, vault, past)
    vault.depend_on_moves()
    found = past.resolve_link(link, source)
    if found.status is Status.AMBIGUOUS or found.rule == "L12":
        return Former(None)
    if found.target is not None:
        return Former(found.target, vault.evidence.moved_to(found.target))
    return _left_behind(link, source, vault, past)


def _left_behind(link: Link, source: str, vault: Vault, past: Vault) -> Former | None:
    """The former target of a path from a note's folder, before the note was moved and the path did not follow."""
    if not (link.target.path.startswith(("./", "../")) or vault.rules.from_folder):
        return None
    origin = vault.evidence.moved_from(source)
    if origin is None and vault.evidence.is_committed(source):  # whatever files come or go, it stays so
        vault.depend_on_origin()
        return None
    vault.depend_on_moves()
    if origin is None:
        return None
    there = vault.resolve_link(link, origin.path)
    if there.status is Status.RESOLVED and there.rule != "L12" and there.target is not None:
        return Former(there.target, Moved(there.target, origin.how))
    there = past.resolve_link(link, origin.path)
    moved = None if there.target is None or len(there.candidates) != 1 else vault.evidence.moved_to(there.target)
    if moved is None:
        return None
    return Former(there.target, Moved(moved.path, max(moved.how, origin.how, key=list(How).index)))


def is_folder(folder: str, vault: Vault) -> bool:
    """True if a vault has, or had, a folder that links can name so."""
    wanted = normalise(folder).lower().strip("/")
    past = vault.past
    return wanted in vault.names.folder_ends or (past is not None and wanted in past.names.folder_ends)


def was_folder(folder: str, vault: Vault) -> bool | None:
    """True if a vault had a folder that links can name so; None if its past is not known as a whole."""
    past = vault.past
    if past is None or vault.evidence.is_cut_off or not vault.evidence.state:
        return None
    return normalise(folder).lower().strip("/") in past.names.folder_ends


@lru_cache(maxsize=4096)  # asked several times of each link that finds nothing
def written_folder(path: str) -> str:
    """The folder that a link's path begins with, from the root or anywhere; empty for one from the note's folder.

    Empty, too, for a path that no file can have had: it is too long, or too deep.
    """
    if len(path) > _LONGEST_PATH or path.count("/") > _DEEPEST_PATH:
        return ""
    path = normalise(path)
    return "" if path.startswith(".") else path.strip("/").rpartition("/")[0]


def renamed_within(path: str, vault: Vault) -> tuple[str, str] | None:
    """The folder in a link's path that was evidently renamed, and its new path."""
    folder = written_folder(path) if vault.rules.by_name and not path.startswith("/") else ""
    while folder:
        place = renamed_folder(folder, vault)
        if place is not None:
            return folder, place
        folder = folder.rpartition("/")[0]
    return None


def renamed_folder(folder: str, vault: Vault) -> str | None:
    """The folder in which all stands that links seek in one that is gone, if there are many of them and one folder."""
    if folder in vault.present_folders:
        return None
    known = vault.renamed_folders
    if folder not in known:
        if folder.lower() in vault.names.folder_ends:
            vault.present_folders.add(folder)
            return None
        known[folder] = _new_place(folder, vault)
    vault.depend_on(ALL_LINKS)
    return known[folder]


def _new_place(folder: str, vault: Vault) -> str | None:
    wanted = _sought_in(folder, vault)
    places: set[str] | None = None
    for rest in wanted:
        found = _folders_of(rest, vault)
        places = found if places is None else places & found
        if not places:
            return None
    return places.pop() if places and len(places) == 1 and len(wanted) >= _MANY else None


def _sought_in(folder: str, vault: Vault) -> set[str]:
    """The paths that links of the vault seek in a folder that is gone, seen from there.

    For a few folders, outlines without the name are passed over unread; for more, all are read once.
    """
    if vault.sought_in_folders is None and len(vault.renamed_folders) >= _MANY_FOLDERS:
        vault.sought_in_folders = _sought_in_all(vault)
    if vault.sought_in_folders is not None:
        return vault.sought_in_folders.get(folder, set())
    inside = f"{folder}/"
    return {
        link.target.path[len(inside) :]
        for outline in _outlines(inside, vault)
        for link in outline.links
        if link.target.path.startswith(inside) and not link.hidden
    }


def _sought_in_all(vault: Vault) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    present = vault.names.folder_ends
    for outline in _outlines("/", vault):
        for link in outline.links:
            path, at = link.target.path, 0
            while not link.hidden and (at := path.find("/", at) + 1):
                folder = path[: at - 1]
                if folder.lower() not in present:
                    found.setdefault(folder, set()).add(path[at:])
    return found


def _outlines(text: str, vault: Vault) -> Iterable[Outline]:
    outlines = vault.outlines
    return outlines.linking([normalise(text).lower()]) if isinstance(outlines, Outlines) else outlines.values()


def _folders_of(rest: str, vault: Vault) -> set[str]:
    """The folders in which a file stands that has this path, seen from there."""
    name = rest.rpartition("/")[2]
    ends = (f"/{normalise(rest).lower()}", f"/{normalise(rest).lower()}.md")
    paths = [*vault.names.named(name), *vault.names.named(f"{name}.md")]
    return {path[: -len(end)] for path in paths for end in ends if normalise(path).lower().endswith(end)}
