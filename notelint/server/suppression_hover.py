"""Hover over the id of a checker in a suppression: the checker's page."""

from notelint.checkers.registry import page
from notelint.core.text import Span
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.note.suppressions import Suppressions


def page_of_suppressed(note: Note, run: Workspace, at: int) -> tuple[str, Span] | None:
    """The page of the checker that a suppression at an offset names, and where it is named; None elsewhere."""
    for rule in Suppressions.of(note).rules:
        if rule.id in run.registry and rule.place.start <= at <= rule.place.end:
            return page(run.registry[rule.id]), rule.place
    return None
