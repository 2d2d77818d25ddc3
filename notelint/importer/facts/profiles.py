"""Authors by links to their pages: the address of such a link repeats the name that readers see."""

import re
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.core.unicode_forms import without_marks
from notelint.importer.facts import names
from notelint.importer.facts.elements import is_foreign, is_in_menu
from notelint.importer.facts.lines import Piece, SeenLine

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.html import HtmlElement

_PROFILE = lazy_regex(
    r"/(?:authors?|autor(?:en|es|a)?|auteurs?|autori|autore|writers?|contributors?|people|person|staff|team|profiles?|"
    r"users?|members?|bio|by|@|redaktion|journalist[ea]?s?)/?@?([^/?#]+)/?(?:[?#].*)?$|/@([^/?#]+)/?(?:[?#].*)?$",
    re.I,
)
_OF_AUTHOR = lazy_regex(r"/(?:authors?|autor(?:en|es|a)?|auteurs?|autori|autore)/", re.I)
_MOST_OF_NAME = 4  # words of a person's name
_LONGEST = 90  # characters of a name
_MOST_BESIDE = 40  # characters beside links of a byline


def linked(lines: list[SeenLine], own: "Collection[HtmlElement]") -> list[str]:
    """The people whose pages links near the title lead to, where a line is nothing else but a date and a role."""
    for line in lines:
        beside = sum(len(piece.text) for piece in line.pieces if not piece.link)
        if not line.is_short or beside > _MOST_BESIDE or is_in_menu(line.element) or is_foreign(line.element, own):
            continue
        found = [piece.text for piece in line.pieces if piece.link and _names_profile(piece)]
        if people := [name for one in found for name in names.split(one)]:
            return names.unique(people)
    return []


def _names_profile(piece: Piece) -> bool:
    """True if a link leads to the page of the person whom its text names: the address repeats the name."""
    match = _PROFILE.search(piece.link)
    if match is None or len(piece.text) > _LONGEST:
        return False
    person = re.sub(r"[\W_]", "", (match[1] or match[2]).lower())
    words = [word for word in re.findall(r"[^\W_]+", piece.text.lower()) if len(word) > 1]
    if not words or person == "".join(words):
        return bool(words)
    if len(words) < 2 or not names.is_person(piece.text):
        return False
    plain = [without_marks(word) for word in words]
    is_author = _OF_AUTHOR.match(match.group()) is not None and len(words) <= _MOST_OF_NAME
    short = is_author and (person in plain or person == "".join(word[0] for word in plain))
    return short or all(word in person for word in words) or all(word in person for word in plain)
