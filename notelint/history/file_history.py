"""Files that came and went in a vault, as git holds them: the trees of commits, and the names of contents."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from notelint.core.errors import NotelintError
from notelint.core.lazy_regex import lazy_regex
from notelint.core.safe_read import VaultReader

if TYPE_CHECKING:
    from notelint.history.git import Repository

_ALIKE = "-M95%"  # less is what notes have in common that were made of one template
_MOST_HASHED = 500  # new files whose contents are compared, where none has the old name
_SHA1 = 40
_LISTED = lazy_regex(r"(?:^|\0)10[0-7]{4} blob ([0-9a-f]+)\t([^\0]+)")  # a file in a tree that git lists
_LOGGED = lazy_regex(r"@([0-9a-f]+)(?=[\0\n])|:([0-7]{6}) ([0-7]{6}) ([0-9a-f]+) ([0-9a-f]+) ([AD])\0([^\0]+)")
_NAMES = "utf-8", "surrogateescape"
_WENT = b" D\0"  # stands behind all that git says of a file that went


class Step(Struct, frozen=True, dict=True):
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


class FileHistory:
    """The files of a vault at commits. Asks git only once something is asked.

    `files` gives the files of the vault now.
    """

    def __init__(
        self, root: Path, files: Callable[[], Collection[str]], repository: "Repository | None" = None
    ) -> None:
        self._root, self._all, self._given = root, files, repository

    @cached_property
    def repository(self) -> "Repository | None":
        """The vault's repository; None if it lies in none, or git cannot tell."""
        from notelint.history.git import Repository  # most runs ask git nothing

        if self._given is not None:
            return self._given
        try:
            return Repository(self._root)
        except NotelintError:
            return None

    @cached_property
    def is_cut_off(self) -> bool:
        """True if the clone is shallow, so that nothing is known of earlier commits."""
        return self.repository is not None and self.repository.is_shallow

    @cached_property
    def is_partial(self) -> bool:
        """True if only a part of the commit's files is checked out."""
        return self.repository is not None and self.repository.is_sparse

    @cached_property
    def files(self) -> frozenset[str]:
        """The files of the vault now."""
        return frozenset(self._all())

    def paths_at(self, commit: str) -> dict[str, str]:
        """The files of the vault at a commit, by path: their contents' names. Raises `NotelintError` as git does."""
        if commit not in self._trees:
            assert self.repository is not None
            self._trees[commit] = self.repository.of_vault(self._listed(commit))
        return self._trees[commit]

    @cached_property
    def _trees(self) -> dict[str, dict[str, str]]:
        return {}

    def content(self, blob: str) -> bytes | None:
        """A content by its name; None if git cannot tell."""
        assert self.repository is not None
        try:
            return self.repository.output("cat-file", "blob", blob)
        except NotelintError:
            return None

    @cached_property
    def uncommitted(self) -> Step:
        """Files that came and went since the commit that is checked out."""
        gone = {path: blob for path, blob in self.head.items() if path not in self.files}
        new = [path for path in self.files if path not in self.head] if gone else []  # a link's place counts as free
        wanted = {name_of(path) for path in gone}
        named = [path for path in new if name_of(path) in wanted]
        hashed = new if len(new) <= _MOST_HASHED else named
        length = len(next(iter(gone.values()), ""))
        blobs = set(gone.values())
        return Step(
            "", gone, {path: blob for path in hashed if (blob := self.blob_of(path, length, blobs)) is not None}
        )

    @cached_property
    def head(self) -> dict[str, str]:
        """The files of the vault at the commit that is checked out, by path: their contents' names."""
        return self.paths_at("HEAD")

    def _listed(self, commit: str) -> list[tuple[str, str]]:
        """Every file of the repository at a commit: its content's name, and its path there."""
        assert self.repository is not None
        listed = self.repository.output("ls-tree", "-r", "-z", "--full-tree", commit)
        return _LISTED.findall(listed.decode(*_NAMES))

    def blob_of(self, path: str, length: int, wanted: set[str]) -> str | None:
        """The name that git would give a file's content; with the line ends of Unix, if that is a wanted one."""
        try:
            data = VaultReader(self._root).read(path)
        except OSError:
            return None
        as_it_is, as_unix = _blob_name(data, length), _blob_name(data.replace(b"\r\n", b"\n"), length)
        return as_unix if as_it_is not in wanted and as_unix in wanted else as_it_is

    def commits(self) -> list[Step]:
        """Files that came and went in each commit, the newest first; none if no file ever went.

        Raises `NotelintError` as git does.
        """
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
        said = self.repository.output(*command, "HEAD", "--")
        if _WENT not in said:  # nobody asks where files came from if none went
            return []
        for commit, old_mode, new_mode, old, new, status, name in _LOGGED.findall(said.decode(*_NAMES)):
            if commit:
                steps.append(Step(commit))
            elif (old_mode if status == "D" else new_mode)[:2] == "10" and (path := self.repository.inside(name)):
                (steps[-1].gone if status == "D" else steps[-1].came)[path] = old if status == "D" else new
        return [step for step in steps if step.gone or step.came]

    def contents_at(self, commit: str) -> Counter[str]:
        """Number of times that each content is in the whole repository at a commit."""
        if commit not in self._counted:
            self._counted[commit] = Counter(blob for blob, _ in self._listed(commit))
        return self._counted[commit]

    @cached_property
    def _counted(self) -> dict[str, Counter[str]]:
        return {}

    def alike(self, step: Step) -> dict[str, str]:
        """Files that git takes for renamed in a step, nearly unchanged."""
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


def name_of(path: str) -> str:
    """A file's name without its folder."""
    return path.rpartition("/")[2]


def _blob_name(data: bytes, length: int) -> str:
    """The name that git gives a content, of this many hexadecimal digits."""
    algorithm = "sha1" if length <= _SHA1 else "sha256"
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
