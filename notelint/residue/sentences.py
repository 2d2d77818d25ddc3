"""Units of a page that hold sentences of a person, and must not be guessed away."""

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.page import JudgedPage
from notelint.residue.signs import (
    has_citation,
    is_about_site,
    is_licence,
)
from notelint.residue.units import Unit

SENTENCE = 8  # words of a sentence that counts in the foot of a page
PARAGRAPH = 25  # words
FULL = 4  # words of a sentence at least
_DEFINITION = lazy_regex(r"\[[^\[\]]+\]: ?\S")  # of a link or a footnote
ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", ".”", '."', ".»", ".)", "”")


def is_whole_sentence(unit: Unit) -> bool:
    """True if a unit is a whole sentence, and not about the website."""
    return unit.words >= FULL and unit.text.endswith(ENDS) and not (unit.known or is_about_site(unit.text))


def is_any_sentence(unit: Unit) -> bool:
    """A sentence, though it may be about a website: so is an article about websites."""
    return unit.words >= FULL and unit.text.endswith(ENDS) and not unit.is_link


def is_wording(unit: Unit) -> bool:
    """True if a unit holds words that somebody may have written: no link, no data, nothing about the website."""
    return not (unit.is_link or unit.known or unit.text.startswith(("{", "[{")) or is_about_site(unit.text))


def is_protected(page: JudgedPage, at: int, *, images: bool = True) -> bool:
    """True if a guess may never touch this unit: a heading that a profile knows, a measurement, a reference; and, with
    `images`, a picture that leads nowhere.
    """
    unit, profile = page.units[at], page.note.profile
    if unit.kept or at in page.sections or at == page.title or (unit.level == 1 and not unit.is_link):
        return True
    if has_citation(unit.text) or is_licence(unit.text) or _DEFINITION.match(unit.text):
        return True
    if images and unit.image and not unit.is_link:
        return True
    return bool(unit.level) and profile is not None and profile.section(unit.text) is not None


def is_sentence(unit: Unit) -> bool:
    """True if a unit is a long sentence that is not about the website."""
    return unit.words >= SENTENCE and unit.text.endswith(".") and not is_about_site(unit.text)
