"""See empty_section.md."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct

from notelint.checkers.base import NoteChecker
from notelint.core.diagnostic import Finding, Severity
from notelint.core.lazy_regex import lazy_regex
from notelint.core.printable import counted
from notelint.core.text import Regions
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.profile import Section
from notelint.note.sections import ends

_NOTHING = lazy_regex(r"[ \t]*(?:([-*_])(?:[ \t]*\1){2,}|\^[A-Za-z0-9-]+|\{ ?#[^\s{}]+\}|[-*+>]|\d+[.)])?[ \t]*")
_SOMETHING = lazy_regex(r"\s*(?:[-*+>][ \t]+)?[*_!\[(\"'|]*[^\W\d_]")  # how nearly every section begins
_LINE = lazy_regex(r"[^\r\n]+")
_WORD = lazy_regex(r"\w+")


class EmptySectionOptions(Struct, frozen=True):
    """Options of `empty-section`."""

    everywhere: Annotated[bool, "Also judge sections that the note's profile does not know."] = False


class EmptySection(NoteChecker):
    """A section with nothing in it, or with fewer words than its profile asks for."""

    Options = EmptySectionOptions
    family = "sections"
    rests_on_profile = True
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each heading that neither text nor a deeper heading follows."""
        if note.profile is None and not self.options.everywhere:
            return
        headings, shown = note.outer_headings, _shown(note)
        whole: list[int] = []
        for at, heading in enumerate(headings):
            section = note.profile.section(heading.text) if note.profile is not None else None
            if section is None and not self.options.everywhere:
                continue
            following = headings[at + 1] if at + 1 < len(headings) else None
            end = len(note.text) if following is None else following.span.start
            parent = following is not None and following.level > heading.level
            if not parent and not _has_content(shown, heading.span.end, end):
                yield Finding(
                    heading.span, f"section {heading.text!r} is empty: fill it or remove it", about=heading.text
                )
            elif section is not None and section.min_words:
                whole = whole or ends(headings, len(note.text))
                yield from _short(section, heading, shown, whole[at])


def _short(section: Section, heading: Heading, shown: str, end: int) -> Iterator[Finding]:
    """A finding for a section that has too few words up to its end."""
    words = 0
    for line in _content(shown, heading.span.end, end):
        words += len(_WORD.findall(line))
        if words >= section.min_words:
            return
    message = f"section {heading.text!r} has {counted(words, 'word')}: at least {section.min_words} are asked for"
    yield Finding(heading.span, message, about=section.name)


def _shown(note: Note) -> str:
    """The text with blanks in place of comments, so that offsets stay."""
    text, comments = note.text, list(note.structure.comments.spans)
    comments += [region for region in note.structure.html.spans if _is_comment(region.of(text).strip())]
    if not comments:
        return text
    kept, at = [], 0
    for region in Regions(comments).spans:
        kept += [text[at : region.start], " " * (region.end - region.start)]
        at = region.end
    return "".join([*kept, text[at:]])


def _has_content(shown: str, start: int, end: int) -> bool:
    return _SOMETHING.match(shown, start, end) is not None or any(_content(shown, start, end))


def _content(shown: str, start: int, end: int) -> Iterator[str]:
    """The lines of a place without rules, block ids and list marks that mark nothing."""
    lines = (match.group() for match in _LINE.finditer(shown, start, end))
    return (line for line in lines if not _NOTHING.fullmatch(line))


def _is_comment(html: str) -> bool:
    return html.startswith("<!--") and html.find("-->") in (-1, len(html) - 3)
