"""The tags of a note: those in its properties, and those in its text."""

from collections.abc import Iterator
from typing import Any

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span
from notelint.note.frontmatter.model import Frontmatter
from notelint.note.frontmatter.parse import inner
from notelint.note.note import Note

_PART = lazy_regex(r"[^,\s]+")
# What Obsidian's own pattern of a tag leaves out: general and supplemental punctuation, and what stands below.
_IN_TEXT = lazy_regex(r"(?<!\S)#([^\u2000-\u206f\u2e00-\u2e7f'!\"#$%&()*+,.:;<=>?@^`{|}~\[\]\\\s]+)")
_NUMBER = lazy_regex(r"[\d/_-]+")


def property_tags(text: str, block: Frontmatter, key: str, value: Any) -> Iterator[tuple[str, Span]]:
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


def text_tags(note: Note) -> Iterator[tuple[str, Span]]:
    """The tags in the body of a note, without `#`, each with its place. None are in code, formulas and comments."""
    found = note.structure
    for match in _IN_TEXT.finditer(note.text, note.body_start):
        at = match.start()
        if at not in found.opaque and at not in found.comments and not _NUMBER.fullmatch(match[1]):
            yield match[1], Span(*match.span(1))


def tags(note: Note) -> Iterator[tuple[str, Span]]:
    """All tags of a note, without `#`, each with its place; of one in quotes that is the quoted value."""
    block = note.frontmatter
    for key, value in {} if block is None else block.properties.items():
        if block is not None and str(key).lower() == "tags":  # F6
            for tag, span in property_tags(note.text, block, str(key), value):
                bare = tag.removeprefix("#")
                mark = len(tag) - len(bare) if span.of(note.text) == tag else 0
                yield bare, Span(span.start + mark, span.end)
    yield from text_tags(note)
