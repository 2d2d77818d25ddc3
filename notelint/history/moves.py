"""Where files of a vault went, as git shows it: by whole trees and the names of contents, not by likeness alone.

git records no renames; it guesses them, and takes a template that was filled in for another organ for the same note.
So a move is certain only if one commit took a file away and put the very same content under the same name elsewhere.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from notelint.core.errors import NotelintError
from notelint.core.safe_read import Reader
from notelint.engine.workspace import Run
from notelint.vault.moves import How, Moved

if TYPE_CHECKING:
    from notelint.history.git import Change, Repository

_EMPTY = frozenset(hashlib.new(name, b"blob 0\0").hexdigest() for name in ("sha1", "sha256"))
_ALIKE = "-M95%"  # less is what notes have in common that were made of one template
_TOGETHER = 3  # files of a folder that move alike: then the folder has moved
_STEPS = 64
_MOST_HASHED = 500  # new files whose contents are compared, where none has the old name
_SHA1 = 40


@dataclass(frozen=True)
class Step:
    """Files that came and went at once, with the names of their contents: in a commit, or since the last one."""

    commit: str
    gone: dict[str, str] = field(default_factory=dict)
    came: dict[str, str] = field(default_factory=dict)

    @cached_property
    def came_by_blob(self) -> Mapping[str, list[str]]:
        """The paths of what came, by content."""
        paths: dict[str, list[str]] = defaultdict(list)
        for path, blob in self.came.items():
            paths[blob].append(path)
        return paths


class GitMoves:
    """What git knows of a vault's files (`vault.moves.Evidence`). Asks git only once something is asked.

    `files` gives the files of the vault now.
    """

    def __init__(self, root: Path, files: Callable[[], Collection[str]]) -> None:
        self._root, self._all = root, files
        self._base: tuple[str, frozenset[str]] = "", frozenset()
        self._moved: dict[str, Moved | None] = {}

    @cached_property
    def repository(self) -> "Repository | None":
        """The vault's repository; None if it lies in none, or git cannot tell."""
        from notelint.history.git import Repository  # most runs ask git nothing

        try:
            return Repository(self._root)
        except NotelintError:
            return None

    @cached_property
    def state(self) -> str:
        """The commit that is checked out, whether its past is known, and the base of a comparison."""
        head = (self.repository.head if self.repository is not None else None) or ""
        return " ".join(filter(None, (head, "shallow" if self.is_cut_off else "", self._base[0]))) if head else ""

    def compare_with(self, commit: str, deleted: Collection[str]) -> None:
        """Count these files of a commit as gone too: in a shallow clone nothing else is known of them."""
        self._base = commit, frozenset(deleted)

    @cached_property
    def is_cut_off(self) -> bool:
        """Whether the clone is shallow, so that nothing is known of earlier commits."""
        return self.repository is not None and self.repository.is_shallow

    @cached_property
    def gone(self) -> frozenset[str]:
        """Paths of files that were in the vault at some commit and are not now."""
        there = {path for step in self._steps for path in step.gone}
        return frozenset((there | self._base[1]) - self._files)

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
            name = _name(path)
            for old, content in step.gone.items():
                if (content == blob or _name(old) == name) and (moved := self._step(step, old)) and moved.path == path:
                    return Moved(old, moved.how)
            return None
        return None

    def text_before(self, note: str, gone: str) -> bytes | None:
        """What the note at a path of the vault held when the file at the path `gone` went; None if unknown.

        The note may have had another path then.
        """
        at = next((at for at in self._last.get(gone, ()) if gone in self._steps[at].gone), None)
        if at is None or self.repository is None:
            return None
        step = self._steps[at]
        before = self._paths(f"{step.commit}^" if step.commit else "HEAD")
        path, seen = note, {note}
        while path not in before:
            origin = self.moved_from(path)
            if origin is None or origin.path in seen:
                return None
            path = origin.path
            seen.add(path)
        if self._blob(note, len(before[path]), {before[path]}) == before[path]:
            return Reader(self._root).read(note)  # it has not changed since: git need not be asked
        return self._content(before[path])

    def _paths(self, commit: str) -> dict[str, str]:
        if commit not in self._trees:
            self._trees[commit] = {path: blob for path, blob in self._tree(commit) if path is not None}
        return self._trees[commit]

    @cached_property
    def _trees(self) -> dict[str, dict[str, str]]:
        return {}

    def _content(self, blob: str) -> bytes | None:
        assert self.repository is not None
        try:
            return self.repository.output("cat-file", "blob", blob)
        except NotelintError:
            return None

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self._all())

    @cached_property
    def _steps(self) -> list[Step]:
        """All steps, the newest first: what is not committed yet, then each commit."""
        if self.repository is None or not self.state:
            return []
        try:
            return [self._uncommitted, *self._commits()]
        except NotelintError:
            return []

    @cached_property
    def _uncommitted(self) -> Step:
        gone = {path: blob for path, blob in self._head.items() if path not in self._files}
        new = [path for path in self._files if path not in self._head] if gone else []
        names = {_name(path) for path in gone}
        named = [path for path in new if _name(path) in names]
        hashed = new if len(new) <= _MOST_HASHED else named
        length = len(next(iter(gone.values()), ""))
        blobs = set(gone.values())
        return Step("", gone, {path: blob for path in hashed if (blob := self._blob(path, length, blobs)) is not None})

    @cached_property
    def _head(self) -> dict[str, str]:
        """The files of the vault at the commit that is checked out, by path: their contents' names."""
        return {path: blob for path, blob in self._tree("HEAD") if path is not None}

    def _tree(self, commit: str) -> Iterator[tuple[str | None, str]]:
        """Every file of a commit: its path in the vault (None beside it), and its content's name."""
        assert self.repository is not None
        for line in self.repository.output("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
            about, _, name = line.partition(b"\t")
            if about[:2] == b"10":
                yield self.repository.inside(name.decode("utf-8", "surrogateescape")), about.split()[2].decode()

    def _blob(self, path: str, length: int, wanted: set[str]) -> str | None:
        """The name that git would give a file's content; with the line ends of Unix, if that is a wanted one."""
        try:
            data = Reader(self._root).read(path)
        except OSError:
            return None
        as_it_is, as_unix = _blob_name(data, length), _blob_name(data.replace(b"\r\n", b"\n"), length)
        return as_unix if as_it_is not in wanted and as_unix in wanted else as_it_is

    def _commits(self) -> list[Step]:
        if self.is_cut_off:
            return []  # its first commit seems to add all files, and of what went before nothing is known
        assert self.repository is not None
        steps: list[Step] = []
        command = (
            "log",
            "--no-renames",
            "--raw",
            "--no-abbrev",
            "-z",
            "--diff-filter=AD",
            "--topo-order",
            "--format=@%H",
        )
        fields = iter(self.repository.output(*command, "HEAD", "--").split(b"\0"))
        for one in fields:
            about = one.lstrip(b"\n")
            if about[:1] == b"@":
                steps.append(Step(about[1:].decode()))
            elif about[:1] == b":":
                path = self.repository.inside(next(fields).decode("utf-8", "surrogateescape"))
                old_mode, new_mode, old, new, status = about[1:].decode().split()
                if path is not None and (old_mode if status == "D" else new_mode)[:2] == "10":
                    (steps[-1].gone if status == "D" else steps[-1].came)[path] = old if status == "D" else new
        return [step for step in steps if step.gone or step.came]

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
            if path in self._files:
                return Moved(path, how) if self._stayed(path, before) else None
        return None

    def _surely(self, old: str, at: int, moved: Moved) -> How:
        """How surely a file moved, seen from today: branches may have moved it in two ways, and copies may be there."""
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
        """Whether the file that came to a path in a step is there now: none that went was replaced by another."""
        content = self._steps[at].came[path]
        for later in sorted((other for other in self._last[path] if other < at), reverse=True):
            content = self._steps[later].gone.get(path, content)
            if self._steps[later].came.get(path, content) != content:
                return False
        return True

    @cached_property
    def _today(self) -> Counter[str]:
        """How often each content is in the vault now, as far as git knows it."""
        contents = Counter(blob for path, blob in self._head.items() if path in self._files)
        contents.update(self._uncommitted.came.values())
        return contents

    def _step(self, step: Step, old: str) -> Moved | None:
        """Where a file went in the step in which it is gone, if one place can be meant."""
        blob = step.gone[old]
        same = [] if blob in _EMPTY else step.came_by_blob.get(blob, [])
        named = [path for path in same if _name(path) == _name(old)]
        only = [path for path in named if self._folder_moved(step, old, path)]
        if len(only) == 1 or (len(named) == 1 and self._is_unique(step, blob)):
            return Moved((only or named)[0], How.CERTAIN)
        if len(same) == 1 and self._is_unique(step, blob):
            return Moved(same[0], How.IDENTICAL)
        new = None if same or blob in _EMPTY else self._alike(step).get(old)
        return None if new is None else Moved(new, How.RENAMED if _name(new) == _name(old) else How.ALIKE)

    def _folder_moved(self, step: Step, old: str, new: str) -> bool:
        """Whether so many files of a folder moved alike that there is no doubt, copies of one content or not."""
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
        """Whether a content is there once before a step and once after it, in the whole repository."""
        before = self._contents(f"{step.commit}^" if step.commit else "HEAD")
        if before[blob] != 1:
            return False
        if step.commit:
            return self._contents(step.commit)[blob] == 1
        return list(step.came.values()).count(blob) == 1

    def _contents(self, commit: str) -> Counter[str]:
        if commit not in self._counted:
            self._counted[commit] = Counter(blob for _, blob in self._tree(commit))
        return self._counted[commit]

    @cached_property
    def _counted(self) -> dict[str, Counter[str]]:
        return {}

    def _alike(self, step: Step) -> dict[str, str]:
        """What git takes for renamed in a step, nearly unchanged."""
        if self.repository is None:
            return {}
        if step.commit not in self._guessed:
            how = (_ALIKE, "--diff-filter=R", "--raw", "-z")
            command = ("diff-tree", "-r", "--no-commit-id", *how, step.commit)
            if not step.commit:
                command = ("diff", "--no-ext-diff", "--no-textconv", *how, "HEAD")
            names = [name.decode("utf-8", "surrogateescape") for name in self.repository.output(*command).split(b"\0")]
            pairs = [
                (self.repository.inside(a), self.repository.inside(b))
                for a, b in zip(names[1::3], names[2::3], strict=False)
            ]
            found = {old: new for old, new in pairs if old in step.gone and new in step.came}
            self._guessed[step.commit] = {old: new for old, new in found.items() if old is not None and new is not None}
        return self._guessed[step.commit]

    @cached_property
    def _guessed(self) -> dict[str, dict[str, str]]:
        return {}


def believed(run: Run, change: "Change", *how: How) -> "Change":
    """A change without the renames that git only guessed from what files have in common."""
    evidence = run.evidence if isinstance(run.evidence, GitMoves) else GitMoves(run.root, lambda: run.files.files)
    moves = {old: evidence.moved_to(old) for old in change.renamed}
    renamed = {old: new for old, new in change.renamed.items() if (m := moves[old]) and m.path == new and m.how in how}
    return replace(change, renamed=renamed)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _blob_name(data: bytes, length: int) -> str:
    """The name that git gives a content, of this many hexadecimal digits."""
    algorithm = "sha1" if length <= _SHA1 else "sha256"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
