"""Fixing what a change left behind: links of files that were renamed, addresses, and its own notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import structs

from notelint.checkers.base import Checker
from notelint.checkers.permalinks.changed_permalink import ChangedPermalink
from notelint.core.diagnostic import Safety
from notelint.core.errors import NotelintError
from notelint.core.safe_path import UnsafePathError
from notelint.core.safe_read import SETTINGS_LIMIT
from notelint.edits import redirects
from notelint.edits.broken_by_move import ID
from notelint.edits.fix_loop import Applied, FixedNotes
from notelint.engine import fix
from notelint.engine.move import MovePlan, plan_after_renames
from notelint.engine.named_paths import notes_named
from notelint.engine.plans import LintPlans
from notelint.engine.workspace import Workspace
from notelint.history import changed_addresses
from notelint.history.git import ChangedPaths, Repository
from notelint.history.moves import believed
from notelint.history.renames import severity
from notelint.history.snapshot import Snapshot, earlier
from notelint.vault.moves import How


@dataclass(frozen=True)
class Followed:
    """The outcome for the notes, and for other files of the vault (what they held, what they are to hold)."""

    fixed: FixedNotes
    files: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


class _PlansWithAddresses(LintPlans):
    """Plans whose checker of changed addresses is given the addresses that notes had, by their paths."""

    def __init__(self, had: Mapping[str, str], *workspace: Any) -> None:
        super().__init__(*workspace)
        self._had = had

    def checker(self, id: str, options: Any = None) -> Checker:
        """A checker with its options."""
        checker = super().checker(id, options)
        if isinstance(checker, ChangedPermalink):
            return ChangedPermalink(structs.replace(checker.options, base=dict(self._had)))
        return checker


class _Following(Snapshot):
    """The vault with the links of renamed files fixed, in which notes are given the addresses that they had."""

    def __init__(self, run: Workspace, contents: Mapping[str, bytes], had: Mapping[str, str]) -> None:
        super().__init__(run, gone=(), back=(), contents=contents)
        self.evidence = run.evidence
        self.plans = _PlansWithAddresses(had, self.root, self.config, self.settings, self.registry)


def find(run: Workspace, ref: str, paths: Sequence[Path], *, unsafe: bool) -> Followed:
    """Fix, in memory, what has changed since `ref`: all of it, or of what `paths` name. Raises `NotelintError`.

    Links of renamed files are fixed everywhere, whatever `paths` name.
    """
    repository = Repository(run.root)
    commit = repository.base(ref)
    change = repository.change(commit)
    surely = (How.CERTAIN, How.IDENTICAL, How.RENAMED) if unsafe else (How.CERTAIN, How.IDENTICAL)
    renamed = believed(run, change, *surely).renamed
    plan = plan_after_renames(run, {old: new for old, new in renamed.items() if severity(run, new) is not None})
    had = _had(run, repository, commit, change)
    files, recorded = _redirects(run, had)
    kept = {path: address for path, address in had.items() if path not in recorded}
    contents = {note.path: note.encode() for note in plan.rewrite.notes.values()}
    asked = [path for path in notes_named(run, paths) if path in change.changed | change.added]
    fixed = FixedNotes()
    if asked:
        fixed = fix.find(_Following(run, contents, kept), [run.root / path for path in asked], unsafe=unsafe)
    notes = {**{note.path: note for note in plan.rewrite.notes.values()}, **fixed.notes}
    applied = {path: [*_relinked(plan, path), *fixed.applied.get(path, ())] for path in notes}
    before = {path: run.note(path) for path in notes}
    return Followed(FixedNotes(notes, before, applied, fixed.problems, fixed.refused), files, plan.remarks)


def _relinked(plan: MovePlan, path: str) -> list[Applied]:
    """The edits to links of the note that has this path now."""
    for before, note in plan.rewrite.notes.items():
        if note.path == path:
            lines = plan.sources[before].lines
            edits = plan.rewrite.edits[before]
            return [Applied(lines.position(e.span.start)[0], ID, f"link to {e.text!r}", Safety.SAFE) for e in edits]
    return []


def _had(run: Workspace, repository: Repository, commit: str, change: ChangedPaths) -> dict[str, str]:
    """The addresses that no note has any more, by the path that their note has now."""
    with earlier(run, repository, commit, change) as (before, settings_changed):
        olds = before.files.notes if settings_changed else change.changed | change.deleted
        notes = set(run.files.notes)
        return {path: address for path, address in changed_addresses.gone(run, before, change, olds) if path in notes}


def _redirects(run: Workspace, had: Mapping[str, str]) -> tuple[dict[str, tuple[bytes, bytes]], set[str]]:
    """The new content of the redirect files that the configuration names, and the notes whose addresses they tell."""
    wanted: dict[str, dict[str, str]] = {}
    recorded = set()
    for path, address in had.items():
        new = run.tables.site.claimed_at(path)
        for checker, _ in changed_addresses.asked(run, path, address):
            if new is not None and checker.options.redirects and not checker.is_redirected(address):
                wanted.setdefault(checker.options.redirects, {})[address] = new
                recorded.add(path)
    files = {}
    for name, moved in wanted.items():
        try:
            old = run.reader.read(name, SETTINGS_LIMIT)
            new_text = redirects.added(old.decode(), name.rpartition("/")[2], moved)
        except (OSError, ValueError) as error:
            why = "it is not there: make it" if isinstance(error, FileNotFoundError) else str(error)
            why = str(error.strerror) if isinstance(error, UnsafePathError) else why
            raise NotelintError(f"no redirect can be written into {name}: {why}") from error
        files[name] = (old, new_text.encode())
    return files, recorded
