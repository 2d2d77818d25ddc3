"""Addresses of published notes that were other ones before."""

from collections.abc import Iterator
from dataclasses import replace

from notelint.checkers.changed_permalink import ChangedPermalink
from notelint.diagnostic import Diagnostic, Position, Severity
from notelint.git import Change
from notelint.lint import Found, diagnostics
from notelint.run import Run
from notelint.text import Span

_TOP = Position(1, 1)


def changed_addresses(run: Run, earlier: Run, change: Change) -> list[Diagnostic]:
    """A diagnostic for each published note whose address changed, vanished, or is no longer published."""
    found: list[Diagnostic] = []
    changed = sorted((change.changed | change.deleted).intersection(earlier.files.notes))
    if not changed:
        return []
    before, now = earlier.judged or earlier.vault, run.judged or run.vault
    for old in changed:
        address = before.claimed(earlier.read(old).outline)
        if address is None:
            continue
        path = change.renamed.get(old, old)
        for checker, severity in _asked(run, path, {path: address}):
            if path in run.files.notes:
                note = run.note(path)
                findings = checker.check(note.outline, now)
                found += diagnostics(note, [Found(checker.id, severity, finding) for finding in findings])
            elif not checker.is_redirected(address):
                message = f"deleted, and with it the address {address}: {checker.cure(address)}"
                place = (path, _TOP, _TOP, checker.id, severity, message, Span(0, 0), "")
                found.append(Diagnostic(*place, about=address))
    return found


def _asked(run: Run, path: str, base: dict[str, str]) -> Iterator[tuple[ChangedPermalink, Severity]]:
    """The checker as it is asked for at a path, told what the addresses were; none if it is switched off there."""
    plan = run.plan_of(path, None)
    for checker in plan.checkers:
        if isinstance(checker, ChangedPermalink):
            options = replace(checker.options, base=base)
            yield ChangedPermalink(options), plan.severity.get(checker.id, checker.severity)
