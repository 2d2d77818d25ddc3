"""The tags in the bodies of a vault's notes: no outline keeps them, so that they are read when first asked for."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from sys import intern

from notelint.core.lazy_regex import lazy_regex
from notelint.engine.cache_entry import Stamp
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.note.tags import text_tags
from notelint.server.steps import Steps

_MARK = lazy_regex(rb"(?:^|[\s\x80-\xff])#[^\s#]")  # where no tag can be, a note is not parsed
_TOGETHER = 20  # files between two rests


class BodyTags:
    """The tags in the bodies of one vault's notes, as their files are."""

    def __init__(self) -> None:
        self._run: Workspace | None = None  # the state of the vault in which all files were looked at
        self._read = 0  # when they were last looked at, in nanoseconds
        self._files: dict[str, Stamp | None] = {}
        self._tags: dict[str, tuple[str, ...]] = {}  # of the notes that have some

    def is_read(self, run: Workspace) -> bool:
        """Tell whether all notes of the vault are known as they are in this run."""
        return self._run is run

    def reading(self, run: Workspace, stamps: Mapping[str, Stamp | None]) -> Steps[None]:
        """Read the notes whose files have changed since the last time."""
        there, began = run.files.notes, time.time_ns()
        for number, path in enumerate(there):
            self._look(run, path, stamps.get(path))
            if number % _TOGETHER == 0:
                yield
        for path in self._files.keys() - {*there}:
            self._forget(path)
        self._run, self._read = run, began

    def _look(self, run: Workspace, path: str, stamp: Stamp | None) -> None:
        if stamp is None or self._files.get(path) != stamp or not stamp.is_old(self._read):
            self._forget(path)
            self._files[path] = stamp
            data = run.data(path) or b""
            if _MARK.search(data):
                self._keep(path, Note.decode(path, data))

    def _keep(self, path: str, note: Note) -> None:
        tags = tuple(dict.fromkeys(intern(tag) for tag, _ in text_tags(note)))
        if tags:
            self._tags[path] = tags

    def _forget(self, path: str) -> None:
        self._files.pop(path, None)
        self._tags.pop(path, None)

    def holding(self, is_wanted: Callable[[str], object]) -> Iterator[str]:
        """The paths of notes that have a wanted tag."""
        yield from (path for path, tags in self._tags.items() if any(map(is_wanted, tags)))

    def counted(self, unsaved: Mapping[str, Note], at: tuple[str, int]) -> Counter[str]:
        """Number of notes that have each tag in their bodies: of unsaved ones as they stand in the editor.

        `at` is a path and an offset: the tag there is still being typed and does not count.
        """
        found = Counter[str]()
        for path, tags in self._tags.items():
            if path not in unsaved:
                found.update(tags)
        for path, note in unsaved.items():
            typed = at[1] if path == at[0] else -1
            found.update({tag for tag, span in text_tags(note) if not span.start <= typed <= span.end})
        return found
