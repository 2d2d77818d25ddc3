"""The notes whose links may lead to a file, found without reading the others."""

from collections.abc import Iterator

from notelint.note.note import Outline
from notelint.vault import incoming
from notelint.vault.vault import Vault


def linking(vault: Vault, path: str) -> Iterator[Outline]:
    """The outlines of the notes in which a link may lead to a file: all that hold its name, and its own."""
    own = vault.outlines.get(path)
    if own is not None:
        yield own
    suffice = vault.rules.names_suffice
    near = incoming.linking(vault.outlines, [path]) if suffice else iter(vault.outlines.values())
    yield from (outline for outline in near if outline.path != path)


def backlinks(vault: Vault, path: str) -> int:
    """Number of links that lead from other notes to a note."""
    return sum(
        vault.resolve_link(link, outline.path).target == path
        for outline in linking(vault, path)
        if outline.path != path
        for link in outline.links
    )
