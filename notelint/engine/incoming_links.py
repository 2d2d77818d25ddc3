"""The notes that a move or a renaming can touch: those with links whose meaning it may change, found by their words.

The outlines of all notes are kept as bytes. A link to a file holds its name, in whatever capitals, so most notes are
left out by a search for the words of that name; the links of the others are looked at.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from notelint.core.file_types import is_note
from notelint.edits.link_rewrite import Moves
from notelint.engine.workspace import Workspace
from notelint.note.links import Link, normalise
from notelint.note.note import Note
from notelint.vault.outlines import Outlines, digests
from notelint.vault.vault import Vault

_MANY = 8  # names from which on a search for each takes as long as to look at all notes
_RUN = re.compile(r"\w+")
_ANYWHERE = ("", ".", "..")  # ends of a path that name a folder, or a file by other parts of the path


def notes_naming(run: Workspace, moves: Moves) -> dict[str, Note]:
    """The notes whose links may mean something else once these files have moved, and those that move themselves.

    A link finds a file by its name alone, before or after; where paths must be exact, all notes count.
    """
    vault = run.vault_to_change
    names = {_name(path) for pair in moves.items() for path in pair}
    if not vault.rules.by_name or len(names) > _MANY:
        return _read(run, vault.outlines)
    ends = names | {name.removesuffix(".md") for name in names}
    return _read(
        run, {*_holding(vault, names, ends), *(path for pair in moves.items() for path in pair if run.has_note(path))}
    )


def notes_with_parts_of(run: Workspace, paths: Collection[str]) -> dict[str, Note]:
    """These notes, and all with links that name a part of one of them: a heading or a block."""
    vault = run.vault_to_change
    names = {_name(path) for path in paths}
    if vault.rules.by_name and len(names) <= _MANY:
        ends = names | {name.removesuffix(".md") for name in names}
        near: Iterable[str] = _holding(vault, names, ends)
    else:
        near = list(vault.outlines)
    found = {path for path in near if any(_names_part(vault, path, link, paths) for link in vault.outlines[path].links)}
    return _read(run, {*found, *paths})


def changes_parts(before: Note, after: Note) -> bool:
    """True if links to a heading or block of a note may mean another one after its links were rewritten."""
    return digests(before.outline) != digests(after.outline)


def _names_part(vault: Vault, source: str, link: Link, paths: Collection[str]) -> bool:
    return bool(link.target.subpath) and vault.resolve_link(link, source).target in paths


def _holding(vault: Vault, names: Collection[str], ends: Collection[str]) -> Iterator[str]:
    """The notes with a link that ends in one of these names."""
    outlines = vault.outlines
    words = [link_words(name) for name in names]
    near = list(outlines.holding(words)) if isinstance(outlines, Outlines) else list(outlines)
    for path in near:
        for link in outlines[path].links:
            end = normalise(link.target.path).lower().rpartition("/")[2]
            if end in ends or end in _ANYWHERE:
                yield path
                break


def link_words(name: str) -> list[str]:
    """The parts of a file's name, in small letters, that stand in each link to it, however that is written.

    Letters beyond ASCII that have capitals are left out: they are not found by a comparison of bytes.
    """
    stem = name.removesuffix(".md")
    plain = "".join(char if char.isascii() or char.lower() == char == char.upper() else " " for char in stem)
    return _RUN.findall(plain)


def _name(path: str) -> str:
    """A file's name as links are compared with it."""
    return normalise(path).lower().rpartition("/")[2]


def _read(run: Workspace, paths: Iterable[str]) -> dict[str, Note]:
    """Notes in the order of the vault, so that of several refusals the first one is always told."""
    wanted = frozenset(paths)
    there = [path for path in dict.fromkeys([*run.files.notes, *run.unsaved]) if path in wanted]
    return {path: run.note(path) for path in there if is_note(path)}
