"""Edits that keep the links of a vault when files move. Pure: vaults and notes in, edits out."""

from collections.abc import Iterable, Iterator, Mapping

from notelint.core.text import Edit
from notelint.edits.link_rewrite import VaultMove, WrittenLink
from notelint.note.links import Link, is_template
from notelint.note.note import Note, Outline
from notelint.vault.link_style import is_from_folder, naming, spelt
from notelint.vault.resolution import Resolution, Status


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
            if was.target is not None and not _keeps(change, was, now):
                yield outline, link, was, now


def _keeps(change: VaultMove, was: Resolution, now: Resolution) -> bool:
    """True if a link means what it meant, and as surely."""
    if was.target is None or now.target != change.path(was.target):
        return False
    return (now.status is was.status or now.status is Status.RESOLVED) and (now.rule != "L12" or was.rule == "L12")


def _edit(change: VaultMove, path: str, note: Note, link: Link) -> Edit | None:
    """The edit that a link needs: because it would be broken, or to go on being written as its author does."""
    was = change.before.resolve_link(link, path)
    if was.target is None or not link.target.path or is_template(link.target.path):
        return None
    relative = link.target.path.startswith(("./", "../"))
    kept = _keeps(change, was, change.after.resolve_link(link, change.path(path)))
    from_folder = is_from_folder(link, path, was.target, change.before)
    if from_folder and not is_from_folder(link, change.path(path), change.path(was.target), change.after):
        kept = False
    if kept and (relative or from_folder or was.target not in change.moves):
        return None
    written = WrittenLink.of(note, link)
    now = change.path(was.target)
    name = naming(link, change.path(path), now, change.after, was.target, from_folder=from_folder)
    if written is None or name is None:
        return None
    old = written.link.path_span.of(written.text)
    new = spelt(name, written.link, written.text, was.target)
    rest = written.link.target_span.of(written.text)[len(old) :]
    return None if new == old else written.edit(new + rest)
