"""The entries of a vault's notes: those of a run, and those of the cache's file, which are decoded when looked at."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from notelint.engine.cache_entry import FORGED, CacheEntry, count_of
from notelint.engine.cache_file import CacheFile
from notelint.engine.invalidation import VaultChange
from notelint.engine.touched_links import TouchedLinks
from notelint.vault.face import Face
from notelint.vault.moves import ALL_LINKS
from notelint.vault.outlines import ANYWHERE

_DECODED = 8192  # entries that stay decoded: links of notes that are judged in a row lead to the same ones
_Read = Callable[[str], CacheEntry]
_Links = Callable[[str, CacheEntry], bytes]


class KnownEntries(Mapping[str, CacheEntry]):
    """What is known of notes, by their paths, in the order of the vault.

    An entry of the file is a copy: a change of it counts once it is given back (`hold`).
    """

    def __init__(self, file: CacheFile | None = None, held: Mapping[str, CacheEntry] | None = None) -> None:
        """The notes that `file` knows, or those of `held`."""
        self._file = file
        self._held: dict[str, CacheEntry | None] = dict.fromkeys([] if file is None else file.paths)
        self._held |= held or {}
        self._stale: set[str] = set()  # notes of the file whose findings from the vault do not hold any more
        self._read: _Read | None = None
        self._decoded = lru_cache(_DECODED)(self._of_file)
        self._in_file: tuple[object, frozenset[str]] = (None, frozenset())  # what was sought last, and in which notes

    def of(self, paths: Iterable[str], found: Mapping[str, CacheEntry], read: _Read | None) -> "KnownEntries":
        """What is known of the notes at these paths: what was `found` out now, else what is here.

        `read` reads a note by itself, if what the file says of it is damaged.
        """
        other = KnownEntries()
        other._file, other._stale, other._read = self._file, self._stale, read
        held = self._held
        if found:
            other._held = {path: found[path] if path in found else held[path] for path in paths}
        else:
            other._held = {path: held[path] for path in paths}
        return other

    def without(self, paths: Collection[str]) -> "KnownEntries":
        """What is known of all notes but these."""
        return self.of([path for path in self._held if path not in paths], {}, self._read)

    def before(self, path: str) -> CacheEntry | None:
        """What was known of a note; None if nothing was, or if it is damaged."""
        if path not in self._held:
            return None
        held = self._held[path]
        return self._kept(path) if held is None else held

    def _kept(self, path: str) -> CacheEntry | None:
        entry = None if self._file is None else self._file.entry(path)
        if entry is not None and path in self._stale:
            entry.seen = None
        return entry

    def _of_file(self, path: str) -> CacheEntry:
        entry = self._kept(path)
        if entry is None:
            assert self._read is not None
            entry = self._held[path] = self._read(path)
        return entry

    def __getitem__(self, path: str) -> CacheEntry:
        return self._held[path] or self._decoded(path)

    def __contains__(self, path: object) -> bool:
        return path in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def hold(self, path: str, entry: CacheEntry) -> None:
        """Take what is known of a note now."""
        self._held[path] = entry

    def hold_all(self, put_aside: Callable[[str, CacheEntry], None] | None = None) -> None:
        """Take all that the file says into the memory: it is about to be replaced. `put_aside` takes bytes of it."""
        for path, held in self._held.items():
            if held is None:
                entry = self._held[path] = self._of_file(path)
                if put_aside is not None:
                    put_aside(path, entry)

    def uncertain(self, paths: Iterable[str], folder: str, excepted: Collection[str]) -> list[str]:
        """Those notes of which a stamp does not tell that they are what was read. They lie below `folder`."""
        held, kept, beginning = self._held, self._file, f"{folder}/"
        numbers = {} if kept is None else kept.numbers
        found: set[str] = set()
        of_file: list[int] = []
        listed = list(paths)
        for path in listed:
            if path in excepted or path not in held:
                found.add(path)
            elif (entry := held[path]) is None:
                of_file.append(numbers[path])
            elif not entry.is_certain or entry.stamp != entry.stamp.of(beginning + path):
                found.add(path)
        if kept is not None:
            found.update(kept.paths[number] for number in kept.uncertain(of_file, beginning))
        return [path for path in listed if path in found] if found else []

    def face(self, path: str) -> Face | None:
        """The face of a note; None if it is not known."""
        entry = self.before(path)
        return None if entry is None else entry.face

    @property
    def faces(self) -> dict[str, Face]:
        """The faces of all notes."""
        try:
            kept = {} if self._file is None else self._file.faces
        except (ValueError, *FORGED):
            kept = {}
        return {
            path: entry.face if entry is not None else (kept.get(path) or self[path].face)
            for path, entry in self._held.items()
        }

    def is_as_kept(self, path: str) -> bool:
        """True if all that was found in a note is what the file says."""
        if self._held.get(path, path) is not None or path in self._stale:
            return False
        return self._file is not None and path not in self._file.unseen

    def unseen(self, paths: Iterable[str]) -> list[str]:
        """Those of these notes of which it is not known what is seen of them from the vault."""
        held, is_unseen = self._held, self._is_unseen()
        return [path for path in paths if path in held and is_unseen(path)]

    def _is_unseen(self) -> Callable[[str], bool]:
        held, of_file = self._held, self._stale if self._file is None else self._stale | self._file.unseen
        return lambda path: path in of_file if (entry := held[path]) is None else entry.seen is None

    def forget_stale(self, change: VaultChange, links: _Links) -> bool:
        """Forget what was seen of notes where it may be different now. True if something is still known of any.

        `links` gives the links of an entry that is not the file's (`vault.outlines.link_paths`).
        """
        touched = self._touched(change, links)
        for path, entry in self._held.items():
            if entry is not None and entry.seen is not None and (path in touched or not change.leaves(entry)):
                entry.seen = None
        if self._file is not None:
            self._stale.update(touched, self._stale_ones(self._file, change))
            self._decoded.cache_clear()
        return not all(map(self._is_unseen(), self._held))

    def _touched(self, change: VaultChange, links: _Links) -> set[str]:
        """The notes whose links, or those of notes that were looked at for them, may mean something else now."""
        if change.links is None:
            return set()
        held = {path: entry for path, entry in self._held.items() if entry is not None and entry.seen is not None}
        own = {path: links(path, entry) for path, entry in held.items()}
        lines = b"\0".join(own.values())
        kept = b"" if self._file is None else self._file.link_lines
        if kept is None or ANYWHERE in lines or ANYWHERE in kept:
            return {*held, *([] if self._file is None else self._file.paths)}
        paths, touched = list(own), set(change.links.rivals)
        if paths:
            touched.update(paths[number] for number in change.links.in_lines(lines))
        if self._file is not None:
            touched.update(self._touched_in(self._file, kept, change.links))
            touched.update(self._file.resting_on(set(touched), ()))
        in_folders = change.links.seeks_in_folders(lines + kept)
        for path, entry in held.items():
            if not touched.isdisjoint(entry.reads) or (in_folders and ALL_LINKS in entry.reads):
                touched.add(path)
        if self._file is not None and in_folders and ALL_LINKS in self._file.marks:
            touched.update(self._file.marked(self._file.marks[ALL_LINKS]))
        return touched

    def _touched_in(self, file: CacheFile, lines: bytes, links: TouchedLinks) -> frozenset[str]:
        """The notes of the file that are touched, whose links are these lines: by a change and its reverse the same."""
        sought, found = self._in_file
        if sought != links.sought:
            found = frozenset(file.paths[number] for number in links.in_lines(lines))
            self._in_file = links.sought, found
        return found

    def depends_on(self, mark: str) -> bool:
        """True if something that was seen of a note rests on this, which is not a note."""
        return (self._file is not None and mark in self._file.marks) or any(
            entry is not None and entry.seen is not None and mark in entry.reads for entry in self._held.values()
        )

    def _stale_ones(self, file: CacheFile, change: VaultChange) -> Iterable[str]:
        """The notes of the file whose findings from the vault may be different now."""
        if change.tables:
            yield from file.paths
            return
        yield from file.resting_on(change.notes, change.parts)
        for mark, notes in file.marks.items():
            if change.changes(mark):
                yield from file.marked(notes)
        for path in file.exceptions:
            entry = file.entry(path)
            if entry is None or not change.leaves(entry):
                yield path

    def near(self, change: VaultChange, links: _Links) -> set[str]:
        """The notes of which something else may be seen after a change, and those of which nothing is known."""
        touched = self._touched(change, links)
        file = self._file
        near = set() if file is None else {*self._stale_ones(file, change), *self._stale, *file.unseen}
        for path, entry in self._held.items():
            if entry is not None:
                (near.discard if entry.seen is not None and change.leaves(entry) else near.add)(path)
        return near | touched

    def count(self, paths: Iterable[str], findings: Callable[[str, CacheEntry], tuple[bytes, bytes]]) -> int:
        """Number of diagnostics of these notes; `findings` gives those of an entry, as bytes."""
        total = 0
        for path in paths:
            entry = self._held[path]
            if entry is not None:
                total += sum(map(count_of, findings(path, entry)))
            elif self._file is not None:
                total += self._file.count(path)
        return total

    def linking(self, texts: Collection[bytes], links: Callable[[str, CacheEntry], bytes]) -> Iterator[str]:
        """The notes in whose links one of these texts stands (`vault.outlines.link_paths`).

        `links` gives those of an entry that is not the file's.
        """
        near = frozenset([] if self._file is None else self._file.linking(texts))
        for path, entry in self._held.items():
            if path in near if entry is None else any(text in links(path, entry) for text in texts):
                yield path
