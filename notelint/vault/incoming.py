"""Links by where they lead: who links to a note."""

from collections.abc import Mapping, Sequence

from notelint.note.links import Link
from notelint.note.note import Outline
from notelint.vault.resolver import Resolver


def incoming_links(outlines: Mapping[str, Outline], resolver: Resolver) -> Mapping[str, Sequence[tuple[str, Link]]]:
    """The links that lead to each file, with the paths of their notes; none of a note to itself, none in comments."""
    found: dict[str, list[tuple[str, Link]]] = {}
    for path, outline in outlines.items():
        for link in outline.links:
            target = None if link.hidden else resolver.resolve_link(link, path).target
            if target is not None and target != path:
                found.setdefault(target, []).append((path, link))
    return found
