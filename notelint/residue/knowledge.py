"""What is known of websites: data files beside this module, read once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from notelint.tables import read

TOP = "top"
TITLE = "title"


@dataclass(frozen=True)
class Line:
    """A line that is residue. `line` is matched with all that a reader sees of it; `target` with where it links to.

    One that needs `company` may stand in a note of one's own: it goes only where there is other residue.
    """

    kind: str
    reason: str
    line: str
    target: str | None = None
    company: bool = False


@dataclass(frozen=True)
class Zone:
    """A stretch of a page, from a line (or the top) up to another line (or the title, or the bottom).

    A unit of more than `most` words ends it, and a sentence does where the site writes no `prose`.
    """

    kind: str
    reason: str
    start: str
    end: str | None = None
    most: int = 60
    prose: bool = False


@dataclass(frozen=True)
class Field:
    """A label and the values after it, in units: each goes to the property of the same place, the last one to the rest.

    `units` is how many there may be; one of more than `most` words is no value.
    """

    label: str
    properties: tuple[str, ...]
    units: int = 1
    most: int = 120


@dataclass(frozen=True)
class Box:
    """A box of labelled facts below a line that opens it."""

    start: str
    reason: str
    field: tuple[Field, ...]


@dataclass(frozen=True)
class Fact:
    """A line that tells facts of the article: each named group is a property. It goes once the facts are kept."""

    line: str
    reason: str
    near_title: int = 0  # only within so many units after the title; 0 for anywhere


@dataclass(frozen=True)
class Site:
    """What is known of one website. A note with one of the `signature` lines or link targets comes from there."""

    name: str
    signature: tuple[str, ...]
    title_before: str | None = None
    line: tuple[Line, ...] = ()
    zone: tuple[Zone, ...] = ()
    box: tuple[Box, ...] = ()
    fact: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Block:
    """A title below which websites list what has nothing to do with the article."""

    title: str
    reason: str


@dataclass(frozen=True)
class General:
    """What holds for any website: lines alone, cues that need company, titles of lists, footers, facts."""

    hints: tuple[str, ...]  # searched for before any of this is read
    line: tuple[Line, ...]
    fact: tuple[Fact, ...]
    block: tuple[Block, ...]
    cues: tuple[str, ...]
    targets: tuple[str, ...]
    footers: tuple[str, ...]


@cache
def general() -> General:
    """What holds for any website."""
    known: General = read(General, tomllib.loads(_text("general.toml")), "general.toml")
    return known


@cache
def sites() -> tuple[Site, ...]:
    """The site packs, in order of their names."""
    found = sorted(
        (file for file in files("notelint.residue").joinpath("sites").iterdir() if file.name.endswith(".toml")),
        key=lambda file: file.name,
    )
    return tuple(read(Site, tomllib.loads(file.read_text("utf-8")), file.name) for file in found)


@cache
def matcher(pattern: str, any_case: bool = True) -> re.Pattern[str]:
    """A shipped pattern, compiled: it must match a whole text, whatever its case if so asked."""
    return re.compile(rf"(?:{pattern})\Z", re.I if any_case else re.NOFLAG)


@cache
def either(patterns: tuple[str, ...], *, whole: bool = True) -> re.Pattern[str]:
    """One expression for several patterns."""
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?:{joined})\Z" if whole else joined, re.I)


def _text(name: str) -> str:
    return files("notelint.residue").joinpath(name).read_text("utf-8")
