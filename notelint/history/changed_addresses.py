"""Addresses of published notes that were other ones before."""

from collections.abc import Callable, Collection, Iterator

from msgspec import structs

from notelint.checkers.permalinks.changed_permalink import ChangedPermalink
from notelint.core.diagnostic import Diagnostic, Position, Severity
from notelint.core.text import Span
from notelint.engine.lint import Found, diagnostics
from notelint.engine.workspace import Workspace
from notelint.garden.permalinks import output_file
from notelint.history.git import ChangedPaths
from notelint.note.suppressions import Suppressions

_TOP = Position(1, 1)


def changed_addresses(
    run: Workspace, earlier: Workspace, change: ChangedPaths, olds: Collection[str], holds: Callable[[str], bool]
) -> list[Diagnostic]:
    """A diagnostic for each published note whose address changed, vanished, or is no longer published.

    `olds` are the paths, in the earlier vault, of the notes to look at; `holds` tells of a path whether what is there,
    or was, is to be reported. An address that another note has now is not gone.
    """
    found: list[Diagnostic] = []
    notes = set(run.files.notes)
    for path, address in gone(run, earlier, change, olds):
        if holds(path):
            found += _of(run, path, address) if path in notes else _deleted(run, path, address)
    return found


def gone(run: Workspace, earlier: Workspace, change: ChangedPaths, olds: Collection[str]) -> Iterator[tuple[str, str]]:
    """The addresses of the notes at the paths `olds` that no note has now, by the path that the note has or had.

    Where the plugin's settings are not known, neither are addresses, and nothing is gone (DG-S1).
    """
    before, now = earlier.tables, run.tables
    for old in sorted(set(olds).intersection(before.faces)):
        address, path = before.site.claimed_at(old), change.renamed.get(old, old)
        if address is None or address == now.site.claimed_at(path) or not now.site.knows_address(path):
            continue
        if not now.site.claimants(output_file(address)):
            yield path, address


def _of(run: Workspace, path: str, address: str) -> Iterator[Diagnostic]:
    """The checker's diagnostics of a note that is there."""
    note = run.note(path)
    suppressions = Suppressions.of(note)
    for checker, severity in asked(run, path, address):
        findings = [
            one for one in checker.check(note.outline, run.tables) if not suppressions.silences(checker.id, one.span)
        ]
        yield from diagnostics(note, [Found(checker.id, severity, finding) for finding in findings])


def _deleted(run: Workspace, path: str, address: str) -> Iterator[Diagnostic]:
    """The diagnostics for a note that is gone."""
    for checker, severity in asked(run, path, address):
        if not checker.is_redirected(address):
            message = f"deleted, and with it the address {address}: {checker.redirect()}"
            yield Diagnostic(path, _TOP, _TOP, checker.id, severity, message, Span(0, 0), "", about=address)


def asked(run: Workspace, path: str, address: str) -> Iterator[tuple[ChangedPermalink, Severity]]:
    """The checker as it is asked for at a path, with the address that it had; none if it is switched off there."""
    plan = run.plan(run.note(path)) if path in run.files.notes else run.plan_of(path, None)
    for checker in plan.checkers:
        if isinstance(checker, ChangedPermalink):
            options = structs.replace(checker.options, base={path: address})
            yield ChangedPermalink(options), plan.severity.get(checker.id, checker.severity)
