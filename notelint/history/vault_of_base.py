"""The vault that a folder belonged to at the base of a change, which decides by marks which folder the vault is."""

from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath

from notelint.config.find_vault import NESTED_DEPTH
from notelint.core.errors import NotelintError
from notelint.core.toml import parse
from notelint.history.git import Repository
from notelint.vault.markers import SITE_MARKERS, SITE_NOTES, VAULT_MARKERS

_PYPROJECT = "pyproject.toml"
_TOP = "."


def moved(root: Path, start: Path, repository: Repository, commit: str) -> str:
    """Say that the vault of `start` was another folder at a commit than `root`; empty if it was the same.

    What the change leaves out so is not judged, whatever the rules are.
    """
    top, place = repository.top, start.resolve()
    if root == place == top or not (root.is_relative_to(top) and place.is_relative_to(top)):
        return ""
    folder = (place if place.is_dir() else place.parent).relative_to(top).as_posix()
    now = root.relative_to(top).as_posix()
    was = _found(folder, Repository(top), commit)
    if was is None or was == now:
        return ""
    return (
        f"this change makes {now} the vault, which was {_named(was)} at its base: notes outside of it are not checked"
    )


def _named(folder: str) -> str:
    return "the whole repository" if folder == _TOP else folder


def _found(start: str, repository: Repository, commit: str) -> str | None:
    """The vault of a folder at a commit, as `find_vault` finds it; None if there was not one."""
    marked = _marked(repository.names(commit), repository, commit)
    for folder in (PurePosixPath(start), *PurePosixPath(start).parents):
        if str(folder) in marked:
            return _site_above(folder, marked) or str(folder)
    below = _below(marked) if start == _TOP else []
    if len(below) > 1:
        return None
    return below[0] if below else _TOP


def _marked(names: Collection[str], repository: Repository, commit: str) -> frozenset[str]:
    """The folders that are marked as the root of a vault."""
    return frozenset(folder.rstrip("/") or _TOP for folder in _marks(names, repository, commit))


def _marks(names: Collection[str], repository: Repository, commit: str) -> Iterator[str]:
    for name in names:
        for marker in VAULT_MARKERS:
            before, found, after = f"/{name}".partition(f"/{marker}")
            if found and after[:1] in ("", "/"):
                yield before.lstrip("/")
    sites = {name[: -len(one)] for name in names for one in SITE_MARKERS if f"/{name}".endswith(f"/{one}")}
    yield from (site for site in sites if any(name.startswith(f"{site}{SITE_NOTES}/") for name in names))
    projects = [name for name in names if PurePosixPath(name).name == _PYPROJECT]
    yield from (
        name.removesuffix(_PYPROJECT)
        for name, data in repository.contents(commit, projects).items()
        if _configures(data)
    )


def _configures(data: bytes) -> bool:
    try:
        return "notelint" in parse(data.decode("utf-8-sig")).get("tool", {})
    except (ValueError, RecursionError, TypeError, NotelintError):
        return False


def _site_above(folder: PurePosixPath, marked: Collection[str]) -> str | None:
    """The site whose folder of notes this is, or None."""
    if not f"/{folder}".endswith(f"/{SITE_NOTES}"):
        return None
    site = str(folder).removesuffix(SITE_NOTES).rstrip("/") or _TOP
    return site if site in marked else None


def _below(marked: Collection[str]) -> list[str]:
    """The marked folders below the top that are looked at: not too deep, not hidden, in no other."""
    near = [
        folder
        for folder in marked
        if folder != _TOP
        and folder.count("/") < NESTED_DEPTH
        and not any(part.startswith(".") or part == "node_modules" for part in folder.split("/"))
    ]
    return sorted(one for one in near if not any(one.startswith(f"{other}/") for other in near))
