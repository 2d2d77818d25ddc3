"""Paths as links write them: how readers take them, and what they mean seen from a folder."""

import posixpath
from collections.abc import Iterator
from functools import lru_cache

from notelint.note.links import decode_fully, normalise


def readings(path: str) -> Iterator[str]:
    """The path of a link as it is written, and as others than Obsidian read it (UR1): before `?`, where an address has
    a query, and with the escapes decoded that Obsidian leaves (M2).
    """
    yield path
    before = path.partition("?")[0]
    if before not in ("", path):
        yield before
    decoded = decode_fully(before).replace("\n", " ")
    if decoded != before:
        yield decoded


@lru_cache(maxsize=1024)  # asked several times of each link that finds nothing
def path_from_folder(written: str, source: str) -> str:
    """The path, from the vault's root, of what is written in the note `source`: from its folder, or from the root.

    What stands behind a `?` does not count. It begins with `..` where it leads out of the vault; the root is `.`.
    """
    path = normalise(written.partition("?")[0])
    folder = "" if path.startswith("/") else source.rpartition("/")[0]
    return posixpath.normpath(posixpath.join(folder, path.strip("/")))


def ends_in_dots(path: str) -> bool:
    """True if a path ends in `.` or `..`: it names a folder, and a note that is called like it is another thing."""
    return decode_fully(path).rstrip("/").rpartition("/")[2] in (".", "..")


def absolute(folder: str, path: str) -> str:
    """A path written from `folder` with `./` and `../`; `..` above the root stays at the root (L4)."""
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
