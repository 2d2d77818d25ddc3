"""See invalid_tag.md."""

import re
from collections.abc import Iterator
from typing import Any

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.text import Span
from notelint.note.frontmatter.model import Frontmatter
from notelint.note.frontmatter.parse import inner
from notelint.note.links import is_template
from notelint.note.note import Note

_FORBIDDEN = re.compile("[\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\\[\\]\\\\\\s]")
_PART = re.compile(r"[^\s,]+")
_JOINERS = "\u200d"  # makes one emoji of several


class InvalidTag(NoteChecker):
    """A tag in the properties that is none, because of a character in it, or because it is a number."""

    family = "content"
    severity = Severity.WARNING
    supersedes = "schema-violation"

    def hint(self) -> str:
        """The property's name: few notes have it, and most of these only letters behind it."""
        return r"(?i)\btags[\"']?[ \t]*:"

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each tag that Obsidian does not take, at its place."""
        block = note.frontmatter
        if block is None or block.fault is not None:
            return
        for key, value in block.properties.items():
            if str(key).lower() != "tags":  # F6
                continue
            for tag, span in _tags(note.text, block, str(key), value):
                wrong = _wrong(tag)
                if wrong and not is_template(tag) and "<%" not in tag:
                    yield Finding(span, f"{tag!r} is not a tag: {wrong}", about=tag)


def _tags(text: str, block: Frontmatter, key: str, value: Any) -> Iterator[tuple[str, Span]]:
    """The tags of a property with their places: items of a list, or the words of a text."""
    if isinstance(value, list):
        for at, item in enumerate(value):
            if isinstance(item, str | int | float) and not isinstance(item, bool) and str(item).strip():
                span = block.place((key, at)).value
                written = span.of(text)
                yield (str(item) if isinstance(item, str) else written).strip(), span
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        whole = block.place((key,)).value
        place = inner(text, whole)
        for match in _PART.finditer(whole.of(text) if place is None else place.of(text)):
            yield match[0], whole if place is None else Span(place.start + match.start(), place.start + match.end())


def _wrong(tag: str) -> str:
    """The reason why a text is not a tag, in words; empty if it is one."""
    bare = tag.removeprefix("#")
    if not bare:
        return ""
    character = _FORBIDDEN.search(bare.replace(_JOINERS, ""))
    if character is not None:
        shown = "a blank" if character[0].isspace() else repr(character[0])
        return f"it holds {shown}, and Obsidian allows letters, digits, '_', '-' and '/'"
    if bare.replace("/", "").isdecimal():
        return "it is a number, and a tag needs a character that is not a digit"
    return ""
