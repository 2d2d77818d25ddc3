"""The notes that an editor holds open, each in its vault, and what is wrong with them while they are unsaved."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from pygls import uris

from notelint.config.find_vault import find_root
from notelint.core.diagnostic import Diagnostic
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.engine.cache_entry import Stamp
from notelint.engine.named_paths import path_in_vault
from notelint.engine.workspace import Progress, Workspace
from notelint.history.moves import GitMoves
from notelint.note.note import Note
from notelint.server.body_tags import BodyTags
from notelint.server.file_uris import file_path
from notelint.server.live_vault import LiveVault
from notelint.server.typing_place import Words, words_of
from notelint.server.vault_roots import can_be_vault
from notelint.server.vault_state import VaultState
from notelint.vault.vault import Vault


@dataclass(frozen=True)
class OpenNote:
    """A note as an editor holds it: where it is, its version there, and the run of its vault."""

    uri: str
    version: int | None
    run: Workspace
    note: Note


@contextmanager
def _unseen(root: Path) -> Iterator[Progress]:
    """Progress that nobody watches."""
    yield _silent


class OpenNotes:
    """All notes that an editor holds open, by URI, and the vaults that they belong to."""

    def __init__(
        self,
        indexing: Callable[[Path], AbstractContextManager[Progress]] = _unseen,
        opened: Callable[[], Collection[Path]] = tuple,
    ) -> None:
        """`indexing` shows the progress of reading the vault in a folder; `opened` are the folders the editor has."""
        self._opened = opened
        self._indexing = indexing
        self._vaults: dict[Path, LiveVault] = {}
        self._open: dict[str, OpenNote] = {}
        self._missed: set[str] = set()  # notes that had come since a vault was read, which was read again for them
        self.revision = 0  # counts changes of texts, and readings of vaults
        self.compared = 0.0  # when all files were last compared with what is known of them, by `monotonic`
        self.body_tags: defaultdict[Path, BodyTags] = defaultdict(BodyTags)  # by the root of the vault
        self._words: dict[int, Words] = {}  # of saved notes, by the identity of their vault's run

    def put(self, uri: str, version: int | None, text: str) -> OpenNote | None:
        """Take a text for that of a note; None for what is not a checked note of a vault. Raises `NotelintError`."""
        given = file_path(uri)
        if given is None or not is_note(given):
            return None
        run = self._run(Path(given))
        if run is None:
            return None
        path = path_in_vault(run, Path(given))
        if uri not in self._missed and self._live(run).misses(path):
            self._missed.add(uri)
            self._read_again()
            run = self._run(Path(given)) or run
        if not self._live(run).checks(path):
            self.close(uri)
            return None
        self.revision += 1
        note = run.decode(path, text.removeprefix("\ufeff").encode("utf-8", "replace"))
        self._live(run).put(note)
        self._open[uri] = OpenNote(uri, version, run, note)
        return self._open[uri]

    def _run(self, file: Path) -> Workspace | None:
        root = find_root(file)
        if root not in self._vaults and not can_be_vault(root, self._opened()):
            return None
        if root not in self._vaults:
            with self._indexing(root) as progress:
                live = LiveVault(_open(root, progress))
                _ = live.vault  # read now, and not with the first question
            self._vaults[root] = live
        return self._vaults[root].run

    def _live(self, run: Workspace) -> LiveVault:
        """The kept state of the vault of a run. Raises `KeyError` for a vault that was closed when files changed."""
        return self._vaults[run.root]

    def get(self, uri: str) -> OpenNote | None:
        """The open note at a URI."""
        return self._open.get(uri)

    def close(self, uri: str) -> None:
        """Forget what an editor held: from now on the file counts."""
        closed = self._open.pop(uri, None)
        if closed is not None:
            self.revision += 1
            live = self._live(closed.run)
            live.drop(closed.note.path)
            if closed.note.path in live.overtaken:
                self._read_again()

    def renew(self) -> None:
        """Read all vaults again if files or settings of one have changed. Raises `NotelintError`; then all stays.

        Notes that are saved as they stand in the editor are no such change.
        """
        self._missed.clear()
        now = monotonic()
        lives = [*self._vaults.values()]
        if len([live for live in lives if self._is_current(live)]) < len(lives):
            self._read_again()
        self.compared = now

    def _is_current(self, live: LiveVault) -> bool:
        """Tell whether a vault is, with the texts of open notes, as it would be read now. Raises `NotelintError`."""
        root, known = live.run.root, live.evidence
        if any(find_root(root / path) != root for path in live.notes):
            return False
        fresh = _open(root)
        return fresh.root == root and live.take(VaultState.of(fresh), None if known is None else fresh.evidence.state)

    def _read_again(self) -> None:
        vaults, held = self._vaults, self._open
        self.revision += 1
        self._vaults, self._open = {}, {}
        try:
            for one in held.values():
                self.put(one.uri, one.version, one.note.text)
        except NotelintError:
            self._vaults, self._open = vaults, held
            raise
        self._words.clear()

    def in_vault_of(self, one: OpenNote) -> list[OpenNote]:
        """The open notes of the same vault, this one among them."""
        return [other for other in self._open.values() if other.run is one.run]

    def all(self) -> Iterator[OpenNote]:
        """All open notes."""
        yield from self._open.values()

    def vault(self, run: Workspace) -> Vault:
        """The vault with all unsaved texts in it."""
        return self._live(run).vault

    def unsaved(self, run: Workspace) -> dict[str, Note]:
        """The open notes of a vault by path, as they stand in the editor."""
        return {one.note.path: one.note for one in self._open.values() if one.run is run}

    def held(self, run: Workspace, path: str) -> OpenNote | None:
        """The open note at a path of a vault."""
        return next((one for one in self._open.values() if one.run is run and one.note.path == path), None)

    def note(self, run: Workspace, path: str) -> Note:
        """The note at a path of a vault: as the editor holds it, else as its file is."""
        held = self.held(run, path)
        return run.read(path) if held is None else held.note

    def at_uri(self, uri: str) -> tuple[str, Note | None]:
        """The path and the note at a URI, as the editor holds it or as its file is; None outside known vaults."""
        held = self._open.get(uri)
        if held is not None:
            return held.note.path, held.note
        file = Path(file_path(uri) or "")
        run = next((run for run in self.runs() if file.is_relative_to(run.root)), None)
        path = "" if run is None else file.relative_to(run.root).as_posix()
        return path, run.read(path) if run is not None and path in self.vault(run).outlines else None

    def words(self, run: Workspace) -> Words:
        """The tags and property keys of a vault, as its notes were saved last."""
        if id(run) not in self._words:
            self._words[id(run)] = words_of(run.vault.outlines.values())
        return self._words[id(run)]

    def tags(self, run: Workspace, note: Note, at: int) -> Counter[str]:
        """The tags of a vault with their use, but for the one that is being typed at an offset of a note.

        Those in the bodies of notes count as far as they were read.
        """
        return self.body_tags[run.root].counted(self.unsaved(run), (note.path, at)) + Counter(self.words(run).tags)

    def to_change(self, run: Workspace) -> Workspace:
        """A run in which links can be changed: the vault with all unsaved texts, whose tables are not made anew."""
        made = copy(run)
        made.unsaved = self.unsaved(run)
        made.__dict__.update(vault_to_change=self.vault(run), unreadable={})
        made.__dict__.pop("spelling", None)
        return made

    def stamps(self, run: Workspace) -> Mapping[str, Stamp | None]:
        """The stamps of a vault's files, as they were when it was last compared with the disk."""
        return self._live(run).state.stamps

    def runs(self) -> list[Workspace]:
        """The vaults of which notes are or were open."""
        return [one.run for one in self._vaults.values()]

    def diagnostics(self, one: OpenNote) -> list[Diagnostic]:
        """The diagnostics of an open note, seen in its vault with all unsaved texts."""
        return self._live(one.run).diagnostics(one.note)

    def judgement(self, one: OpenNote) -> str:
        """A name for the diagnostics of an open note as they are now: as long as it stays, so do they."""
        self.diagnostics(one)
        return str(self._live(one.run).judgement(one.note.path))

    def is_judged(self, one: OpenNote) -> bool:
        """Tell whether the diagnostics of an open note are known and still hold."""
        return self._live(one.run).is_judged(one.note.path)


def _silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def _open(root: Path, progress: Progress = _silent) -> Workspace:
    """A vault, of which nothing is read yet. Raises `NotelintError`."""
    run = Workspace.open(root, cached=True, progress=progress)
    run.evidence = GitMoves(run.root, lambda: run.files.files)
    return run


def uri_of(run: Workspace, path: str, known: OpenNotes) -> str:
    """The URI of a file of a vault: as the editor wrote it where it holds the file open."""
    held = known.held(run, path)
    if held is not None:
        return held.uri
    made: str | None = uris.from_fs_path(str(run.root / path))
    if made is None:
        raise NotelintError(f"{path} has no address that an editor could open")
    return made
