"""A profile: a kind of note, and what is asked of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Annotated, Any

_BLOCK_ID = re.compile(r"(?<!\s)\s++\^[A-Za-z0-9-]+\s*$")  # a run of blanks is tried once, from its beginning
_PARENTHESIS = re.compile(r"(?<!\s)\s*+\([^()]*\)\s*+(?::\s*+)?$")
_NOT_WORD = re.compile(r"[^\w+]+")


@lru_cache(maxsize=16384)  # the headings of one kind of note come again with every note
def title_key(title: str) -> str:
    """A heading's text made comparable: emphasis, emoji, numbering, a block id and a trailing parenthesis do not count.

    `"**2. Differentials** (pattern-based):"` -> `"differentials"`.
    """
    bare = _PARENTHESIS.sub("", _BLOCK_ID.sub("", title).replace("**", "").replace("__", "").rstrip())
    words = _NOT_WORD.sub(" ", bare.replace("&", " and ")).casefold().split()
    while len(words) > 1 and words[0].isdigit():
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True)
class Section:
    """A section that a profile knows."""

    name: str
    synonyms: tuple[str, ...] = ()
    level: int = 2
    required: bool = True
    min_words: int = 0

    @cached_property
    def keys(self) -> frozenset[str]:
        """The comparable forms of its name and its synonyms."""
        return frozenset(title_key(title) for title in (self.name, *self.synonyms))


@dataclass(frozen=True)
class Match:
    """Which notes a profile means: those for which *any* of these holds (an empty one holds for none)."""

    paths: tuple[str, ...] = ()  # globs relative to the vault root
    properties: dict[str, Any] = field(default_factory=dict)  # all equal, or contained in a list; True: present
    headings: int = 0  # at least so many of the profile's sections stand in the note
    lines: tuple[str, ...] = ()  # anchored regular expressions, one of which matches a whole line of the first 40


@dataclass(frozen=True)
class Profile:
    """A kind of note: which notes it means, which JSON Schema their frontmatter obeys, which sections they have.

    It is read from a TOML file of the same keys, with hyphens.
    """

    name: Annotated[str, "The profile's name."]
    description: Annotated[str, "What kind of note it means."] = ""
    match: Annotated[Match, "Which notes it means; any sign suffices."] = field(default=Match())
    schema: Annotated[str | None, "The frontmatter's schema: a shipped one's name, or a path in the vault."] = None
    frontmatter: Annotated[bool, "Whether such a note must have frontmatter."] = False
    imported: Annotated[bool, "Whether such a note comes from a website, whose byline tells of its making."] = False
    template: Annotated[dict[str, Any], "What a new frontmatter starts with."] = field(default_factory=dict)
    sections: Annotated[tuple[Section, ...], "The sections, in order."] = field(default=(), metadata={"key": "section"})
    select: Annotated[tuple[str, ...], "Checkers or families switched on."] = ()
    ignore: Annotated[tuple[str, ...], "Checkers or families switched off."] = ()

    @cached_property
    def by_key(self) -> dict[str, Section]:
        """Sections by each comparable title that stands for them."""
        return {key: section for section in self.sections for key in section.keys}

    @cached_property
    def section(self) -> Callable[[str], Section | None]:
        """The section that a heading with this text stands for, or None. Asked of every heading, often of the same."""
        return lru_cache(maxsize=4096)(lambda title: self.by_key.get(title_key(title)))
