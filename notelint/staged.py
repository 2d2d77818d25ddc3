"""What a commit is told of: its own notes in full, and what it breaks in others; each vault by itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from notelint import since
from notelint.config import find_root
from notelint.git import Repository
from notelint.result import Result
from notelint.run import Run

HEAD = "HEAD"


def vaults(paths: Sequence[Path]) -> Iterator[tuple[Path, list[Path]]]:
    """The vaults that these notes lie in, and that the changes since the last commit lie in, with their notes.

    Raises `NotelintError` if the current folder is in no git repository.
    """
    repository = Repository(Path.cwd())
    change = repository.change(repository.base(HEAD))
    found: dict[Path, list[Path]] = {}
    for path in paths:
        found.setdefault(find_root(path), []).append(path)
    for name in (*change.changed, *change.added, *change.deleted):
        folder = (Path.cwd() / name).parent
        while not folder.is_dir():
            folder = folder.parent
        found.setdefault(find_root(folder), [])
    yield from sorted(found.items())


def check(run: Run, paths: Sequence[Path]) -> Result:
    """The diagnostics of these notes, and those that the changes since the last commit introduce in others."""
    return since.check(run, HEAD, whole=paths)
