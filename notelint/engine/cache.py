"""The cache: the results for each note, kept for the next run in a single file.

The file holds values only (msgpack, read by declared types), so reading it can do no harm. It is discarded in silence
if it was made by another version, configuration, schema, profile or plugin, or if anything in it is not as expected.
It is replaced as a whole: who reads it sees the old one or the new one.

A note is known by size and times; it is read again where one of them differs, or where the file was so young when it
was read that a later change could have left the same times (as git does); only then its bytes' digest decides. In a
folder that is not the one for which the cache was made (restored in CI, another container), the digest always does.

The file lies in the user's cache folder, never in the vault, where a fork could bring its own.
"""

import os
import weakref
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from notelint.core import user_folders
from notelint.engine.aside import Aside, HasSeen
from notelint.engine.cache_entry import FORGED, CacheEntry
from notelint.engine.cache_file import CacheFile, Index
from notelint.engine.cache_writing import write
from notelint.engine.kept_lines import KeptLines
from notelint.engine.known_entries import KnownEntries
from notelint.engine.replaced_file import replace_file
from notelint.engine.tables import JudgedVault
from notelint.vault.outlines import ANYWHERE

FILE = "check.msgpack"
_IS_REPLACED_WHEN_OPEN = os.name != "nt"  # else a file that is still read could not be renewed
_MANY = 20_000  # notes of which the bytes are too much for the memory


class Key(Struct, frozen=True):
    """Everything that a run depends on besides the notes: at no cost by the stamps of files, on any machine by their
    bytes.
    """

    quick: str
    content: Callable[[], str]


