"""Of a vault that differs from a commit in few files, the notes of which something else may be found than there."""

from collections.abc import Collection, Mapping

from notelint.core.file_types import is_note
from notelint.engine.check import check_near
from notelint.engine.result import Result
from notelint.engine.tables import Tables
from notelint.engine.workspace import Workspace
from notelint.history.git import ChangedPaths, Repository
from notelint.history.silenced import outer_ignores_changed
from notelint.history.snapshot import is_setting, unsettled
from notelint.vault.face import Face
from notelint.vault.files import is_walked

_MOST = 64  # files that differ: for more, all is compared


def near_changes(
    run: Workspace, repository: Repository, commit: str, change: ChangedPaths, named: Collection[str] = ()
) -> tuple[Result, int] | None:
    """The result of a check of the whole vault, without what certainly was the same at a commit, and how much that is.

    The notes of `named` are in it in any case. None if anything may be otherwise: then all has to be compared.
    """
    touched = change.changed | change.added | change.deleted
    if len(touched) > _MOST or any(map(is_setting, touched)) or outer_ignores_changed(run, repository, commit):
        return None
    before = unsettled(run, repository, commit, change)
    notes = {path for path in change.changed if is_note(path) and is_walked(path) and not run.excludes(path)}
    if not all(run.has_note(path) and before.is_given(path) for path in notes):
        return None
    files, own = before.files, frozenset(before.files.notes)
    earlier = {path: before.note(path) for path in (*notes, *change.deleted) if path in own}
    outlines = {path: note.outline for path, note in earlier.items()}
    differing = {path: before.face(note) for path, note in earlier.items()}

    def tables(faces: Mapping[str, Face]) -> Tables:
        """The tables of the vault at the commit, of which most faces are those of now."""
        known = {path: face for path, face in faces.items() if path in own}
        return Tables(files.files, known | differing, files.linked)

    return check_near(run, {path: outlines.get(path) for path in touched}, named, tables)
