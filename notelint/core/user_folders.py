"""Where notelint keeps what is its own: caches and journals, in the user's folders and never in a vault.

A vault is synced, committed and forked: what lay there could come from anybody. Each vault has a folder of its own,
named by the vault's real path. No configuration of a repository decides where that is.
"""

import errno
import hashlib
import os
import stat
from pathlib import Path

from notelint.core.safe_path import is_link

CACHE_VARIABLE, STATE_VARIABLE = "NOTELINT_CACHE_DIR", "NOTELINT_STATE_DIR"
OLD_FOLDER = ".notelint_cache"  # what earlier versions kept in the vault; it is never read
VAULTS = "vaults"
_PRIVATE = 0o700
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


class NoFolderError(OSError):
    """There is no place of one's own: `strerror` says why."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(errno.ENOENT, reason, path)


def cache_folder(given: Path | None = None) -> Path:
    """The folder of all caches: `given` on the command line, else NOTELINT_CACHE_DIR, else that of the system.

    Raises `NoFolderError` for a user without a home.
    """
    return _chosen(given, CACHE_VARIABLE, "user_cache_dir")


def state_folder() -> Path:
    """The folder of all journals: NOTELINT_STATE_DIR, else that of the system. Raises `NoFolderError`."""
    return _chosen(None, STATE_VARIABLE, "user_state_dir")


def _chosen(given: Path | None, variable: str, default: str) -> Path:
    named = given if given is not None else os.environ.get(variable) or None
    if named is not None:
        return Path(os.path.abspath(named))  # noqa: PTH100 - a link is followed only where it is used
    import platformdirs

    found = Path(getattr(platformdirs, default)("notelint", appauthor=False))
    if not found.is_absolute():  # `~`, for a user without a home: it would lie in the current folder
        raise NoFolderError(f"this user has no home folder: set {variable}")
    return found


def of_vault(folder: Path, root: Path) -> Path:
    """The folder of one vault in that of all caches or journals. Raises `NoFolderError` if it lies in the vault."""
    outer = root.resolve()
    if _lies_in(folder, _repository(outer)):
        raise NoFolderError(f"it lies in {outer}, where a fork could bring its own", str(folder))
    key = hashlib.blake2b(os.fsencode(outer), digest_size=16).hexdigest()
    return folder / VAULTS / key


def _lies_in(folder: Path, outer: Path) -> bool:
    real = Path(os.path.realpath(folder))
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - which raises where there is none
    return real.is_relative_to(outer) and not home.is_relative_to(outer)


def _repository(root: Path) -> Path:
    """The outermost folder that a fork brings: the repository of the vault, else the vault."""
    return next((folder for folder in (root, *root.parents) if os.path.lexists(folder / ".git")), root)


def make_private(folder: Path) -> None:
    """Make a folder that nobody else can read, or make sure of it. Raises `OSError`."""
    folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    for one in (folder.parent, folder):  # vaults/KEY
        info = one.lstat()
        if is_link(info):
            raise NoFolderError("it is a symbolic link: remove it", str(one))
        if hasattr(os, "geteuid") and info.st_uid != os.geteuid():
            raise NoFolderError("it belongs to another user", str(one))
        if os.name != "nt":
            if info.st_mode & _OTHERS_MAY_WRITE and one is folder:
                raise NoFolderError("others may write there", str(one))
            one.chmod(_PRIVATE)


def identity(root: Path) -> str:
    """By what a vault's folder is known besides its path: in containers, many vaults have one path."""
    info = root.stat()
    machine = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{machine} {info.st_dev} {info.st_ino}"
