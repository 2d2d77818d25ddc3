"""Only what a change introduces: the diagnostics of now, less those that an earlier commit had."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from notelint import moved_note
from notelint.addresses import changed_addresses
from notelint.diagnostic import Diagnostic
from notelint.discover import Files, is_note
from notelint.errors import NotelintError
from notelint.git import AUTO, Change, Repository
from notelint.recognise import numbered
from notelint.result import Result, Since
from notelint.run import Run
from notelint.text import Span

_SETTINGS = (".toml", ".json")  # files that profiles, schemas and configurations are


class _Earlier(Run):
    """The same vault as it was at a commit: what has not changed is read where it lies, the rest from git."""

    def __init__(self, run: Run, change: Change, contents: Mapping[str, bytes]) -> None:
        super().__init__(run.root, run.loaded, cached=run.cached)
        self._change, self._contents = change, contents
        self._now = run.files
        self.overlaid = frozenset(contents)

    @cached_property
    def files(self) -> Files:
        """What the vault consisted of."""
        gone, back = self._change.added, sorted(self._change.deleted)
        notes = [path for path in back if is_note(path) and path in self._contents and not self.excludes(path)]
        return Files(
            notes=[*(path for path in self._now.notes if path not in gone), *notes],
            files=[*(path for path in self._now.files if path not in gone), *back],
        )

    def data(self, path: str) -> bytes | None:
        """The bytes of a note as they were."""
        return self._contents[path] if path in self._contents else super().data(path)


def check_as_asked(run: Run, ref: str | None, paths: Sequence[Path]) -> Result:
    """Check notes, compared with `ref`; without one, with the target of the pull request, if git knows it.

    Raises `NotelintError` for what git does not know of a `ref` that was asked for.
    """
    try:
        return check(run, ref or AUTO, paths)
    except NotelintError as error:
        if ref is not None:
            raise
        result = run.check(paths)  # nobody asked: better to tell too much than nothing
        return replace(result, remarks=(*result.remarks, f"not compared with the target branch: {error}"))


def check(run: Run, ref: str, paths: Sequence[Path] = (), *, whole: Sequence[Path] = ()) -> Result:
    """Check the notes that `paths` name (none: all), and report what was not there at the base of `ref`.

    Notes that `whole` names are reported in full. Raises `NotelintError` for what git does not know.
    """
    repository = Repository(run.root)
    commit = repository.base(ref)
    change = repository.change(commit)
    result = run.check(paths)
    full = set(run.asked(whole)) if whole else set[str]()
    with _earlier(run, repository, commit, change) as earlier:
        now = [d for d in result.diagnostics if d.path not in full]
        back = {new: old for old, new in change.renamed.items()}
        before = _before(earlier, {back.get(d.path, d.path) for d in now} | {*change.changed, *change.deleted})
        left = {_key(d, context, nth, change.renamed) for d, context, nth in numbered(before)}
        fresh = []
        for diagnostic, context, nth in numbered(now):
            key = _key(diagnostic, context, nth, {})
            if key not in left:
                fresh.append(diagnostic)
            left.discard(key)
        known = len(now) - len(fresh)
        fresh += changed_addresses(run, earlier, change)
    fresh = _of_moves(run, change, fresh)
    kept = sorted([*fresh, *(d for d in result.diagnostics if d.path in full)], key=Diagnostic.sort_key)
    return replace(result, diagnostics=tuple(kept), since=Since(ref, known, len(left)))


def _key(diagnostic: Diagnostic, context: str, nth: int, moved: Mapping[str, str]) -> tuple[str, str, str, int]:
    """What a diagnostic is recognised by, in a note that is known by the path it has now."""
    return diagnostic.checker, moved.get(diagnostic.path, diagnostic.path), context, nth


def _before(earlier: Run, paths: set[str]) -> list[Diagnostic]:
    asked = [path for path in earlier.files.notes if path in paths]
    return list(earlier.diagnostics(asked)) if asked else []


@contextmanager
def _earlier(run: Run, repository: Repository, commit: str, change: Change) -> Iterator[Run]:
    """The vault at a commit. If its configuration may have changed, its files are laid out in a temporary folder."""
    touched = change.changed | change.deleted | change.added
    if not any(path.endswith(_SETTINGS) for path in touched):
        old = [path for path in change.changed | change.deleted if is_note(path)]
        yield _Earlier(run, change, repository.contents(commit, old))
        return
    folder = Path(tempfile.mkdtemp(prefix="notelint-"))
    try:
        _lay_out(run, repository, commit, change, folder)
        yield Run.open(folder, selection=run.selection)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lay_out(run: Run, repository: Repository, commit: str, change: Change, folder: Path) -> None:
    """Write the notes and settings of a commit, and an empty file for each attachment, whose name alone counts."""
    contents = repository.contents(commit, change.changed | change.deleted)
    found = (file for file in run.root.rglob("*") if file.suffix in _SETTINGS and file.is_file())
    settings = [file.relative_to(run.root).as_posix() for file in found]
    for path in dict.fromkeys([*run.files.files, *settings, *change.deleted]):
        if path in change.added:
            continue
        data = contents.get(path)
        if data is None and (is_note(path) or path.endswith(_SETTINGS)):
            data = (run.root / path).read_bytes() if path not in change.deleted else b""
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data or b"")
    (folder / ".obsidian").mkdir(exist_ok=True)


def _of_moves(run: Run, change: Change, found: list[Diagnostic]) -> list[Diagnostic]:
    """One diagnostic for all links that a renamed file has broken, in place of theirs."""
    if not change.renamed or not any(d.checker == "broken-link" for d in found):
        return found
    moved = moved_note.moved_notes(change.renamed, run.vault, run.notes)
    blamed = {place for one in moved for place in one.links}
    rest = [d for d in found if d.checker != "broken-link" or not _is_of(d, blamed)]
    return [*rest, *(one.diagnostic for one in moved)]


def _is_of(diagnostic: Diagnostic, links: set[tuple[str, Span]]) -> bool:
    return any(path == diagnostic.path and diagnostic.span.start in span for path, span in links)
