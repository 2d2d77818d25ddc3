"""Renaming in an editor: notes, headings and their parts, and files that it moves, with every link to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from notelint.core.errors import NotelintError
from notelint.core.file_types import link_name
from notelint.core.text import Edit, Span
from notelint.edits.rename_tag import renamed
from notelint.engine.move import MovePlan, plan_heading, plan_move, plan_moves
from notelint.engine.workspace import Workspace
from notelint.note.note import Note
from notelint.server.navigation import Named, Placed, named_at
from notelint.server.open_notes import OpenNote, OpenNotes, uri_of
from notelint.server.rename_parts import NamedPart, PartKind, part_at, renamed_part, renamed_tag
from notelint.server.steps import Steps
from notelint.vault.vault import Vault


@dataclass(frozen=True)
class Renameable:
    """A thing that can be renamed at a place: its span, and the name that it has."""

    named: Named
    span: Span
    name: str

    @property
    def is_heading(self) -> bool:
        """Tell whether it is a heading, not a note."""
        return self.named.heading is not None


def renameable(note: Note, vault: Vault, at: int) -> Renameable | None:
    """The thing at an offset that has a name to change: a heading, or the note that a link leads to."""
    named = named_at(note, vault, at)
    if named is None:
        return None
    link = named.link
    if link is None and named.heading is not None:
        return Renameable(named, named.span, named.heading.text)
    if link is None or named.path not in vault.outlines:
        return None
    if at <= link.path_span.end and link.target.path:
        name = link_name(named.path)
        return Renameable(Named(named.path, named.span, link=link), link.path_span, name)
    if named.heading is None or named.heading.nested or not link.path_span.end < at <= link.target_span.end:
        return None
    return Renameable(named, Span(link.path_span.end + 1, link.target_span.end), named.heading.text)


def renaming(one: OpenNote, at: int, new: str, notes: OpenNotes, placed: Placed) -> Steps[types.WorkspaceEdit | None]:
    """Rename what stands at an offset, and every link to it. Raises `NotelintError` that says why it cannot be."""
    part = part_at(one.note, notes.vault(one.run), at)
    if part is not None:
        return (yield from _renaming_part(one, part, new, notes, placed))
    found = renameable(one.note, notes.vault(one.run), at)
    if found is None:
        return None
    path = found.named.path
    if found.is_heading:
        fresh = notes.to_change(one.run)
        plan = plan_heading(fresh, fresh.root / path, found.name, new)
        return types.WorkspaceEdit(document_changes=[*_edits(one.run, plan, notes, placed)])
    folder, slash, _ = path.rpartition("/")
    if "/" in new:
        raise NotelintError(f"{new!r} is a path: write a name, and move the note in the list of files")
    target = folder + slash + new.strip().removesuffix(".md") + ".md"
    fresh = notes.to_change(one.run)
    plan = plan_move(fresh, fresh.root / path, str(fresh.root / target))
    yield
    file = types.RenameFile(
        uri_of(one.run, path, notes), (fresh.root / target).as_uri(), options=types.RenameFileOptions(overwrite=False)
    )
    return types.WorkspaceEdit(document_changes=[*_edits(one.run, plan, notes, placed), file])


def _renaming_part(
    one: OpenNote, part: NamedPart, new: str, notes: OpenNotes, placed: Placed
) -> Steps[types.WorkspaceEdit]:
    """Rename a block id, an alias or a tag, and every use of it. Raises `NotelintError` that says why it cannot be."""
    fresh = notes.to_change(one.run)
    if part.kind is PartKind.TAG:
        yield from notes.body_tags[one.run.root].reading(one.run, notes.stamps(one.run))
        holding = notes.body_tags[one.run.root].holding(lambda one: renamed(one, part.name, new))
        edits = yield from renamed_tag(fresh, holding, part.name, new)
    else:
        edits = renamed_part(fresh, part, new)
    yield
    changes = [_edited(one.run, fresh.note(path), wanted, notes, placed) for path, wanted in sorted(edits.items())]
    return types.WorkspaceEdit(document_changes=[*changes])


def _edited(
    run: Workspace, note: Note, edits: Sequence[Edit], notes: OpenNotes, placed: Placed
) -> types.TextDocumentEdit:
    """The edits of a note: of an open one in the version that they were planned for."""
    uri, places = uri_of(run, note.path, notes), placed(note.text)
    held = notes.get(uri)
    document = types.OptionalVersionedTextDocumentIdentifier(uri, None if held is None else held.version)
    return types.TextDocumentEdit(document, [types.TextEdit(places.range(e.span), e.text) for e in edits])


def will_move(
    run: Workspace, notes: OpenNotes, moves: Sequence[tuple[Path, Path]], placed: Placed
) -> Steps[types.WorkspaceEdit]:
    """Plan the edits of links that are due before an editor moves files and folders. Raises `NotelintError`."""
    fresh = notes.to_change(run)
    plan = plan_moves(fresh, [(old, str(new)) for old, new in moves])
    yield
    return types.WorkspaceEdit(document_changes=[*_edits(run, plan, notes, placed)])


def _edits(run: Workspace, plan: MovePlan, notes: OpenNotes, placed: Placed) -> Iterator[types.TextDocumentEdit]:
    """The edits of a plan, note by note: of open ones in the version that they were planned for."""
    for path, edits in sorted(plan.rewrite.edits.items()):
        yield _edited(run, plan.sources[path], edits, notes, placed)
    for path, canvas in sorted(plan.canvases.items()):
        text = canvas.before.decode("utf-8")
        document = types.OptionalVersionedTextDocumentIdentifier(uri_of(run, path, notes))
        whole = types.TextEdit(placed(text).range(Span(0, len(text))), canvas.after.decode("utf-8"))
        yield types.TextDocumentEdit(document, [whole])
