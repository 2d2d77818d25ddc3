"""Finding out what a website repeats: lines that stand in many notes that were imported from it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from notelint.core.globs import literal
from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Regions, Span
from notelint.note.note import Note
from notelint.note.profile import title_key
from notelint.residue.patterns import OwnPattern, domain, normal
from notelint.residue.units import leads_outside

_SHARE = 5  # a line stands in at least one of so many notes of its source
_LINE = lazy_regex(r"[^\r\n]+")
_WORD = lazy_regex(r"[^\W\d_]{2,}")
_WITHOUT_BLANKS = lazy_regex(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_LEAST_WORDS = 2
_LEAST_CHARACTERS = 4  # of a script that writes no blanks between words
_TARGET = lazy_regex(
    r"(?<=\]\()(?:<(?P<bounded>[^<>\r\n]*)>|(?P<bare>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*))(?:\s+\"[^\"]*\")?(?=\))"
)
_SITE = lazy_regex(r"(?:https?:)?//[^/?#()\s]+[/?#]|[/?#]|mailto:\?|javascript:")  # what addresses of one site share
_ANY_TARGET = "\x00"
_HOVER = r'(?:\s+"[^"]*")?'  # the title of a link
_HOVERED = lazy_regex(r'\]\(\S+\s+"[^"]*"\)')
_TITLE = lazy_regex(r"#{1,6} .+|\*\*[^*]+\*\*:?|__[^_]+__:?")
_PUNCTUATION = lazy_regex(r"([!-/:-@\[-`{-~])")
_MARKS = lazy_regex(r"^(?:[-*+>]|\d{1,3}[.)]|#{1,6})[ \t\u00a0]+")
_MEASURED = lazy_regex(
    r"\d[ \u00a0]?(?:[%‰°]|[pnuµμmckdM]?(?:m|l|L|g|s|V|W|T|Gy|Sv|Hz|mol|Bq|Pa)[²³]?\b|(?:in|ft|HU|mmHg|IU|keV|min)\b|"
    r"(?:year|month|week|day|hour|minute|second|fold)s?\b|"
    r"(?:Jahr|Monat|Woche|Tag|Stunde|Minute|Sekunde)(?:e?n?)\b|(?:an|mois|semaine|jour|heure)s?\b|"
    r"(?:año|mes|mese|semana|día|hora|ano|mês|dia)s?\b|[мскн]?(?:м|л|г|кг)\b|(?:год|лет|месяц|недел|дн|день|час|раз)|"
    r"毫|厘|公|克|升|岁|歲|歳|才|度|倍|次|回|年|个?月|個月|[かヶケ]月|週|周|天|日|小?时|時|分|秒|例|ミリ|センチ|グラム|リットル|"
    r"세|년|개월|주|일|시간|회|밀리|센티|그램)"
)
_CITES = lazy_regex(
    r"\bdoi\b|\bISBN\b|\bPMID\b|\bet al\b|\b(?:19|20)\d\d;\d|\((?:19|20)\d\d\)|\[[JMCDPRSN](?:/OL)?\]", re.I
)
_CONTROL = lazy_regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


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
    of profiles, titles of what differs, measurements, references, links to notes, single words, quotations, tables and
    code.
    """
    repeated: dict[OwnPattern, _Repeated] = {}
    for note in notes:
        place = source(note)
        if place is not None:
            repeated.setdefault(place, _Repeated()).add(note, known(note))
    found = [
        PatternProposal(pattern, count, lines.notes, place.source or place.paths[0])
        for place, lines in repeated.items()
        for pattern, count in lines.patterns(place, least)
    ]
    return sorted(found, key=lambda proposal: (proposal.where, -proposal.notes))


