"""Edits that keep the links of a vault when files move. Pure: vaults and notes in, edits out."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from notelint.core.text import Edit
from notelint.edits.link_rewrite import VaultMove, WrittenLink
from notelint.note.links import Link, is_template
from notelint.note.note import Note, Outline
from notelint.vault.link_style import naming, spelt
from notelint.vault.resolution import Resolution, Status
from notelint.vault.written_paths import path_from_folder


def edits(change: VaultMove, notes: Mapping[str, Note]) -> dict[str, tuple[Edit, ...]]:
    """The edits, by the path before, after which every link means what it meant. So are the keys of `notes`.

    A link that cannot be written so is left out: whoever verifies the whole will meet it.
    """
    found = {}
    for path, note in notes.items():
        wanted = tuple(edit for link in note.links if (edit := _edit(change, path, note, link)))
        if wanted:
            found[path] = wanted
    return found


def broken(change: VaultMove, outlines: Iterable[Outline]) -> Iterator[tuple[Outline, Link, Resolution, Resolution]]:
    """The links, as they are, that name something else or nothing once the files have moved.

    `outlines` have the paths before. Yields the note, the link, and what it meant and would mean.
    """
    for outline in outlines:
        for link in outline.links:
            if not link.target.path or is_template(link.target.path):
                continue
            was = change.before.resolve_link(link, outline.path)
            now = change.after.resolve_link(link, change.path(outline.path))
            if was.target is not None and not _keeps(change, link, outline.path, was, now):
                yield outline, link, was, now


def _keeps(change: VaultMove, link: Link, source: str, was: Resolution, now: Resolution) -> bool:
    """True if a link, in the note that was at `source`, means what it meant, as surely, and to as many readers."""
    if was.target is None or now.target is None or now.target != change.path(was.target):
        return False
    by_path = change.before.resolver.at_its_path(link, source) == was.target
    if by_path and change.after.resolver.at_its_path(link, change.path(source)) != now.target:
        return False
    return (now.status is was.status or now.status is Status.RESOLVED) and (now.rule != "L12" or was.rule == "L12")


def _edit(change: VaultMove, path: str, note: Note, link: Link) -> Edit | None:
    """The edit that a link needs: because it would be broken, or to go on being written as its author does."""
    if not link.target.path or is_template(link.target.path):
        return None
    was = change.before.resolve_link(link, path)
    if was.target is None:
        return _folder_edit(change, path, note, link)
    relative = link.target.path.startswith(("./", "../")) and not _loses_capitals(change, link, path, was.target)
    kept = _keeps(change, link, path, was, change.after.resolve_link(link, change.path(path)))
    if kept and (relative or was.target not in change.moves):
        return None
    by_path = change.before.resolver.at_its_path(link, path) == was.target
    name = naming(link, change.path(path), change.path(was.target), change.after, was.target, by_path=by_path)
    return None if name is None else _written(note, link, name, was.target)


def _loses_capitals(change: VaultMove, link: Link, source: str, target: str) -> bool:
    """True if a path from the note's folder would no longer be the file's to the letter, as it was."""

    def is_exact(source: str, target: str) -> bool:
        return path_from_folder(link.target.path, source) in (target, target.removesuffix(".md"))

    return is_exact(source, target) and not is_exact(change.path(source), change.path(target))


def _folder_edit(change: VaultMove, path: str, note: Note, link: Link) -> Edit | None:
    """The edit that a link to a folder needs, which only GitHub and websites follow (UR1, WS2)."""
    was = change.before.resolver.folder_at_its_path(link, path)
    now = None if was is None else _moved_folder(change, was)
    if was is None or now is None or link.target.path.startswith("/"):
        return None
    name = posixpath.relpath(now, posixpath.dirname(change.path(path)) or ".")
    if name == posixpath.normpath(link.target.path):
        return None
    begin = "./" if link.target.path.startswith("./") and not name.startswith(".") else ""
    return _written(note, link, f"{begin}{name}{'/' if link.target.path.endswith('/') else ''}", was)


def _moved_folder(change: VaultMove, folder: str) -> str | None:
    """Where a folder is once the files have moved; None if it was divided, or joined with another one."""
    inside = [path for path in change.before.files if path.startswith(f"{folder}/")]
    if all(path not in change.moves for path in inside):
        return folder
    ends = {path[len(folder) :] for path in inside}
    new = change.path(inside[0]).removesuffix(inside[0][len(folder) :])
    is_whole = all(change.path(f"{folder}{end}") == f"{new}{end}" for end in ends)
    return new if is_whole and new.lower() not in change.before.names.folders else None


def _written(note: Note, link: Link, name: str, was: str) -> Edit | None:
    """The edit that makes a link name the path `name` where it named `was`; None if it does, or cannot be edited."""
    written = WrittenLink.of(note, link)
    if written is None:
        return None
    old = written.link.path_span.of(written.text)
    new = spelt(name, written.link, written.text, was)
    rest = written.link.target_span.of(written.text)[len(old) :]
    return None if new == old else written.edit(new + rest)
