"""The state of a vault on disk: by it is noticed, without reading notes, what has changed since they were read."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from notelint.engine.cache_entry import Stamp
from notelint.engine.cache_key import key
from notelint.engine.workspace import Workspace


@dataclass(frozen=True)
class VaultState:
    """The settings of a vault, its files in the order of a walk, and their stamps (None for what cannot be read)."""

    settings: str
    walked: tuple[tuple[str, ...], ...]
    stamps: Mapping[str, Stamp | None]
    recent: frozenset[str]  # files that may have changed again without another stamp

    @classmethod
    def of(cls, run: Workspace) -> "VaultState":
        """The state that a run finds, before it reads notes. Raises `NotelintError` for wrong settings."""
        began, files, folder = time.time_ns(), run.files, run.folder
        stamps = {path: Stamp.of(f"{folder}/{path}") for path in files.files}
        return cls(
            key(run.loaded, run.registry, run.profiles.profiles).quick,
            tuple(map(tuple, (files.notes, files.files, files.nested, files.linked, files.linked_notes))),
            stamps,
            frozenset(path for path, stamp in stamps.items() if stamp is None or not stamp.is_old(began)),
        )

    def changed_to(self, now: "VaultState") -> frozenset[str] | None:
        """The files that may be others now; None if settings or names have changed, so that everything may be."""
        if (self.settings, self.walked) != (now.settings, now.walked):
            return None
        return self.recent.union(path for path, stamp in now.stamps.items() if self.stamps[path] != stamp)
