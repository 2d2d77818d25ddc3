"""Footnotes of a note: where they are defined, and where the text refers to them."""

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.note import Note

_MARK = lazy_regex(r"\[\^(?P<label>[^\s\[\]^]{1,200})\]")
_SWAPPED = lazy_regex(r"\^\[(?P<label>[^\s\[\]^]{1,200})\]")


class Footnotes(Struct, frozen=True):
    """Definitions (`[^1]: ...`), references (`[^1]`) and inline footnotes of one word (`^[1]`), in their order.

    Each is a label, in lower case as Obsidian compares them (H5), and its place. What stands in code, mathematics,
    HTML or a comment is none of them; `hidden` are the labels that stand there.
    """

    definitions: tuple[tuple[str, Span], ...]
    references: tuple[tuple[str, Span], ...]
    inline: tuple[tuple[str, Span], ...]
    hidden: frozenset[str]

    @property
    def defined(self) -> frozenset[str]:
        """The labels that have a definition."""
        return frozenset(label for label, _ in self.definitions)


def footnotes(note: Note) -> Footnotes:
    """Find the footnotes of a note's body."""
    text, found = note.text, note.structure
    apart = Regions([*found.opaque.spans, *found.comments.spans])
    definitions, references, hidden = [], [], set()
    for match in _MARK.finditer(text, note.body_start):
        label, span = match["label"].lower(), Span(*match.span())
        if span.start in apart:
            if span.start not in found.code:
                hidden.add(label)
        elif text[span.end : span.end + 1] == ":" and _begins_line(text, span.start):
            definitions.append((label, Span(span.start, span.end + 1)))
        elif text[span.start - 1 : span.start] not in ("[", "\\") and text[span.end : span.end + 1] != "(":
            references.append((label, span))
    swapped = (match for match in _SWAPPED.finditer(text, note.body_start) if match.start() not in apart)
    inline = tuple((match["label"].lower(), Span(*match.span())) for match in swapped)
    return Footnotes(tuple(definitions), tuple(references), inline, frozenset(hidden))


def _begins_line(text: str, at: int) -> bool:
    """True if only blanks and marks of quotes stand before it."""
    while at and text[at - 1] in " \t>":
        at -= 1
    return at == 0 or text[at - 1] in "\r\n"
