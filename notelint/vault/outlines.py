"""Outlines that need not all be in memory, and the digests that stand for what links can name of them."""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

from notelint.note.links import heading_key, normalise
from notelint.note.note import Outline, Parts

DIGEST_SIZE = 8  # bytes: two names of one digest are as good as impossible


class Outlines(Mapping[str, Outline]):
    """Outlines that need not all be in memory, nor read as a whole."""

    def parts(self, path: str) -> Parts | None:
        """The parts that links can name of the note at a path; None if there is no note."""
        return self.get(path)

    def depend_on(self, what: str) -> None:
        """Remember that what is found depends on more than outlines: on a state of `what`."""

    def naming(self, texts: Collection[str]) -> Iterator[Outline]:
        """The outlines of notes that may name something in which one of these texts stands (`named_by`).

        Who asks depends on all links.
        """
        return iter(self.values())

    def names(self, path: str) -> bytes:
        """The digests of what links can name of the note at a path (`digests`), if they are at hand."""
        return b""


ANYTHING = b"\xff"  # stands in no text: what is named is not known, and may be anything


def named_by(note: Outline) -> bytes:
    """What a note names: paths of links, as they are compared with files (L3), and `#` with a tag of its properties.

    Each stands once, between line breaks.
    """
    named = {link.target.path: None for link in note.links} | {f"#{tag}": None for tag in note.tags}
    return as_bytes(f"\n{normalise(chr(10).join(named)).lower()}\n") if named else b""


def as_bytes(text: str) -> bytes:
    """A text as it is sought in `named_by`."""
    return text.replace("\0", " ").encode("utf-8", "surrogatepass")


def digests(note: Parts) -> bytes:
    """Eight bytes for each heading and block id of a note, by which links to them are found without its outline."""
    headings = {heading_key(heading.text) for heading in note.headings if not heading.nested}
    return b"".join(map(digest, headings.union(f"^{block.id.lower()}" for block in note.block_ids)))


def parts_digest(note: Parts) -> bytes:
    """A digest of the parts of a note that links can name, as they are written and in their order, not of places."""
    headings = [(one.level, one.text, one.nested, one.hidden) for one in note.headings]
    known = repr((headings, [one.id for one in note.block_ids], note.footnotes, note.html_ids))
    return blake2b(known.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()


@lru_cache(maxsize=16384)  # the headings of one kind of note come again with every note
def digest(name: str) -> bytes:
    """Eight bytes for one name: the key of a heading, or a caret and a block id in lower case."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()
