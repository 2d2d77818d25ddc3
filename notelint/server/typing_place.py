"""Where somebody types, and what could be typed there."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lsprotocol import types

from notelint.core.text import Edit
from notelint.note.note import Note, Outline


@dataclass(frozen=True)
class Words:
    """The words of a vault: tags, property keys, their values, and names of linked notes, with how often each is used.

    `values` are by key, `links` by the name of the note in lower case.
    """

    tags: Mapping[str, int]
    keys: Mapping[str, int]
    values: Mapping[str, Mapping[str, int]]
    links: Mapping[str, int]


def words_of(outlines: Iterable[Outline]) -> Words:
    """Count the words of notes: how many notes have a tag, a property or its value, and how many links name a note."""
    tags, keys, links, values = Counter[str](), Counter[str](), Counter[str](), dict[str, Counter[str]]()
    for outline in outlines:
        keys.update(outline.properties.keys())
        links.update(link.target.path.rpartition("/")[2].removesuffix(".md").lower() for link in outline.links)
        for key, value in outline.properties.items():
            if key.lower() == "tags" and value:  # F6
                items = value if isinstance(value, list) else re.split(r"[,\s]+", str(value))
                tags.update({str(item).lstrip("#") for item in items if item})
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str) and 0 < len(one) <= 60:
                    values.setdefault(key, Counter())[one] += 1
    return Words(tags, keys, values, links)


@dataclass(frozen=True)
class Cursor:
    """A place in a note where somebody types. `start` is where its line begins."""

    note: Note
    at: int
    start: int

    @classmethod
    def of(cls, note: Note, at: int) -> "Cursor":
        """The place at an offset of a note."""
        line, _ = note.lines.position(at)
        return cls(note, at, note.lines.line_span(line).start)

    @property
    def before(self) -> str:
        """The line up to the cursor."""
        return self.note.text[self.start : self.at]

    @property
    def after(self) -> str:
        """The line behind the cursor."""
        return re.split(r"[\r\n]", self.note.text[self.at : self.at + 2000], maxsplit=1)[0]

    @property
    def in_frontmatter(self) -> bool:
        """Tell whether the cursor is between the fences."""
        return self.start > 0 and self.at < self.note.body_start


@dataclass(frozen=True)
class Item:
    """A proposal: its label, the text that takes the place of what is typed, and its kind.

    `far` is how far it is from the place, `use` how often it is used: nearer ones come first, then those used more.
    `also` are further edits of the same note, `command` is for the server to do when it is chosen.
    """

    label: str
    text: str
    kind: types.CompletionItemKind
    detail: str = ""
    far: int = 0
    use: int = 0
    also: Sequence[Edit] = ()
    command: types.Command | None = None
