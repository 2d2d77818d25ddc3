"""What a commit is told of: its own notes in full, and what it breaks in others; each vault by itself."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from notelint import since
from notelint.config import find_root
from notelint.errors import NotelintError
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
    found = by_vault(paths)[0]
    for name in (*change.changed, *change.added, *change.deleted):
        root = _root(Path.cwd() / name)
        if root is not None:
            found.setdefault(root, [])
    yield from sorted(found.items())


def by_vault(paths: Sequence[Path]) -> tuple[dict[Path, list[Path]], list[Path]]:
    """Notes by the vault that they lie in, and those that lie in none."""
    found: dict[Path, list[Path]] = {}
    outside = []
    for path in paths:
        root = _root(path)
        if root is None:
            outside.append(path)
        else:
            found.setdefault(root, []).append(path)
    return found, outside


def _root(path: Path) -> Path | None:
    """The vault that a file lies or lay in; None for one that lies beside vaults."""
    folder = path.absolute().parent
    while not folder.is_dir():
        folder = folder.parent
    try:
        root = find_root(folder)
    except NotelintError:
        return None
    return root if folder.resolve().is_relative_to(root.resolve()) else None


def check(run: Run, paths: Sequence[Path]) -> Result:
    """The diagnostics of these notes, and those that the changes since the last commit introduce in others."""
    return since.check(run, HEAD, whole=paths)
