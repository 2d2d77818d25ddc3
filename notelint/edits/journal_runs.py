"""The files of a journal: one folder for each run of a vault, how they are read, and how they are forgotten."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import msgspec

from notelint.core import user_folders
from notelint.core.atomic_write import digest
from notelint.core.errors import NotelintError
from notelint.core.safe_path import is_inside, require_own
from notelint.core.user_folders import NoFolderError

RUNS, DAYS, SIZE = 10, 30, 256 << 20  # what is kept of one vault: runs, for so long, and bytes in all
INDEX, BEFORE, VAULT = "journal.jsonl", "before", "vault.json"
DAY = 86_400
Entry = dict[str, Any]
_Count = Annotated[int, msgspec.Meta(ge=0)]


class _Written(msgspec.Struct):
    """A file that was not there before."""

    path: str
    after: str
    temporary: str


class _Rewritten(_Written):
    """A file that held something else before."""

    before: str
    at: _Count
    length: _Count


class _Moved(msgspec.Struct, rename={"old": "from"}):
    """A file or folder that got another path."""

    old: str
    to: str
    made: list[str]
    after: str | None = None


def reason_of(error: OSError) -> str:
    """Words for an error, with the place where it came."""
    return f"{error.strerror or error}{f' ({error.filename})' if error.filename else ''}"


def new_run(folder: Path) -> Path:
    """A new folder for a run, which sorts after all others."""
    runs = folder / "runs"
    runs.mkdir(mode=0o700, exist_ok=True)
    number = 1 + max((int(run.name) for run in runs_of(folder)), default=0)
    run = runs / f"{number:06}"
    run.mkdir(mode=0o700)
    return run


def runs_of(folder: Path) -> list[Path]:
    """The folders of the runs of a vault, the last one first."""
    try:
        found = [run for run in (folder / "runs").iterdir() if run.name.isdecimal() and run.name.isascii()]
    except OSError:
        return []
    return sorted((run for run in found if not run.is_symlink() and run.is_dir()), reverse=True)


def prune(folder: Path) -> None:
    """Forget runs beyond the limits, the oldest first, so that one more has its place."""
    kept, oldest = 0, time.time() - DAYS * DAY
    for at, run in enumerate(runs_of(folder), 1):
        with suppress(OSError):
            size = sum(file.stat().st_size for file in run.iterdir())
            kept += size
            if at >= RUNS or (at > 1 and kept > SIZE) or run.stat().st_mtime < oldest:
                shutil.rmtree(run, ignore_errors=True)


def lines_of(run: Path) -> Iterator[Entry]:
    """The lines of a run's journal that are whole: the file may be cut off."""
    try:
        lines = (run / INDEX).read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            yield entry


def is_done(run: Path) -> bool:
    """Tell whether a run came to its end, or what it left was removed since."""
    return any("done" in entry or "tidy" in entry for entry in lines_of(run))


def entries_of(run: Path) -> Iterator[Entry]:
    """The files that a run wrote or moved, in its order; only paths that may be written."""
    for entry in lines_of(run):
        try:
            msgspec.convert(entry, _Moved if "from" in entry else _Rewritten if "before" in entry else _Written)
            paths = [entry["from"], entry["to"], *entry["made"]] if "from" in entry else [entry["path"]]
            if "from" not in entry:
                paths.append(entry["temporary"])
            if all(is_inside(path) for path in paths):
                for path in paths[:1]:
                    require_own(path)
                yield entry
        except (msgspec.ValidationError, OSError):
            continue


def kept_bytes(run: Path, entry: Entry) -> bytes | None:
    """The former content of a file; None if the journal is damaged."""
    with (run / BEFORE).open("rb") as file:
        if entry["at"] + entry["length"] > os.fstat(file.fileno()).st_size:
            return None
        file.seek(entry["at"])
        data = file.read(entry["length"])
    return data if digest(data) == entry["before"] else None


def is_private(folder: Path) -> bool:
    """Tell whether a folder is this user's own."""
    try:
        user_folders.require_private(folder)
    except OSError:
        return False
    return True


def vault_of(folder: Path) -> str | None:
    """The path of the vault whose journal lies in a folder; None if that cannot be read."""
    try:
        path = json.loads((folder / VAULT).read_bytes())["path"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return path if isinstance(path, str) else None


def forget(root: Path | None) -> int:
    """Forget the journal of a vault, or with None all: how many there were. Raises `NotelintError`."""
    try:
        base = user_folders.state_folder()
        folders = list((base / user_folders.VAULTS).iterdir()) if root is None else [user_folders.of_vault(base, root)]
    except (FileNotFoundError, NoFolderError):
        return 0
    except OSError as error:
        raise NotelintError(f"the journals cannot be removed: {reason_of(error)}") from error
    count = 0
    for folder in folders:
        if runs_of(folder):
            count += 1
        for name in (VAULT, "runs"):
            target = folder / name
            with suppress(OSError):
                shutil.rmtree(target) if target.is_dir() and not target.is_symlink() else target.unlink()
        with suppress(OSError):
            folder.rmdir()
    return count
