"""The parts that the fixes of a checker may take from a note: declared by the checker, held by `verify`."""

from enum import StrEnum

from msgspec import Struct


class Part(StrEnum):
    """Something that a fix can take from a note, or change in it."""

    WORDS = "words"
    TARGETS = "targets"  # where links lead; what they show stays
    ADDRESSES = "addresses"  # parts of web addresses
    LINKS = "links"  # links as a whole
    TITLES = "titles"  # the text of headings that stay headings
    HEADINGS = "headings"  # headings as a whole
    BLOCK_IDS = "block ids"
    FOOTNOTES = "footnotes"
    CODE = "code"
    TABLES = "tables"
    PROPERTIES = "properties"  # properties as a whole, with their names
    VALUES = "values"  # what properties say


class Allowance(Struct, frozen=True):
    """The parts that the fixes of one checker may take; of imports only, if it says so. Nothing, if nothing is
    declared.

    Words that the fix's title names may always be taken: whoever applies it has read them.
    """

    parts: frozenset[Part] = frozenset()
    of_imports: bool = False


NOTHING = Allowance()
