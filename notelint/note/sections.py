"""The sections of a note: which of its headings stand for sections of its profile, and where each section ends."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Span, encodable
from notelint.note.markdown.model import Heading
from notelint.note.note import Note
from notelint.note.profile import ProfileEvidence, Section, title_key

_HOST = lazy_regex(r"\s*<?https?://(?:[^/@\s]*@)?([^/:?#\s>]+)", re.I)
_CALLOUT = lazy_regex(  # its first line, and the first character of a text on the next line
    r"^[ \t]*(?:>[ \t]?)+\[!(?P<kind>[^\]|\s]+)[^\]\r\n]*\][+-]?[ \t]*(?P<title>[^\r\n]*)"
    r"(?:\r?\n[ \t]*(?:>[ \t]*)+(?P<text>[^\s>]))?",
    re.M,
)
_WORDS_A_TERM = 250  # so many words have one different term of the field at least


def known(note: Note) -> Iterator[tuple[Heading, Section]]:
    """The headings that stand for a section of the note's profile, on whatever level, in document order."""
    if note.profile is not None and note.profile.sections:
        for heading in note.outer_headings:
            section = note.profile.section(heading.text)
            if section is not None:
                yield heading, section


def asked(note: Note) -> tuple[Section, ...]:
    """The sections that the note's profile asks of it: none, if signs are needed for that and the note has none.

    So a page that was saved from the web is asked for the sections of a medical article only if it is one.
    """
    if note.profile is None:
        return ()
    wanted = note.profile.sections_if
    needs_signs = bool(wanted.sites or wanted.lines or wanted.terms)
    shown = not needs_signs or _comes_from(wanted, note) or _has_line(wanted, note) or _speaks_of(wanted, note)
    return note.profile.sections if shown else ()


def _comes_from(wanted: ProfileEvidence, note: Note) -> bool:
    """True if the note says that it comes from one of the sites: by an address, or by the site's name."""
    for key in ("source", "url", "site"):
        value = note.properties.get(key)
        if not isinstance(value, str):
            continue
        host = _HOST.match(value)
        where = (host[1] if host is not None else value).lower()
        if any(
            f".{where}".endswith(f".{site}") or (key == "site" and site.startswith(f"{where}."))
            for site in wanted.sites
        ):
            return True
    return False


def _has_line(wanted: ProfileEvidence, note: Note) -> bool:
    """True if one of the lines stands in the note, marked as a heading or not."""
    body = _body(note) if wanted.lines else ""
    return any(_line(line).search(body) is not None for line in wanted.lines)


def _body(note: Note) -> str:
    return encodable(note.text[note.body_start :])


def _speaks_of(wanted: ProfileEvidence, note: Note) -> bool:
    """True if terms of the field are dense enough: a long article on anything mentions patients and symptoms once."""
    if not wanted.terms:
        return False
    least = max(wanted.least_terms, min(note.text.count(" ") // _WORDS_A_TERM, len(wanted.terms) // 3))
    body = _body(note)
    found = (term for term in wanted.terms if _term(term).search(body) is not None)
    return len(list(islice(found, least))) == least


@cache
def _line(line: str) -> Any:
    from notelint.core.regex import compile_pattern

    return compile_pattern(rf"(?im)^[#*_\d\s.)>]*(?:{line})[*_:\s]*$")


@cache
def _term(term: str) -> Any:
    from notelint.core.regex import compile_pattern

    return compile_pattern(rf"(?i)\b(?:{term})\b")


def has_callout(note: Note, section: Section) -> bool:
    """True if a callout does for a section: of a kind that its profile names, or with the section's title.

    It must hold a text; a title alone is one where the kind says what the callout is.
    """
    kinds = {kind.lower() for kind in section.callouts}
    for match in _CALLOUT.finditer(note.text, note.body_start):
        if match.start("kind") in note.structure.code:
            continue
        if match["kind"].lower() in kinds and (match["title"] or match["text"]):
            return True
        if match["title"] and match["text"] and title_key(match["title"]) in section.keys:
            return True
    return False


def ends(headings: list[Heading], last: int) -> list[int]:
    """Where what belongs to each heading ends: at the next one of its level or above, or at the offset `last`."""
    found = [last] * len(headings)
    open_headings: list[int] = []
    for at, heading in enumerate(headings):
        while open_headings and headings[open_headings[-1]].level >= heading.level:
            found[open_headings.pop()] = heading.span.start
        open_headings.append(at)
    return found


def extent(note: Note, heading: Heading) -> Span:
    """The extent of a heading: up to the next heading of its level or above."""
    after = (other for other in note.outer_headings if other.span.start > heading.span.start)
    end = next((other.span.start for other in after if other.level <= heading.level), len(note.text))
    return Span(heading.span.end, end)


def first_line(note: Note) -> Span:
    """Where a finding about the whole body stands: its first heading of level 1, or its first line with text."""
    for heading in note.outer_headings:
        if heading.level == 1:
            return heading.span
    match = re.compile(r"\S[^\r\n]*").search(note.text, note.body_start)
    if match is None:
        return Span(note.body_start, note.body_start)
    return Span(match.start(), match.start() + len(match.group().rstrip()))
