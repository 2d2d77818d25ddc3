"""A cache for several states of one vault, judged in a row: each takes over the results of the one before."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from notelint.core.user_folders import identity
from notelint.engine.cache import Cache
from notelint.engine.cache_folder import folder_of
from notelint.engine.cache_key import key
from notelint.engine.known_entries import KnownEntries
from notelint.engine.tables import JudgedVault
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

    def save(self, entries: KnownEntries, vault: JudgedVault, everything: bool, unkept: Collection[str] = ()) -> bool:
        """Take over what is known now. The file stays as it is."""
        self.entries, self._vault, self.everything = entries.without(unkept), vault, everything
        return False

    def close(self) -> None:
        """Keep the files: the next state needs them."""
