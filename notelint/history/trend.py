"""The trend of a vault's findings over the commits of its history, all of them judged by the rules of now.

Counts of different rules cannot be compared: a checker that is switched on would look like a vault that got worse. So
configuration, profiles and ignore files are those of now, and what a baseline suppresses is counted too.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from notelint.checkers.base import Checker
from notelint.core.diagnostic import Severity
from notelint.core.file_types import is_note
from notelint.engine import other_files
from notelint.engine.carried_cache import CarriedCache
from notelint.engine.check import canvases_named, check_canvases
from notelint.engine.incremental import Judge
from notelint.engine.named_paths import path_in_vault
from notelint.engine.result import Moment, Trend
from notelint.engine.workspace import Workspace
from notelint.history.git import ChangedPaths, Repository
from notelint.history.snapshot import Snapshot
from notelint.history.trend_counts import Counts, KeptCounts

MOST = 30  # commits
_LAST_DAY = 253402300799  # seconds: the end of the year 9999, after which no calendar goes
Commit = tuple[str, int]  # its name, and when it was made, in seconds


def trend(run: Workspace, most: int, paths: Sequence[Path] = ()) -> Trend:
    """The counts of findings at up to `most` commits, in the notes that `paths` name (none: all), oldest first.

    `most` is at least 1. Each commit is reported to the progress of the run before it is judged. Raises
    `NotelintError` if the vault is in no repository, or git lacks contents of a commit.
    """
    repository = Repository(run.root)
    commits = _commits(repository)
    named = sorted({path_in_vault(run, path) for path in paths} - {"."})
    kept = KeptCounts.load(run, named)
    positions = sampled(len(commits), most)
    known = {at: kept.of(commits[at][0]) for at in positions}
    missing = [at for at in reversed(positions) if known[at] is None]  # the newest is most like what the cache holds
    if missing:
        unknown = repository.untracked()
        with ExitStack() as stack:
            cache = stack.enter_context(CarriedCache.of(run))
            for nth, at in enumerate(missing):
                run.progress("judging commits", nth, len(missing))
                past = _past(run, repository, commits[at][0], unknown, cache)
                known[at] = counts = _counts(past, named)
                kept.add(commits[at][0], counts)
    moments = tuple(_moment(at, commits[at], counts) for at, counts in known.items() if counts is not None)
    return Trend(moments, len(commits), repository.is_shallow)


def sampled(total: int, most: int) -> list[int]:
    """Positions of at most `most` of `total` commits: the last, the first, and of the rest those that part it best.

    Few of them change when a commit is added, so most have been counted before.
    """
    if total <= most:
        return list(range(total))
    ranked = sorted(range(total - 1), key=lambda at: (at != 0, -(at & -at), -at))
    return sorted([*ranked[: most - 1], total - 1])


def _commits(repository: Repository) -> list[Commit]:
    """The commits of the main line that changed something in the vault, oldest first."""
    if repository.head is None:
        return []
    place = repository.prefix or "."
    listed = repository.output("rev-list", "--first-parent", "--timestamp", "--reverse", "HEAD", "--", place)
    fields = [line.split() for line in listed.decode("ascii", "replace").splitlines()]
    return [(field[1], int(field[0])) for field in fields if len(field) == 2 and field[0].isdecimal()]


class _Past(Snapshot):
    """The vault at a commit, judged with what was found out of notes at the commits before."""

    def __init__(
        self, run: Workspace, change: ChangedPaths, contents: Mapping[str, bytes], cache: CarriedCache
    ) -> None:
        super().__init__(run, gone=change.added, back=change.deleted, contents=contents)
        self._carried = cache

    def judge(self) -> Judge:
        """What judges the notes of this state, with what is carried from state to state."""
        return Judge(self, self._carried)


def _past(
    run: Workspace, repository: Repository, commit: str, unknown: Collection[str], cache: CarriedCache
) -> Workspace:
    change = repository.content_change(commit)
    change = structs.replace(change, added=change.added | frozenset(unknown))
    judged = [path for path in change.changed | change.deleted if is_note(path) or path.endswith(".canvas")]
    return _Past(run, change, repository.contents(commit, judged), cache)


def _counts(past: Workspace, named: Collection[str]) -> Counts:
    """The findings of a vault in these folders and notes (none: in all)."""
    holds = _holder(named)
    notes = [path for path in past.files.notes if holds(path)]
    found = past.diagnostics(notes)
    found += check_canvases(past, [path for path in canvases_named(past, ()) if holds(path)])
    found += other_files.check_named(past, {path for path in past.files.files if holds(path)})
    custom = frozenset(own.id for own in past.config.custom)
    families = Counter(_family(one.checker, past.registry, custom) for one in found)
    failing = sum(one.severity is not Severity.INFO for one in found)
    return Counts(len(notes), failing, dict(sorted(families.items())))


def _holder(named: Collection[str]) -> Callable[[str], bool]:
    if not named:
        return lambda path: True
    folders = tuple(f"{one}/" for one in named)
    return lambda path: path in named or path.startswith(folders)


def _family(id: str, registry: Mapping[str, type[Checker]], custom: Collection[str]) -> str:
    if id in registry:
        return registry[id].family
    return "custom" if id in custom else "other"


def _moment(at: int, commit: Commit, counts: Counts) -> Moment:
    day = datetime.fromtimestamp(min(commit[1], _LAST_DAY), UTC).date().isoformat()
    return Moment(commit[0], day, at, counts.notes, counts.failing, counts.families)
