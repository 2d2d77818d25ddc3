"""What is otherwise in a vault than in the one that its cache was written for, or that it is compared with."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from notelint.engine.cache import Cache
from notelint.engine.cache_entry import CacheEntry, digest
from notelint.engine.invalidation import VaultChange
from notelint.engine.known_entries import KnownEntries
from notelint.engine.note_source import NoteSource
from notelint.engine.tables import JudgedVault, Past, TableChange, Tables, difference, folder_ends, with_past
from notelint.engine.touched_links import TouchedLinks, seeks
from notelint.note.note import Outline
from notelint.vault.moves import ALL_LINKS, PAST, MoveEvidence
from notelint.vault.outlines import ANYWHERE, SEEKS_NOTHING, parts_digest, seeking_digest

_NOTHING = TableChange()


class CacheComparison:
    """The vault of a run beside the one that its cache was written for."""

    def __init__(self, source: NoteSource, cache: Cache, entries: KnownEntries, now: JudgedVault) -> None:
        """`entries` is what is known of the notes of this vault by themselves."""
        self._source, self._cache, self._entries, self._now = source, cache, entries, now
        self._before = cache.entries

    def change(self, read: Sequence[str]) -> VaultChange:
        """The difference; `read` are the notes whose files may be others."""
        before, entries, cached = self._before, self._entries, self._cache
        known = {path: before.before(path) for path in read}
        changed = {path for path, was in known.items() if was is None or was.digest != entries[path].digest}
        removed = frozenset[str]() if self._has_same_files else frozenset(before) - frozenset(entries)
        parts = {path for path in changed if not _has_same("parts", known[path], entries[path])}
        tables = self._tables_changed(changed, known)
        links = tables
        if tables is not None and entries.depends_on(PAST):
            links = self._with_past(tables)
        touching = links or tables
        return VaultChange(
            changed | removed,
            parts | removed,
            self._seeking(changed, known, removed),
            tables is None or (cached.everything and bool(changed or removed or tables)),
            self._source.evidence,
            self._digest,
            TouchedLinks(touching) if touching else None,
            files=tables is not None and bool(tables.files),
            past=tables is not None and links is None,
        )

    @cached_property
    def _has_same_files(self) -> bool:
        return self._cache.vault.paths == self._now.paths

    def _tables_changed(self, changed: Collection[str], known: Mapping[str, CacheEntry | None]) -> TableChange | None:
        """The entries of the vault's tables that are others than in that of the cache; None if all may be."""
        before, entries = self._cache.vault, self._entries
        others = [path for path in changed if (was := known[path]) is None or was.face != entries[path].face]
        if self._has_same_files and not others:
            return _NOTHING
        if before.tables is None or self._now.tables is None:
            return None
        change = difference(before.tables, self._now.tables, others, self._source.rules)
        return None if change is None or not TouchedLinks(change).are_bounded else change

    def _with_past(self, tables: TableChange) -> TableChange | None:
        """The change, and what is gone or back otherwise: with the same files and commit that need not be sought."""
        past, evidence = self._cache.vault.past, self._source.evidence
        if self._has_same_files:
            _take_gone(evidence, past)
        return with_past(tables, past, evidence, self._source.rules)

    def _seeking(
        self, changed: Collection[str], known: Mapping[str, CacheEntry | None], removed: frozenset[str]
    ) -> frozenset[str]:
        """The notes with other links into folders that are gone, if findings depend on those of all notes."""
        if not self._entries.depends_on(ALL_LINKS):
            return frozenset()
        others = (path for path in changed if not _has_same("seeking", known[path], self._entries[path]))
        return frozenset(filter(self._seeks, removed.union(others)))

    def _seeks(self, path: str) -> bool:
        both = (self._before.before(path), self._entries.before(path) if path in self._entries else None)
        lines = (b"" if one is None else self._cache.links(path, one) for one in both)
        return any(ANYWHERE in some or seeks(some, self._folders) for some in lines)

    @cached_property
    def _folders(self) -> frozenset[bytes]:
        return folder_ends(self._source.files.files)

    def _digest(self, path: str) -> bytes:
        data = self._source.data(path)
        return b"" if data is None else digest(data)


def change_to(
    other: Tables, changed: Mapping[str, Outline | None], entries: KnownEntries, now: JudgedVault, source: NoteSource
) -> VaultChange | None:
    """The difference between a vault and one in which some files are others; None if it may be about anything.

    `changed` has these files as they are in the other vault, None for what is not a note there; `entries` is what is
    known of the notes of this one.
    """
    if now.tables is None:
        return None
    texts = frozenset(changed)
    parts = {path for path, note in changed.items() if not _has_parts_of(note, entries.before(path))}
    seeking = {path for path, note in changed.items() if not _seeks_as(note, entries.before(path))}
    touched = texts.intersection(now.tables.faces).intersection(other.faces)
    tables = difference(now.tables, other, touched, source.rules)
    links = None if tables is None else TouchedLinks(tables)
    if tables is None or links is None or not links.are_bounded:
        return None
    evidence, touching = source.evidence, links if tables else None
    return VaultChange(texts, parts, seeking, False, evidence, lambda _: b"", touching, files=bool(tables.files))


def _has_parts_of(note: Outline | None, entry: CacheEntry | None) -> bool:
    return note is not None and entry is not None and parts_digest(note) == entry.parts


def _seeks_as(note: Outline | None, entry: CacheEntry | None) -> bool:
    seeking = SEEKS_NOTHING if note is None else seeking_digest(note)
    return seeking == (SEEKS_NOTHING if entry is None else entry.seeking)


def _take_gone(evidence: MoveEvidence, known: Past) -> None:
    """What is gone need not be sought again, as long as the commit and the files are those that it was found for."""
    if known.gone is not None and known.state == evidence.state:
        evidence.take_gone(known.gone)


def _has_same(what: str, was: CacheEntry | None, now: CacheEntry) -> bool:
    if was is None:
        return what == "seeking" and now.seeking == SEEKS_NOTHING
    return bool(getattr(was, what) == getattr(now, what) != b"")
