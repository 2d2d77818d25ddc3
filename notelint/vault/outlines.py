"""Outlines that need not all be in memory, and the digests that stand for what links can name of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b

from notelint.note.links import heading_key
from notelint.note.note import Outline, Parts

_ASCII = re.compile(r"[\x20-\x7e]+")
DIGEST_SIZE = 8  # bytes: two names of one digest are as good as impossible


class Outlines(Mapping[str, Outline]):
    """Outlines that need not all be in memory, nor read as a whole."""

    def parts(self, path: str) -> Parts | None:
        """The parts that links can name of the note at a path; None if there is no note."""
        return self.get(path)

    def depend_on(self, what: str) -> None:
        """Remember that what is found depends on more than outlines: on a state of `what`."""

    def naming(self, *texts: str) -> Iterator[Outline]:
        """The outlines of notes that may hold one of these texts, in whatever capitals, wherever a link to it would."""
        return iter(self.values())

    def written(self, text: str) -> Iterator[Outline]:
        """The outlines of notes that may hold a text in just these capitals, wherever a link to it would."""
        return iter(self.values())

    def holding(self, words: Iterable[Iterable[str]]) -> Iterator[str]:
        """The paths of notes that may hold all of some of these words, in small letters, wherever a link would.

        Each item of `words` is what one name consists of (`link_words`). Without any, all notes may.
        """
        return iter(self)

    def names(self, path: str) -> bytes:
        """The digests of what links can name of the note at a path (`digests`), if they are at hand."""
        return b""


def in_any_capitals(*texts: str) -> "re.Pattern[bytes]":
    """A pattern that is found in all bytes in which one of these texts stands, in whatever capitals, else seldom."""
    parts = (max(_ASCII.findall(text) or [""], key=len) for text in texts)
    return re.compile(b"|".join(re.escape(part.encode("ascii")) for part in parts), re.I)


def digests(note: Parts) -> bytes:
    """Eight bytes for each heading and block id of a note, by which links to them are found without its outline."""
    headings = {heading_key(heading.text) for heading in note.headings if not heading.nested}
    return b"".join(map(digest, headings.union(f"^{block.id.lower()}" for block in note.block_ids)))


@lru_cache(maxsize=16384)  # the headings of one kind of note come again with every note
def digest(name: str) -> bytes:
    """Eight bytes for one name: the key of a heading, or a caret and a block id in lower case."""
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=DIGEST_SIZE).digest()
