"""The vault as git holds it: at an earlier commit, or as it is to be committed. Nothing is checked out."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath

from notelint.config.find_vault import CONFIG_FILES
from notelint.config.obsidian import TEMPLATE_SETTINGS, without_secrets
from notelint.core.file_types import is_note
from notelint.core.names_below import names_below
from notelint.core.safe_path import is_inside
from notelint.core.safe_read import SETTINGS_LIMIT
from notelint.core.scratch_folder import lay_out, make_folder, temporary_folder
from notelint.engine.cache import Key
from notelint.engine.workspace import Workspace
from notelint.history.git import ChangedPaths, Repository
from notelint.history.moves import GitMoves
from notelint.note.note import Outline
from notelint.note.profile_matching import Profiles
from notelint.vault.face import Face
from notelint.vault.files import Files, is_walked, walk, with_paths
from notelint.vault.markers import SITE_MARKERS, VAULT_MARKERS, is_website_marker
from notelint.vault.note_texts import Texts
from notelint.vault.vault import Vault

IGNORE = ".gitignore"
_SETTINGS = (".toml", ".json")  # files that profiles, schemas and configurations are
_OF_OBSIDIAN = frozenset(  # of its own, those that notelint reads
    {"app.json", "templates.json", "data.json", "community-plugins.json", "types.json", *TEMPLATE_SETTINGS}
)


class Snapshot(Workspace):
    """A run over another state of the same vault: what differs is given, all else is as the other run has it."""

    def __init__(
        self, run: Workspace, *, gone: Collection[str], back: Collection[str], contents: Mapping[str, bytes]
    ) -> None:
        """`gone` are files that this state has not, `back` those that only it has; `contents` is what differs."""
        super().__init__(run.root, run.loaded, cached=run.cached)
        self.selection, self.cache_dir = run.selection, run.cache_dir
        self.overlaid = run.overlaid | frozenset(contents)
        self.named_imports = run.named_imports
        self._other, self._gone, self._back, self._contents = run, frozenset(gone), sorted(back), contents
        self.stamped = run.stamped

    @cached_property
    def profiles(self) -> Profiles:
        """The profiles that the configuration names, which is the same."""
        return self._other.profiles

    @cached_property
    def made_for(self) -> Key:
        """The key of the cache, which is the same."""
        return self._other.made_for

    def vault_of(self, outlines: Mapping[str, Outline], faces: Mapping[str, Face], texts: Texts | None = None) -> Vault:
        """The vault that has these notes, with the tables of the other one if these are made of the same."""
        tables = self._other.judged
        is_same = tables is not None and self.evidence is self._other.evidence and self.files == self._other.files
        if tables is None or not is_same or tables.faces != faces:
            return super().vault_of(outlines, faces, texts)
        vault = tables.with_outlines(outlines, {path: faces[path] for path in self._contents if path in faces}, ())
        vault.texts = texts
        return vault

    @cached_property
    def files(self) -> Files:
        """The files of the vault."""
        now = self._other.files
        marked = [path for path in self._back if PurePosixPath(path).name in VAULT_MARKERS and "/" in path]
        nested = (*now.nested, *(path.rpartition("/")[0] for path in marked))
        back = [path for path in self._back if is_walked(path)]
        files = with_paths((path for path in now.files if path not in self._gone), back)
        own = [path for path in back if not any(path.startswith(f"{folder}/") for folder in nested)]
        own = [path for path in own if is_note(path) and path in self._contents and not self.excludes(path)]
        notes = with_paths((path for path in now.notes if path not in self._gone), own)
        return Files(notes, files, now.nested, now.linked, now.linked_notes)

    def is_given(self, path: str) -> bool:
        """True if the content of a file was given, which differs from that of the other state."""
        return path in self._contents

    def data(self, path: str) -> bytes | None:
        """The bytes of a note as they are in this state."""
        return self._contents[path] if path in self._contents else self._other.data(path)


def is_checked(path: str) -> bool:
    """True if a file is a note or a canvas: what these held counts, of others that they were there."""
    return is_note(path) or path.endswith(".canvas")


def tracked(run: Workspace, repository: Repository, unknown: frozenset[str]) -> Workspace:
    """The vault without the files that git neither knows nor ignores, which are given."""
    snapshot = Snapshot(run, gone=unknown, back=(), contents={}) if unknown else run
    return _with_evidence(snapshot, run, repository)


def _with_evidence(snapshot: Workspace, run: Workspace, repository: Repository) -> Workspace:
    """The snapshot, which knows as much of the past as the run does, seen from its own files."""
    if isinstance(run.evidence, GitMoves):
        snapshot.evidence = GitMoves(run.root, lambda: snapshot.files.files, repository)
    return snapshot


def to_be_committed(run: Workspace, repository: Repository, unknown: frozenset[str]) -> Workspace:
    """The vault as the next commit will have it: without what is not staged, and files that git does not know.

    These, the `unknown` ones, are given.
    """
    change = repository.unstaged()
    gone = unknown | change.added  # what is only to be added is empty
    if not (change.changed or gone or change.deleted):
        return _with_evidence(run, run, repository)
    notes = [path for path in change.changed | change.deleted if is_checked(path)]
    contents = repository.contents(None, notes)
    return _with_evidence(Snapshot(run, gone=gone, back=change.deleted, contents=contents), run, repository)


@contextmanager
def earlier(
    run: Workspace, repository: Repository, commit: str, change: ChangedPaths, *, whole: bool = False
) -> Iterator[tuple[Workspace, bool]]:
    """The vault of a run as it was at a commit, and whether its settings may have been other ones.

    If they may, or if the `whole` is asked for, all of its notes and settings are laid out in a temporary folder.
    """
    touched = change.changed | change.deleted | change.added
    if not (whole or any(is_setting(path) for path in touched)):
        yield unsettled(run, repository, commit, change), False
        return
    with temporary_folder() as folder:
        _lay_out(run, repository, commit, change, folder)
        yield Workspace.open(folder, file=_configuration(run, folder), selection=run.selection), True


def unsettled(run: Workspace, repository: Repository, commit: str, change: ChangedPaths) -> Snapshot:
    """The vault of a run as it was at a commit, with the settings that it has now."""
    notes = [path for path in change.changed | change.deleted if is_checked(path)]
    contents = repository.contents(commit, notes)
    before = Snapshot(run, gone=change.added, back=change.deleted, contents=contents)
    before.is_kept = False
    before.evidence = run.evidence  # of the same files there is one past: what was found by it holds
    if change.added or change.deleted:
        _with_evidence(before, run, repository)
    return before


def is_setting(path: str) -> bool:
    """Tell whether a file at this path may be a configuration, profile, schema, ignore file, or setting of Obsidian.

    Marks by which the kind of a vault is known are settings too.
    """
    if path in SITE_MARKERS or is_website_marker(path):
        return True
    if "node_modules/" in path or not (path.endswith(_SETTINGS) or PurePosixPath(path).name == IGNORE):
        return False
    return not path.startswith(".obsidian/") or PurePosixPath(path).name in _OF_OBSIDIAN


def _configuration(run: Workspace, folder: Path) -> Path | None:
    """The configuration file that was named by its path, as it was if it is one of the vault; None if none was."""
    file = run.loaded.file
    if file is None or (file.name in CONFIG_FILES and file.resolve().parent == run.root):
        return None
    if not file.resolve().is_relative_to(run.root):
        return file
    earlier = folder / file.resolve().relative_to(run.root)
    return earlier if earlier.is_file() else None


def _lay_out(run: Workspace, repository: Repository, commit: str, change: ChangedPaths, folder: Path) -> None:
    """Write the notes and settings of a commit, and an empty file for each attachment, whose name alone counts.

    A forged tree may name a file and a folder alike, or two files that a file system takes for one: the first counts.
    """
    contents = repository.contents(commit, change.changed | change.deleted)
    for path in dict.fromkeys([*run.files.files, *_settings(run), *_newly_nested(run, change), *change.deleted]):
        if path in change.added or not is_inside(path):
            continue
        data = contents.get(path)
        if data is None and path not in change.deleted and (is_note(path) or is_setting(path)):
            data = _own(run, path)
        lay_out(folder, path, without_secrets(path, data or b""))
    make_folder(folder, ".obsidian")  # a vault, whatever lies above the temporary folder
    if _was_of_obsidian(run, change):
        lay_out(folder, ".obsidian/keep", b"")


def _was_of_obsidian(run: Workspace, change: ChangedPaths) -> bool:
    """Tell whether Obsidian kept the vault before a change: then it was not the source of a website."""
    if any(path.startswith(".obsidian/") for path in change.deleted):
        return True
    return any(f".obsidian/{name}" not in change.added for name in names_below(run.root / ".obsidian"))


def _newly_nested(run: Workspace, change: ChangedPaths) -> Iterator[str]:
    """The files of folders that a change makes vaults of their own, which are not walked any more."""
    for folder in run.files.nested:
        markers = tuple(f"{folder}/{marker}" for marker in VAULT_MARKERS)
        if any(path.startswith(markers) for path in change.added):
            yield from (f"{folder}/{path}" for path in walk(run.root / folder).files)


def _settings(run: Workspace) -> Iterator[str]:
    """The files of the vault that may be settings, of Obsidian too."""
    yield from filter(is_setting, names_below(run.root, ("node_modules", ".git")))


def _own(run: Workspace, path: str) -> bytes | None:
    """The content of a file of the vault; nothing for a symbolic link, a pipe, or one that cannot be read."""
    if is_note(path):
        return run.data(path) if run.reader.is_file(path) else None
    try:
        return run.reader.read(path, SETTINGS_LIMIT)
    except OSError:
        return None
