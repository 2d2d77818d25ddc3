"""The journal: what notes held before runs wrote them, so that a run can be taken back.

It lies in the user's state folder, which nobody else can read, never in the vault. Each run has a folder: `runs/N` with
`journal.jsonl` (one line for each file, written before the file is) and `before` (what they held, one after the other).
"""

import json
import os
import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from msgspec import Struct

from notelint.core import atomic_write, user_folders
from notelint.core.atomic_write import ChangedMeanwhileError, digest
from notelint.core.errors import NotelintError
from notelint.core.printable import first_of
from notelint.core.safe_read import NOTE_LIMIT, VaultReader
from notelint.core.shell_words import path_word
from notelint.core.transaction import locked
from notelint.edits.journal_runs import (
    BEFORE,
    INDEX,
    VAULT,
    Entry,
    entries_of,
    is_done,
    is_private,
    kept_bytes,
    lines_of,
    new_run,
    prune,
    reason_of,
    runs_of,
    vault_of,
)

_EDITED = "was edited since"
_NAMED = 5  # notes of a remark


class Undone(Struct, frozen=True):
    """The outcome of taking a run back: notes restored, and notes left alone with the reason."""

    restored: tuple[str, ...]
    refused: Mapping[str, str]


class MovedJournal(Struct, frozen=True):
    """A journal of a vault that lay elsewhere: where, when its last run was, and how many of its notes are here."""

    vault: str
    written: float
    notes: int
    alike: int


