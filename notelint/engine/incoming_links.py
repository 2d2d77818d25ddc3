"""The notes that a move or a renaming can touch: those with links whose meaning it may change.

A link finds a file by its name, so the index of incoming links (`vault.incoming`) tells which notes to look at.
"""

from collections.abc import Collection, Iterable

from notelint.core.file_types import is_note
from notelint.edits.link_rewrite import Moves
from notelint.engine.workspace import Workspace
from notelint.note.links import Link
from notelint.note.note import Note
from notelint.vault.incoming import linking
from notelint.vault.outlines import digests
from notelint.vault.vault import Vault

_MANY = 64  # files from which on a search for each takes as long as to look at all notes


def notes_naming(run: Workspace, moves: Moves) -> dict[str, Note]:
    """The notes whose links may mean something else once these files have moved, and those that move themselves.

    A link finds a file by its name alone, before or after; where paths must be exact, all notes count, and where links
    may name the folders of several files that move.
    """
    vault = run.vault_to_change
    paths = {path for pair in moves.items() for path in pair}
    folders = vault.rules.for_others and len(moves) > 1
    if not vault.rules.names_suffice or folders or len(paths) > _MANY:
        return _read(run, vault.outlines)
    near = {outline.path for outline in linking(vault.outlines, paths)}
    return _read(run, near.union(path for path in paths if run.has_note(path)))


def notes_with_parts_of(run: Workspace, paths: Collection[str]) -> dict[str, Note]:
    """These notes, and all with links that name a part of one of them: a heading or a block."""
    vault = run.vault_to_change
    by_name = vault.rules.names_suffice and len(paths) <= _MANY
    near = linking(vault.outlines, paths) if by_name else iter(vault.outlines.values())
    found = {one.path for one in near if any(_names_part(vault, one.path, link, paths) for link in one.links)}
    return _read(run, found.union(paths))


def changes_parts(before: Note, after: Note) -> bool:
    """True if links to a heading or block of a note may mean another one after its links were rewritten."""
    return digests(before.outline) != digests(after.outline)


def _names_part(vault: Vault, source: str, link: Link, paths: Collection[str]) -> bool:
    return bool(link.target.subpath) and vault.resolve_link(link, source).target in paths


def _read(run: Workspace, paths: Iterable[str]) -> dict[str, Note]:
    """Notes in the order of the vault, so that of several refusals the first one is always told."""
    wanted = frozenset(paths)
    there = [path for path in dict.fromkeys([*run.files.notes, *run.unsaved]) if path in wanted]
    return {path: run.note(path) for path in there if is_note(path)}
