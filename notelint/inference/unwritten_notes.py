"""Notes that a vault leaves unwritten: where it has many, links to them are how it grows; else they are mistakes."""

from collections.abc import Iterator

from notelint.engine.workspace import Workspace
from notelint.note.links import LinkForm
from notelint.note.note import Outline

ID = "unwritten-note"
_ENOUGH = 100  # links between notes from which their habits are seen
_RARE = 0.01  # of them


def are_rare(run: Workspace) -> bool:
    """True if nearly every wikilink of a vault finds its note, and there are enough of them to tell."""
    links = sum(1 for outline, _ in run.outlines(run.files.notes) for _ in _wikilinks(outline))
    if links < _ENOUGH:
        return False
    unwritten = sum(one.checker == ID for one in run.diagnostics(run.files.notes))
    return unwritten <= links * _RARE


def _wikilinks(outline: Outline) -> Iterator[None]:
    return (None for link in outline.links if link.form is LinkForm.WIKILINK and link.target.path and not link.embed)
