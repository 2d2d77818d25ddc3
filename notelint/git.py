"""What git knows of a vault: its repository, an earlier commit, and what has changed since."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from notelint.errors import NotelintError
from notelint.pull_request import TARGETS

AUTO = "auto"
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")  # what git tells hooks counts for another folder
_EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"


@dataclass(frozen=True)
class Change:
    """What differs between a commit and the files of a vault, by paths relative to the vault's root.

    `changed` are files that both have and that differ, `added` only the vault has, `deleted` only the commit has;
    `renamed` maps deleted paths to the added ones that they became.
    """

    changed: frozenset[str]
    added: frozenset[str]
    deleted: frozenset[str]
    renamed: Mapping[str, str]


class Repository:
    """The git repository that a vault lies in. Only reads."""

    def __init__(self, root: Path) -> None:
        """Raises `NotelintError` if git is not installed, or the vault is in no repository."""
        self.root = root
        try:
            found = self._git("rev-parse", "--show-toplevel")
        except NotelintError as error:
            raise NotelintError(f"{root} is in no git repository, which this needs ({error})") from error
        self.top = Path(os.fsdecode(found.rstrip(b"\n")))
        inside = root.resolve().relative_to(self.top.resolve()).as_posix()
        self.prefix = "" if inside == "." else f"{inside}/"

    def base(self, ref: str) -> str:
        """The commit to compare with: where the current branch left `ref`; for `auto`, the target of the pull request.

        A repository without a commit is compared with nothing. Raises `NotelintError` for what git does not know.
        """
        if self._try("rev-parse", "--verify", "-q", "HEAD") is None:
            return _EMPTY_TREE
        name = self._target() if ref == AUTO else ref
        commit = self._try("rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}")
        if commit is None:
            raise NotelintError(f"git knows no commit {name!r}{self._shallow()}")
        merged = self._try("merge-base", commit, "HEAD")
        if merged is None and self._shallow():
            raise NotelintError(f"git does not know where this branch left {name!r}{self._shallow()}")
        return merged or commit

    def change(self, commit: str) -> Change:
        """What differs between the commit and the files as they are now, committed or not."""
        fields = self._names("diff", "--name-status", "-z", "-M", "--no-ext-diff", commit, "--", ".")
        changed, added, deleted, renamed = set[str](), set[str](), set[str](), dict[str, str]()
        at = iter(fields)
        for status in at:
            if status[:1] in ("R", "C"):
                old, new = self._inside(next(at)), self._inside(next(at))
                if status[0] == "R" and old is not None and new is not None:
                    renamed[old] = new
                added |= {new} - {None}  # type: ignore[arg-type]
                deleted |= {old} - {None} if status[0] == "R" else set()  # type: ignore[arg-type]
            elif (path := self._inside(next(at))) is not None:
                {"A": added, "D": deleted}.get(status[:1], changed).add(path)
        added |= {path for name in self._names("ls-files", "-o", "-z", "--exclude-standard", "--full-name", "--", ".")
                  if (path := self._inside(name)) is not None}  # fmt: skip
        return Change(frozenset(changed), frozenset(added), frozenset(deleted), renamed)

    def contents(self, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
        """What the files at these paths, relative to the vault's root, held in the commit; those it has."""
        wanted = set(paths)
        if not wanted:
            return {}
        blobs: dict[str, bytes] = {}  # names of objects by path
        for line in self._git("ls-tree", "-r", "-z", "--full-tree", commit, "--", self.prefix or ".").split(b"\0"):
            about, _, name = line.partition(b"\t")
            path = self._inside(os.fsdecode(name)) if name else None
            if path in wanted and b" blob " in about:
                blobs[path] = about.split()[2]
        out = self._git("cat-file", "--batch", input=b"".join(blob + b"\n" for blob in blobs.values()))
        found, at = {}, 0
        for path in blobs:
            end = out.index(b"\n", at)
            size = int(out[at:end].rsplit(b" ", 1)[1])
            found[path] = out[end + 1 : end + 1 + size]
            at = end + 1 + size + 1
        return found

    def _target(self) -> str:
        for variable, prefix in TARGETS:
            name = os.environ.get(variable, "").removeprefix("refs/heads/")
            if name and self._try("rev-parse", "--verify", "-q", "--end-of-options", f"{prefix}{name}") is not None:
                return f"{prefix}{name}"
            if name:
                return name
        for name in ("origin/HEAD", "origin/main", "origin/master", "main", "master"):
            if self._try("rev-parse", "--verify", "-q", name) is not None:
                return name
        raise NotelintError("git tells no branch to compare with: name one with --since")

    def _shallow(self) -> str:
        if self._try("rev-parse", "--is-shallow-repository") != "true":
            return ""
        return ": the clone is shallow, fetch the whole history (fetch-depth: 0, or git fetch --unshallow)"

    def _inside(self, path: str) -> str | None:
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else None

    def _names(self, *arguments: str) -> list[str]:
        return [os.fsdecode(name) for name in self._git(*arguments).split(b"\0") if name]

    def _try(self, *arguments: str) -> str | None:
        try:
            return os.fsdecode(self._git(*arguments).strip()) or None
        except NotelintError:
            return None

    def _git(self, *arguments: str, input: bytes | None = None) -> bytes:
        command = ["git", "-c", "core.quotePath=false", "-c", "diff.relative=false", *arguments]
        environment = {key: value for key, value in os.environ.items() if key not in _OF_HOOKS}
        try:
            done = subprocess.run(
                command, cwd=self.root, env=environment, input=input, capture_output=True, check=False
            )
        except OSError as error:
            raise NotelintError(f"git cannot be run: {error.strerror}") from error
        if done.returncode:
            said = os.fsdecode(done.stderr).strip().splitlines()
            raise NotelintError(f"git {arguments[0]}: {said[0] if said else 'failed'}")
        return done.stdout
