"""The notes whose links may lead to a file, found without reading the others, and a vault of only these for renames."""

from collections.abc import Collection, Iterator, Mapping

from notelint.core.file_types import link_name
from notelint.engine.workspace import Workspace
from notelint.note.links import normalise
from notelint.note.note import Note, Outline
from notelint.vault.link_rules import ResolutionProfile
from notelint.vault.outlines import Outlines
from notelint.vault.vault import Vault

_MANY = 50  # files that move at once, from which on all notes are read


def linking(vault: Vault, path: str) -> Iterator[Outline]:
    """The outlines of the notes in which a link may lead to a file: all that hold its name, and its own."""
    own = vault.outlines.get(path)
    if own is not None:
        yield own
    yield from (outline for outline in _naming(vault, link_name(path)) if outline.path != path)


def _naming(vault: Vault, *given: str) -> Iterator[Outline]:
    """The outlines of the notes in which a link names one of these files so, from whatever folder on."""
    wanted = [normalise(name).lower() for name in given]
    names = {*wanted, *(f"{name}.md" for name in wanted)}
    outlines = vault.outlines.naming(*wanted) if isinstance(vault.outlines, Outlines) else vault.outlines.values()
    for outline in outlines:
        if any(link.target.path.rpartition("/")[2].lower() in names for link in outline.links):
            yield outline


def backlinks(vault: Vault, path: str) -> int:
    """Number of links that lead from other notes to a note."""
    return sum(
        vault.resolve_link(link, outline.path).target == path
        for outline in linking(vault, path)
        if outline.path != path
        for link in outline.links
    )


def as_it_is(run: Workspace, unsaved: Mapping[str, Note], concerned: Collection[str]) -> Workspace:
    """The vault read anew, for its files may have changed unseen, with the texts that are not saved.

    `concerned` are the files that are renamed, by their old and new paths: no link that has none of their names can
    come to mean something else, so only the notes that have one are read. Where rules speak of folders, all are.
    """
    fresh = Workspace.open(run.root, cached=True)
    by_folders = fresh.config.resolution in (ResolutionProfile.SITE, ResolutionProfile.GITHUB)
    if by_folders or len(concerned) > _MANY:
        fresh.notes = {**fresh.notes, **unsaved}
        return fresh
    naming = (outline.path for outline in _naming(fresh.vault, *map(link_name, concerned)))
    wanted = {*concerned, *unsaved, *naming}
    paths = [path for path in dict.fromkeys([*fresh.vault.outlines, *unsaved]) if path in wanted]
    fresh.notes = {path: unsaved[path] if path in unsaved else fresh.read(path) for path in paths}
    return fresh
