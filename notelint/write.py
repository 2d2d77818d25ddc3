"""Writing notes: atomically, never over somebody else's change, and so that a run can be taken back.

Before a note is written, what it holds is kept in the journal: a folder beside the notes that begins with a dot, so
that neither Obsidian nor notelint sees notes there. Killing the process at any moment leaves every note old or new.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from notelint.errors import NotelintError

CACHE_FOLDER = ".notelint_cache"
UNDO = "undo"  # the folder in it that holds the journal


class ChangedMeanwhileError(Exception):
    """The file no longer holds what was read from it."""


def digest(data: bytes) -> str:
    """A fingerprint of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def write(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in place of `old`: a temporary file in the same folder, synced, then renamed; mode bits are kept.

    Raises `ChangedMeanwhileError` if the file does not hold `old`, and `OSError`.
    """
    if path.is_symlink() or path.read_bytes() != old:
        raise ChangedMeanwhileError(str(path))
    handle, name = tempfile.mkstemp(prefix=".notelint-", dir=path.parent)
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
    """What taking a run back did: notes restored, and notes left alone because they were edited since."""

    restored: tuple[str, ...]
    refused: tuple[str, ...]


class Journal:
    """What the last run of `fix` wrote. One run replaces the journal of the one before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / CACHE_FOLDER / UNDO
        self._index = self._folder / "journal.jsonl"

    def begin(self) -> None:
        """Forget the run before. Raises `NotelintError` if there is no place for a journal."""
        try:
            if self._folder.is_symlink() or self._folder.parent.is_symlink():
                raise NotelintError(f"{self._folder} is a symbolic link: remove it")
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            (self._folder.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        except OSError as error:
            raise NotelintError(f"cannot keep what is needed to undo in {self._folder}: {error.strerror}") from error

    def record(self, path: str, old: bytes, new: bytes) -> None:
        """Remember, durably, what a note holds before it is written."""
        kept = digest(old)
        for file, mode, data in (
            (self._folder / kept, "wb", old),
            (self._index, "ab", _line({"path": path, "before": kept, "after": digest(new)})),
        ):
            with file.open(mode) as opened:
                opened.write(data)
                opened.flush()
                os.fsync(opened.fileno())

    def undo(self) -> Undone:
        """Take the last run back. Raises `NotelintError` if there is none."""
        entries = list(self._entries())
        if not entries:
            raise NotelintError("there is nothing to undo: no fix has been applied here since the last undo")
        restored, refused = [], []
        for entry in reversed(entries):
            path = self._root / entry["path"]
            old = (self._folder / entry["before"]).read_bytes()
            now = path.read_bytes() if path.is_file() else b""
            if now == old:
                continue
            if digest(now) != entry["after"]:
                refused.append(entry["path"])
                continue
            write(path, now, old)
            restored.append(entry["path"])
        if not refused:
            shutil.rmtree(self._folder, ignore_errors=True)
        return Undone(tuple(sorted(restored)), tuple(sorted(refused)))

    def _entries(self) -> Iterator[dict[str, str]]:
        """The journal's lines that are whole, of notes inside the vault: the file may be cut off, or forged."""
        lines = self._index.read_bytes().splitlines() if self._index.is_file() else []
        for line in lines:
            try:
                entry = json.loads(line)
                path, before = self._root / entry["path"], str(entry["before"])
                inside = path.resolve().is_relative_to(self._root.resolve())
                if inside and before.isalnum() and entry["after"] and (self._folder / before).is_file():
                    yield entry
            except (ValueError, KeyError, TypeError):
                continue


def _line(entry: dict[str, str]) -> bytes:
    return json.dumps(entry).encode() + b"\n"
