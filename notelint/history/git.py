"""Git's knowledge of a vault: its repository, an earlier commit, and what has changed since."""

import os
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, structs

from notelint.core.errors import NotelintError
from notelint.core.git_process import Git
from notelint.core.git_wait import UnendingError
from notelint.core.safe_path import is_inside
from notelint.core.safe_read import NOTE_LIMIT
from notelint.history.ci import TARGETS, is_merge_of_github

AUTO = "auto"
_NO_PROGRAMS = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=dirty")
_FEW = 100  # files that are named to git one by one
_RENAMES = ("-M", "-l5000")  # a folder of that many notes may move, and they may be edited meanwhile


class ChangedPaths(Struct, frozen=True):
    """The difference between a commit and the files of a vault, by paths relative to the vault's root.

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
        """Raises `NotelintError` if git is not installed, or the vault is in no repository that is this user's."""
        self.root = root
        self._known: dict[str, dict[str, bytes | None]] = {}  # contents, by the name of a commit
        self._process = Git(root.resolve())
        self.top = self._process.place.top
        inside = root.resolve().relative_to(self.top).as_posix()
        self.prefix = "" if inside == "." else f"{inside}/"

    def named(self, ref: str) -> str:
        """The commit that `ref` stands for: `auto` for the target of the pull request. Raises `NotelintError` if
        there is none.
        """
        return self._target() if ref == AUTO else ref

    def base(self, ref: str) -> str:
        """The commit to compare with: where the current branch left `ref`; for `auto`, the target of the pull request.

        A repository without a commit is compared with nothing. Raises `NotelintError` for what git does not know.
        """
        head = self.head
        if head is None:
            return os.fsdecode(self._git("hash-object", "-t", "tree", "--stdin", input=b"").strip())  # the empty tree
        name = self.named(ref)
        if name == "HEAD":
            return head
        commit = self._try("rev-parse", "--verify", "-q", "--end-of-options", f"{name}^{{commit}}")
        if commit is None:
            raise NotelintError(f"git knows no commit {name!r}{self._shallow() or ': fetch it, or name another'}")
        merged = self._try("merge-base", commit, "HEAD")
        if merged is None and self._shallow():
            raise NotelintError(f"git does not know where this branch left {name!r}{self._shallow()}")
        return merged or commit

    def merged(self) -> str | None:
        """The commit that is being merged into the current branch, if one is."""
        if not os.path.lexists(self._process.place.data / "MERGE_HEAD"):
            return None
        return self._try("rev-parse", "--verify", "-q", "MERGE_HEAD")

    def change(self, commit: str, *, untracked: bool = True) -> ChangedPaths:
        """The difference between the commit and the files as they are now, committed or not, or not known to git."""
        change = self._difference(*_RENAMES, commit)
        return structs.replace(change, added=change.added | self.untracked()) if untracked else change

    def content_change(self, commit: str) -> ChangedPaths:
        """The difference between the commit and the files that git knows, each path by itself: nothing is renamed."""
        return self._difference("--no-renames", commit)

    def staged(self, commit: str) -> ChangedPaths:
        """The difference between an earlier commit and the index."""
        return self._difference("--cached", *_RENAMES, commit)

    def unstaged(self) -> ChangedPaths:
        """The difference between the index and the files that git knows."""
        return self._difference("--no-renames")

    def untracked(self) -> frozenset[str]:
        """Files that git neither knows nor ignores."""
        names = self._names("ls-files", "-o", "-z", "--exclude-standard", "--full-name", "--", self.prefix or ".")
        return frozenset(path for name in names if (path := self._inside(name)) is not None)

    def knows(self, paths: Iterable[str]) -> bool:
        """True if git knows each of these files of the vault: quicker told than what else lies there (`untracked`)."""
        known = self._names("ls-files", "-z", "--full-name", "--", self.prefix or ".")
        return frozenset(known).issuperset(f"{self.prefix}{path}" for path in paths)

    def _difference(self, *arguments: str) -> ChangedPaths:
        fields = self._names("diff", "--name-status", "-z", *_NO_PROGRAMS, *arguments, "--", self.prefix or ".")
        changed, added, deleted, renamed = set[str](), set[str](), set[str](), dict[str, str]()
        at = iter(fields)
        for status in at:
            old = new = self._inside(next(at))
            if status[:1] == "R":
                new = self._inside(next(at))
                if old is not None and new is not None:
                    renamed[old] = new
            if status[:1] in ("R", "D") and old is not None:
                deleted.add(old)
            if status[:1] in ("R", "A") and new is not None:
                added.add(new)
            if status[:1] not in ("R", "D", "A") and old is not None:
                changed.add(old)
        return ChangedPaths(frozenset(changed), frozenset(added), frozenset(deleted), renamed)

    def names(self, commit: str) -> list[str]:
        """The paths of all files of a commit that lie in the vault, relative to its root."""
        listed = self._names("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", self.prefix or ".")
        return [path for name in listed if (path := self._inside(name)) is not None]

    def contents(self, commit: str | None, paths: Iterable[str]) -> dict[str, bytes]:
        """The contents in the commit of the files at these paths, relative to the vault's root; those it has.

        Without a commit: what they will hold in the next one.
        """
        wanted = set(paths)
        if not wanted:
            return {}
        if commit is None or len(wanted) > _FEW:
            return self._contents(commit, wanted)
        known = self._known.setdefault(commit, {})  # the texts that a commit changes are asked for several times
        missing = wanted.difference(known)
        found = self._contents(commit, missing) if missing else {}
        known.update((path, found.get(path)) for path in missing)
        return {path: data for path in wanted if (data := known[path]) is not None}

    def _contents(self, commit: str | None, wanted: Collection[str]) -> dict[str, bytes]:
        if commit is None:
            listed = self._git("ls-files", "-s", "-z", "--full-name", "--", self.prefix or ".")
        else:
            named = (
                [f"{self.prefix}{path}" for path in sorted(wanted)]
                if len(wanted) <= _FEW and all(map(is_inside, wanted))
                else []
            )
            listed = self._git("ls-tree", "-r", "-z", "--full-tree", commit, "--", *(named or [self.prefix or "."]))
        names = {os.fsencode(f"{self.prefix}{path}") for path in wanted}
        blobs: dict[str, bytes] = {}  # names of objects by path
        for line in listed.split(b"\0"):
            about, _, name = line.partition(b"\t")
            path = self._inside(os.fsdecode(name)) if name in names else None
            is_file = about[:2] == b"10"  # no symbolic link, no repository in this one
            if path is not None and path in wanted and is_file:
                blobs[path] = about.replace(b" blob", b"").split()[1]
        small = self._small(blobs.values())
        return self._blobs({path: blob for path, blob in blobs.items() if blob in small})

    def _small(self, blobs: Iterable[bytes]) -> frozenset[bytes]:
        """Those of these objects that are files of a size that is read. Raises `NotelintError` if one is not there."""
        names = list(dict.fromkeys(blobs))
        out = self._git("cat-file", "--batch-check", input=b"".join(name + b"\n" for name in names))
        fields = [line.split(b" ") for line in out.splitlines()]
        if any(field[1:] == [b"missing"] for field in fields):
            raise NotelintError("the clone is partial and lacks contents of this commit: git fetch --refetch")
        return frozenset(name for name, kind, size in fields if kind == b"blob" and int(size) <= NOTE_LIMIT)

    def _blobs(self, blobs: Mapping[str, bytes]) -> dict[str, bytes]:
        """The contents of these objects, by path."""
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
            if (
                name
                and is_merge_of_github(self.head)
                and self._try("rev-parse", "--verify", "-q", "HEAD^2") is not None
            ):
                return "HEAD^1"
            if name:
                return name
        for name in ("origin/HEAD", "origin/main", "origin/master", "main", "master"):
            if self._try("rev-parse", "--verify", "-q", name) is not None:
                return name
        raise NotelintError("git tells no branch to compare with: name one with --since")

    def output(self, *arguments: str) -> bytes:
        """The output of a git command that only reads. Raises `NotelintError` where git fails."""
        return self._git(*arguments)

    @cached_property
    def head(self) -> str | None:
        """The commit that is checked out, if there is one."""
        return self._try("rev-parse", "--verify", "-q", "HEAD")

    @property
    def is_shallow(self) -> bool:
        """True if the clone lacks the older part of its history."""
        data = self._process.place.data
        if not os.path.lexists(data / "shallow") and not os.path.lexists(data / "commondir"):
            return False  # nothing says so: git need not be asked
        return self._try("rev-parse", "--is-shallow-repository") == "true"

    @property
    def is_sparse(self) -> bool:
        """True if only a part of the commit's files is checked out."""
        if not os.path.lexists(self._process.place.data / "info" / "sparse-checkout"):
            return False  # nothing says so: git need not be asked
        return self._try("config", "--type=bool", "core.sparseCheckout") == "true"

    def _shallow(self) -> str:
        if not self.is_shallow:
            return ""
        return ": the clone is shallow, fetch the whole history (fetch-depth: 0, or git fetch --unshallow)"

    def inside(self, path: str) -> str | None:
        """The path in the vault of one in the repository; None for what lies beside the vault."""
        return self._inside(path)

    def of_vault(self, named: Iterable[tuple[str, str]]) -> dict[str, str]:
        """The first of each pair by the path in the vault of the file that the second names, as `inside` has it."""
        prefix, start = self.prefix, len(self.prefix)
        return {name[start:]: one for one, name in named if name.startswith(prefix) and is_inside(name[start:])}

    def _inside(self, path: str) -> str | None:
        """The path in the vault of one in the repository; None for what lies beside the vault, or has a forged name."""
        inside = path.removeprefix(self.prefix)
        return inside if path.startswith(self.prefix) and is_inside(inside.rstrip("/")) else None

    def _names(self, *arguments: str) -> list[str]:
        return [os.fsdecode(name) for name in self._git(*arguments).split(b"\0") if name]

    def _try(self, *arguments: str) -> str | None:
        try:
            return os.fsdecode(self._git(*arguments).strip()) or None
        except UnendingError:
            raise
        except NotelintError:
            return None

    def _git(self, *arguments: str, input: bytes | None = None) -> bytes:
        return self._process.run(*arguments, input=input)
