"""The outcome of resolving a link: its path, and its subpath."""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from notelint.note.markdown.model import Heading


class Status(StrEnum):
    """The outcome for a link's path."""

    RESOLVED = "resolved"
    AMBIGUOUS = "ambiguous"
    MISSING = "missing"
    NO_LINK = "no-link"  # by these rules it is text: a wikilink on GitHub
    UNKNOWN = "unknown"  # it leads through a symbolic link, which is not followed, or to a page of Logseq


class Anchor(StrEnum):
    """The outcome for a link's subpath."""

    NONE = "none"  # it has none, or names a part of a file that is not a note (E3)
    HEADING = "heading"
    BLOCK = "block"
    FOOTNOTE = "footnote"
    MISSING_HEADING = "missing-heading"
    MISSING_BLOCK = "missing-block"
    ID_OF_HEADING = "id-of-heading"  # Obsidian finds no such heading, websites and GitHub do by its id (UR1)


class Resolution(Struct, frozen=True):
    """The resolution of a path. `target` is what Obsidian opens; `candidates` all that were left, it first.

    `rule` is the number of the rule in docs/link-rules.md that decided.
    """

    status: Status
    target: str | None = None
    candidates: Sequence[str] = ()
    rule: str = "L11"


class AnchorResolution(Struct, frozen=True):
    """The resolution of a subpath inside a note: a heading, or the id of a block or footnote.

    `headings` are those that the parts of the subpath name, one each; the last one is `heading`.
    """

    kind: Anchor
    heading: Heading | None = None
    rule: str = "H1"
    headings: tuple[Heading, ...] = ()
    block: str | None = None
