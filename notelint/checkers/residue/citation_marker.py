"""See citation_marker.md."""

import re
from collections.abc import Iterable, Iterator

from notelint.checkers.residue.base import ImportChecker
from notelint.core.diagnostic import Finding, Fix, Safety
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span, cut
from notelint.edits.allowance import Part
from notelint.note import citations
from notelint.note.citations import Marker
from notelint.note.note import Note
from notelint.note.reference_lists import ReferenceList, references
from notelint.residue import imports

_EDIT = lazy_regex(
    r"(?P<gone>[ \t\u00a0]{0,4}(?P<marker>\\?\[[ \t]*+(?:\[?(?:edit|edit source|bearbeiten|Quelltext bearbeiten|"
    r"modifier|modifier le code|editar|modifica|wijzigen)\]?"
    r"(?:\([^\s()]*\)|\([^()\"\r\n]{1,300}\"[^\"\r\n]{0,200}\"\))?"
    r"(?:[ \t]*+\|[ \t]*+)?){1,2}[ \t]*+\\?\]))[ \t\u00a0]*+\r?$",
    re.M,
)
_EDITS = ("edit", "bearbeiten", "modif", "wijzigen")  # one of these is in each of them
_FOOTNOTE = lazy_regex(r"\[\^\d{1,3}\](?!:)")
_LONGEST_TITLE = 80
_LEAST = 3  # bare numbers of a note that can be citations; fewer are chance


class CitationMarker(ImportChecker):
    """Remains of citations from a website: a bare number, `[1]`, a link to a list; and `[edit]` behind titles."""

    default = False
    takes = frozenset({Part.WORDS, Part.LINKS, Part.FOOTNOTES, Part.TITLES})

    def check(self, note: Note) -> Iterator[Finding]:
        """Yield one finding for all that can become footnotes, else one for each place."""
        if not imports.is_import(note):
            return
        known = references(note)
        end = known.span.start if known is not None else len(note.text)
        yield from _edit_marks(note)
        links = list(citations.linked(note, end))
        brackets = [*citations.bracketed(note, end), *citations.raised(note, end, certain=True)]
        guessed = [*citations.bare(note, end), *citations.raised(note, end, certain=False)]
        if known is None:
            yield from _unlisted(note, links, brackets)
            return
        links, brackets = (citations.outside(note, found, tables=False) for found in (links, brackets))
        safety = Safety.UNSAFE if _is_doubtful(note, known, [*links, *brackets]) else Safety.SAFE
        certain = _of(note, known, [*links, *brackets])
        if not citations.is_evidence(certain, known.count):
            certain = _of(note, known, links)
        yield from _footnotes(certain, known, safety)
        loose = _of(note, known, citations.outside(note, guessed))
        if len(loose) >= _LEAST and citations.is_evidence(loose, known.count):
            yield from _footnotes(loose, known, Safety.UNSAFE)


def _is_doubtful(note: Note, known: ReferenceList, markers: Iterable[Marker]) -> bool:
    """True if some numbers in brackets may mean something else: a table, a formula, what footnotes do not hold."""
    if any(citations.names_thing(note, marker) for marker in markers):
        return True
    return not known.edits and _FOOTNOTE.search(note.text, note.body_start, known.span.start) is not None


def _unlisted(note: Note, links: Iterable[Marker], brackets: Iterable[Marker]) -> Iterator[Finding]:
    """Marks of references that are not in the note: nothing is said where the list may be there after all."""
    loose = [citations.outside(note, brackets), citations.outside(note, citations.bare(note, len(note.text)))]
    groups = [citations.outside(note, links, tables=False), *(one for one in loose if citations.is_evidence(one, None))]
    for markers in groups:
        if not citations.may_be_listed(note, markers):
            yield from (_removed(note, marker) for marker in markers if not citations.names_thing(note, marker))


def _of(note: Note, known: ReferenceList, markers: Iterable[Marker]) -> list[Marker]:
    """Those markers that name references which are there, and nothing else, in the order of the text."""
    there = (m for m in markers if max(m.numbers) <= known.count and not citations.names_thing(note, m))
    return sorted(there, key=lambda marker: marker.span)


def _footnotes(markers: list[Marker], known: ReferenceList, safety: Safety) -> Iterator[Finding]:
    """One fix for all markers, since the list becomes footnotes as a whole."""
    if markers:
        edits = (*(marker.footnotes for marker in markers), *known.edits)
        many = "1 citation is" if len(markers) == 1 else f"{len(markers)} citations are"
        message = f"from here on {many} left as bare marks: make them footnotes, the references are in the note"
        yield Finding(markers[0].span, message, Fix("make footnotes of them", edits, safety), "citation")


def _removed(note: Note, marker: Marker) -> Finding:
    message = "this cites a reference that is not in the note: add the references, or remove it"
    return Finding(marker.span, message, Fix("remove it", (cut(note.text, marker.gone),), Safety.UNSAFE), "citation")


def _edit_marks(note: Note) -> Iterator[Finding]:
    """Links to edit a section, behind its title. One alone may be meant."""
    if "[" not in note.text or not any(word in note.text for word in _EDITS):
        return
    headings = {note.lines.position(heading.span.start)[0] for heading in note.outer_headings}
    found = []
    for match in _EDIT.finditer(note.text, note.body_start):
        line, column = note.lines.position(match.start())
        span = Span(*match.span("marker"))
        is_title = line in headings or (1 < column <= _LONGEST_TITLE and not note.text[match.start() - 1].isspace())
        if is_title and column > 1 and not note.structure.opaque.touching(span):
            found.append((match, "](" in match["marker"] and line in headings))
    for match, linked in found:
        safety = Safety.SAFE if linked or len(found) > 1 else Safety.UNSAFE
        edit = Edit(Span(*match.span("gone")), "")
        message = "a link of the website to edit this section"
        yield Finding(Span(*match.span("marker")), message, Fix("remove it", (edit,), safety), "edit")