class Cache:
    """The cache of one vault, for one key: whatever a run depends on besides the notes."""

    keeps_overlaid = False  # whether it takes what is known of notes that are not what their files hold

    def __init__(self, folder: Path | None, key: Key, identity: str = "") -> None:
        """`folder` is this vault's in the user's cache folder; `identity` is that of the vault's own folder."""
        self._folder = folder
        self._key, self._identity = key, identity
        self._vault: JudgedVault | None = None
        self.everything = False
        self.entries = KnownEntries()
        self.trusts_stamps = True  # else only digests tell that a note is the same
        self.is_elsewhere = False  # what was read was written for other stamps, and is to be written anew
        self._file: BinaryIO | None = None
        self._kept: CacheFile | None = None  # what the file holds, as long as it is open
        self._written = ""  # the stamp of the file that this run wrote
        self._aside = Aside()  # bytes of notes that are in no cache yet

    @classmethod
    def none(cls) -> "Cache":
        """A cache that holds nothing and is never written."""
        return cls(None, Key("", str))

    @property
    def is_kept(self) -> bool:
        """True if what is known of notes is there for another run."""
        return self._folder is not None or self.keeps_overlaid

    def load(self) -> None:
        """Open the file, if it is there and fits; else stay empty. Entries and outlines are left in it."""
        if self._folder is None:
            return
        file = self._folder / FILE
        try:
            if file.is_symlink() or not file.is_file():
                return
            user_folders.require_private(self._folder)
            self._file = self._closed_with_this(file.open("rb"))
            kept = CacheFile(self._file)
        except (OSError, ValueError, *FORGED):
            return
        if self._is_ours(kept.index):
            self.everything = kept.index.everything
            self._kept, self.entries = kept, KnownEntries(kept)

    def _is_ours(self, read: Index) -> bool:
        """Tell whether what was read holds for this run, and whether the stamps in it do."""
        self.trusts_stamps = read.identity == self._identity
        if read.quick == self._key.quick:
            self.is_elsewhere = not self.trusts_stamps
            return True
        self.is_elsewhere = read.key == self._key.content()
        return self.is_elsewhere

    def outline(self, path: str, entry: CacheEntry) -> bytes:
        """The bytes of the outline of a note with this entry; of no use if their checksum is not the entry's."""
        if entry.outline:
            return entry.outline
        try:
            if path in self._aside.outlines:
                return self._aside.outlines[path]
            if self._kept is not None and self._file is not None and path in self._kept.numbers:
                return self._kept.outline(path)
        except OSError:
            pass
        return b""

    def links(self, path: str, entry: CacheEntry) -> bytes:
        """Where the links of a note with this entry lead (`link_paths`)."""
        if entry.links is not None:
            return entry.links
        if path in self._aside.links:
            return self._aside.links[path]
        found = None if self._kept is None or path not in self._kept.numbers else self._kept.links(path)
        return ANYWHERE if found is None else found

    @property
    def vault(self) -> JudgedVault:
        """The vault in which all that is known was found."""
        return self._vault or (JudgedVault() if self._kept is None else self._kept.vault)

    @property
    def mark(self) -> str:
        """The mark of the file; empty if there is none."""
        return "" if self._kept is None else self._kept.mark

    def kept_file(self) -> CacheFile | None:
        """The file, for those who go on reading it when the cache lets go of it; None if they cannot."""
        if self._kept is None or self._file is None or not _IS_REPLACED_WHEN_OPEN:
            return None
        return self._kept.of(self._closed_with_this(os.fdopen(os.dup(self._file.fileno()), "rb")))

    def kept_lines(self, valid: Callable[[str], bool], *, whole: bool) -> KeptLines | None:
        """The lines of a concise report that are kept beside the file (`KeptLines`); None if there is no file."""
        if self._kept is None or self._folder is None or not self.trusts_stamps:
            return None
        return KeptLines(self._kept, self._folder, valid, whole=whole)

    def is_much(self, notes: int) -> bool:
        """True if the bytes of so many notes are to be set aside."""
        return notes >= _MANY

    def set_aside(self, path: str, entry: CacheEntry) -> None:
        """Take the bytes of an entry that was just read out of the memory: in a large vault they are most of it."""
        self._aside.forget_old(path, entry)
        self._aside.take(path, entry)

    def set_aside_seen(self, path: str, seen: HasSeen) -> None:
        """Take diagnostics that depend on the vault out of the memory."""
        self._aside.take_seen(path, seen)

    def forget_old(self, path: str, entry: CacheEntry) -> None:
        """Forget what was set aside of a note, if it was read anew."""
        self._aside.forget_old(path, entry)

    def forget_seen(self, paths: Iterable[str]) -> None:
        """Forget diagnostics of these notes that depended on the vault as it was."""
        for path in paths:
            self._aside.seen.pop(path)

    def forget_found(self, path: str) -> None:
        """Forget what was found in a note alone: it does not hold any more."""
        self._aside.found.pop(path)

    def findings(self, path: str, entry: CacheEntry) -> tuple[bytes, bytes]:
        """The diagnostics of a note with this entry, as bytes: from the note alone, and from the vault."""
        return entry.found or self._aside.found.get(path), entry.seen or self._aside.seen.get(path)

    def open_again(self) -> None:
        """Open the file once more, in which the outlines are, if it was let go of when it was written."""
        if self._file is None:
            self.load()

    def open_written(self) -> bool:
        """Open the file that this run wrote; False if another run, which may know other notes, has replaced it."""
        self.open_again()
        return self._kept is not None and self._kept.stamp == self._written

    def close(self) -> None:
        """Let go of the files."""
        if self._file is not None:
            self._file.close()
        self._file = None
        self._aside.close()

    def _closed_with_this(self, file: BinaryIO) -> BinaryIO:
        """A file that is closed when the cache goes: before the file goes itself, in a circle too."""
        weakref.finalize(self, file.close)
        return file

    def length(self, path: str) -> int:
        """Length in bytes of an outline in a file."""
        if path in self._aside.outlines:
            return self._aside.outlines.length(path)
        return 0 if self._kept is None else self._kept.outline_length(path)

    def save(self, entries: KnownEntries, vault: JudgedVault, everything: bool, unkept: Collection[str] = ()) -> bool:
        """Replace the file by one with these entries, but those of `unkept`; True if that was done.

        A folder that cannot be written, or a full disk, leaves things as they are.
        """
        if self._folder is None:
            return False
        entries.hold_all(self._aside.take if self.is_much(len(entries)) else None)
        about = self._identity, self._key.quick, self._key.content(), vault, everything
        kept = {path: entry for path, entry in entries.items() if path not in unkept}
        try:
            user_folders.make_private(self._folder)
            self._written = replace_file(self._folder / FILE, write(about, kept, self), self.close)
        except OSError:
            return False
        return True

    def write_to(self, folder: Path, key: Key, entries: KnownEntries, everything: bool) -> None:
        """Write another file, for a process that needs what is known now. Raises `OSError`, and `NOT_PACKABLE`."""
        entries.hold_all()
        about = self._identity, key.quick, key.content(), JudgedVault(), everything
        replace_file(folder / FILE, write(about, dict(entries.items()), self))
