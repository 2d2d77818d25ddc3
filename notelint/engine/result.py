"""The outcome of a run: diagnostics, what they amount to, and the exit status."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from notelint.core.diagnostic import CRASHED, Diagnostic, Safety, Severity
from notelint.engine.kept_diagnostics import Streamed, briefly, things_of
from notelint.engine.tally import Tally

_GROUPED = 3  # so many diagnostics about one thing are worth a line in the summary


class Group(Struct, frozen=True):
    """Several diagnostics of one checker about one thing: a missing note with many incoming links."""

    checker: str
    about: str
    count: int


class Since(Struct, frozen=True):
    """The state that diagnostics are compared with: `ref` names it, `known` of its diagnostics are still there and not
    reported, `fixed` are gone. `silenced` are new by its rules, and hidden by those that the change brings."""

    ref: str
    known: int
    fixed: int
    silenced: int = 0


class Moment(Struct, frozen=True):
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


class Trend(Struct, frozen=True):
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


class Result(Struct, frozen=True, dict=True):
    """The result of a run. `checked` counts the notes that were judged, `vault_notes` all notes of the vault.

    `folder` is where the vault lies in its git repository ("" for its root), `shard` the share that was asked (`2/5`).
    """

    root: Path
    diagnostics: Sequence[Diagnostic]  # in the order of reports
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
        if CRASHED in self.tally.checkers:
            return 3
        return int(self.tally.severities[Severity.INFO] < self.tally.total)

    @cached_property
    def tally(self) -> Tally:
        """The numbers of diagnostics."""
        found = self.diagnostics
        return found.tally if isinstance(found, Streamed) else Tally.of(briefly(found))

    def by_severity(self) -> dict[Severity, int]:
        """Number of diagnostics of each severity."""
        return {severity: self.tally.severities[severity] for severity in Severity}

    def by_checker(self) -> dict[str, int]:
        """Number of diagnostics of each checker, most first."""
        return dict(sorted(self.tally.checkers.items(), key=lambda item: -item[1]))

    def by_safety(self) -> dict[Safety, int]:
        """Number of diagnostics that have a safe fix, an unsafe one, or nothing but suggestions."""
        return {safety: self.tally.safeties[safety] for safety in Safety}

    @property
    def fixable(self) -> int:
        """Number of diagnostics that have a fix, safe or unsafe."""
        return sum(self.tally.fixable.values())

    @cached_property
    def things(self) -> Mapping[tuple[str, str], int]:
        """The number of diagnostics about each thing, by checker and thing, in the order in which each was first met.

        There are as many of them as there are missing notes: this is asked for only where it is shown.
        """
        return self._weighed[0]

    @cached_property
    def _weighed(self) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], Severity]]:
        """The numbers of diagnostics about each thing, and the severities of the last ones."""
        things: dict[tuple[str, str], int] = {}
        weights: dict[tuple[str, str], Severity] = {}
        for checker, about, severity in things_of(self.diagnostics):
            key = checker, about
            things[key] = things.get(key, 0) + 1
            weights[key] = severity
        return things, weights

    @cached_property
    def _groups(self) -> list[Group]:
        groups = [Group(checker, about, n) for (checker, about), n in self.things.items() if n >= _GROUPED]
        return sorted(groups, key=lambda group: -group.count)

    def groups(self) -> list[Group]:
        """Things that several diagnostics are about, most first."""
        return self._groups

    def worth_fixing(self) -> list[Group]:
        """Things that several diagnostics are about: errors first, information last, and of each the largest group
        first.
        """
        kinds = self._weighed[1]
        rank = {severity: at for at, severity in enumerate(Severity)}
        return sorted(self._groups, key=lambda group: rank[kinds[group.checker, group.about]])
