"""Judging the notes of a vault: each by itself, then each as seen from the vault. Only what is not known yet.

Both halves of the work are functions of a path whose values can be bytes: any process does them, a file keeps them.
`read_note` says what a note is by itself, which holds until its bytes change. `judge_note` says what is seen of it from
the vault, which holds as long as `invalidation` tells.
"""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Struct, msgpack

from notelint.core import worker_pool
from notelint.core.worker_pool import Task
from notelint.engine import spawned_judge
from notelint.engine.cache import Cache
from notelint.engine.cache_entry import CacheEntry, fingerprint_of_paths
from notelint.engine.judge_note import KnownVault, Seen, diagnostics_of, see, unpack_seen
from notelint.engine.kept_diagnostics import KeptDiagnostics
from notelint.engine.kept_lines import KeptLines
from notelint.engine.kept_outlines import KeptOutlines, KeptTexts
from notelint.engine.known_entries import KnownEntries
from notelint.engine.note_source import NoteSource
from notelint.engine.packing import pack_or_nothing
from notelint.engine.read_note import can_be_kept, read_note
from notelint.engine.spawned_judge import SpawnedJudges
from notelint.engine.tables import JudgedVault, Tables
from notelint.engine.vault_changes import CacheComparison, change_to
from notelint.note.note import Outline
from notelint.note.profile import name_of
from notelint.vault.face import Face
from notelint.vault.vault import Vault

_WORTH_READING = 150  # notes to read, or to see from the vault, from which a process of their own gains time
_WORTH_SEEING = 1500
_FIRST = 64  # notes to read or see before other processes start: by then most of what is made once has been made
_FEW = 16
_unpack_entry = msgpack.Decoder(CacheEntry).decode


class _Gathered(Struct, frozen=True):
    """The outcome of gathering: the number of notes read, those that no cache can hold."""

    read: int
    unkept: frozenset[str]


class Near(Struct, frozen=True):
    """Diagnostics of some notes of a vault, and how many all others have."""

    diagnostics: KeptDiagnostics
    others: int


