"""The notes that an editor holds open, each in its vault, and what is wrong with them while they are unsaved."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pygls import uris

from notelint.config.find_vault import find_root
from notelint.core.diagnostic import Diagnostic
from notelint.core.errors import NotelintError
from notelint.core.file_types import is_note
from notelint.engine.named_paths import path_in_vault
from notelint.engine.workspace import Workspace
from notelint.history.moves import GitMoves
from notelint.note.note import Note
from notelint.server.completion import Words, words_of
from notelint.vault.vault import Vault


@dataclass(frozen=True)
class OpenNote:
    """A note as an editor holds it: where it is, its version there, and the run of its vault."""

    uri: str
    version: int | None
    run: Workspace
    note: Note


class OpenNotes:
    """All notes that an editor holds open, by URI, and the vaults that they belong to."""

    def __init__(self) -> None:
        self._runs: dict[Path, Workspace] = {}
        self._open: dict[str, OpenNote] = {}
        self._words: dict[int, Words] = {}  # of saved notes, by the identity of their vault's run

    def put(self, uri: str, version: int | None, text: str) -> OpenNote | None:
        """Take a text for that of a note; None for what is not a checked note of a vault. Raises `NotelintError`."""
        given = uris.to_fs_path(uri)
        if given is None or not is_note(given):
            return None
        run = self._run(Path(given))
        if run is None:
            return None
        path = path_in_vault(run, Path(given))
        on_disk = (run.root / path).exists()
        if run.excludes(path) or (on_disk and path not in run.files.notes):
            self._open.pop(uri, None)
            return None
        note = run.decode(path, text.removeprefix("\ufeff").encode("utf-8", "replace"))
        self._open[uri] = OpenNote(uri, version, run, note)
        return self._open[uri]

    def _run(self, file: Path) -> Workspace | None:
        root = find_root(file)
        if root in (Path.home(), Path(root.anchor)):  # nobody's vault, and far too much to read
            return None
        if root not in self._runs:
            run = self._runs[root] = Workspace.open(root, cached=True)
            run.evidence = GitMoves(run.root, lambda: run.files.files)
        return self._runs[root]

    def get(self, uri: str) -> OpenNote | None:
        """The open note at a URI."""
        return self._open.get(uri)

    def close(self, uri: str) -> None:
        """Forget what an editor held: from now on the file counts."""
        self._open.pop(uri, None)

    def renew(self) -> None:
        """Read all vaults again, whose files or settings have changed. Raises `NotelintError`."""
        held = [*self._open.values()]
        self._runs.clear()
        self._words.clear()
        for one in held:
            self.put(one.uri, one.version, one.note.text)

    def in_vault_of(self, one: OpenNote) -> list[OpenNote]:
        """The open notes of the same vault, this one among them."""
        return [other for other in self._open.values() if other.run is one.run]

    def all(self) -> Iterator[OpenNote]:
        """All open notes."""
        yield from self._open.values()

    def vault(self, run: Workspace) -> Vault:
        """The vault with all unsaved texts in it."""
        return run.vault_with(self.unsaved(run))

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

    def words(self, run: Workspace) -> Words:
        """The tags and property keys of a vault, as its notes were saved last."""
        if id(run) not in self._words:
            self._words[id(run)] = words_of(run.vault.outlines.values())
        return self._words[id(run)]

    def runs(self) -> list[Workspace]:
        """The vaults of which notes are or were open."""
        return [*self._runs.values()]

    def diagnostics(self, one: OpenNote, vault: Vault) -> list[Diagnostic]:
        """Diagnostics of an open note, seen in a vault that `vault` gave."""
        return one.run.lint(one.note, vault)


def uri_of(run: Workspace, path: str, known: OpenNotes) -> str:
    """The URI of a file of a vault: as the editor wrote it where it holds the file open."""
    held = known.held(run, path)
    if held is not None:
        return held.uri
    made: str | None = uris.from_fs_path(str(run.root / path))
    if made is None:
        raise NotelintError(f"{path} has no address that an editor could open")
    return made
