"""Citations that a website left in a text as bare marks, and the numbered list of references that they mean."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Regions, Span
from notelint.note.note import Note
from notelint.note.numbered_things import is_numbered_thing
from notelint.note.reference_lists import ITEM, ReferenceList, is_list_title

_LINE = lazy_regex(r"[^\r\n]+")
_BULLET = lazy_regex(r" {0,3}(?:[-*+•‣↑^]|\d{1,3}[.)]|\\?\[\d{1,3}\\?\])[ \t]*\S")
_DEFINITION = lazy_regex(r"^ {0,3}\[(\d{1,3})\]:", re.M)
_RANGE = lazy_regex(r"(\d{1,3})(?:[ \t]?[–-][ \t]?(\d{1,3}))?")
_LONGEST_RANGE = 40

_LINKED = lazy_regex(
    r"(?<=\S)(?P<gone>[ \t\u00a0]?(?:<sup>)?\^?(?P<marker>\[(?P<open>\\?\[)?[ \t]?(?P<numbers>\d{1,3})[ \t]?"
    r"(?(open)\\?\])\]\([^\s()#]*#(?P<anchor>[^\s()]*)(?:[ \t]+\"[^\"\r\n]*\")?\))\^?(?:</sup>)?)"
)
_ANCHOR = lazy_regex(
    r"_?(?:ftn|fn|cit|ref|bib|note|endnote|footnote|en|r|b|cr|rid)(?:[-_.:a-z]{0,40}\d[\w.:-]{0,40})?|\d{1,3}", re.I
)
_LIST = r"\d{1,3}(?:[ \t]?[,;–-][ \t]?\d{1,3}){0,9}"
_BRACKETED = lazy_regex(
    rf"(?P<gone>[ \t\u00a0]?(?P<marker>(?<!\[)\\?\[[ \t]?(?P<numbers>{_LIST})[ \t]?\\?\](?![(:\]])))"
)
_RAISED = lazy_regex(
    rf"(?P<gone>[ \t\u00a0]?(?P<marker><sup>[ \t]?\[?(?P<numbers>{_LIST})\]?[ \t]?</sup>|"
    r"(?P<digits>[⁰¹²³⁴-⁹]{1,3})(?![⁰¹²³⁴-⁹⁻⁺\w])))"
)
_OPENED = lazy_regex(r"\[[ \t]?\d")  # what stands in every number in brackets, and is found faster
_UP = lazy_regex("<sup>|[⁰¹²³⁴-⁹]")  # and in every raised one
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BARE = lazy_regex(
    r"(?<=[a-z%)\"”’*_])(?P<gone>[ \u00a0](?P<marker>(?P<numbers>\d{1,2}(?:[,–-]\d{1,2}){0,9})))"
    r"(?=\.(?!\w)|[;:)](?![\w/])|,[ \u00a0][a-z]|[ \t\u00a0]*\r?$)",
    re.M,
)
_ATTACHED = lazy_regex(r"(?<=[a-z]{4})(?P<gone>(?P<marker>(?P<numbers>\d{1,2})))(?=\.(?:[ \t\u00a0]|\r?$))", re.M)
_WORD_BEFORE = lazy_regex(r"(?<![\w-])([A-Za-z-]+)[\"”’*_]{0,3}$")

# A number behind one of these counts or measures: "type 2", "at age 5", "approximately 8".
_COUNTED = frozenset(
    re.findall(
        r"\S+",
        """
    about above across after age aged all almost along among and another any appendix approximately are arm
    around as at average be bed been before being below between beyond block book both box but by can case
    category chapter chromosome circa class cohort column compartment could count cycle day degree digit
    dimension dose down during each edition eighth episode equal equals equation every exactly exceeding except
    exon factor fewer figure finger first floor follow-up following for fraction from gene generation grade
    gravida group had has have hour if image in index into is issue item just last layer least less level like
    line lobe maximum mean measure measured measuring median minimum minus minute model month more most nearly
    nerve next nor not number of off on one only or order other out over page panel para paragraph parity part
    past patient per percentile phase photo picture plate plus point position power protocol question rank rate
    ratio ray reached reaching receptor region remain remained remaining rib room root roughly row rule same
    score scored scoring season second section segment series session since size slice some sort space species
    stage station step strain study subtype table task than that the theatre then theorem these this those
    through tier till times to toe tooth total totalled totalling toward towards track trial trimester tube type
    under unit until up upon value variant version versus vertebra via video visit vitamin volume ward was wave
    week weighed weighing were when where which while who with within without word year zone
    """,
    )
)
_ENUMERABLE = lazy_regex(r"(?:case|day|hour|minute|month|patient|second|stud|week|year)(?:s|ies)")
_UNIT = lazy_regex(r"(?:\w*met(?:re|er)|foot|feet|inch|mile|area|squared?|cubic|log|base)(?:e?s)?")
_INTERVAL = lazy_regex(r"range|ranges|interval|between|in|from|within|ci|values")


class Marker(Struct, frozen=True):
    """A citation: its place, the place with the space before it, and the references that it means."""

    span: Span
    gone: Span
    numbers: tuple[int, ...]

    @property
    def footnotes(self) -> Edit:
        """The marker as footnotes, right behind the word that it belongs to."""
        return Edit(self.gone, "".join(f"[^{number}]" for number in self.numbers))


def cites(note: Note, known: ReferenceList) -> bool:
    """True if the text before a list of references cites one of them."""
    end = known.span.start
    markers = (*linked(note, end), *bracketed(note, end), *raised(note, end, certain=True), *bare(note, end))
    footnotes = not known.edits
    return footnotes or any(max(marker.numbers) <= known.count for marker in markers)


def may_be_listed(note: Note, markers: Iterable[Marker]) -> bool:
    """True if a note may hold the list that markers cite, under whatever title and in whatever form.

    A title of a list of references suffices, or a row of numbered lines, or a list that is as long, below the first
    of the markers.
    """
    markers = list(markers)
    if not markers:
        return False
    start, most = markers[0].span.end, max(number for marker in markers for number in marker.numbers)
    if any(is_list_title(line.strip(" \t#*_:[]>")) for line in _LINE.findall(note.text, start)):
        return True
    numbers = [int(match["number"]) for match in ITEM.finditer(note.text, start)]
    if any(one == 1 and other == 2 for one, other in pairwise(numbers)):
        return True
    return any(count >= most for count in _bullets(note, start))


def _bullets(note: Note, start: int) -> Iterator[int]:
    """The lengths of the lists behind `start`, of which items no more than blank lines part."""
    count = 0
    for line in _LINE.findall(note.text, start):
        if _BULLET.match(line):
            count += 1
        elif line.strip() and not line[:1].isspace():
            yield count
            count = 0
    yield count


def linked(note: Note, end: int) -> Iterator[Marker]:
    """Links of a number to the page's own list: `[1](#cite_note-1)`, `[[1]](#ref-1)`."""
    for match in _LINKED.finditer(note.text, note.body_start, end) if "](" in note.text else ():
        certain = match["open"] is not None if not match["anchor"] else _ANCHOR.fullmatch(match["anchor"])
        if certain and note.text[match.start("gone") - 1] not in "![":
            yield from _marker(note, match)