class Judge:
    """The notes of one workspace, and what is known of them."""

    def __init__(self, source: NoteSource, cache: Cache | None = None) -> None:
        self._source, self._cache = source, cache or Cache.none()
        self._paths = source.files.notes
        self._judges = SpawnedJudges(source)
        self._before = self._entries = KnownEntries()
        self.vault: Vault | None = None  # as it was judged; outlines are still there to be looked at

    @property
    def faces(self) -> Mapping[str, Face]:
        """The faces of all notes, once some were checked."""
        return self._entries.faces

    def check(self, asked: Sequence[str]) -> KeptDiagnostics:
        """The diagnostics of the notes at these paths."""
        with self._loaded_cache():
            gathered, known, unseen = self._judged(asked)
            found = diagnostics_of(known, asked)
            found.kept_lines = self._lines(gathered, gathered.read + len(unseen), whole=len(asked) == len(self._paths))
            self._source.progress("checking", max(len(asked) - 1, 0), len(asked))
            return found

    def check_near(
        self,
        changed: Mapping[str, Outline | None],
        named: Collection[str],
        tables: Callable[[Mapping[str, Face]], Tables],
    ) -> "Near | None":
        """The diagnostics of all notes that would be otherwise if some files were, and of those that are named.

        `changed` has these files as they are in the other vault, None for what is not a note there; `tables` makes its
        tables for the faces of this one. None if that may be any note.
        """
        with self._loaded_cache():
            gathered, known, unseen = self._judged(self._paths)
            change = None
            if not self._outlines.everything:
                change = change_to(tables(self.faces), changed, self._entries, self._now, self._source)
            near = set() if change is None else self._entries.near(change, self._cache.links).union(changed, named)
            found = diagnostics_of(known, [path for path in self._paths if path in near])
            others = self._entries.count((path for path in self._paths if path not in near), self._cache.findings)
            self._keep(gathered, gathered.read + len(unseen))
            return None if change is None else Near(found, others)

    def _judged(self, asked: Sequence[str]) -> tuple[_Gathered, KnownVault, list[str]]:
        """The vault in which it is known what is seen of these notes, and those of which it was not."""
        gathered = self._gather()
        known = self._known_vault()
        unseen = self._entries.unseen(asked)
        self._see(unseen, known, gathered.unkept)
        return gathered, known, unseen

    def open_vault(self) -> Vault:
        """The vault, to be looked at: what is known of its notes is read from the cache, the rest is found out.

        The cache's file stays open as long as the vault is used.
        """
        with _without_collecting():
            self._cache.load()
            try:
                gathered = self._gather()
            finally:
                self._judges.close()
            self._keep(gathered, gathered.read)
            self._cache.open_again()
            return self._known_vault().vault

    def outlines(self, asked: Sequence[str]) -> Iterator[tuple[Outline, str | None]]:
        """The outlines of the notes at these paths, and the names of their profiles, one after the other."""
        with self._loaded_cache():
            gathered = self._gather()
            for path in asked:
                if path in self._entries:
                    yield self._outlines[path], name_of(self._entries[path].profile)
                else:  # excluded, but asked for by name
                    note = self._source.read(path)
                    yield note.outline, None if note.profile is None else note.profile.name
            self._keep(gathered, gathered.read)

    @contextmanager
    def _loaded_cache(self) -> Iterator[None]:
        with _without_collecting():
            self._cache.load()
            try:
                yield
            finally:
                self._judges.close()
                self._cache.close()

    def _gather(self) -> _Gathered:
        """Know of every note what it is by itself, and forget what was seen of it if that may be different now."""
        cache, source = self._cache, self._source
        self._before = cache.entries
        files = fingerprint_of_paths(source.files.files, self._paths, source.files.linked)
        missing = self._uncertain() if cache.trusts_stamps else self._paths
        self._entries = self._before.of(self._paths, self._read(missing), self._read_alone)
        self._outlines = KeptOutlines(self._entries, cache, source.read)
        self._texts = KeptTexts(self._entries, source, self._outlines.looked_at)
        self._now = JudgedVault(files, Tables(source.files.files, self.faces, source.files.linked), source.evidence)
        change = CacheComparison(source, cache, self._entries, self._now).change(missing)
        self._outlines.everything = self._entries.forget_stale(change, cache.links) and cache.everything
        unkept = (path for path in missing if not can_be_kept(path, self._entries[path]))
        return _Gathered(len(missing), frozenset(unkept))

    def _uncertain(self) -> Sequence[str]:
        """The notes that are to be read: each file is looked at once a run, whatever state of the vault is judged."""
        source, before = self._source, self._before
        mark, differing = source.stamped
        if not mark or mark != self._cache.mark:
            missing = before.uncertain(self._paths, source.folder, source.overlaid)
            source.stamped = self._cache.mark, frozenset(missing)
            return missing
        read = differing | source.overlaid
        return [path for path in self._paths if path in read or path not in before]

    def _read_alone(self, path: str) -> CacheEntry:
        return read_note(self._source, path, None)

    def _read(self, missing: Sequence[str]) -> dict[str, CacheEntry]:
        """Find out what these notes are by themselves; the entries of the others are those of the cache."""
        many = self._cache.is_much(len(missing))

        def done(number: int, entry: CacheEntry | None) -> None:
            self._source.progress("reading", number, len(missing))
            if many and entry is not None:
                self._cache.set_aside(missing[number], entry)

        def read(path: str) -> CacheEntry:
            return read_note(self._source, path, self._before.before(path), kept=self._cache.is_kept)

        task = Task[CacheEntry | None](read, pack_or_nothing, lambda data: _unpack_entry(data) if data else None)
        pool = None if self._before else self._judges.pool(len(missing))
        if pool is None:
            count = worker_pool.processes(len(missing), _WORTH_READING)
            first = min(_FIRST, len(missing) // _FEW)
            missing = worker_pool.sample_first(missing, first * count) if count > 1 else missing
            results = worker_pool.spread(task, missing, count, done, first)
        else:
            results = pool.spread(task, spawned_judge.read_notes, missing, done)
        found: dict[str, CacheEntry] = {}
        for path, entry in zip(missing, results, strict=True):
            found[path] = entry or read(path)
            if many:
                self._cache.set_aside(path, found[path])
            else:
                self._cache.forget_old(path, found[path])
        return found

    def _known_vault(self) -> KnownVault:
        self.vault = self._source.vault_of(self._outlines, self.faces, self._texts)
        return KnownVault(self._source, self._entries, self._outlines, self._texts, self.vault)

    def _see(self, unseen: Sequence[str], known: KnownVault, unkept: frozenset[str]) -> None:
        """Find out what is seen of these notes from the vault."""
        many = self._cache.is_much(len(unseen))
        self._cache.forget_seen(unseen)
        shared = {path: path for path in self._paths} if many else {}

        def done(number: int, seen: Seen | None) -> None:
            self._source.progress("checking", number, len(unseen))
            if many and seen is not None:
                self._cache.set_aside_seen(unseen[number], seen)

        def second(path: str) -> Seen | None:
            return see(known, path)

        task = Task[Seen | None](second, pack_or_nothing, lambda data: unpack_seen(data) if data else None)
        pool = None if unkept else self._judges.pool(len(unseen))
        away = None if pool is None else self._judges.seeing(self._entries, self._cache, self._outlines.everything)
        if pool is None or away is None:
            count = worker_pool.processes(len(unseen), _WORTH_SEEING)
            results = worker_pool.spread(task, unseen, count, done, _FIRST)
        else:
            results = pool.spread(task, away, unseen, done)
        for path, seen in zip(unseen, results, strict=True):
            entry = self._entries[path]
            if seen is None:  # it speaks of what is not Unicode, and cannot be kept
                continue
            entry.seen, entry.outside = seen.seen, seen.outside
            entry.reads = tuple([shared.get(path, path) for path in seen.reads]) if many else seen.reads
            self._outlines.everything |= seen.everything
            if seen.alone:
                self._cache.forget_found(path)
                entry.found, entry.digest = b"", b""
            if many:
                self._cache.set_aside_seen(path, entry)
            self._entries.hold(path, entry)

    def _lines(self, gathered: _Gathered, work: int, *, whole: bool) -> KeptLines | None:
        """The lines that are kept of notes, once what is known is in the cache."""
        if self._keep(gathered, work):
            is_ours = self._cache.open_written()
            return self._cache.kept_lines(lambda path: path not in gathered.unkept, whole=whole) if is_ours else None
        return self._cache.kept_lines(self._entries.is_as_kept, whole=whole)

    def _keep(self, gathered: _Gathered, work: int) -> bool:
        """Put what is known into the cache, if so many notes are more than are judged again in no time; True if so."""
        much = work > _few(len(self._paths)) or not self._before or self._cache.is_elsewhere
        if self._cache.keeps_overlaid or (much and self._source.is_kept and not self._source.overlaid):
            return self._cache.save(self._entries, self._now, self._outlines.everything, gathered.unkept)
        return False


def _few(notes: int) -> int:
    """Number of notes, in a vault of so many, that are judged again in less time than the cache takes to be written."""
    return min(_FEW, notes // 100)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Values of notes hold no cycles: looking for some among millions of them takes a tenth of a run."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()  # and back: what has been made is old, and not looked through when the next value is made
            gc.unfreeze()
            gc.enable()
