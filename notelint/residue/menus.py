"""Menus that a page shows twice: for wide and narrow screens, or in its head and again in its foot."""

from collections.abc import Iterator, Sequence

from notelint.residue.page import PARAGRAPH, JudgedPage, Verdict
from notelint.residue.signs import has_measure
from notelint.residue.units import Unit

_ENTRIES = 5  # lines in a row that stand twice, two of which websites are known for
_KNOWN = 2
_MANY = 12  # such lines, whatever they are
_WORDS = 5  # of an entry at most
_ENDS = (".", "!", "?", ":", ";", ",", "。", "！", "？")
_REASON = "a menu that the page shows more than once"


def cut(page: JudgedPage) -> None:
    """Let rows of short lines go that stand in a page twice, line for line, if one of them is known of websites.

    An article repeats single lines, and rows of them in its tables, but not before its first paragraph or behind its
    last.
    """
    found: set[int] = set()
    prose = [at for at, unit in enumerate(page.units) if unit.words >= PARAGRAPH and page.verdicts[at] is None]
    first, last = (prose[0], prose[-1]) if prose else (len(page.units), -1)
    for length, known in ((_ENTRIES, _KNOWN), (_MANY, 0)):
        seen: dict[tuple[str, ...], list[Sequence[int]]] = {}
        for row in _rows(page, length):
            texts = tuple(page.units[at].text.lower() for at in row)
            if len(set(texts)) == length and sum(page.units[at].known for at in row) >= known:
                seen.setdefault(texts, []).append(row)
        for rows in seen.values():
            outside = rows[0][-1] < first or rows[-1][0] > last
            if outside and rows[-1][0] > rows[0][-1]:
                found.update(at for row in rows for at in row)
    for at in sorted(found):
        page.cut(at, Verdict("navigation", _REASON, safe=page.is_declared))


def _rows(page: JudgedPage, length: int) -> Iterator[Sequence[int]]:
    """Every row of so many entries, marks between them passed over."""
    run: list[int] = []
    for at, unit in enumerate(page.units):
        if unit.is_mark and not unit.kept:
            continue
        if at == page.title or at in page.sections or not _is_entry(unit):
            run = []
            continue
        run.append(at)
        if len(run) >= length:
            yield run[-length:]


def _is_entry(unit: Unit) -> bool:
    if unit.kept or unit.level or not 0 < unit.words <= _WORDS or unit.text.endswith(_ENDS):
        return False
    return not has_measure(unit.text)
