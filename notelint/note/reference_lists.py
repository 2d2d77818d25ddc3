"""The lists of references of a note: numbered, below a heading that says so, or footnotes already."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from notelint.core.lazy_regex import lazy_regex
from notelint.core.text import Edit, Span
from notelint.note.note import Note
from notelint.note.profile import title_key
from notelint.note.sections import extent

# Titles of lists of references, one a line, in the languages that articles are clipped in.
_TITLES = """
references / reference / reference list / bibliography / literature / literature cited / works cited
citations / sources / notes / footnotes / endnotes / notes and references / references and notes
literatur / literaturverzeichnis / quellen / quellenangaben / einzelnachweise / fußnoten / referenzen
références / bibliographie / notes et références / sources et références / notes et sources
referencias / bibliografía / referencias bibliográficas / fuentes / notas / notas y referencias
referências / referências bibliográficas / bibliografia / fontes
riferimenti / riferimenti bibliografici / fonti / note
literatuur / literatuurlijst / bronnen / referenties / källor / referenser / kilder / referanser / litteratur
viitteet / lähteet / kirjallisuus / bibliografia / przypisy / źródła / piśmiennictwo / literatura / zdroje / reference
источники / литература / список литературы / примечания / ссылки / библиография / джерела / література
kaynaklar / kaynakça / βιβλιογραφία / αναφορές / παραπομπές / irodalom / hivatkozások / források / bibliografie / surse
daftar pustaka / referensi / tài liệu tham khảo / เอกสารอ้างอิง / อ้างอิง / संदर्भ / सन्दर्भ / तथ्यसूत्र
المراجع / مراجع / المصادر / مصادر / منابع / מקורות / ביבליוגרפיה / הערות שוליים
参考文献 / 参考資料 / 参考资料 / 參考文獻 / 參考資料 / 引用文献 / 引用 / 出典 / 脚注
注釈 / 注释 / 註釋 / 文献 / 资料来源 / 資料來源
참고문헌 / 참고 문헌 / 참고자료 / 출처 / 각주
"""
_LISTS = frozenset(
    title_key(title.strip()) for line in _TITLES.split("\n") for title in line.split("/") if title.strip()
)
ITEM = lazy_regex(
    r"^ {0,3}(?:[-*+][ \t]+)?(?:\*\*)?(?:\\?\[)?(?P<number>\d{1,3})(?:\\?\]|\\?\.|\))(?:\*\*)?"
    r"(?:[ \t]+(?=[^\s])|[ \t]*\r?\n(?:[ \t]*\r?\n)?[ \t]*(?=[^\s\d]))",
    re.M,
)
_BLANK = lazy_regex(r"(?:\r\n|\n|\r)[ \t]*(?=[\r\n])")
_FOOTNOTE = lazy_regex(r"^\[\^(?P<number>\d{1,3})\]:", re.M)
_LAST_LISTS = 3  # headings that are looked at: a note with more of them is made to be slow
_TITLE_LINE = lazy_regex(r"^[ \t#*_>-]{0,12}(?P<title>[^\s#*_>-][^\r\n]{1,60})$", re.M)
_LONGEST_ROW = 500  # characters in which a reference names its year
_NUMBER_ALONE = lazy_regex(r"[ \t]*(?:\\?\[\d{1,3}\\?\]|\d{1,3}\.?|\^)?[ \t]*(?=[\r\n]|\Z)")
_YEAR = lazy_regex(r"(?<!\d)(?:19|20)\d\d(?!\d)")


class ReferenceList(Struct, frozen=True):
    """A numbered list of references: where it stands, how many there are, the edits that make footnotes of them.

    `span` reaches to the end of the section, `items` to the end of the last reference's paragraph.
    """

    span: Span
    items: Span
    count: int
    edits: tuple[Edit, ...]


def references(note: Note) -> ReferenceList | None:
    """The one list of references of a note, numbered from 1 without a gap; None if it has none, or several.

    Where several stand, or footnotes beside a list, nobody can tell which of them a number means.
    """
    found = lists(note)
    if len(found) != 1 or (found[0].edits and note.structure.footnotes) or _has_others(note, found[0]):
        return None
    return found[0]


def lists(note: Note) -> list[ReferenceList]:
    """All lists of references below headings that say so, the last of them first, then the footnotes."""
    headings = [heading for heading in note.outer_headings if title_key(heading.text) in _LISTS]
    each = (_numbered(note, extent(note, heading)) for heading in headings[: -_LAST_LISTS - 1 : -1])
    found = {one.items: one for one in each if one is not None}
    footnotes = list(_FOOTNOTE.finditer(note.text, note.body_start))
    if footnotes and [int(match["number"]) for match in footnotes] == list(range(1, len(footnotes) + 1)):
        whole = Span(footnotes[0].start(), len(note.text))
        items = Span(whole.start, _paragraph_end(note.text, footnotes[-1].end()))
        found[items] = ReferenceList(whole, items, len(footnotes), ())
    return list(found.values())


def _has_others(note: Note, known: ReferenceList) -> bool:
    """True if more lists of references stand beside a known one, without a heading or below an unknown one."""
    return any(not known.items.start <= start < known.items.end for start in _starts(note))


def _starts(note: Note) -> Iterator[int]:
    """Where numbered rows begin below the title of a list, marked as a heading or not, and where they cite by years."""
    for line in _TITLE_LINE.finditer(note.text, note.body_start):
        if is_list_title(line["title"].rstrip(" \t*_:")):
            first = re.compile(r"\s*").match(note.text, line.end())
            item = ITEM.match(note.text, first.end()) if first is not None else None
            if item is not None and int(item["number"]) == 1:
                yield item.start()
    items = list(ITEM.finditer(note.text, note.body_start))
    for one, other in pairwise(items):
        if (int(one["number"]), int(other["number"])) != (1, 2):
            continue
        rows = (note.text[one.end() : other.start()], note.text[other.end() : other.end() + _LONGEST_ROW])
        if all(_YEAR.search(_BLANK.split(row, 1)[0]) for row in rows):
            yield one.start()


def _numbered(note: Note, section: Span) -> ReferenceList | None:
    items = list(ITEM.finditer(note.text, section.start, section.end))
    numbers = [int(item["number"]) for item in items]
    counting = list(range(1, len(items) + 1))
    if not items or numbers not in (counting, [1] * len(items)):
        return None  # Markdown counts from 1 if each item is numbered 1
    if any(note.structure.opaque.touching(Span(*item.span())) for item in items):
        return None
    if any(_NUMBER_ALONE.match(note.text, item.end()) for item in items):
        return None  # what it means stands in the next paragraph, where no footnote would take it along
    last = min(_paragraph_end(note.text, items[-1].end()), section.end)
    between = (heading.span.start for heading in note.outer_headings)
    if numbers != counting and any(items[0].start() < start < last for start in between):
        return None  # each heading begins another list
    edits = tuple(Edit(Span(*item.span()), f"[^{at}]: ") for at, item in enumerate(items, 1))
    return ReferenceList(Span(items[0].start(), section.end), Span(items[0].start(), last), len(items), edits)


def _paragraph_end(text: str, start: int) -> int:
    blank = _BLANK.search(text, start)
    return len(text) if blank is None else blank.start()


def is_list_title(text: str) -> bool:
    """True if a line is the title of a list of references, in any of the languages that are known."""
    return title_key(text) in _LISTS
