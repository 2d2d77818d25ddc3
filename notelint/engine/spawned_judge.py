"""Judging notes in a new process, where none can be forked: what is handed over to it, and what it does there.

The process opens the vault by itself, without walking through it: to read a note it needs the settings alone. To see
notes from the vault it is given what the first process knows of all notes, in a cache of their own.
"""

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, msgpack

from notelint.core import worker_pool
from notelint.core.scratch_folder import temporary_folder
from notelint.engine.cache import Cache, Key
from notelint.engine.judge_note import KnownVault, see
from notelint.engine.kept_outlines import KeptOutlines, KeptTexts
from notelint.engine.known_entries import KnownEntries
from notelint.engine.note_source import NoteSource
from notelint.engine.packing import NOT_PACKABLE, pack_or_nothing
from notelint.engine.read_note import read_note
from notelint.vault.files import Files
from notelint.vault.moves import EvidenceMaker

if TYPE_CHECKING:
    from notelint.config.model import Loaded
    from notelint.core.spawned_pool import Away, SpawnedPool
    from notelint.engine.workspace import Workspace

_WORTH = 1000  # notes for which a new process gains more time than it costs
_FILES = "files.msgpack"
_KEY = Key("handed over", lambda: "handed over")


class HandedVault(Struct, frozen=True):
    """All that another process needs to open the same vault."""

    root: Path
    loaded: "Loaded"
    imports: frozenset[str]

    def open(self) -> "Workspace":
        """The vault. Raises `NotelintError` as opening it did here."""
        from notelint.engine.workspace import Workspace  # which itself judges notes

        workspace = Workspace(self.root, self.loaded)
        workspace.declare_imports(self.imports)
        return workspace


class SpawnedJudges:
    """New processes that judge the notes of one vault, started once there is enough to do for them."""

    def __init__(self, source: NoteSource) -> None:
        self._source = source
        self._pool: SpawnedPool | None = None
        self._folders = ExitStack()

    def pool(self, items: int) -> "SpawnedPool | None":
        """The pool for so many items; None where this process alone, or forked ones, are to do the work."""
        if worker_pool.can_fork():
            return None
        vault = self._source.handed()
        others = min(worker_pool.cores(), items // _WORTH) - 1
        if self._pool is None and vault is not None and others > 0:
            from notelint.core.spawned_pool import SpawnedPool  # brings 15 ms of modules that few runs need

            self._pool = SpawnedPool(others, _open, vault)
        return self._pool

    def seeing(self, entries: KnownEntries, cache: Cache, everything: bool) -> "Away | None":
        """The work of seeing notes, with all that is known of them; None if that cannot be handed over."""
        try:
            folder = self._folders.enter_context(temporary_folder())
            (folder / _FILES).write_bytes(msgpack.encode(self._source.files))
            cache.write_to(folder, _KEY, entries, everything)
        except (OSError, *NOT_PACKABLE):
            return None
        return partial(see_notes, str(folder), self._source.evidence.maker())

    def close(self) -> None:
        """Leave neither processes nor files behind."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None
        self._folders.close()


class _Here:
    """The vault that this process was started for."""

    source: "Workspace"
    known: KnownVault | None = None


def _open(vault: HandedVault) -> None:
    import gc

    gc.disable()  # values of notes hold no cycles
    _Here.source = vault.open()


def read_notes(paths: list[str]) -> list[bytes]:
    """Read notes of which nothing is known, in a process that was started for it: their entries, as bytes."""
    return [pack_or_nothing(read_note(_Here.source, path, None)) for path in paths]


def see_notes(folder: str, evidence: EvidenceMaker, paths: list[str]) -> list[bytes]:
    """See notes from the vault, in a process that was started for it: what is seen, as bytes."""
    if _Here.known is None:
        _Here.known = _known_vault(_Here.source, Path(folder), evidence)
    return [pack_or_nothing(see(_Here.known, path)) for path in paths]


def _known_vault(source: "Workspace", folder: Path, evidence: EvidenceMaker) -> KnownVault:
    cache = Cache(folder, _KEY)
    cache.load()
    files = msgpack.decode((folder / _FILES).read_bytes(), type=Files)
    if len(cache.entries) != len(files.notes):
        raise OSError(f"what was handed over in {folder} is not whole")
    entries = cache.entries.of(files.notes, {}, lambda path: read_note(source, path, None))
    source.files, source.evidence = files, evidence(partial(getattr, files, "files"))
    outlines = KeptOutlines(entries, cache, source.read)
    outlines.everything = cache.everything
    texts = KeptTexts(entries, source, outlines.looked_at)
    return KnownVault(source, entries, outlines, texts, source.vault_of(outlines, entries.faces, texts))
