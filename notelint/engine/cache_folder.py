"""Where the cache of a vault lies, what the user is to know of that, and how it is removed."""

import os
from contextlib import suppress
from pathlib import Path

from notelint.core import user_folders
from notelint.core.errors import NotelintError
from notelint.core.user_folders import NoFolderError
from notelint.engine.cache import FILE
from notelint.engine.kept_lines import COUNTS, FILES, THINGS

TREND = "trend.json"  # counts of findings at earlier commits
_REPORTED = "old-folder"  # a file that stands for a remark which was made


def folder_of(root: Path, given: Path | None) -> tuple[Path | None, str | None]:
    """The folder of a vault's cache, and what the user is to know: None where there is none, and no cache is kept.

    `given` is the cache folder of the command line.
    """
    try:
        return user_folders.of_vault(base := user_folders.cache_folder(given), root), None
    except NoFolderError as error:
        asked = given is not None or os.environ.get(user_folders.CACHE_VARIABLE)
        return None, f"no cache is kept in {base}: {error.strerror}" if asked else None
    except OSError:
        return None, None


def report_old_folder(root: Path, folder: Path | None) -> str | None:
    """A remark on the folder in which earlier versions kept a cache in the vault: once for each vault."""
    old = root / user_folders.OLD_FOLDER
    if not os.path.lexists(old) or (folder is not None and (folder / _REPORTED).exists()):
        return None
    if folder is not None:
        with suppress(OSError):
            user_folders.make_private(folder)
            (folder / _REPORTED).touch()
    return (
        f"{user_folders.OLD_FOLDER} is of an earlier version, and neither read nor changed: caches and journals lie in "
        "the user's folders now; remove it"
    )


def clean(root: Path | None, given: Path | None = None) -> int:
    """Remove the cache of a vault, or with None those of all: how many there were. Raises `NotelintError`."""
    try:
        base = user_folders.cache_folder(given)
        inner = base / user_folders.VAULTS
        folders = [user_folders.of_vault(base, root)] if root is not None else list(inner.iterdir())
    except (FileNotFoundError, NoFolderError):
        return 0
    except OSError as error:
        raise NotelintError(f"the caches cannot be removed: {error.strerror} ({error.filename})") from error
    return sum(_clean(folder) for folder in folders)


def _clean(folder: Path) -> bool:
    """Remove the files of one cache, and nothing else; whether there was one."""
    try:
        if folder.is_symlink() or not folder.is_dir():
            return False
        found = (folder / FILE).is_file()
        kept = (folder / name for name in (COUNTS, THINGS, *FILES.values()))
        for file in (folder / FILE, *kept, folder / TREND, folder / _REPORTED, *folder.glob(".check-*")):
            file.unlink(missing_ok=True)
        with suppress(OSError):  # the journal lies there too, if both folders are one
            folder.rmdir()
    except OSError as error:
        raise NotelintError(f"the cache in {folder} cannot be removed: {error.strerror}") from error
    return found