class _Repeated:
    """The lines of the notes of one source: by the line without its targets, how it is written in how many notes."""

    def __init__(self) -> None:
        self.notes = 0
        self._written: dict[str, Counter[str]] = {}
        self._below: dict[str, Counter[str]] = {}  # for a title, what stands below it; nothing if that is known

    def add(self, note: Note, known: Regions) -> None:
        """Count the lines of a note, each once."""
        self.notes += 1
        lines = dict(_lines(note, known))
        for same, line in {_comparable(line): line for line in lines}.items():
            self._written.setdefault(same, Counter())[line] += 1
            if _TITLE.fullmatch(line):
                self._below.setdefault(same, Counter())[_comparable(lines[line])] += 1

    def patterns(self, place: OwnPattern, least: int) -> Iterator[tuple[OwnPattern, int]]:
        """Patterns for the lines that repeat, and in how many notes each stands."""
        reason = f"a line that {place.source or place.paths[0]} repeats"
        found = {same: _pattern(same, written, least) for same, written in self._written.items()}
        found = {same: one for same, one in found.items() if one[2] >= least and one[2] * _SHARE >= self.notes}
        for _ in found:  # a title goes with what is below it, which may be a title
            others = {same for same in found if not self._stands_above(same, found)}
            if not others:
                break
            found = {same: one for same, one in found.items() if same not in others}
        for text, line, count in found.values():
            yield OwnPattern(text=text, line=line, reason=reason, source=place.source, paths=place.paths), count

    def _stands_above(self, same: str, found: Iterable[str]) -> bool:
        """False for a title of what mostly stays; true for any other line."""
        below = self._below.get(same, Counter())
        return sum(count for line, count in below.items() if not line or line in found) * 2 >= below.total()


def _comparable(line: str) -> str:
    """A line without the targets of its links."""
    return _TARGET.sub(_ANY_TARGET, line)


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
    by_site = dict[tuple[str, ...], Counter[str]]()
    for line, times in written.items():
        by_site.setdefault(tuple(map(_site, _targets(line))), Counter())[line] = times
    same_site = max(by_site.values(), key=Counter.total)  # links to other sites are perhaps those of authors
    if len(same_site) == 1:
        return text, None, count
    columns = [list(column) for column in zip(*map(_targets, same_site), strict=True)]
    hover = _HOVER if any(_HOVERED.search(line) for line in same_site) else ""
    parts = iter([_expression(column) + hover for column in columns])
    escaped = re.sub(r"\s+", r"\\s+", _escaped(same))
    return None, re.sub(_ANY_TARGET, lambda _: next(parts), escaped), same_site.total()


def _targets(line: str) -> list[str]:
    """The targets of a line's links."""
    return [match["bounded"] or match["bare"] or "" for match in _TARGET.finditer(line)]


def _site(target: str) -> str:
    """The start of an address that all pages of its site share; all of it where none is known."""
    match = _SITE.match(target)
    return match[0].lower() if match is not None else target


def _expression(targets: list[str]) -> str:
    """An expression for addresses: what all of them begin and end with, and anything between."""
    start = _common(targets)
    end = _common([target[len(start) :][::-1] for target in targets])[::-1]
    between = "" if all(len(target) == len(start) + len(end) for target in targets) else r"[^()<>]*"
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


def _lines(note: Note, known: Regions) -> list[tuple[str, str]]:
    """The lines of a note's body that may be residue, made comparable, each with the next one.

    The next is empty where there is none, or where a checker finds it anyway.
    """
    structure = note.structure
    apart = Regions([*structure.opaque.spans, *structure.tables.spans, *structure.comments.spans, *known.spans])
    found, below = list[tuple[str, str]](), ""
    for match in reversed(list(_LINE.finditer(note.text, note.body_start))):
        line, span = normal(match.group()), Span(*match.span())
        if not apart.touching(span) and _may_be_residue(line, note):
            found.append((line, below))
        if line:
            below = "" if known.touching(span) else line
    return found[::-1]


def _may_be_residue(line: str, note: Note) -> bool:
    bare = _MARKS.sub("", line)
    if line.startswith((">", "|", "![")) or "[[" in line or _CONTROL.search(line):
        return False
    if not all(leads_outside(target) for target in _targets(line)):
        return False
    if not _has_words(bare) or _MEASURED.search(bare) or _CITES.search(bare):
        return False
    return note.profile is None or title_key(bare) not in note.profile.by_key


def _has_words(text: str) -> bool:
    """True if a text is more than a word: two words, or some characters of a script without blanks."""
    characters = len(_WITHOUT_BLANKS.findall(text))
    return characters >= _LEAST_CHARACTERS or len(_WORD.findall(text)) >= _LEAST_WORDS
