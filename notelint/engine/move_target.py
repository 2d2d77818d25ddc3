"""The file or folder that a move starts from, and the path that it gets: what is not possible is refused."""

import os
from pathlib import Path

from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.core.lazy_regex import lazy_regex
from notelint.edits.link_rewrite import Moves
from notelint.engine.named_paths import path_in_vault
from notelint.engine.workspace import Workspace
from notelint.note.links import normalise

# G8: what Obsidian cannot link, or will not write in a name; and what no terminal should be shown
_UNLINKABLE = lazy_regex(r"[#^\[\]|\\:\x00-\x1f\x7f-\x9f\u2028\u2029]|%%")


def source_of(run: Workspace, given: Path) -> str:
    """The path in the vault of what is to be changed."""
    if not os.path.lexists(given) and given.with_name(f"{given.name}.md").is_file():
        given = given.with_name(f"{given.name}.md")
    path = path_in_vault(run, given)
    if not os.path.lexists(given):
        raise NotelintError(f"no such file or folder: {given}")
    if given.is_symlink():
        raise NotelintError(f"{path} is a symbolic link: move what it points to")
    known = any(file == path or file.startswith(f"{path}/") for file in run.files.files)
    if path == "." or not known or any(_overlap(path, nested) for nested in run.files.nested):
        raise NotelintError(f"{path} is not a note, attachment or folder of this vault")
    if is_note(path) and given.is_file() and not run.has_note(path):
        raise NotelintError(f"{path} is excluded from checking, so its links are not known: move it in Obsidian")
    return path


def _overlap(path: str, folder: str) -> bool:
    """True if one of them is, or lies in, the other."""
    return f"{folder}/".startswith(f"{path}/") or path.startswith(f"{folder}/")


def target_of(run: Workspace, source: str, given: str) -> str:
    """The path in the vault that `source` is to have: inside an existing folder it keeps its name."""
    path = path_in_vault(run, Path(given), new=True)
    into = (run.root / path).is_dir() and normalise(path).lower() != normalise(source).lower()
    if into or given.endswith(("/", os.sep)):
        path = f"{path}/{source.rpartition('/')[2]}".removeprefix("./")
    is_file = (run.root / source).is_file()
    if is_file and is_note(source) and not is_note(path):
        path += ".md"
    _refuse_name(run, source, path)
    if is_file and not is_note(source) and is_note(path):
        raise NotelintError(f"{path} would turn an attachment into a note: keep its ending")
    if path.startswith(f"{source}/"):
        raise NotelintError(f"{source} cannot be moved into itself")
    return path


def _refuse_name(run: Workspace, source: str, path: str) -> None:
    """Raise `NotelintError` if links could not name `path`, or notelint would not look there."""
    if path == source:
        raise NotelintError(f"{source} has that path already")
    for part in path.split("/"):
        bad = _UNLINKABLE.search(part)
        stem = part[:-3] if is_note(part) else part
        if bad is not None and part not in source.split("/"):
            raise NotelintError(f"{bad.group()!r} in {part!r} makes a name that Obsidian cannot link: choose another")
        if not stem or stem != stem.strip() or part != part.strip():
            raise NotelintError(f"{part!r} begins or ends with a space, or has no name: Obsidian cannot link it")
        if part.startswith(".") or part == "node_modules":
            raise NotelintError(f"{path} would not be part of the vault, which has nothing in {part!r}")
    if run.excludes(path) or any(path == vault or path.startswith(f"{vault}/") for vault in run.files.nested):
        raise NotelintError(
            f"{path} would be excluded from checking, or in another vault: its links could break unseen"
        )


def moves_of(files: list[str], source: str, target: str) -> Moves:
    """The new path of each file when a file or folder is moved."""
    return {path: target + path[len(source) :] for path in files if path == source or path.startswith(f"{source}/")}


def refuse_taken(run: Workspace, moves: Moves, source: str, target: str) -> None:
    """Raise `NotelintError` if something has a new path already, for links: in any case, however it is encoded."""
    taken = {normalise(path).lower(): path for path in run.files.files if path not in moves}
    for path in moves.values():
        other = taken.get(normalise(path).lower())
        if other is not None:
            raise NotelintError(f"{other} exists already" + ("" if other == path else f", and to links it is {path}"))
    there, here = run.root / target, run.root / source
    if os.path.lexists(there) and not there.samefile(here):
        raise NotelintError(f"{target} exists already")
    parent = there.parent
    while not parent.is_dir():
        if os.path.lexists(parent):
            raise NotelintError(f"{parent.relative_to(run.root)} is not a folder")
        parent = parent.parent