def bracketed(note: Note, end: int) -> Iterator[Marker]:
    """Numbers in square brackets: `[1]`, `[ 2, 3 ]`. Not an index (`x[1]`), an interval, a link of Markdown's."""
    if _OPENED.search(note.text, note.body_start, end) is None:
        return
    defined = {match[1] for match in _DEFINITION.finditer(note.text, note.body_start)}
    for match in _BRACKETED.finditer(note.text, note.body_start, end):
        before = note.text[max(match.start("gone") - 30, note.body_start) : match.start("gone")]
        word = _WORD_BEFORE.search(before)
        if match["numbers"] in defined or before[-1:] in ("", "\n", "\r", "!") or before[-1:].isdigit():
            continue
        if word is not None and (
            len(word[1]) < 3 or (len(match["numbers"]) > 3 and _INTERVAL.fullmatch(word[1].lower()))
        ):
            continue
        if before[-1:].isalpha() or before[-1:] in '.,;:?)"”’%]*_':
            yield from _marker(note, match)


def raised(note: Note, end: int, *, certain: bool) -> Iterator[Marker]:
    """Raised numbers: certain are those behind the end of a sentence or its part; a word before may be a unit."""
    if _UP.search(note.text, note.body_start, end) is None:
        return
    for match in _RAISED.finditer(note.text, note.body_start, end):
        before = note.text[max(match.start("gone") - 30, note.body_start) : match.start("gone")]
        word = _WORD_BEFORE.search(before)
        if certain and before[-1:] and before[-1:] in ".,;?!”’":
            yield from _marker(note, match)
        elif not certain and word is not None and word[1][-4:].islower() and not _UNIT.fullmatch(word[1]):
            yield from _marker(note, match) if len(word[1]) > 3 else ()


