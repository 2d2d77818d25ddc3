"""The files of a vault. Symbolic links are named but never followed: nothing outside the root is read."""

import os
from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from msgspec import Struct, field

from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.core.globs import Ignored, compile_globs
from notelint.core.safe_path import is_link
from notelint.core.safe_read import SETTINGS_LIMIT, VaultReader
from notelint.vault.markers import is_nested

_name = attrgetter("name")
_NEVER = frozenset({"node_modules"})
_FEW = 64  # paths: more of them are sorted with all others


class Files(Struct):
    """The files that a walk found; all paths are relative to the root, POSIX, in the order of the walk (sorted by
    name).
    """

    notes: list[str] = field(default_factory=list)  # Markdown files, those that git ignores left out
    files: list[str] = field(default_factory=list)  # every file that a link can name, notes among them
    nested: list[str] = field(default_factory=list)  # folders that are vaults of their own: their notes are targets
    linked: list[str] = field(default_factory=list)  # symbolic links to folders: not walked
    linked_notes: list[str] = field(default_factory=list)  # symbolic links named like notes: not read


def is_walked(path: str) -> bool:
    """True if a walk would come to a file at this path: no part of it begins with a dot (L14)."""
    return not any(part.startswith(".") or part in _NEVER for part in path.split("/"))


def walk_order(path: str) -> list[tuple[bool, str]]:
    """The sort key by which paths come as in a walk: a folder's own files before those of the folders in it."""
    *folders, name = path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def with_paths(paths: Iterable[str], more: Iterable[str]) -> list[str]:
    """Paths, which come as in a walk, and some more of them, each once and where a walk would come to it."""
    found = list(paths)
    new = set(more).difference(found)
    if len(new) > _FEW:
        return sorted([*found, *new], key=walk_order)
    for path in new:
        insort(found, path, key=walk_order)
    return found


def walk(root: Path, *, respect_gitignore: bool = True, skipped: Callable[[str], bool] = lambda path: False) -> Files:
    """All files below `root` (an existing folder). `skipped` tells which notes the configuration excludes.

    What is excluded or ignored is not checked, but links to it resolve (L15), as they do to the notes of
    a vault inside this one: Obsidian sees them.
    Raises `NotelintError` if the root cannot be read; what cannot be read below it is left out.
    """
    found, reader = Files(), VaultReader(root)
    ignores = _outer_ignores(root) if respect_gitignore else ()
    pending: list[tuple[str, tuple[_Ignore, ...], Callable[[str], bool]]] = [("", ignores, skipped)]
    while pending:
        folder, ignores, skipped = pending.pop()
        try:
            entries = sorted(reader.walked_entries(folder), key=_name)
        except OSError as error:
            if not folder:
                raise NotelintError(f"cannot read the folder {root}: {error.strerror}") from error
            continue
        names = {entry.name for entry in entries}
        if folder and skipped is not _of_another_vault and is_nested(root, folder, names):
            found.nested.append(folder)
            skipped = _of_another_vault
        if respect_gitignore and ".gitignore" in names:
            ignores = (*ignores, _Ignore(folder, _spec(reader, f"{folder}/.gitignore".lstrip("/"))))
        pending += reversed([(path, ignores, skipped) for path in _sort(entries, folder, ignores, skipped, found)])
    reader.end_walk()
    return found


def _of_another_vault(_: str) -> bool:
    """Leave out a note, as every one of a vault inside the vault."""
    return True


def _sort(
    entries: list[os.DirEntry[str]],
    folder: str,
    ignores: "tuple[_Ignore, ...]",
    skipped: Callable[[str], bool],
    found: Files,
) -> Iterator[str]:
    """Put one folder's files where they belong, and yield the folders to walk next."""
    for entry in entries:
        name = entry.name
        if name.startswith(".") or name in _NEVER:  # L14
            continue
        path = f"{folder}/{name}" if folder else name
        if entry.is_file(follow_symlinks=False):  # nearly all are
            found.files.append(path)
            if is_note(name) and not skipped(path) and not (ignores and any(i.hides(path) for i in ignores)):
                found.notes.append(path)
        elif entry.is_dir(follow_symlinks=False):
            if os.name == "nt" and is_link(entry.stat(follow_symlinks=False)):  # a junction
                found.linked.append(path)
            else:
                yield path
        elif entry.is_symlink():  # and not a pipe, which would be waited for
            if _leads_to_folder(entry):
                found.linked.append(path)
            else:
                found.files.append(path)
                if is_note(name):
                    found.linked_notes.append(path)


def _leads_to_folder(link: os.DirEntry[str]) -> bool:
    try:
        return link.is_dir()
    except OSError:  # it leads to itself
        return False


class _Ignore(Struct, frozen=True):
    """A `.gitignore` and the folder it speaks of, relative to the vault root (`../` parts are in `prefix`)."""

    folder: str
    spec: Ignored
    prefix: str = ""

    def hides(self, path: str) -> bool:
        relative = path[len(self.folder) + 1 :] if self.folder else path
        return self.spec.match_file(self.prefix + relative)


def git_ignores(root: Path, path: str) -> bool:
    """Tell whether a `.gitignore` hides a file of the vault, by its path relative to `root`, in a repository."""
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return False
    folders = ["", *("/".join(path.split("/")[:depth]) for depth in range(1, path.count("/") + 1))]
    reader = VaultReader(root)
    inner = [_Ignore(one, _spec(reader, f"{one}/.gitignore".lstrip("/"))) for one in folders]
    return any(ignore.hides(path) for ignore in (*_outer_ignores(root), *inner))


def folder_in_repository(root: Path) -> str:
    """The folder of the vault within the git repository that holds it, POSIX; "" for its root, or if there is none."""
    for parent in (root, *root.parents):
        if (parent / ".git").exists():
            return "" if parent == root else root.relative_to(parent).as_posix()
    return ""


def _spec(reader: VaultReader, path: str) -> Ignored:
    """The patterns of a `.gitignore`; none for one that is a link, as git has it, or cannot be read."""
    try:
        return _compiled(reader.read(path, SETTINGS_LIMIT))
    except OSError:
        return compile_globs([])


def _compiled(data: bytes) -> Ignored:
    """The patterns of a `.gitignore`, without lines that are not patterns."""
    lines = data.decode("utf-8", "replace").splitlines()
    try:
        return compile_globs(lines)
    except ValueError:
        return compile_globs(line for line in lines if _is_pattern(line))


def hidden_by(ignores: Iterable[tuple[bytes, str, str]]) -> Callable[[str], bool]:
    """Tell of paths whether `.gitignore` files hide them.

    Each is given by what it holds, its folder relative to the vault's root, and, where it lies above that, the way from
    it down to the root (`notes/`; then its folder is "").
    """
    specs = [_Ignore(folder, _compiled(data), prefix) for data, folder, prefix in ignores]
    return lambda path: any(one.hides(path) for one in specs if not one.folder or path.startswith(f"{one.folder}/"))


def _is_pattern(line: str) -> bool:
    try:
        compile_globs([line])
    except ValueError:
        return False
    return True


def _outer_ignores(root: Path) -> "tuple[_Ignore, ...]":
    """The `.gitignore` files between the git repository's root and the vault's root."""
    found, prefix, folder = [], "", root
    while not (folder / ".git").exists():
        if folder.parent == folder:
            return ()
        prefix, folder = f"{folder.name}/{prefix}", folder.parent
        reader = VaultReader(folder)
        if reader.is_file(".gitignore"):
            found.append(_Ignore("", _spec(reader, ".gitignore"), prefix))
    return tuple(found)
