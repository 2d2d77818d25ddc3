"""Lines that only websites have, wherever they stand: an account's, the law's, menus' and others, each a group."""

from collections.abc import Sequence
from functools import lru_cache

from notelint.residue.knowledge import either, general
from notelint.residue.page import JudgedPage
from notelint.residue.signs import is_joined, is_sentence, is_sign, parts
from notelint.residue.units import Unit

_LONG = 40  # words of a strong cue at most


def is_strong(unit: Unit) -> bool:
    """True if a unit is a cue that is about the site wherever it stands."""
    return group_of(unit) is not None


def is_menu(unit: Unit) -> bool:
    """True if a unit is a sign, or a section that websites of news name in their menus."""
    return is_sign(unit) or (unit.known and not unit.kept and either(general().menus).fits(unit.text))


def strong_texts(page: JudgedPage, between: Sequence[int]) -> set[str]:
    """The different strong cues among some units."""
    return {page.units[at].text.lower() for at in between if group_of(page.units[at]) is not None}


def groups_of(page: JudgedPage, between: Sequence[int]) -> int:
    """Of how many sorts the strong cues among some units are: an account's, the law's, menus ..."""
    return len({group_of(page.units[at]) for at in between} - {None})


@lru_cache(maxsize=4096)
def _group_of(text: str) -> int | None:
    whole = _group_of_part(text)
    groups = [_group_of_part(part) for part in parts(text)]
    return whole if whole is not None or None in groups else groups[0]


def _group_of_part(text: str) -> int | None:
    return next((at for at, group in enumerate(general().strong) if either((group,)).fits(text)), None)


def group_of(unit: Unit) -> int | None:
    """The sort of strong cue that a unit is, if it is one."""
    if unit.kept or unit.words > _LONG or not (unit.known or is_joined(unit.text)) or is_sentence(unit):
        return None
    return _group_of(unit.text)
