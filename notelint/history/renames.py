"""One diagnostic for each file that was renamed and left its links behind, in place of theirs."""

from collections import defaultdict
from collections.abc import Callable

from msgspec import structs

from notelint.core.diagnostic import Diagnostic, Severity
from notelint.edits import broken_by_move
from notelint.edits.broken_by_move import BrokenByMove
from notelint.engine.workspace import Workspace
from notelint.history.git import ChangedPaths
from notelint.history.moves import believed
from notelint.note.links import normalise
from notelint.note.suppressions import Suppressions
from notelint.vault.moves import How

_OF_LINKS = frozenset(
    {
        "broken-link",
        "unwritten-note",
        "missing-attachment",
        "broken-heading-link",
        "broken-block-link",
        "ambiguous-link",
        "case-mismatch",
    }
)


def one_for_each_move(
    run: Workspace, change: ChangedPaths, found: list[Diagnostic], holds: Callable[[str], bool] | None = None
) -> list[Diagnostic]:
    """The diagnostics, those of links that a rename broke left out, and one for each rename that broke some.

    `holds` tells whether what is at a path is to be reported, if not the whole vault is: then `found` is not all.
    """
    change = believed(run, change, How.CERTAIN, How.IDENTICAL, How.RENAMED) if change.renamed else change
    if not change.renamed:
        return found
    suspects = {one.path for one in found if one.checker in _OF_LINKS}
    paths = set(run.files.notes) if holds or _may_mean_others(run, change) else {*suspects, *change.renamed.values()}
    reported = [(one, how) for one in _moved(run, change, paths) if (how := _severity(run, one)) is not None]
    blamed: dict[str, set[int]] = defaultdict(set)  # by note, where links begin and go on
    for path, span in (place for one, _ in reported for place in one.links):
        blamed[path].update(range(span.start, span.end))
    rest = [one for one in found if one.checker not in _OF_LINKS or one.span.start not in blamed.get(one.path, ())]
    moves = [
        structs.replace(one.diagnostic, severity=how)
        for one, how in reported
        if holds is None or holds(one.diagnostic.path)
    ]
    return [*rest, *moves]


def _moved(run: Workspace, change: ChangedPaths, paths: set[str]) -> list[BrokenByMove]:
    """Links that the renames broke in the notes at these paths."""
    notes = {path: run.note(path) for path in run.files.notes if path in paths}
    faces = {path: run.face(note) for path, note in notes.items()}
    vault = run.vault_of({path: note.outline for path, note in notes.items()}, faces)
    return broken_by_move.moved_notes(change.renamed, vault, notes)


def _may_mean_others(run: Workspace, change: ChangedPaths) -> bool:
    """True if a file that was not renamed has the old or the new name of one that was."""
    names = {_name(path) for pair in change.renamed.items() for path in pair}
    renamed = set(change.renamed.values())
    return any(_name(path) in names for path in run.files.files if path not in renamed)


def _name(path: str) -> str:
    return normalise(path.rpartition("/")[2]).lower()


def _severity(run: Workspace, moved: BrokenByMove) -> Severity | None:
    """The severity of `moved-note` at the new path; None if it is switched off there, or silenced."""
    path = moved.diagnostic.path
    if path in run.files.notes and Suppressions.of(run.note(path)).silences(broken_by_move.ID, moved.diagnostic.span):
        return None
    return severity(run, path)


def severity(run: Workspace, path: str) -> Severity | None:
    """The severity of `moved-note` for a file that has this path now; None if it is switched off there."""
    plan = run.plan(run.note(path)) if path in run.files.notes else run.plan_of(path, None)
    asked = next((checker for checker in plan.checkers if checker.id == broken_by_move.ID), None)
    return None if asked is None else plan.severity.get(asked.id, asked.severity)
