"""The root of the vault that a file or folder belongs to: found here, for every command."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from notelint.config.model import VaultKind
from notelint.core.errors import NotelintError
from notelint.core.safe_read import VaultReader
from notelint.vault.markers import is_marked, pyproject_table, site_above

CONFIG_FILES = ("notelint.toml", ".notelint.toml", "pyproject.toml")
NESTED_DEPTH = 3


class FoundVault(Struct, frozen=True):
    """The root of a vault; `because` says how it was found where it is neither the folder asked for nor above it."""

    root: Path
    because: str = ""


def find_root(start: Path) -> Path:
    """The root that `find_vault` finds. Raises `NotelintError`."""
    return find_vault(start).root


def find_vault(start: Path) -> FoundVault:
    """The vault of a file or folder: the nearest folder above it that is marked as a vault's root, else the git root.

    A folder that is neither in a vault nor in a repository, or the root of one, stands for the only vault below it.
    Raises `NotelintError` if there are several.
    """
    start = start.absolute()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if is_marked(candidate):
            return FoundVault((site_above(candidate) or candidate).resolve())
    root = next((candidate for candidate in (folder, *folder.parents) if (candidate / ".git").exists()), folder)
    below = sorted(_vaults_below(root, NESTED_DEPTH)) if root == start else []
    if len(below) > 1:
        names = ", ".join(vault.relative_to(root).as_posix() for vault in below)
        raise NotelintError(f"there are several vaults in {root}: name one of {names}")
    if below:
        return FoundVault(below[0].resolve(), f"the only one below {root.name}/")
    is_guess = root == folder != start and root.resolve() != Path.cwd() and not (root / ".git").exists()
    because = f"because nothing marks a larger one around {start.name}" if is_guess else ""
    return FoundVault(root.resolve(), because)


def start_of_paths(paths: Sequence[Path]) -> Path:
    """Where to look for the vault of these paths: at the first, or the current folder if nothing marks a vault there.

    A single folder is taken for the vault that somebody named. Of a note in one the links to the folders beside would
    look broken. Raises `NotelintError` like `find_vault`.
    """
    return paths[0] if len(paths) == 1 and paths[0].is_dir() else start_of_move(paths[0])


def start_of_move(path: Path) -> Path:
    """Where to look for the vault in which `path` moves: there, or the current folder if nothing marks a vault.

    Were the folder of `path` taken for the vault, links from the folders beside it would break unseen. The home folder
    is never taken for a vault. Raises `NotelintError` like `find_vault`.
    """
    here, folder = Path.cwd(), (path if path.is_dir() else path.parent).resolve()
    if here in (Path.home(), Path(here.anchor)) or here not in folder.parents:
        return path
    root = find_root(path)
    is_guess = root == folder and not is_marked(root) and not (root / ".git").exists()
    return here if is_guess else path


def vault_remark(found: FoundVault, kind: VaultKind | None) -> str:
    """One sentence on what nobody said and was found: which vault, by whose rules it is judged. Empty if nothing."""
    remark = "" if kind is None else kind.remark
    if not found.because and not remark:
        return ""
    here = Path.cwd()
    inside = found.root != here and found.root.is_relative_to(here)
    name = found.root.relative_to(here).as_posix() if inside else found.root.name or str(found.root)
    return ", ".join(part for part in (f"vault {name}", found.because, remark) if part)


def _vaults_below(folder: Path, depth: int) -> Iterator[Path]:
    try:
        inner = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink()]
    except OSError:
        return
    for path in inner:
        if path.name.startswith(".") or path.name == "node_modules":
            continue
        if is_marked(path):
            yield path
        elif depth > 1:
            yield from _vaults_below(path, depth - 1)


def has_configuration(file: Path) -> bool:
    """Tell whether a file exists that configures notelint: a pyproject.toml does only with its table."""
    return VaultReader(file.parent).is_file(file.name) and (
        file.name != "pyproject.toml" or pyproject_table(file.parent) is not None
    )
