"""Judging the notes of a vault: each by itself, then each as seen from the vault. Only what is not known yet.

Both halves of the work are functions of a path whose values can be bytes: any process does them, a file keeps them.
What a note is found to be by itself holds until its bytes change. What is seen of it from the vault holds until a file
comes or goes, the face of a note changes, or a note changes whose outline was looked at.
"""

import gc
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
from msgspec import Struct, msgpack

from notelint.core import worker_pool
from notelint.core.diagnostic import Diagnostic
from notelint.core.worker_pool import Task
from notelint.engine.cache import FORGED, Cache, Entry, Stamp, digest, fingerprint, now
from notelint.engine.lint import Plan, diagnostics, of_note, of_vault
from notelint.garden.published_steps import is_plain
from notelint.note.note import Note, Outline, Parts
from notelint.note.profile import name_of
from notelint.note.suppressions import Rule, Suppressions
from notelint.vault.face import Face
from notelint.vault.files import Files
from notelint.vault.moves import ALL_LINKS, MARK, Evidence
from notelint.vault.note_texts import Texts
from notelint.vault.outlines import Outlines, digests, in_any_capitals
from notelint.vault.vault import Vault

_WORTH_READING = 150  # notes to read, or to see from the vault, from which a process of their own gains time
_WORTH_SEEING = 1500
_FEW = 16
_KEPT_OUTLINES = 128  # links lead near: old ones are seldom needed
_KEPT_PARTS = 512
_KEPT_TEXTS = 64
_MANY = 20_000  # notes whose outlines are too much for the memory
_NOT_ENCODABLE = (UnicodeEncodeError, OverflowError)  # bytes that are not UTF-8, numbers beyond 64 bits
_NOWHERE = Stamp(-1, -1, -1)  # of what cannot be read
_encode = msgpack.Encoder().encode
_NONE = _encode([])
_NOT_A_NOTE = "\0"  # begins what else a finding depends on, among the notes whose outlines were looked at
_P = TypeVar("_P")
_entry = msgpack.Decoder(Entry).decode
_outline = msgpack.Decoder(Outline).decode
_parts = msgpack.Decoder(Parts).decode
_diagnostics = msgpack.Decoder(list[Diagnostic]).decode
_rules = msgpack.Decoder(list[Rule]).decode


class Source(Protocol):
    """What judging needs of a run."""

    @property
    def root(self) -> Path:
        """The folder of the vault."""

    @property
    def files(self) -> Files:
        """What the vault consists of."""

    @property
    def overlaid(self) -> frozenset[str]:
        """Notes that are not what their files hold: of these no stamp tells anything."""

    @property
    def evidence(self) -> Evidence:
        """What is known of files that are gone."""

    @property
    def named_imports(self) -> frozenset[str]:
        """Notes that this run takes for imports: what was known of them before does not count."""

    @property
    def progress(self) -> Callable[[str, int, int], None]:
        """Tells how far the run is."""

    def data(self, path: str) -> bytes | None:
        """The bytes of a note; None if it cannot be read."""

    def decode(self, path: str, data: bytes) -> Note:
        """The note that these bytes are."""

    def read(self, path: str) -> Note:
        """The note at a path."""

    def plan_of(self, path: str, profile: str | None) -> Plan:
        """What is asked of the note at a path, of the profile of this key."""

    def lint(self, note: Note, vault: Vault) -> list[Diagnostic]:
        """All diagnostics of a note."""

    def vault_of(self, outlines: Mapping[str, Outline], faces: Mapping[str, Face], texts: Texts) -> Vault:
        """The vault that has these notes."""

    def face(self, note: Note) -> Face:
        """What the tables of the vault hold of a note."""


class _Seen(Struct, array_like=True):
    """What is seen of one note from the vault; `alone` if what was known of it by itself does not count any more."""

    diagnostics: bytes
    reads: tuple[str, ...]
    outside: tuple[tuple[str, bytes], ...]
    everything: bool
    alone: bool


_seen = msgpack.Decoder(_Seen).decode


