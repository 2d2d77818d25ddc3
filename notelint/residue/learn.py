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
_WITHOUT_BLANKS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_LEAST_WORDS = 2
_LEAST_CHARACTERS = 4  # of a script that writes no blanks between words
_TARGET = re.compile(r"(?<=\]\()<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?=\)|\s+\")")
_ANY_TARGET = "\x00"
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
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
    counts: dict[OwnPattern, dict[str, Counter[str]]] = {}  # by a line without its targets: in how many notes it stands
    totals: Counter[OwnPattern] = Counter()
    for note in notes:
        place = source(note)
        if place is not None:
            totals[place] += 1
            lines = counts.setdefault(place, {})
            for same, line in {_TARGET.sub(_ANY_TARGET, line): line for line in _lines(note, known(note))}.items():
                lines.setdefault(same, Counter())[line] += 1
    found = []
    for place, lines in counts.items():
        where = place.source or place.paths[0]
        for same, written in lines.items():
            text, expression, count = _pattern(same, written, least)
            if count >= least and count * _SHARE >= totals[place]:
                reason = f"a line that {where} repeats"
                pattern = OwnPattern(text=text, line=expression, reason=reason, source=place.source, paths=place.paths)
                found.append(PatternProposal(pattern, count, totals[place], where))
    return sorted(found, key=lambda proposal: (proposal.where, -proposal.notes))


def _pattern(same: str, written: Counter[str], least: int) -> tuple[str | None, str | None, int]:
    """The text of a line, or an expression for it where its links lead elsewhere in each note, and its number of notes.

    `same` is the line without its targets, `written` counts the lines that it stands for.
    """
    text, count = written.most_common(1)[0]
    total = written.total()
    if len(written) == 1 or not _has_words(same.replace(_ANY_TARGET, " ")):
        return text, None, count
    if count >= least and count * 2 > total:
        return text, None, count  # mostly one target: the others are perhaps links of authors
    columns = zip(*(_TARGET.findall(line) for line in written), strict=True)
    parts = iter([_expression(list(column)) for column in columns])
    escaped = re.sub(r"\s+", r"\\s+", _escaped(same))
    return None, re.sub(_ANY_TARGET, lambda _: next(parts), escaped), total


def _expression(targets: list[str]) -> str:
    """An expression for addresses: what all of them begin and end with, and anything between."""
    start = _common(targets)
    end = _common([target[len(start) :][::-1] for target in targets])[::-1]
    between = "" if all(len(target) == len(start) + len(end) for target in targets) else r"[^()\s]*"
    return f"<?{_escaped(start)}{between}{_escaped(end)}>?"


def _common(texts: list[str]) -> str:
    """The start that all of some texts have."""
    first, last = min(texts), max(texts)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:length]


def _escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text)


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
    if not _has_words(bare) or _MEASURED.search(bare) or _CITES.search(bare):
        return False
    return note.profile is None or title_key(bare) not in note.profile.by_key


def _has_words(text: str) -> bool:
    """True if a text is more than a word: two words, or some characters of a script without blanks."""
    characters = len(_WITHOUT_BLANKS.findall(text))
    return characters >= _LEAST_CHARACTERS or len(_WORD.findall(text)) >= _LEAST_WORDS