def bare(note: Note, end: int) -> list[Marker]:
    """Numbers at the end of a sentence or line that count nothing: "is 0.5-7% 1." or "several years 2,3."."""
    found: list[Marker] = []
    for match in _BARE.finditer(note.text, note.body_start, end):
        before = note.text[max(match.start() - 40, note.body_start) : match.start()]
        if before[-1:] not in ("%", ")"):
            word = _WORD_BEFORE.search(before)
            if word is None or len(word[1]) < 3 or not word[1].islower() or _counts(word[1], match["numbers"]):
                continue
        found += _marker(note, match)
    seen = {number for marker in found for number in marker.numbers}
    attached = (m for match in _ATTACHED.finditer(note.text, note.body_start, end) for m in _marker(note, match))
    return sorted([*found, *(m for m in attached if seen.issuperset(m.numbers))], key=lambda marker: marker.span)


def _counts(word: str, numbers: str) -> bool:
    """True if a word asks for numbers: "type 2", "types 2,3", but neither "of both types 3" nor "of patients 2,3"."""
    if word in _COUNTED:
        return True
    if numbers.isdigit() or _ENUMERABLE.fullmatch(word):
        return False
    return not _COUNTED.isdisjoint({word.removesuffix("s"), word.removesuffix("es"), word[:-3] + "y"})


def _marker(note: Note, match: re.Match[str]) -> Iterator[Marker]:
    """The marker that a pattern found, if it stands in running text and names references."""
    written = match["numbers"] or match["digits"].translate(_DIGITS)
    span, found = Span(*match.span("marker")), _numbers(written)
    raised = match["marker"].startswith("<sup>")
    hidden = note.structure.code if raised else note.structure.opaque
    if found and not hidden.touching(span) and span.start not in note.structure.comments:
        yield Marker(span, Span(*match.span("gone")), found)


def _numbers(written: str) -> tuple[int, ...]:
    """The references that a citation names: `2,8` are two, `1-3` are three. Empty if it is not a citation."""
    found: list[int] = []
    for part in re.split(r"[,;]", written):
        match = _RANGE.fullmatch(part.strip())
        if match is None:
            return ()
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last > first + _LONGEST_RANGE:
            return ()
        found += range(first, last + 1)
    rising = all(one < other for one, other in pairwise(found))
    return tuple(found) if rising and found[0] > 0 else ()


def names_thing(note: Note, marker: Marker) -> bool:
    """True if a marker is the number of a thing of the text: "Eq. [1]", "Table [2]", a formula's own."""
    return is_numbered_thing(note, marker.gone.start, marker.span.end, linked="](" in marker.span.of(note.text))


def outside(note: Note, markers: Iterable[Marker], *, tables: bool = True) -> list[Marker]:
    """Those markers that stand neither in a heading nor (if asked) in a table."""
    headings = Regions(heading.span for heading in note.headings)
    apart = Regions([*headings.spans, *(note.structure.tables.spans if tables else ())])
    return [marker for marker in markers if marker.span.start not in apart]


def is_evidence(markers: list[Marker], count: int | None) -> bool:
    """True if so many markers cite, and do not count: of `count` references, or (None) of references unknown."""
    cited = {number for marker in markers for number in marker.numbers}
    if count is not None:
        return len(cited) == count or (len(markers) >= 3 and len(cited) >= 2)
    return len(markers) >= 4 and len(cited) >= 3 and 1 in cited and len(cited) * 2 >= max(cited)