class _Outlines(Outlines):
    """Outlines by path, read from bytes when they are looked at; remembers which were."""

    def __init__(self, entries: Mapping[str, Entry], cache: Cache, read: Callable[[str], Note]) -> None:
        self._entries, self._cache, self._read = entries, cache, read
        self._whole = lru_cache(_KEPT_OUTLINES)(partial(self._decoded, decode=_outline))
        self._parts = lru_cache(_KEPT_PARTS)(partial(self._decoded, decode=_parts))
        self._judged = Outline("")
        self.looked_at: set[str] = set()
        self.everything = False  # a checker that walks over all may remember what it saw: from then on, all counts

    def _decoded(self, path: str, decode: Callable[[bytes], _P]) -> "_P | Outline":
        entry = self._entries[path]
        data = self._cache.outline(path, entry)
        try:
            if zlib.crc32(data) == entry.checksum:
                return decode(data)
        except FORGED:
            pass
        return self._read(path).outline  # none was kept (it holds what is not Unicode), or it is damaged

    def judged(self, path: str) -> Outline:
        """The outline of the note that is judged, to which itself many of its links lead."""
        self._judged = self._decoded(path, _outline)
        return self._judged

    def parts(self, path: str) -> Parts | None:
        """What links can name of a note, read without the rest of its outline; None if there is no such note."""
        entry = self._entries.get(path)
        if entry is None or entry.stamp == _NOWHERE:  # what cannot be read has headings that nobody knows
            return None
        self.looked_at.add(path)
        return self._judged if path == self._judged.path else self._parts(path)

    def depend_on(self, what: str) -> None:
        """Remember that what is seen depends on this too."""
        self.looked_at.add(what)

    def naming(self, text: str) -> Iterator[Outline]:
        """The outlines in which this text stands in whatever capitals, found without reading the others."""
        found = in_any_capitals(text).search
        for path, entry in self._entries.items():
            data = self._cache.outline(path, entry)
            if not data or found(data):
                yield self._decoded(path, _outline)

    def names(self, path: str) -> bytes:
        """Digests of what links can name of a note; none if there is no such note."""
        entry = self._entries.get(path)
        if entry is None:
            return b""
        self.looked_at.add(path)
        return entry.names

    def __getitem__(self, path: str) -> Outline:
        if path not in self._entries:
            raise KeyError(path)
        self.looked_at.add(path)
        return self._whole(path)

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        self.everything = True
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


class _Texts:
    """Whole notes, read from their files when a checker asks for one; remembers which were."""

    def __init__(self, entries: Mapping[str, Entry], source: Source, looked_at: set[str]) -> None:
        self._entries, self._source, self._looked_at = entries, source, looked_at
        self._outside: dict[str, bytes] = {}  # digests of excluded notes: nobody else notices when these change
        self._read = lru_cache(_KEPT_TEXTS)(self._decoded)

    @property
    def outside(self) -> tuple[tuple[str, bytes], ...]:
        """The excluded notes that were looked at since `forget`, with the digests of what they held."""
        return tuple(sorted((path, self._outside[path]) for path in self._looked_at if path in self._outside))

    def note(self, path: str) -> Note | None:
        """The note at a path of the vault; None if it cannot be read."""
        self._looked_at.add(path)
        return self._read(path)

    def _decoded(self, path: str) -> Note | None:
        data = self._source.data(path)
        if path not in self._entries:
            self._outside[path] = b"" if data is None else digest(data)
        return None if data is None else Note.decode(path, data)

    def is_plain(self, path: str) -> bool:
        """Whether publishing changes nothing of what a note shows, as was found when it was read."""
        self._looked_at.add(path)
        entry = self._entries.get(path)
        if entry is None:
            note = self.note(path)
            return note is None or is_plain(note)
        return entry.is_plain


