"""The root of the vault that a file or folder belongs to."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from notelint.core.errors import NotelintError
from notelint.core.safe_read import Reader, read_beside
from notelint.vault.files import VAULT_MARKERS

CONFIG_FILES = ("notelint.toml", ".notelint.toml", "pyproject.toml")
_NESTED_DEPTH = 3


def find_root(start: Path) -> Path:
    """The vault's root for a file or folder: the nearest folder above it that is marked as a vault, else the git root.

    A repository with one vault below its root stands for that vault. Raises `NotelintError` if there are several.
    """
    start = start.absolute()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if _is_marked(candidate):
            return candidate.resolve()
    root = next((candidate for candidate in (folder, *folder.parents) if (candidate / ".git").exists()), folder)
    if root == folder:
        below = sorted(_vaults_below(root, _NESTED_DEPTH))
        if len(below) > 1:
            names = ", ".join(vault.relative_to(root).as_posix() for vault in below)
            raise NotelintError(f"there are several vaults in {root}: name one of {names}")
        if below:
            return below[0].resolve()
    return root.resolve()


def _is_marked(folder: Path) -> bool:
    return any((folder / marker).exists() for marker in VAULT_MARKERS) or pyproject_table(folder) is not None


def pyproject_table(folder: Path) -> Mapping[str, Any] | None:
    """The table [tool.notelint] of a pyproject.toml; a file that is no TOML speaks of other tools."""
    file = folder / "pyproject.toml"
    try:
        table = tomllib.loads(read_beside(file).decode("utf-8-sig")).get("tool", {}).get("notelint")
    except (ValueError, RecursionError, OSError, AttributeError):
        return None
    return table if isinstance(table, Mapping) else None


def _vaults_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inner = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return
    for path in inner:
        if path.name.startswith(".") or path.name == "node_modules":
            continue
        if any((path / marker).exists() for marker in VAULT_MARKERS):
            yield path
        elif depth > 1:
            yield from _vaults_below(path, depth - 1)


def has_configuration(file: Path) -> bool:
    """Tell whether a file exists that configures notelint: a pyproject.toml does only with its table."""
    return Reader(file.parent).is_file(file.name) and (
        file.name != "pyproject.toml" or pyproject_table(file.parent) is not None
    )
