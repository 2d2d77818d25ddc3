"""See untrimmed_link.md."""

from collections.abc import Iterator

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Fix
from notelint.core.file_types import is_attachment
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.edits.allowance import Part
from notelint.garden.permalinks import is_published
from notelint.note.links import Link, LinkForm
from notelint.note.note import Note

_BLANKS = lazy_regex(r"\s*")


class UntrimmedLink(NoteChecker):
    """A link of a published note with a blank at its target's edge: on the site it is dead."""

    family = "publishing"
    takes = frozenset({Part.TARGETS})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each such wikilink (digital-garden DG-L4)."""
        if not is_published(note.properties):
            return
        text = note.text
        for link in note.links:
            if link.form is not LinkForm.WIKILINK or link.hidden or link.in_property:
                continue
            if _is_trimmed(text, link):  # nearly all
                continue
            blanks = [blank for blank in _edges(text, link) if blank.start < blank.end]
            if blanks:
                message = "a blank beside the target: Obsidian follows this link, the site does not"
                edits = tuple(Edit(blank, "") for blank in blanks)
                fix: Fix | None = Fix("remove the blanks", edits)
                if link.embed and not is_attachment(link.target.path):  # by such a fix a private note would leak
                    fix, message = None, f"{message}; without it all of that note is published here"
                yield Finding(link.span, message, fix)


def _is_trimmed(text: str, link: Link) -> bool:
    """True if surely no blank stands at an edge of a link's path: its first look costs less than its places."""
    start = link.target_span.start
    end = start + link.path_length
    return start == link.span.start + 2 + link.embed and not (text[end - 1].isspace() or text[end].isspace())


def _edges(text: str, link: Link) -> tuple[Span, Span]:
    """The places before and behind a link's path. A blank at the end of a heading's name does no harm."""
    path = link.path_span
    trimmed = path.start + len(path.of(text).rstrip())
    blanks = _BLANKS.match(text, trimmed, link.span.end)
    end = path.end if link.target.subpath is not None or blanks is None else blanks.end()
    return Span(link.span.start + 2 + link.embed, path.start), Span(trimmed, end)
