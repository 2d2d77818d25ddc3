"""Evidence of where files went: the vault asks for it, somebody who knows the history of the vault gives it."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

ALL_LINKS = "\0links"  # by which it is remembered that a note was judged by what others seek in folders
PAST = "\0past"  # by which it is remembered that a note was judged by the names of files that are gone
TABLES = "\0tables"  # that names were looked up for it which are not those of its links
ORIGIN = "\0origin "  # begins the same of a note that was judged only by how commits, in this state, had it moved
MARK = "\0moves "  # begins the name by which it is remembered that a note was judged by evidence, in this state


class How(StrEnum):
    """The certainty that a file is the one that another path named."""

    CERTAIN = "certain"  # moved beyond doubt: the same name, the same content, at once
    IDENTICAL = "identical"  # the same content, by another name
    RENAMED = "renamed"  # most likely moved: nearly the same content, by the same name
    ALIKE = "alike"  # the new file is much like the old one


class Moved(Struct, frozen=True):
    """Where the file went that was at a path, and how surely."""

    path: str
    how: How


EvidenceMaker = Callable[[Callable[[], Collection[str]]], "MoveEvidence"]  # it is given the files of the vault now


class MoveEvidence(Protocol):
    """Evidence about files that were in the vault. Paths are relative to the vault's root."""

    @property
    def state(self) -> str:
        """A name for all that is known: as long as it stays, so does every answer."""

    @property
    def is_cut_off(self) -> bool:
        """True if the past is unknown although there is one: a shallow clone."""

    @property
    def is_partial(self) -> bool:
        """True if the vault may have more files than are there: a sparse checkout."""

    @property
    def gone(self) -> Collection[str]:
        """Paths of files that were in the vault once and are not now."""

    def take_gone(self, paths: Collection[str]) -> None:
        """Take these paths for `gone`: they were found in this state, with the same files in the vault."""

    def moved_to(self, path: str) -> Moved | None:
        """The file of the vault that was at a path which is gone; None if nobody can tell."""

    def moved_from(self, path: str) -> Moved | None:
        """The last path that a file of the vault had before it had this one."""

    def is_committed(self, path: str) -> bool:
        """True if a file of the vault is one of the commit: then nothing else tells what path it had before."""

    def text_before(self, note: str, gone: str) -> bytes | None:
        """Text of the note at a path of the vault when the file at the path `gone` went; None if unknown."""

    def maker(self) -> EvidenceMaker:
        """A function that gives the same evidence in another process, to which it can be sent."""


class NoEvidence:
    """Nothing is known of the past."""

    state = ""
    is_cut_off = False
    is_partial = False
    gone: Collection[str] = ()

    def take_gone(self, paths: Collection[str]) -> None:
        """Nothing is gone."""

    def moved_to(self, path: str) -> Moved | None:
        """Unknown."""
        return None

    def moved_from(self, path: str) -> Moved | None:
        """Unknown."""
        return None

    def is_committed(self, path: str) -> bool:
        """There are no commits."""
        return False

    def text_before(self, note: str, gone: str) -> bytes | None:
        """Unknown."""
        return None

    def maker(self) -> EvidenceMaker:
        """Nothing is known there either."""
        return _nothing_known


NO_EVIDENCE: MoveEvidence = NoEvidence()


def _nothing_known(_: Callable[[], Collection[str]]) -> MoveEvidence:
    return NO_EVIDENCE
