"""Writing notes: atomically, never over somebody else's change, and so that a run can be taken back.

Before a note is written, what it holds is kept in the journal: a folder beside the notes that begins with a dot, so
that neither Obsidian nor notelint sees notes there. Killing the process at any moment leaves every note old or new.
"""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notelint.core.errors import NotelintError

CACHE_FOLDER = ".notelint_cache"
UNDO = "undo"  # the folder in it that holds the journal
_TEMPORARY = ".notelint-"
_EDITED = "was edited since"


class ChangedMeanwhileError(Exception):
    """The file no longer holds what was read from it."""


def digest(data: bytes) -> str:
    """A fingerprint of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def write(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in place of `old`: a temporary file in the same folder, synced, then renamed; mode bits are kept.

    Raises `ChangedMeanwhileError` if the file does not hold `old`, and `OSError`.
    """
    if path.is_symlink():
        raise PermissionError(errno.ELOOP, "it is a symbolic link: name the note that it leads to", str(path))
    if path.read_bytes() != old:
        raise ChangedMeanwhileError(str(path))
    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, name)
        if path.read_bytes() != old:
            raise ChangedMeanwhileError(str(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def move(old: Path, new: Path) -> None:
    """Give a file or folder another path, whose folder exists; a change of capitals alone is one too.

    Raises `FileExistsError` if something else is there, and `OSError`.
    """
    if os.path.lexists(new) and not (old.name != new.name and old.exists() and old.samefile(new)):
        raise FileExistsError(errno.EEXIST, "there is a file of that name", str(new))
    old.rename(new)
    _sync_folder(new.parent)
    _sync_folder(old.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


@dataclass(frozen=True)
class Undone:
    """What taking a run back did: notes restored, and notes left alone, with the reason (most were edited since)."""

    restored: tuple[str, ...]
    refused: Mapping[str, str]


class Journal:
    """What the last run that wrote wrote, and moved. One run replaces the journal of the one before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / CACHE_FOLDER / UNDO
        self._index = self._folder / "journal.jsonl"

    def begin(self) -> None:
        """Forget the run before. Raises `NotelintError` if there is no place for a journal."""
        try:
            if self._folder.is_symlink() or self._folder.parent.is_symlink():
                raise NotelintError(f"{self._folder} is a symbolic link: remove it")
            self._tidy()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            (self._folder.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise NotelintError(f"cannot keep what is needed to undo in {self._folder}: {error.strerror}") from error

    def record(self, path: str, old: bytes, new: bytes) -> None:
        """Remember, durably, what a note holds before it is written."""
        kept = digest(old)
        _append(self._folder / kept, "wb", old)
        _append(self._index, "ab", _line({"path": path, "before": kept, "after": digest(new)}))

    def record_move(self, old: str, new: str, made: Sequence[str]) -> None:
        """Remember, durably, that a file or folder gets another path, for which the folders `made` will be made."""
        _append(self._index, "ab", _line({"from": old, "to": new, "made": list(made)}))

    def roll_back(self) -> None:
        """Take back what a run that failed has written so far."""
        with suppress(NotelintError):
            self.undo()

    def undo(self) -> Undone:
        """Take the last run back. Raises `NotelintError` if there is none."""
        self._tidy()
        entries = list(self._entries())
        if not entries:
            raise NotelintError("there is nothing to undo: no fix has been applied here since the last undo")
        restored: list[str] = []
        refused: dict[str, str] = {}
        for entry in reversed(entries):
            path, done = (entry["from"], self._move_back) if "from" in entry else (entry["path"], self._put_back)
            try:
                answer = done(entry)
            except (OSError, ChangedMeanwhileError) as error:
                refused[path] = f"cannot be written: {error.strerror}" if isinstance(error, OSError) else _EDITED
                continue
            if answer:
                restored.append(path)
            elif answer is False:
                refused[path] = _EDITED
        if not refused:
            shutil.rmtree(self._folder, ignore_errors=True)
        return Undone(tuple(sorted({*restored} - {*refused})), dict(sorted(refused.items())))

    def _tidy(self) -> None:
        """Remove the temporary files that a run which was killed has left beside its notes."""
        for folder in {(self._root / entry["path"]).parent for entry in self._entries() if "path" in entry}:
            for left in folder.glob(f"{_TEMPORARY}*"):
                with suppress(OSError):
                    left.unlink()

    def _put_back(self, entry: dict[str, Any]) -> bool | None:
        """Whether a note holds again what it held; None if it never held anything else."""
        path = self._root / entry["path"]
        old = (self._folder / entry["before"]).read_bytes()
        now = path.read_bytes() if path.is_file() else b""
        if now == old:
            return None
        if digest(old) != entry["before"]:
            return False
        if digest(now) != entry["after"]:
            return False
        write(path, now, old)
        return True

    def _move_back(self, entry: dict[str, Any]) -> bool | None:
        """Whether a file or folder has its old path again; None if it never got another one."""
        old, new = self._root / entry["from"], self._root / entry["to"]
        if not os.path.lexists(new):
            return None if os.path.lexists(old) else False
        try:
            old.parent.mkdir(parents=True, exist_ok=True)
            move(new, old)
        except OSError:
            return False
        for folder in entry["made"]:
            with suppress(OSError):  # something else is in it by now
                (self._root / folder).rmdir()
        return True

    def _entries(self) -> Iterator[dict[str, Any]]:
        """The journal's lines that are whole, of paths inside the vault: the file may be cut off, or forged."""
        lines = self._index.read_bytes().splitlines() if self._index.is_file() else []
        for line in lines:
            try:
                entry = json.loads(line)
                if "from" in entry:
                    if all(self._inside(path) for path in (entry["from"], entry["to"], *entry["made"])):
                        yield entry
                    continue
                before = str(entry["before"])
                kept = before.isalnum() and (self._folder / before).is_file()
                if kept and entry["after"] and self._inside(entry["path"]):
                    yield entry
            except (ValueError, KeyError, TypeError):
                continue

    def _inside(self, path: str) -> bool:
        """Whether a path names something in the vault, other than the vault itself."""
        root = self._root.resolve()
        return root in (self._root / path).resolve().parents


def _append(file: Path, mode: str, data: bytes) -> None:
    with file.open(mode) as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def _line(entry: dict[str, Any]) -> bytes:
    """A line of the journal, which begins a new one: the one before may have been cut off, by a full disk."""
    return b"\n" + json.dumps(entry).encode() + b"\n"
