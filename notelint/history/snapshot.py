"""The vault as git holds it: at an earlier commit, or as it is to be committed. Nothing is checked out."""

import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath

from notelint.config.load import CONFIG_FILES
from notelint.core.file_types import is_note
from notelint.engine.workspace import Run
from notelint.history.git import Change, Repository
from notelint.vault.files import VAULT_MARKERS, Files, is_walked, walk_order

_SETTINGS = (".toml", ".json")  # files that profiles, schemas and configurations are
_OF_OBSIDIAN = frozenset({"app.json", "templates.json", "data.json"})  # of its own, those that notelint reads


class Snapshot(Run):
    """A run over another state of the same vault: what differs is told, everything else is as the other run has it."""

    def __init__(
        self, run: Run, *, gone: Collection[str], back: Collection[str], contents: Mapping[str, bytes]
    ) -> None:
        """`gone` are files that this state has not, `back` those that only it has; `contents` is what differs."""
        super().__init__(run.root, run.loaded, cached=run.cached)
        self.selection = run.selection
        self.overlaid = run.overlaid | frozenset(contents)
        self._other, self._gone, self._back, self._contents = run, frozenset(gone), sorted(back), contents

    @cached_property
    def files(self) -> Files:
        """What the vault consists of."""
        now = self._other.files
        marked = [path for path in self._back if PurePosixPath(path).name in VAULT_MARKERS and "/" in path]
        nested = (*now.nested, *(path.rpartition("/")[0] for path in marked))
        back = [path for path in self._back if is_walked(path) and not any(path.startswith(f"{n}/") for n in nested)]
        files = [*(path for path in now.files if path not in self._gone), *back]
        notes = [path for path in now.notes if path not in self._gone]
        notes += [path for path in back if is_note(path) and path in self._contents and not self.excludes(path)]
        if back:
            files, notes = sorted(set(files), key=walk_order), sorted(set(notes), key=walk_order)
        return Files(notes, files, now.nested, now.linked)

    def data(self, path: str) -> bytes | None:
        """The bytes of a note as they are in this state."""
        return self._contents[path] if path in self._contents else self._other.data(path)


def _is_checked(path: str) -> bool:
    """Whether a file is a note or a canvas: what these held counts, of others that they were there."""
    return is_note(path) or path.endswith(".canvas")


def tracked(run: Run, repository: Repository) -> Run:
    """The vault without the files that git neither knows nor ignores."""
    unknown = repository.untracked()
    return Snapshot(run, gone=unknown, back=(), contents={}) if unknown else run


def to_be_committed(run: Run, repository: Repository) -> Run:
    """The vault as the next commit will have it: without what is not staged, and files that git does not know."""
    change = repository.unstaged()
    if not (change.changed or change.added or change.deleted):
        return run
    notes = [path for path in change.changed | change.deleted if _is_checked(path)]
    contents = repository.contents(None, notes)
    return Snapshot(run, gone=change.added, back=change.deleted, contents=contents)


@contextmanager
def earlier(run: Run, repository: Repository, commit: str, change: Change) -> Iterator[tuple[Run, bool]]:
    """The vault of a run as it was at a commit, and whether its settings may have been other ones.

    If they may, all of its notes and settings are laid out in a temporary folder.
    """
    touched = change.changed | change.deleted | change.added
    if not any(is_setting(path) for path in touched):
        notes = [path for path in change.changed | change.deleted if _is_checked(path)]
        contents = repository.contents(commit, notes)
        yield Snapshot(run, gone=change.added, back=change.deleted, contents=contents), False
        return
    folder = Path(tempfile.mkdtemp(prefix="notelint-"))
    try:
        _lay_out(run, repository, commit, change, folder)
        yield Run.open(folder, file=_configuration(run, folder), selection=run.selection), True
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_setting(path: str) -> bool:
    """Whether a file at this path may be a configuration, a profile or a schema, or of Obsidian's own settings."""
    if not path.endswith(_SETTINGS) or "node_modules/" in path:
        return False
    return not path.startswith(".obsidian/") or PurePosixPath(path).name in _OF_OBSIDIAN


def _configuration(run: Run, folder: Path) -> Path | None:
    """The configuration file that was named by its path, as it was if it is one of the vault; None if none was."""
    file = run.loaded.file
    if file is None or (file.name in CONFIG_FILES and file.resolve().parent == run.root):
        return None
    if not file.resolve().is_relative_to(run.root):
        return file
    earlier = folder / file.resolve().relative_to(run.root)
    return earlier if earlier.is_file() else None


def _lay_out(run: Run, repository: Repository, commit: str, change: Change, folder: Path) -> None:
    """Write the notes and settings of a commit, and an empty file for each attachment, whose name alone counts."""
    contents = repository.contents(commit, change.changed | change.deleted)
    found = (file for file in run.root.rglob("*") if file.suffix in _SETTINGS)
    settings = (file.relative_to(run.root).as_posix() for file in found)
    for path in dict.fromkeys([*run.files.files, *(one for one in settings if is_setting(one)), *change.deleted]):
        if path in change.added:
            continue
        data = contents.get(path)
        if data is None and path not in change.deleted and (is_note(path) or is_setting(path)):
            data = _own(run, path)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data or b"")
    (folder / ".obsidian").mkdir(exist_ok=True)


def _own(run: Run, path: str) -> bytes | None:
    """What a file of the vault holds; nothing for a symbolic link, a pipe, or one that cannot be read."""
    file = run.root / path
    return run.data(path) if file.is_file() and not file.is_symlink() else None