class Journal:
    """Record of the files that the last runs wrote and moved in a vault; of none if it is off (`--no-undo`)."""

    def __init__(self, root: Path, *, on: bool = True, moved_from: Path | None = None) -> None:
        """`moved_from` is the path that the vault had when the runs were, if it had another one."""
        self._root = root
        self._on = on
        self._of = root if moved_from is None else moved_from
        self._run: Path | None = None
        self._index: IO[bytes] | None = None
        self._before: IO[bytes] | None = None
        self._place = 0
        self.remark: str | None = None  # what a run before left that was stopped

    def begin(self) -> None:
        """Begin a run, and forget old ones. Raises `NotelintError` if there is no place for a journal."""
        if not self._on:
            return
        try:
            folder = self._folder()
            user_folders.make_private(folder)
            (folder / VAULT).write_text(json.dumps({"path": str(self._root.resolve())}), encoding="utf-8")
            self.remark = self._stopped(folder)
            self._tidy(folder)
            prune(folder)
            self._run = new_run(folder)
            self._index = (self._run / INDEX).open("wb")
            self._before = (self._run / BEFORE).open("wb")
            self._write({"folder": user_folders.identity(self._root)})
        except OSError as error:
            raise NotelintError(_no_place(error)) from error

    def _folder(self) -> Path:
        return user_folders.of_vault(user_folders.state_folder(), self._of)

    def record(self, path: str, old: bytes | None, new: bytes, temporary: str) -> None:
        """Remember what a file holds (None: there is none), and the name beside it under which it is written first."""
        entry: Entry = {"path": path, "after": digest(new), "temporary": temporary}
        if old is not None and self._before is not None:
            self._before.write(old)
            self._before.flush()
            entry |= {"before": digest(old), "at": self._place, "length": len(old)}
            self._place += len(old)
        self._write(entry)

    def record_move(self, old: str, new: str, made: Sequence[str]) -> None:
        """Remember, durably, that a file or folder gets another path, for which the folders `made` were made."""
        self._write({"from": old, "to": new, "made": list(made), "after": _state(self._root, old)})
        self.sync()

    def sync(self) -> None:
        """Make all that was recorded durable. Raises `OSError`."""
        for file in (self._before, self._index):
            if file is not None:
                os.fsync(file.fileno())

    def end(self, *, changed: bool = True) -> None:
        """End a run; one that changed nothing is forgotten."""
        with suppress(OSError):
            if changed:
                self._write({"done": True})
        self.close()
        if not changed and self._run is not None:
            shutil.rmtree(self._run, ignore_errors=True)

    def close(self) -> None:
        """Let go of the files."""
        for file in (self._before, self._index):
            if file is not None:
                with suppress(OSError):
                    file.close()
        self._before = self._index = None

    def _write(self, entry: Entry) -> None:
        """Put a line into the journal, which begins a new one: the one before may have been cut off, by a full disk."""
        if self._index is not None:
            self._index.write(b"\n" + json.dumps(entry).encode() + b"\n")
            self._index.flush()

    def undo(self) -> Undone:
        """Take the last run back; the next time, the one before. Raises `NotelintError` if there is none."""
        with locked(self._root):
            try:
                folder = self._folder()
                if runs_of(folder):
                    user_folders.require_private(folder)
                self._tidy(folder)
                for run in runs_of(folder):
                    if not any(entries_of(run)):  # there was no place for a line
                        shutil.rmtree(run, ignore_errors=True)
                        continue
                    undone = self._undo(run)
                    self._remove_temporaries(run)  # in a folder that was moved they are in their place only now
                    if not undone.refused:
                        shutil.rmtree(run, ignore_errors=True)
                    return undone
            except OSError as error:
                raise NotelintError(f"the journal is not read: {reason_of(error)}") from error
        raise NotelintError(f"there is nothing to undo: no fix has been applied here since the last undo{self._hint()}")

    def _hint(self) -> str:
        """The end of a message that there is nothing to undo: where else runs were whose notes are here."""
        found = "; ".join(
            f"{one.alike} of {one.notes} notes that a run in {one.vault} wrote on {_day(one.written)} are here as they "
            f"were left: `notelint fix --undo --moved-from {path_word(one.vault)}` takes it back"
            for one in self.candidates()
        )
        return f"; {found}" if found else ""

    def _undo(self, run: Path) -> Undone:
        restored: list[str] = []
        refused: dict[str, str] = {}
        for entry in reversed(list(entries_of(run))):
            path, put_back = (entry["from"], self._move_back) if "from" in entry else (entry["path"], self._put_back)
            try:
                answer = put_back(run, entry)
            except (OSError, ChangedMeanwhileError) as error:
                refused[path] = f"cannot be written: {error.strerror}" if isinstance(error, OSError) else _EDITED
                continue
            if answer:
                restored.append(path)
            elif answer is False:
                refused[path] = _EDITED
        return Undone(tuple(sorted({*restored} - {*refused})), dict(sorted(refused.items())))

    def _put_back(self, run: Path, entry: Entry) -> bool | None:
        """Tell whether a file holds again what it held; None if it never held anything else."""
        path, reader = entry["path"], VaultReader(self._root)
        now = reader.read(path, 2 * NOTE_LIMIT) if reader.is_there(path) else None
        if "before" not in entry:
            if now is None:
                return None
            if digest(now) != entry["after"]:
                return False
            atomic_write.remove(self._root, path)
            return True
        if now is not None and digest(now) == entry["before"]:
            return None
        old = kept_bytes(run, entry)
        if old is None or now is None or digest(now) != entry["after"]:
            return False
        atomic_write.replace(self._root, path, now, old)
        return True

    def _move_back(self, run: Path, entry: Entry) -> bool | None:
        """Tell whether a file or folder has its old path again; None if it never got another one.

        In another folder than the one that the run wrote in, only what is still as it was then moves.
        """
        old, new, reader = entry["from"], entry["to"], VaultReader(self._root)
        if not reader.is_there(new):
            return None if reader.is_there(old) else False
        same = any(line.get("folder") == user_folders.identity(self._root) for line in lines_of(run))
        if not same and entry.get("after") != _state(self._root, new):
            return False
        made = atomic_write.make_folders(self._root, old)
        try:
            atomic_write.move(self._root, new, old)
        except OSError:
            atomic_write.remove_folders(self._root, made)
            return False
        atomic_write.remove_folders(self._root, entry["made"])  # those that something lies in by now stay
        return True

    def _tidy(self, folder: Path) -> None:
        """Remove the temporary files that runs which were killed have left beside their notes, and nothing else."""
        for run in runs_of(folder):
            if not is_done(run):
                self._remove_temporaries(run)
                with suppress(OSError), (run / INDEX).open("ab") as index:
                    index.write(b'\n{"tidy": true}\n')

    def _stopped(self, folder: Path) -> str | None:
        """A remark on the last run, if it was killed in the middle: which notes it had written."""
        last = next(iter(runs_of(folder)), None)
        if last is None or is_done(last):
            return None
        entries = [entry for entry in entries_of(last) if "path" in entry]
        new = [entry["path"] for entry in entries if self._holds(entry)]
        if not new:
            return None
        named = first_of(new, _NAMED)
        return f"the run before was stopped when it had written {len(new)} of {len(entries)} notes: {named}"

    def _remove_temporaries(self, run: Path) -> None:
        for entry in entries_of(run):
            if "temporary" in entry:
                beside = entry["path"].rpartition("/")[0]
                for name in (entry["temporary"], f"{entry['temporary']}-old"):
                    with suppress(OSError):
                        atomic_write.remove(self._root, f"{beside}/{name}" if beside else name)

    def candidates(self) -> list[MovedJournal]:
        """Journals of vaults that lay elsewhere and are not there any more, and whose notes are here as written."""
        found = []
        try:
            folders = sorted((user_folders.state_folder() / user_folders.VAULTS).iterdir())
        except OSError:
            return []
        for folder in folders:
            vault = vault_of(folder) if is_private(folder) else None
            runs = runs_of(folder)
            if vault is None or not runs or Path(vault) == self._root.resolve():
                continue
            entries = [entry for entry in entries_of(runs[0]) if "path" in entry]
            alike = sum(self._holds(entry) for entry in entries)
            if alike:
                found.append(MovedJournal(vault, (runs[0] / INDEX).stat().st_mtime, len(entries), alike))
        return found

    def _holds(self, entry: Entry) -> bool:
        try:
            return digest(VaultReader(self._root).read(entry["path"], 2 * NOTE_LIMIT)) == str(entry["after"])
        except OSError:
            return False


def _day(seconds: float) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def _no_place(error: OSError) -> str:
    return (
        f"nothing is changed: what `fix --undo` needs cannot be kept: {reason_of(error)}; "
        f"set {user_folders.STATE_VARIABLE}, or write for good with --no-undo"
    )


def _state(root: Path, path: str) -> str | None:
    """A fingerprint of a file, or of the names in a folder; None if it cannot be read."""
    reader = VaultReader(root)
    try:
        if reader.is_file(path):
            return digest(reader.read(path, 2 << 30))
        names = sorted(entry.name for entry in reader.entries(path))
        return digest("\0".join(names).encode("utf-8", "surrogateescape"))
    except OSError:
        return None
