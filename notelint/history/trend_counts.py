"""Counts of findings at commits that were judged before: a small file beside the cache of the vault.

A commit does not change, so its counts hold as long as the rules and the program do. The file can be lost at any time.
"""

import os
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct, json

from notelint.core import user_folders
from notelint.core.user_folders import NoFolderError
from notelint.engine.cache_entry import FORGED, fingerprint
from notelint.engine.cache_folder import TREND, folder_of
from notelint.engine.cache_key import key
from notelint.engine.workspace import Workspace

_LARGEST = 4 << 20  # bytes: more than some thousand commits take


class Counts(Struct, frozen=True):
    """The number of notes of a vault, of findings that fail a check, and of all findings by the checkers' families."""

    notes: int
    failing: int
    families: dict[str, int]


class _File(Struct):
    key: str
    commits: dict[str, Counts]


class KeptCounts:
    """The counts of one vault, by one set of rules."""

    def __init__(self, file: Path | None, made_for: str) -> None:
        """`file` is None where nothing is kept; `made_for` is a digest of all that counts depend on but the commit."""
        self._file, self._values = file, _File(made_for, {})
        read = None if file is None else _read(file)
        if read is not None and read.key == made_for:
            self._values = read

    @classmethod
    def load(cls, run: Workspace, named: list[str]) -> "KeptCounts":
        """The counts of earlier runs in these folders and notes of the vault of a run."""
        folder = folder_of(run.root, run.cache_dir)[0] if run.cached else None
        rules = key(run.loaded, run.registry, run.profiles.profiles).content()
        found = run.files
        parts = [rules, *named, "", *sorted(run.named_imports), "", *found.nested, "", *found.linked]
        return cls(None if folder is None else folder / TREND, fingerprint(parts))

    def of(self, commit: str) -> Counts | None:
        """The counts at a commit, if they are known."""
        return self._values.commits.get(commit)

    def add(self, commit: str, counts: Counts) -> None:
        """Keep the counts at a commit. Where that cannot be, they are counted again the next time."""
        self._values.commits[commit] = counts
        if self._file is None:
            return
        with suppress(OSError):
            user_folders.make_private(self._file.parent)
            written = self._file.with_name(f".check-{os.getpid()}-{TREND}")
            written.unlink(missing_ok=True)
            with written.open("xb") as opened:
                opened.write(json.encode(self._values))
            written.replace(self._file)


def _read(file: Path) -> _File | None:
    try:
        user_folders.require_private(file.parent)
        if file.is_symlink() or not file.is_file() or file.stat().st_size > _LARGEST:
            return None
        return json.decode(file.read_bytes(), type=_File)
    except (OSError, NoFolderError, msgspec.ValidationError, *FORGED):
        return None
