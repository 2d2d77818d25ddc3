"""Links by where they lead: who links to a note, and who may."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from notelint.note.links import Link, normalise
from notelint.note.note import Outline
from notelint.vault.outlines import Outlines
from notelint.vault.resolver import Resolver
from notelint.vault.written_paths import readings

_DOTS = (".", "..")  # ends of a path that name a folder, or a file by other parts of the path


def incoming_links(outlines: Mapping[str, Outline], resolver: Resolver) -> Mapping[str, Sequence[tuple[str, Link]]]:
    """The links that lead to each file, with the paths of their notes; none of a note to itself, none in comments."""
    found: dict[str, list[tuple[str, Link]]] = {}
    for path, outline in outlines.items():
        for link in outline.links:
            target = None if link.hidden else resolver.resolve_link(link, path).target
            if target is not None and target != path:
                found.setdefault(target, []).append((path, link))
    return found


def file_name(path: str) -> str:
    """The name of the file at a path, or that a link names, as names are compared (L3)."""
    return normalise(path).lower().rpartition("/")[2]


def linking(outlines: Mapping[str, Outline], paths: Collection[str]) -> Iterator[Outline]:
    """The notes with a link that may lead to a file at one of these paths, by name (L3): it ends in that, or in dots.

    Found by an index where there is one, so that the others are not read. A path that ends in a slash names no file.
    """
    names = {file_name(path) for path in paths}
    ends = {*names, *(name.removesuffix(".md") for name in names), *_DOTS}
    texts = [f"{before}{end}\n" for end in sorted(ends) for before in "/\n"]
    near = outlines.linking(texts) if isinstance(outlines, Outlines) else iter(outlines.values())
    for outline in near:
        if any(file_name(path) in ends for link in outline.links for path in readings(link.target.path)):
            yield outline
