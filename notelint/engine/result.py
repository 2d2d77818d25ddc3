"""The outcome of a run: diagnostics, what they amount to, and the exit status."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from notelint.core.diagnostic import CRASHED, Diagnostic, Safety, Severity

_GROUPED = 3  # so many diagnostics about one thing are worth a line in the summary


@dataclass(frozen=True)
class Group:
    """Several diagnostics of one checker about one thing: a missing note with many incoming links."""

    checker: str
    about: str
    count: int


@dataclass(frozen=True)
class Since:
    """The state that diagnostics are compared with: `ref` names it, `known` of its diagnostics are still there and not
    reported, `fixed` are gone. `silenced` are new by its rules, and hidden by those that the change brings."""

    ref: str
    known: int
    fixed: int
    silenced: int = 0


@dataclass(frozen=True)
class Moment:
    """Counts of findings at a commit: `place` counts the commits of the vault before it, `day` is its date (ISO).

    `failing` counts findings that fail a check, `families` all findings by the families of their checkers.
    """

    commit: str
    day: str
    place: int
    notes: int
    failing: int
    families: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of all findings."""
        return sum(self.families.values())


@dataclass(frozen=True)
class Trend:
    """The numbers of findings at some of the `commits` that the vault has, oldest first, judged by the rules of now.

    `is_cut_off` is whether the clone lacks the older part of the history.
    """

    moments: tuple[Moment, ...]
    commits: int
    is_cut_off: bool = False

    @property
    def families(self) -> dict[str, tuple[int, ...]]:
        """The numbers of findings of each family, one for each moment; the family with most of them comes first."""
        names = sorted({name for moment in self.moments for name in moment.families})
        rows = {name: tuple(moment.families.get(name, 0) for moment in self.moments) for name in names}
        return dict(sorted(rows.items(), key=lambda row: -max(row[1])))


@dataclass(frozen=True)
class Result:
    """The result of a run. `checked` counts the notes that were judged, `vault_notes` all notes of the vault.

    `folder` is where the vault lies in its git repository ("" for its root), `shard` the share that was asked (`2/5`).
    """

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    checked: int
    vault_notes: int
    remarks: tuple[str, ...] = ()  # what the user should know of the run itself, for stderr
    folder: str = ""
    shard: str | None = None
    since: Since | None = None
    trend: Trend | None = None
    not_compared: str | None = None  # why not, where a pull request should have been

    @property
    def exit_code(self) -> int:
        """0: nothing to report; 1: diagnostics; 3: a checker crashed. `info` alone does not fail a run."""
        if any(diagnostic.checker == CRASHED for diagnostic in self.diagnostics):
            return 3
        return int(any(diagnostic.severity is not Severity.INFO for diagnostic in self.diagnostics))

    def by_severity(self) -> dict[Severity, int]:
        """Number of diagnostics of each severity."""
        counts = Counter(diagnostic.severity for diagnostic in self.diagnostics)
        return {severity: counts[severity] for severity in Severity}

    def by_checker(self) -> dict[str, int]:
        """Number of diagnostics of each checker, most first."""
        return dict(Counter(diagnostic.checker for diagnostic in self.diagnostics).most_common())

    def by_safety(self) -> dict[Safety, int]:
        """Number of diagnostics that have a safe fix, an unsafe one, or nothing but suggestions."""
        counts = Counter(diagnostic.safety for diagnostic in self.diagnostics)
        return {safety: counts[safety] for safety in Safety}

    @property
    def fixable(self) -> int:
        """Number of diagnostics that have a fix, safe or unsafe."""
        return sum(diagnostic.fix is not None for diagnostic in self.diagnostics)

    def groups(self) -> list[Group]:
        """Things that several diagnostics are about, most first."""
        counts = Counter((d.checker, d.about) for d in self.diagnostics if d.about is not None)
        return [Group(checker, about, n) for (checker, about), n in counts.most_common() if n >= _GROUPED]

    def worth_fixing(self) -> list[Group]:
        """Things that several diagnostics are about: errors first, information last, and of each the largest group
        first.
        """
        kinds = {(d.checker, d.about): d.severity for d in self.diagnostics if d.about is not None}
        rank = {severity: at for at, severity in enumerate(Severity)}
        return sorted(self.groups(), key=lambda group: rank[kinds[group.checker, group.about]])
