"""Note + vault + checkers -> diagnostics. The only place where a finding becomes a diagnostic."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from notelint.checkers.base import Checker, FileChecker, NoteChecker, VaultChecker
from notelint.core.diagnostic import (
    COVERED,
    CRASHED,
    Diagnostic,
    Finding,
    Fix,
    FixCandidate,
    PlacedEdit,
    Position,
    Severity,
)
from notelint.core.errors import NotelintError
from notelint.core.regex import Patterns, patterns
from notelint.core.text import Edit, Span
from notelint.engine.json_properties import known_in
from notelint.note.note import Note, Outline
from notelint.note.suppressions import UNUSED, Suppressions
from notelint.vault.vault import Vault

_BEFORE, _AFTER = 60, 140  # characters of the source line kept around a place: there are lines of 95,000


class LintPlan(Struct, frozen=True, dict=True):
    """The plan for a note: the checkers to run, and the severities that differ from their own."""

    checkers: tuple[Checker, ...]
    severity: Mapping[str, Severity] = field(default_factory=dict)
    known: frozenset[str] = frozenset()  # every id that a suppression may name

    @cached_property
    def of_note(self) -> tuple[NoteChecker, ...]:
        """The checkers that see one note."""
        return tuple(checker for checker in self.checkers if isinstance(checker, NoteChecker))

    @cached_property
    def _hints(self) -> tuple[Patterns, tuple[tuple[NoteChecker, str | None, Callable[[Note], bool] | None], ...]]:
        """The patterns without which checkers have nothing to say, which is whose, and who may have something else."""
        hints = tuple((checker, _hint(checker), _concerns(checker)) for checker in self.of_note)
        return patterns(frozenset(hint for _, hint, _ in hints if hint is not None)), hints

    def asked_of(self, note: Note) -> Sequence[NoteChecker]:
        """The checkers that may have something to say of a note by itself: all, if one fails to tell.

        Raises `NotelintError` for a plugin's hint that is not a pattern.
        """
        patterns, hints = self._hints
        found = patterns.within(note.utf8)
        try:
            return [
                checker
                for checker, hint, concerns in hints
                if hint is None or hint in found or (concerns is not None and concerns(note))
            ]
        except Exception:
            _log("a checker cannot tell whether a note concerns it")
            return self.of_note

    @cached_property
    def of_vault(self) -> tuple[VaultChecker, ...]:
        """The checkers that see outlines."""
        return tuple(checker for checker in self.checkers if isinstance(checker, VaultChecker))

    @cached_property
    def _of_outlines(self) -> tuple[VaultChecker, ...]:
        """Those that may have something to say of a note without a page of its own: of most notes all they are."""
        return tuple(checker for checker in self.of_vault if not checker.of_pages)

    def asked_of_outline(self, note: Outline, vault: Vault) -> Sequence[VaultChecker]:
        """The checkers that may have something to say of a note as seen from the vault."""
        if len(self._of_outlines) == len(self.of_vault):
            return self.of_vault
        try:
            return self._of_outlines if vault.page(note) is None else self.of_vault
        except Exception:  # each will say so
            return self.of_vault

    @cached_property
    def of_files(self) -> tuple[FileChecker, ...]:
        """The checkers that see files which are no notes."""
        return tuple(checker for checker in self.checkers if isinstance(checker, FileChecker))

    @cached_property
    def has_foreign(self) -> bool:
        """True if a checker of the vault comes from a plugin: nobody knows what it remembers."""
        return any(not type(checker).__module__.startswith("notelint.") for checker in self.of_vault)

    @cached_property
    def superseded(self) -> Mapping[str, str]:
        """The checkers that are silent where others speak of the same place, by the id of these."""
        return {checker.id: checker.supersedes for checker in self.checkers if checker.supersedes is not None}


class Found(Struct, frozen=True):
    """A finding, under the name and with the severity of its diagnostic, before its place is looked up in the text."""

    checker: str
    severity: Severity
    finding: Finding


def lint(note: Note, vault: Vault, plan: LintPlan, suppressions: Suppressions | None = None) -> list[Diagnostic]:
    """All diagnostics of one note, in the order of reports. A checker that raises becomes one, and the rest go on.

    `suppressions` are the note's own, if they are not given.
    """
    suppressions = Suppressions.of(note) if suppressions is None else suppressions
    alone = of_note(note, plan, suppressions)
    return diagnostics(note, [*alone, *of_vault(note.outline, vault, plan, suppressions)])


def of_note(note: Note, plan: LintPlan, suppressions: Suppressions) -> list[Found]:
    """Findings of the checkers of one note, without those that are suppressed."""
    found: list[Found] = []
    for checker in plan.asked_of(note):
        found += _run(checker, note.path, plan, checker.check, note)
    return _reported(found, plan, suppressions)


def of_vault(outline: Outline, vault: Vault, plan: LintPlan, suppressions: Suppressions) -> list[Found]:
    """Findings of the checkers of the whole vault in one note, without those that are suppressed; comes after
    `of_note`.

    Only now it is known which suppressions silence nothing.
    """
    found: list[Found] = []
    for checker in plan.asked_of_outline(outline, vault):
        found += _run(checker, outline.path, plan, checker.check, outline, vault)
    return [*_reported(found, plan, suppressions), *_unused(suppressions, plan)]


def of_file(path: str, vault: Vault, plan: LintPlan) -> list[Diagnostic]:
    """All diagnostics of a file that is not a note: they stand at its start."""
    found: list[Found] = []
    for checker in plan.of_files:
        found += _run(checker, path, plan, checker.check, path, vault)
    return diagnostics(Note(path, ""), found) if found else []


def _reported(found: list[Found], plan: LintPlan, suppressions: Suppressions) -> list[Found]:
    """The findings to report: those that no other checker covers, and that are not suppressed."""
    if not found:
        return found
    return [
        one
        for one in _most_telling(found, plan)
        if one.checker == CRASHED or not suppressions.silences(one.checker, one.finding.span)
    ]


def _most_telling(found: list[Found], plan: LintPlan) -> list[Found]:
    """One finding where two checkers speak of the same thing, and one knows more of it."""
    said = {(plan.superseded[one.checker], one.finding.span) for one in found if one.checker in plan.superseded}
    if not said:
        return found
    return [one for one in found if (COVERED.get(one.checker, one.checker), one.finding.span) not in said]


def diagnostics(note: Note, found: Iterable[Found]) -> list[Diagnostic]:
    """Findings as diagnostics, in the order of reports."""
    known_by = known_in(note) if found else None
    placed = [_diagnostic(note, one.checker, one.severity, one.finding, known_by) for one in found]
    return sorted(placed, key=Diagnostic.sort_key)


def _run(
    checker: Checker, path: str, plan: LintPlan, check: Callable[..., Iterable[Finding]], *seen: Any
) -> list[Found]:
    """Findings of a checker in the note at a path, where it sees this."""
    try:
        findings = list(check(*seen))
    except NotelintError:  # the user can change what it names, such as a schema that costs too much
        raise
    except Exception as error:  # a checker's bug must not hide what the others found
        _log(f"{checker.id} crashed on {path}")
        message = f"checker {checker.id} crashed: {error!r}; --debug shows where"
        return [Found(CRASHED, Severity.ERROR, Finding(Span(0, 0), message, about=checker.id))]
    if not findings:
        return []
    severity = plan.severity.get(checker.id, checker.severity)
    return [Found(checker.id, severity, finding) for finding in findings]


def _hint(checker: NoteChecker) -> str | None:
    """The hint of a checker; one that fails to give it is asked of every note."""
    try:
        return checker.hint()
    except Exception:
        _log(f"{checker.id} cannot give its hint")
        return None


def _concerns(checker: NoteChecker) -> Callable[[Note], bool] | None:
    """What tells whether a checker is asked of a note without its hint; None of one that is not, as nearly all."""
    return None if type(checker).concerns is NoteChecker.concerns else checker.concerns


def _log(message: str) -> None:
    """Tell of the exception that is being handled, to those who debug a checker."""
    import logging

    logging.getLogger("notelint").debug(message, exc_info=True)


def _unused(suppressions: Suppressions, plan: LintPlan) -> list[Found]:
    """Findings of `unused-suppression`: only here is it known which diagnostics were suppressed."""
    for checker in plan.checkers if suppressions.rules else ():
        if checker.id == UNUSED:
            severity = plan.severity.get(UNUSED, checker.severity)
            findings = suppressions.unused([ran.id for ran in plan.checkers if not ran.compares], plan.known)
            return [Found(UNUSED, severity, finding) for finding in findings]
    return []


def _diagnostic(
    note: Note, id: str, severity: Severity, finding: Finding, known_by: Callable[[Span], str | None] | None
) -> Diagnostic:
    """Lines, columns and the source line are computed here, once, on the way out."""
    start = _position(note, finding.span.start)
    line = note.lines.line_span(start.line)
    shown = max(line.start, min(finding.span.start - _BEFORE, line.end - _BEFORE - _AFTER))
    return Diagnostic(
        path=note.path,
        start=start,
        end=_position(note, finding.span.end),
        checker=id,
        severity=severity,
        message=finding.message,
        span=finding.span,
        source=note.text[shown : min(line.end, shown + _BEFORE + _AFTER)].rstrip("\r\n"),
        source_column=shown - line.start + 1,
        fix=finding.fix,
        edits=() if finding.fix is None else _placed(note, finding.fix),
        about=finding.about,
        suggestions=tuple(FixCandidate(fix, _placed(note, fix)) for fix in finding.suggestions),
        known_by="" if finding.of_note else known_by and known_by(finding.span),
    )


def _placed(note: Note, fix: Fix) -> tuple[PlacedEdit, ...]:
    return tuple(_placed_edit(note, edit) for edit in fix.edits)


def _placed_edit(note: Note, edit: Edit) -> PlacedEdit:
    return PlacedEdit(_position(note, edit.span.start), _position(note, edit.span.end), edit.text)


def _position(note: Note, offset: int) -> Position:
    line, column = note.lines.position(offset)
    if note.units.is_ascii:
        return Position(line, column)
    return Position(line, column, *note.units.extra(offset - column + 1, offset))
