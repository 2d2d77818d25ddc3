"""Note + vault + checkers -> diagnostics. The only place where a finding becomes a diagnostic."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from notelint.checker import Checker, NoteChecker, VaultChecker
from notelint.diagnostic import CRASHED, Diagnostic, Finding, PlacedEdit, Position, Severity
from notelint.note import Note
from notelint.suppress import UNUSED, Suppressions
from notelint.text import Edit, Span
from notelint.vault import Vault

_BEFORE, _AFTER = 60, 140  # characters of the source line kept around a place: there are lines of 95,000
log = logging.getLogger("notelint")


@dataclass(frozen=True)
class Plan:
    """What is asked of a note: the checkers to run, and the severities that differ from their own."""

    checkers: tuple[Checker, ...]
    severity: Mapping[str, Severity] = field(default_factory=dict)
    known: frozenset[str] = frozenset()  # every id that a suppression may name


def lint(note: Note, vault: Vault, plan: Plan) -> list[Diagnostic]:
    """All diagnostics of one note, in the order of reports. A checker that raises becomes one, and the rest go on."""
    suppressions = Suppressions.of(note)
    found: list[Diagnostic] = []
    for checker in plan.checkers:
        severity = plan.severity.get(checker.id, checker.severity)
        if checker.id == UNUSED:
            continue
        try:
            findings = _findings(checker, note, vault)
        except Exception as error:  # a checker's bug must not hide what the others found
            log.debug("%s crashed on %s", checker.id, note.path, exc_info=True)
            crash = Finding(
                Span(0, 0), f"checker {checker.id} crashed: {error!r}; --debug shows where", about=checker.id
            )
            found.append(_diagnostic(note, CRASHED, Severity.ERROR, crash))
            continue
        found += [
            _diagnostic(note, checker.id, severity, finding)
            for finding in findings
            if not suppressions.silences(checker.id, finding.span)
        ]
    found += _unused(note, suppressions, plan)
    return sorted(found, key=Diagnostic.sort_key)


def _findings(checker: Checker, note: Note, vault: Vault) -> list[Finding]:
    if isinstance(checker, NoteChecker):
        return list(checker.check(note))
    assert isinstance(checker, VaultChecker), checker
    return list(checker.check(note.outline, vault))


def _unused(note: Note, suppressions: Suppressions, plan: Plan) -> list[Diagnostic]:
    """What `unused-suppression` finds: only here is it known what was silenced."""
    for checker in plan.checkers:
        if checker.id == UNUSED and suppressions.rules:
            severity = plan.severity.get(UNUSED, checker.severity)
            findings = suppressions.unused([ran.id for ran in plan.checkers], plan.known)
            return [_diagnostic(note, UNUSED, severity, finding) for finding in findings]
    return []


def _diagnostic(note: Note, id: str, severity: Severity, finding: Finding) -> Diagnostic:
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
        edits=() if finding.fix is None else tuple(_placed(note, edit) for edit in finding.fix.edits),
        about=finding.about,
    )


def _placed(note: Note, edit: Edit) -> PlacedEdit:
    return PlacedEdit(_position(note, edit.span.start), _position(note, edit.span.end), edit.text)


def _position(note: Note, offset: int) -> Position:
    line, column = note.lines.position(offset)
    return Position(line, column, *note.units.extra(offset - column + 1, offset))
