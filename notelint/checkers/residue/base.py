"""Residue: the parts of an imported article that belong to the website it came from.

Knowledge is data. What reads it is imported only for a note that may hold residue, as few do.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.edits.allowance import Part
from notelint.note.note import Note
from notelint.residue import hints, imports

if TYPE_CHECKING:
    from notelint.residue.page import JudgedPage


class ResidueOptions(Struct, frozen=True):
    """Options of every checker of residue."""

    site_packs: Annotated[bool, "Use what is known of single websites, besides what holds for all of them."] = True


def lines(note: Note, kind: str, options: ResidueOptions) -> Iterator[Finding]:
    """The residue of one kind in a note, a finding for each stretch of it, with the edits that take it out."""
    page = analyse(note, options.site_packs)
    if page is not None:
        from notelint.residue import engine

        yield from engine.lines(page, kind)


def history(note: Note, options: ResidueOptions) -> Iterator[Finding]:
    """Findings for text about the article's making: facts, which move to the frontmatter, and lines that only
    editors need.
    """
    page = analyse(note, options.site_packs)
    if page is not None:
        from notelint.residue import engine

        yield from engine.history(page)


def analyse(note: Note, site_packs: bool) -> "JudgedPage | None":
    """The judgement of each unit of an import, made once for all checkers; None for any other note."""
    if not imports.is_import(note):
        return None
    known: dict[object, JudgedPage] = note.__dict__.setdefault("_residue", {})
    key = (site_packs, id(note.profile), note.safe_only)
    if key not in known:
        from notelint.residue import engine

        known[key] = engine.analyse(note, site_packs, weights=not note.safe_only)
    return known[key]


class ImportChecker(NoteChecker):
    """A checker that is asked of imports only: of notes that are declared, or signed by a known website."""

    family = "residue"
    severity = Severity.WARNING
    of_imports = True

    def hint(self) -> str:
        """The lines of all known websites' signatures."""
        return hints.signature()

    def concerns(self, note: Note) -> bool:
        """True if the note is declared an import."""
        return imports.is_declared(note)


class ResidueChecker(ImportChecker):
    """Common base of the checkers of residue, besides the one look at a note that is taken for all of them."""

    Options = ResidueOptions
    takes = frozenset({Part.WORDS, Part.LINKS, Part.HEADINGS, Part.BLOCK_IDS})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each line that is residue of this kind."""
        yield from lines(note, self.id, self.options)
