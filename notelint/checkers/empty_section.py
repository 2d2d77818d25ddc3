"""See empty_section.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from notelint.checker import NoteChecker
from notelint.diagnostic import Finding, Severity
from notelint.note import Note
from notelint.sections import ends, outer
from notelint.text import Regions, Span

_NOTHING = re.compile(r"[ \t]*(?:([-*_])(?:[ \t]*\1){2,}|\^[A-Za-z0-9-]+|\{ ?#[^\s{}]+\}|[-*+>]|\d+[.)])?[ \t]*")
_SOMETHING = re.compile(r"\s*(?:[-*+>][ \t]+)?[^\W\d_]")  # how nearly every section begins
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Options:
    """Which sections are judged."""

    everywhere: Annotated[bool, "Also judge sections that the note's profile does not know."] = False


class EmptySection(NoteChecker):
    """A section with nothing in it, or with fewer words than its profile asks for."""

    Options = Options
    family = "sections"
    severity = Severity.WARNING

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield each heading that neither text nor a deeper heading follows."""
        if note.profile is None and not self.options.everywhere:
            return
        headings, shown = outer(note), _shown(note)
        whole = ends(headings, len(note.text))
        for at, heading in enumerate(headings):
            section = note.profile.section(heading.text) if note.profile is not None else None
            if section is None and not self.options.everywhere:
                continue
            following = headings[at + 1] if at + 1 < len(headings) else None
            parent = following is not None and following.level > heading.level
            end = following.span.start if following is not None else len(note.text)
            if not parent and not _has_content(shown, Span(heading.span.end, end)):
                yield Finding(
                    heading.span, f"section {heading.text!r} is empty: fill it or remove it", about=heading.text
                )
            elif section is not None and section.min_words:
                words = len(_WORD.findall(_content(shown, Span(heading.span.end, whole[at]))))
                if words < section.min_words:
                    message = f"section {heading.text!r} has {words} words: at least {section.min_words} are asked for"
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


def _has_content(shown: str, span: Span) -> bool:
    return _SOMETHING.match(shown, span.start, span.end) is not None or bool(_content(shown, span))


def _content(shown: str, span: Span) -> str:
    """What is left of a place without rules, block ids and list marks that mark nothing."""
    return "\n".join(line for line in _LINE.findall(shown, span.start, span.end) if not _NOTHING.fullmatch(line))


def _is_comment(html: str) -> bool:
    return html.startswith("<!--") and html.find("-->") in (-1, len(html) - 3)
