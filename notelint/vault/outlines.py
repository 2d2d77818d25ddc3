"""Outlines that need not all be in memory, and the digests that stand for what links can name of them."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

from notelint.note.links import heading_key, normalise
from notelint.note.note import Outline, Parts
from notelint.vault.written_paths import readings

DIGEST_SIZE = 8  # bytes: two names of one digest are as good as impossible


class Outlines(Mapping[str, Outline]):
    """Outlines that need not all be in memory, nor read as a whole."""

    def parts(self, path: str) -> Parts | None:
        """The parts that links can name of the note at a path; None if there is no note."""
        return self.get(path)

    def depend_on(self, what: str) -> None:
        """Remember that what is found depends on more than outlines: on a state of `what`."""

    def linking(self, texts: Collection[str]) -> Iterator[Outline]:
        """The outlines of notes in whose `link_paths` one of these texts may stand. Who asks depends on all links."""
        return iter(self.values())

    def links(self, path: str) -> bytes:
        """The paths that the links of a note name (`link_paths`), if they are at hand."""
        return b""

    def names(self, path: str) -> bytes:
        """The digests of what links can name of the note at a path (`digests`), if they are at hand."""
        return b""


ANYWHERE = b"\xff"  # stands in no text: links that are not known may lead anywhere
BACKSLASH = "\\"  # stands before the bar of a link in a table, and in no name of a file that is known to be linked


def link_paths(note: Outline) -> bytes:
    """The paths that the links of a note name, each once between line breaks, as they are compared with files (L3)."""
    if not note.links:
        return b""
    paths = "\n".join({link.target.path: None for link in note.links})
    if "?" in paths or "%" in paths:
        paths = "\n".join(dict.fromkeys(way for path in paths.split("\n") for way in readings(path)))
    return as_bytes(f"\n{normalise(paths).lower()}\n")


def as_bytes(text: str) -> bytes:
    """A text as it is sought in `link_paths`."""
    return text.replace("\0", " ").encode("utf-8", "surrogatepass")


def digests(note: Parts) -> bytes:
    """Eight bytes for each heading and block id of a note, by which links to them are found without its outline."""
    headings = {heading_key(heading.text) for heading in note.headings if not heading.nested}
    return b"".join(map(digest, headings.union(f"^{block.id.lower()}" for block in note.block_ids)))


def parts_digest(note: Parts) -> bytes:
    """A digest of the parts of a note that links can name, as they are written and in their order, not of places."""
    headings = [(one.level, one.text, one.nested, one.hidden) for one in note.headings]
    known = repr((headings, [one.id for one in note.block_ids], note.footnotes, note.html_ids, note.attribute_ids))
    return blake2b(known.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()


def seeking_digest(note: Outline) -> bytes:
    """A digest of the links of a note into folders, as they are written: all that `ALL_LINKS` speaks of."""
    paths = {(link.target.path, link.hidden) for link in note.links if "/" in link.target.path}
    return blake2b(repr(sorted(paths)).encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()


SEEKS_NOTHING = seeking_digest(Outline(""))


@lru_cache(maxsize=16384)  # the headings of one kind of note come again with every note
def digest(name: str) -> bytes:
    """Eight bytes for one name: the key of a heading, or a caret and a block id in lower case."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()