class Judge:
    """The notes of one run, and what is known of them."""

    def __init__(self, source: Source, cache: Cache | None = None) -> None:
        self._source, self._cache = source, cache or Cache.none()
        self._paths = source.files.notes
        self._root = str(source.root)
        self._known: dict[str, Entry] = {}
        self._entries: dict[str, Entry] = {}
        self.vault: Vault | None = None  # as it was judged; outlines are still there to be looked at

    @property
    def faces(self) -> Mapping[str, Face]:
        """What the tables of the vault hold of all notes, once some were checked."""
        return {path: entry.face for path, entry in self._entries.items()}

    def check(self, asked: Sequence[str]) -> list[Diagnostic]:
        """The diagnostics of the notes at these paths."""
        with _without_collecting():
            self._cache.load()
            try:
                return self._check(asked)
            finally:
                self._cache.close()

    def open_vault(self) -> Vault:
        """The vault, to be looked at: what is known of its notes is read from the cache, the rest is found out.

        The cache's file stays open as long as the vault is used.
        """
        with _without_collecting():
            self._cache.load()
            files, missing, unkept = self._gather()
            self._keep(len(missing), files, unkept)
            self._cache.open_again()
            self.vault = self._source.vault_of(self._outlines, self.faces, self._texts)
            return self.vault

    def outlines(self, asked: Sequence[str]) -> Iterator[tuple[Outline, str | None]]:
        """The outlines of the notes at these paths, and the names of their profiles, one after the other."""
        with _without_collecting():
            self._cache.load()
            try:
                files, missing, unkept = self._gather()
                for path in asked:
                    if path in self._entries:
                        yield self._outlines[path], name_of(self._entries[path].profile)
                    else:  # excluded, but asked for by name
                        note = self._source.read(path)
                        yield note.outline, None if note.profile is None else note.profile.name
                self._keep(len(missing), files, unkept)
            finally:
                self._cache.close()

    def _check(self, asked: Sequence[str]) -> list[Diagnostic]:
        files, missing, unkept = self._gather()
        vault = self.vault = self._source.vault_of(self._outlines, self.faces, self._texts)
        unseen = [path for path in asked if path in self._entries and self._entries[path].seen is None]
        self._see(unseen, vault)
        self._keep(len(missing) + len(unseen), files, unkept)
        self._source.progress("checking", max(len(asked) - 1, 0), len(asked))
        return [diagnostic for path in asked for diagnostic in self._diagnostics(path, vault)]

    def _gather(self) -> tuple[str, list[str], set[str]]:
        """Know of every note what it is by itself: a digest of all paths, what was read, and what cannot be kept."""
        cache = self._cache
        found = self._source.files
        self._known, files = cache.entries, fingerprint([*found.files, "", *self._paths, "", *found.linked])
        self._outlines = _Outlines(self._entries, cache, self._source.read)
        self._texts = _Texts(self._entries, self._source, self._outlines.looked_at)
        missing = [path for path in self._paths if not self._holds(path)]
        changed, unkept = self._read(missing)
        steady = cache.files == files and all(self._face_stays(path) for path in changed)
        forgotten = self._forget(changed, steady and not (changed and cache.everything))
        self._outlines.everything = cache.everything and not forgotten
        return files, missing, unkept

    def _keep(self, work: int, files: str, unkept: set[str]) -> None:
        """Put what is known into the cache, if so many notes are more than are judged again in no time."""
        much = work > _few(len(self._paths)) or not self._known or self._cache.is_elsewhere
        if much and not self._source.overlaid:
            kept = {path: entry for path, entry in self._entries.items() if path not in unkept}
            self._cache.save(kept, files, self._outlines.everything)

    def _face_stays(self, path: str) -> bool:
        before = self._known.get(path)
        return before is not None and before.face == self._entries[path].face

    def _holds(self, path: str) -> bool:
        """Whether a note's file is what it was when its entry was made, by its stamp."""
        entry = self._known.get(path)
        if (
            not self._cache.trusts_stamps
            or entry is None
            or not entry.digest
            or not entry.stamp.is_old(entry.read)
            or path in self._source.overlaid
        ):
            return False
        return entry.stamp == Stamp.of(f"{self._root}/{path}")

    def _read(self, missing: Sequence[str]) -> tuple[set[str], set[str]]:
        """Find out what these notes are by themselves. Which of them are new or changed, and which cannot be kept."""
        many = len(missing) >= _MANY

        def done(number: int, entry: Entry | None) -> None:
            self._source.progress("reading", number, len(missing))
            if many and entry is not None:
                self._cache.set_aside(missing[number], entry)

        task = Task[Entry | None](self._entry, _as_bytes, lambda data: _entry(data) if data else None)
        results = worker_pool.spread(task, missing, worker_pool.processes(len(missing), _WORTH_READING), done)
        read = frozenset(missing)
        changed, unkept = set(), set()
        self._entries.clear()
        for path in self._paths:
            if path not in read:
                self._entries[path] = self._known[path]
                continue
            entry = self._entries[path] = next(results) or self._entry(path)
            if many and entry.outline:
                self._cache.set_aside(path, entry)
            before = self._known.get(path)
            if before is None or before.digest != entry.digest:
                changed.add(path)
            if not _can_be_kept(path, entry):
                unkept.add(path)
        next(results, None)  # all is read: no worker is left
        return changed, unkept

    def _entry(self, path: str) -> Entry:
        """What a note is by itself."""
        overlaid = path in self._source.overlaid
        read, stamp = now(), _NOWHERE if overlaid else Stamp.of(f"{self._root}/{path}")
        data = self._source.data(path)
        if data is None or stamp is None:
            return Entry(_NOWHERE, read, b"", Face(), whole=True)
        before, own = self._known.get(path), digest(data)
        if before is not None and before.digest == own and path not in self._source.named_imports:
            return msgspec.structs.replace(before, stamp=stamp, read=read)
        note = self._source.decode(path, data)
        profile = None if note.profile is None else note.profile.key
        entry = Entry(stamp, read, own, self._source.face(note), profile, names=digests(note.outline))
        entry.is_plain = is_plain(note)
        suppressions = Suppressions.of(note)
        found = of_note(note, self._source.plan_of(path, profile), suppressions)
        try:
            entry.found = _encode(diagnostics(note, found)) if found else b""
            entry.silenced = _encode(suppressions.settled()) if suppressions.rules else b""
            entry.outline = _encode(note.outline)
            entry.checksum = zlib.crc32(entry.outline)
        except _NOT_ENCODABLE:
            entry.whole, entry.found = True, b""  # the note is read again when its outline is needed
        return entry

    def _forget(self, changed: set[str], steady: bool) -> bool:
        """Forget what was seen of notes from the vault where that may be different now. Whether anything was."""
        forgotten = False
        for entry in self._entries.values():
            if entry.seen is None:
                continue
            stays = steady and changed.isdisjoint(entry.reads) and entry.digest and self._stays(entry.outside)
            if not stays or self._is_past(entry, changed):
                entry.seen, forgotten = None, True
        return forgotten

    def _is_past(self, entry: Entry, changed: set[str]) -> bool:
        """Whether something else than notes is not what it was when a note was seen: they come first in `reads`."""
        for what in entry.reads:
            if what[:1] != _NOT_A_NOTE:
                return False
            if changed if what == ALL_LINKS else what != MARK + self._source.evidence.state:
                return True
        return False

    def _stays(self, outside: tuple[tuple[str, bytes], ...]) -> bool:
        """Whether excluded notes hold what they held when they were looked at. Few notes embed such."""
        for path, before in outside:
            data = self._source.data(path)
            if (b"" if data is None else digest(data)) != before:
                return False
        return True

    def _see(self, unseen: Sequence[str], vault: Vault) -> None:
        """Find out what is seen of these notes from the vault."""

        def done(number: int, _: _Seen | None) -> None:
            self._source.progress("checking", number, len(unseen))

        def second(path: str) -> _Seen | None:
            return self._seen(path, vault)

        task = Task[_Seen | None](second, _as_bytes, lambda data: _seen(data) if data else None)
        count = worker_pool.processes(len(unseen), _WORTH_SEEING)
        for path, seen in zip(unseen, worker_pool.spread(task, unseen, count, done), strict=True):
            entry = self._entries[path]
            if seen is None:  # it speaks of what is not Unicode, and cannot be kept
                continue
            entry.seen, entry.reads, entry.outside = seen.diagnostics, seen.reads, seen.outside
            self._outlines.everything |= seen.everything
            if seen.alone:
                entry.found, entry.digest = b"", b""

    def _seen(self, path: str, vault: Vault) -> _Seen | None:
        """What is seen of a note from the vault; None if that cannot be kept."""
        self._outlines.looked_at.clear()
        entry, alone = self._entries[path], False
        if entry.whole:
            found = self._source.lint(self._source.read(path), vault)
        else:
            found, alone = self._seen_by_outline(path, entry, vault)
        everything = self._outlines.everything or self._source.plan_of(path, entry.profile).has_foreign
        read = self._outlines.looked_at - {path}
        reads = tuple(sorted(one for one in read if not everything or one[:1] == _NOT_A_NOTE))
        told = _as_bytes(found) if found else b""
        can_be_kept = (told or not found) and _as_bytes(reads)
        return _Seen(told, reads, self._texts.outside, everything, alone) if can_be_kept else None

    def _seen_by_outline(self, path: str, entry: Entry, vault: Vault) -> tuple[list[Diagnostic], bool]:
        plan, suppressions = self._source.plan_of(path, entry.profile), Suppressions()
        if entry.silenced:
            try:
                suppressions = Suppressions(_rules(entry.silenced))
            except FORGED:
                return self._source.lint(self._source.read(path), vault), True
        found = of_vault(self._outlines.judged(path), vault, plan, suppressions)
        if not found:
            return [], False
        data = self._source.data(path)  # only now the text is needed, and only to say where it is
        if data is None or digest(data) != entry.digest:
            return self._source.lint(self._source.read(path), vault), True
        return diagnostics(Note.decode(path, data), found), False

    def _diagnostics(self, path: str, vault: Vault) -> list[Diagnostic]:
        entry = self._entries.get(path)
        if entry is None or entry.seen is None:
            return self._source.lint(self._source.read(path), vault)
        if not entry.found and not entry.seen:
            return []
        try:
            found = [*_diagnostics(entry.found or _NONE), *_diagnostics(entry.seen or _NONE)]
        except FORGED:
            return self._source.lint(self._source.read(path), vault)
        return sorted(found, key=Diagnostic.sort_key)


def _few(notes: int) -> int:
    """How many notes, in a vault of so many, are judged again in less time than the cache takes to be written."""
    return min(_FEW, notes // 100)


def _as_bytes(value: object) -> bytes:
    """A value as it travels and is kept; nothing if it holds what is not Unicode, or no number of 64 bits."""
    try:
        return b"" if value is None else _encode(value)
    except _NOT_ENCODABLE:
        return b""


def _can_be_kept(path: str, entry: Entry) -> bool:
    return bool(_as_bytes((path, entry.face)))


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
