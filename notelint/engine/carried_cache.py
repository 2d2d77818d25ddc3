"""A cache for several states of one vault, judged in a row: each takes over the results of the one before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from notelint.core.user_folders import identity
from notelint.engine.cache import Cache, CacheEntry
from notelint.engine.cache_folder import folder_of
from notelint.engine.cache_key import key
from notelint.engine.workspace import Workspace


class CarriedCache(Cache):
    """Begins with what the cache of a run holds, takes what each judging finds out, and writes nothing."""

    keeps_overlaid = True
    _is_loaded = False

    @classmethod
    @contextmanager
    def of(cls, run: Workspace) -> "Iterator[CarriedCache]":
        """The cache of a run, as long as the states of its vault are judged."""
        folder = folder_of(run.root, run.cache_dir)[0] if run.cached else None
        carried = cls(folder, key(run.loaded, run.registry, run.profiles.profiles), identity(run.root))
        try:
            yield carried
        finally:
            Cache.close(carried)

    def load(self) -> None:
        """Read the file, the first time; it stays open for the outlines in it."""
        if not self._is_loaded:
            self._is_loaded = True
            super().load()
            _ = self._places  # of the entries as they stand in the file

    def outline(self, path: str, entry: CacheEntry) -> bytes:
        """The bytes of an outline, from the file if the note stands in it."""
        is_kept = bool(entry.outline) or path in self._places_aside or path in self._places
        return super().outline(path, entry) if is_kept else b""

    def save(self, entries: Mapping[str, CacheEntry], files: str, everything: bool) -> None:
        """Take over what is known now."""
        self.entries, self.files, self.everything = dict(entries), files, everything

    def close(self) -> None:
        """Keep the files: the next state needs them."""
