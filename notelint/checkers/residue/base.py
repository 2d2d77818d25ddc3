"""What an imported article still holds of the website it came from.

Knowledge is data. What reads it is imported only for a note that may hold residue, as few do.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.regex import compile_pattern
from notelint.core.text import encodable
from notelint.note.note import Note

if TYPE_CHECKING:
    from notelint.residue.page import Page

_LINKS = 5  # so many links out of the vault may be a website's


@dataclass(frozen=True)
class Options:
    """What every checker of residue can be told."""

    site_packs: Annotated[bool, "Use what is known of single websites, besides what holds for all of them."] = True


def lines(note: Note, kind: str, options: Options) -> Iterator[Finding]:
    """The residue of one kind in a note, a finding for each stretch of it, with the edits that take it out."""
    page = analyse(note, options.site_packs)
    if page is not None:
        from notelint.residue import engine

        yield from engine.lines(page, kind)


def history(note: Note, options: Options) -> Iterator[Finding]:
    """What tells of the article's making: facts, which move to the frontmatter, and lines that only editors need."""
    page = analyse(note, options.site_packs)
    if page is not None:
        from notelint.residue import engine

        yield from engine.history(page)


def analyse(note: Note, site_packs: bool) -> "Page | None":
    """What is said of each unit of a note, looked at once for all checkers; None where there can be nothing to say."""
    known: dict[bool, Page | None] = note.__dict__.setdefault("_residue", {})
    if site_packs not in known:
        known[site_packs] = None
        if _may_hold_residue(note):
            from notelint.residue import engine

            known[site_packs] = engine.analyse(note, site_packs)
    return known[site_packs]


def _may_hold_residue(note: Note) -> bool:
    """Whether a note is worth looking at closely, which takes long: most notes of a vault are not."""
    text = note.text[note.body_start :] if note.body_start else note.text
    return _is_import(note) or _any_hint().search(encodable(text)) is not None


@cache
def _any_hint() -> "re.Pattern[str]":
    return compile_pattern(hints())


def _is_import(note: Note) -> bool:
    return "source" in note.properties or (note.profile is not None and note.profile.imported)


@cache
def hints() -> str:
    """The pattern of all hints, and of many links out of the vault. Every note of a vault is searched for it."""
    known = tomllib.loads(files("notelint.residue").joinpath("general.toml").read_text("utf-8"))
    links = (rf"(?s:{link}(?:.*?{link}){{{_LINKS - 1}}})" for link in (r"\]\((?:http|/)", r"\]\(#"))
    return "(?i)" + "|".join([*(re.escape(hint) for hint in known["hints"]), *links])


class ResidueChecker(NoteChecker):
    """What the checkers of residue share, besides the one look at a note that is taken for all of them."""

    family = "residue"
    severity = Severity.WARNING
    Options = Options

    def hint(self) -> str:
        """What websites leave in articles, all kinds together."""
        return hints()

    def concerns(self, note: Note) -> bool:
        """Whether the note is known to come from a website."""
        return _is_import(note)

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each line that is residue of this kind."""
        yield from lines(note, self.id, self.options)
