"""Finding out what a website repeats: lines that stand in many notes that were imported from it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from notelint.core.globs import literal
from notelint.core.text import Regions, Span
from notelint.note.note import Note
from notelint.note.profile import title_key
from notelint.residue.patterns import OwnPattern, domain, normal

_SHARE = 5  # a line stands in at least one of so many notes of its source
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MARKS = re.compile(r"^(?:[-*+>]|\d{1,3}[.)]|#{1,6})[ \t\u00a0]+")
_MEASURED = re.compile(
    r"\d[ \u00a0]?(?:[%‰°]|[pnuµμmckdM]?(?:m|l|L|g|s|V|W|T|Gy|Sv|Hz|mol|Bq|Pa)[²³]?\b|(?:in|ft|HU|mmHg|IU|keV|min)\b|"
    r"(?:year|month|week|day|hour|minute|second|fold)s?\b)"
)
_CITES = re.compile(r"\bdoi\b|\bISBN\b|\bPMID\b|\bet al\b|\b(?:19|20)\d\d;\d|\((?:19|20)\d\d\)", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class PatternProposal:
    """A line that repeats: as a pattern, in how many notes of how many of its source it stands, and a name for that."""

    pattern: OwnPattern
    notes: int
    of: int
    where: str


def propose(
    notes: Iterable[Note], source: Callable[[Note], OwnPattern | None], known: Callable[[Note], Regions], least: int
) -> list[PatternProposal]:
    """Lines that stand in at least `least` notes of one source, and in a fifth of them, the most frequent first.

    `source` gives for a note a pattern without a line that means all notes of its source, or None for one to leave
    out; `known` gives the places of a note that need not be learned. Lines that may be content are left out: headings
    of profiles, measurements, references, wikilinks, single words, quotations, tables and code.
    """
    counts: dict[OwnPattern, Counter[str]] = {}
    totals: Counter[OwnPattern] = Counter()
    for note in notes:
        place = source(note)
        if place is not None:
            totals[place] += 1
            counts.setdefault(place, Counter()).update(dict.fromkeys(_lines(note, known(note)), 1))
    found = []
    for place, lines in counts.items():
        where = place.source or place.paths[0]
        for text, count in lines.items():
            if count >= least and count * _SHARE >= totals[place]:
                reason = f"a line that {where} repeats"
                pattern = OwnPattern(text=text, reason=reason, source=place.source, paths=place.paths)
                found.append(PatternProposal(pattern, count, totals[place], where))
    return sorted(found, key=lambda proposal: (proposal.where, -proposal.notes))


def origin(note: Note, *, folders: bool) -> OwnPattern | None:
    """Where a note comes from: the domain of its property `source`, else its folder if it is an import or `folders`."""
    host = domain(note)
    if host is not None:
        return OwnPattern(source=host)
    if folders or (note.profile is not None and note.profile.schema == "imported-article"):
        folder = PurePosixPath(note.path).parent.as_posix()
        return OwnPattern(paths=(literal(folder) + "/*.md" if folder != "." else "/*.md",))
    return None


def _lines(note: Note, known: Regions) -> Iterator[str]:
    """The lines of a note's body that may be residue, made comparable."""
    structure = note.structure
    apart = Regions([*structure.opaque.spans, *structure.tables.spans, *structure.comments.spans, *known.spans])
    for match in _LINE.finditer(note.text, note.body_start):
        line = normal(match.group())
        if not apart.touching(Span(*match.span())) and _may_be_residue(line, note):
            yield line


def _may_be_residue(line: str, note: Note) -> bool:
    bare = _MARKS.sub("", line)
    if line.startswith((">", "|", "![")) or "[[" in line or _CONTROL.search(line):
        return False
    if len(_WORD.findall(bare)) < 2 or _MEASURED.search(bare) or _CITES.search(bare):
        return False
    return note.profile is None or title_key(bare) not in note.profile.by_key
