"""Where files of a vault went, as git shows it: by whole trees and the names of contents, not by likeness alone.

git records no renames; it guesses them, and takes a template that was filled in for another organ for the same note.
So a move is certain only if one commit took a file away and put the very same content under the same name elsewhere.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from notelint.core.errors import NotelintError
from notelint.core.safe_read import VaultReader
from notelint.engine.workspace import Workspace
from notelint.history.file_history import FileHistory, Step, name_of
from notelint.vault.moves import EvidenceMaker, How, Moved

if TYPE_CHECKING:
    from notelint.history.git import ChangedPaths, Repository

_EMPTY = frozenset(hashlib.new(name, b"blob 0\0").hexdigest() for name in ("sha1", "sha256"))
_TOGETHER = 3  # files of a folder that move alike: then the folder has moved
_STEPS = 64


class GitMoves:
    """Git's evidence about a vault's files (`vault.moves.Evidence`). Asks git only once something is asked.

    `files` gives the files of the vault now. The vault's `repository` is looked for if it is not given.
    """

    def __init__(
        self, root: Path, files: Callable[[], Collection[str]], repository: "Repository | None" = None
    ) -> None:
        self._root, self._history = root, FileHistory(root, files, repository)
        self._base: tuple[str, frozenset[str]] = "", frozenset()
        self._moved: dict[str, Moved | None] = {}

    @cached_property
    def state(self) -> str:
        """The commit that is checked out, whether its past is known, and the base of a comparison."""
        repository = self._history.repository
        head = (repository.head if repository is not None else None) or ""
        if not head:
            return ""
        if self.is_cut_off:
            return f"{head} shallow {self._base[0]}".rstrip()
        return f"{head} {self._base[0]}" if self._base[0] not in ("", head) else head  # what was there is gone anyway

    @property
    def is_cut_off(self) -> bool:
        """True if the clone is shallow, so that nothing is known of earlier commits."""
        return self._history.is_cut_off

    @property
    def is_partial(self) -> bool:
        """True if only a part of the commit's files is checked out."""
        return self._history.is_partial

    def compare_with(self, commit: str, deleted: Collection[str]) -> None:
        """Count these files of a commit as gone too: in a shallow clone nothing else is known of them."""
        if deleted:  # else the commit adds nothing to what is known, and what was found before holds
            self._base = commit, frozenset(deleted)

    def maker(self) -> EvidenceMaker:
        """A function that gives the same evidence in another process, to which it can be sent."""
        return partial(_git_moves, self._root, self._base)

    @cached_property
    def gone(self) -> frozenset[str]:
        """Paths of files that were in the vault at some commit and are not now."""
        there = {path for step in self._steps for path in step.gone}
        return frozenset((there | self._base[1]) - self._history.files)

    def take_gone(self, paths: Collection[str]) -> None:
        """Take these paths for those that are gone: then the history is not read to find out which are."""
        self.__dict__.setdefault("gone", frozenset(paths))

    def moved_to(self, path: str) -> Moved | None:
        """The file of the vault that was at a path which is gone, followed from move to move."""
        if path not in self._moved:
            self._moved[path] = self._follow(path)
        return self._moved[path]

    def moved_from(self, path: str) -> Moved | None:
        """The last path that a file of the vault had before this one."""
        for step in self._steps:
            blob = step.came.get(path)
            if blob is None:
                continue
            name = name_of(path)
            for old, content in step.gone.items():
                if (
                    (content == blob or name_of(old) == name)
                    and (moved := self._step(step, old))
                    and moved.path == path
                ):
                    return Moved(old, moved.how)
            return None
        return None

    def is_committed(self, path: str) -> bool:
        """True if a file is one of the commit that is checked out: what is not committed cannot have moved it there."""
        try:
            return path in self._history.head
        except NotelintError:
            return False

    def text_before(self, note: str, gone: str) -> bytes | None:
        """Text of the note at a path of the vault when the file at the path `gone` went; None if unknown.

        The note may have had another path then.
        """
        at = next((at for at in self._last.get(gone, ()) if gone in self._steps[at].gone), None)
        if at is None or self._history.repository is None:
            return None
        step = self._steps[at]
        before = self._history.paths_at(f"{step.commit}^" if step.commit else "HEAD")
        path, seen = note, {note}
        while path not in before:
            origin = self.moved_from(path)
            if origin is None or origin.path in seen:
                return None
            path = origin.path
            seen.add(path)
        if self._history.blob_of(note, len(before[path]), {before[path]}) == before[path]:
            return VaultReader(self._root).read(note)  # it has not changed since: git need not be asked
        return self._history.content(before[path])

    @cached_property
    def _steps(self) -> list[Step]:
        """All steps, the newest first: what is not committed yet, then each commit."""
        if self._history.repository is None or not self.state:
            return []
        try:
            return [self._history.uncommitted, *self._history.commits()]
        except NotelintError:
            return []

    @cached_property
    def _last(self) -> Mapping[str, list[int]]:
        """The numbers of the steps in which each path came or went, newest first."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, step in enumerate(self._steps):
            for path in {*step.gone, *step.came}:
                places[path].append(at)
        return places

    def _follow(self, path: str) -> Moved | None:
        how, before = How.CERTAIN, len(self._steps)
        for _ in range(_STEPS):
            later = [at for at in self._last.get(path, ()) if at < before]
            if before == len(self._steps):
                later = later[:1]  # the last time that it went: nothing is at that path since
            if len(later) != 1 or path not in self._steps[later[0]].gone:
                return None
            moved = self._step(self._steps[later[0]], path)
            if moved is None:
                return None
            how = max(how, self._surely(path, later[0], moved), key=list(How).index)
            path, before = moved.path, later[0]
            if path in self._history.files:
                return Moved(path, how) if self._stayed(path, before) else None
        return None

    def _surely(self, old: str, at: int, moved: Moved) -> How:
        """The certainty that a file moved, seen from today: branches may have moved it in two ways, and copies may
        be there.
        """
        parallel = at
        for other in self._last[old]:
            if other > at:
                if old not in self._steps[other].gone:
                    break  # it came there: what went before was another move
                parallel = other
        if parallel != at:
            ways = {
                found.path if (found := self._step(self._steps[other], old)) else None
                for other in self._last[old]
                if at <= other <= parallel
            }
            if len(ways) > 1:
                return How.ALIKE
        blob = self._steps[at].gone[old]
        if (
            moved.how is How.CERTAIN
            and self._today[blob] > 1
            and not self._folder_moved(self._steps[at], old, moved.path)
        ):
            return How.ALIKE
        return moved.how

    def _stayed(self, path: str, at: int) -> bool:
        """True if the file that came to a path in a step is there now: none that went was replaced by another."""
        content = self._steps[at].came[path]
        for later in sorted((other for other in self._last[path] if other < at), reverse=True):
            content = self._steps[later].gone.get(path, content)
            if self._steps[later].came.get(path, content) != content:
                return False
        return True

    @cached_property
    def _today(self) -> Counter[str]:
        """Number of times that each content is in the vault now, as far as git knows it."""
        contents = Counter(blob for path, blob in self._history.head.items() if path in self._history.files)
        contents.update(self._history.uncommitted.came.values())
        return contents

    def _step(self, step: Step, old: str) -> Moved | None:
        """Where a file went in the step in which it is gone, if one place can be meant."""
        blob = step.gone[old]
        same = [] if blob in _EMPTY else step.came_by_blob.get(blob, [])
        named = [path for path in same if name_of(path) == name_of(old)]
        only = [path for path in named if self._folder_moved(step, old, path)]
        if len(only) == 1 or (len(named) == 1 and self._is_unique(step, blob)):
            return Moved((only or named)[0], How.CERTAIN)
        if len(same) == 1 and self._is_unique(step, blob):
            return Moved(same[0], How.IDENTICAL)
        new = None if same or blob in _EMPTY else self._history.alike(step).get(old)
        return None if new is None else Moved(new, How.RENAMED if name_of(new) == name_of(old) else How.ALIKE)

    def _folder_moved(self, step: Step, old: str, new: str) -> bool:
        """True if so many files of a folder moved alike that there is no doubt, copies of one content or not."""
        ours, theirs = old.split("/")[:-1], new.split("/")[:-1]
        while ours and theirs and ours[-1] == theirs[-1]:
            ours.pop()
            theirs.pop()
        source, target = "".join(f"{part}/" for part in ours), "".join(f"{part}/" for part in theirs)
        key = (step.commit, source, target)
        if key not in self._together:
            self._together[key] = sum(
                path.startswith(source) and blob not in _EMPTY and step.came.get(target + path[len(source) :]) == blob
                for path, blob in step.gone.items()
            )
        return source != target and self._together[key] >= _TOGETHER

    @cached_property
    def _together(self) -> dict[tuple[str, str, str], int]:
        return {}

    def _is_unique(self, step: Step, blob: str) -> bool:
        """True if a content is there once before a step and once after it, in the whole repository."""
        before = self._history.contents_at(f"{step.commit}^" if step.commit else "HEAD")
        if before[blob] != 1:
            return False
        if step.commit:
            return self._history.contents_at(step.commit)[blob] == 1
        return list(step.came.values()).count(blob) == 1


def _git_moves(root: Path, base: tuple[str, frozenset[str]], files: Callable[[], Collection[str]]) -> GitMoves:
    """Git's evidence, compared with a base as it was elsewhere."""
    moves = GitMoves(root, files)
    moves.compare_with(*base)
    return moves


def believed(run: Workspace, change: "ChangedPaths", *how: How) -> "ChangedPaths":
    """A change without the renames that git only guessed from what files have in common."""
    evidence = run.evidence if isinstance(run.evidence, GitMoves) else GitMoves(run.root, lambda: run.files.files)
    moves = {old: evidence.moved_to(old) for old in change.renamed}
    renamed = {old: new for old, new in change.renamed.items() if (m := moves[old]) and m.path == new and m.how in how}
    return structs.replace(change, renamed=renamed)
