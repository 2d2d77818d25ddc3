"""Boxes of labelled facts: who wrote an article, when, and how it is cited."""

import re
from collections.abc import Sequence

from notelint.core.lazy_regex import lazy_regex
from notelint.residue.facts import accessed
from notelint.residue.knowledge import Box, Field, Line, either, matcher
from notelint.residue.page import FACT, JudgedPage, Verdict
from notelint.residue.units import Unit

_GAP = 16  # units between two labels of a box at most
_FAR = 40  # units between two labels of one whose site is not known
_SHORT = 40  # words of a unit there at most
_NAMES = 12  # words of names at most
_VALUE = 14  # words of another value at most
_CITED = lazy_regex(r"\b(?:19|20)\d\d\b|https?://|\bet al\b|\bdoi\b", re.I)
_LABELS = 3  # different ones make a box that no line opens


def apply(page: JudgedPage, box: Box, lines: Sequence[Line], start: int | None = None) -> None:
    """Take the facts of a box: the first one whose first line is there, or the one that starts at unit `start`.

    Among them may stand `lines` of the site, and after such ones statements for its editors.
    """
    start = page.first(box.start) if start is None else start
    if start is None:
        return
    labels = _labels(box)
    opens = any(label.match(page.units[start].text) for label, _ in labels)
    at, stated = start if opens else start + 1, False  # whether statements for editors have begun
    while at < len(page.units):
        field = next((field for label, field in labels if label.match(page.units[at].text)), None)
        if field is not None:
            at, stated = _apply_field(page, field, at, box), False
        elif page.units[at].is_mark or page.verdicts[at] is not None or _is_line(page, at, lines):
            stated = stated or _is_line(page, at, lines)
            at += 1
        elif stated and (following := _next_label(page, labels, at)) is not None:
            page.cut_all(range(at, following), Verdict(FACT, "a statement for the site's editors"))
            at = following
        else:
            break
    if not opens and any(verdict is not None for verdict in page.verdicts[start:at]):
        page.cut(start, Verdict(FACT, box.reason))
        page.facts_at.add(start)


def find(page: JudgedPage, box: Box) -> None:
    """Take the facts of a box that no line opens: three different labels, each with its value, near each other."""
    labels, starts = _labels(box), matcher(box.start)
    any_label = either(tuple(field.label for field in box.field))
    found: list[int] = []
    for at in [*(at for at in page.known if any_label.fits(page.units[at].text)), len(page.units) + _FAR + 1]:
        if found and at - found[-1] > _FAR:
            texts = {page.units[label].text.lower() for label in found}
            if len(texts) >= _LABELS and any(starts.match(text) for text in texts):
                for label in found:
                    field = next(field for pattern, field in labels if pattern.match(page.units[label].text))
                    _apply_field(page, field, label, box, strict=True)
            found = []
        found.append(at)


def _labels(box: Box) -> list[tuple[re.Pattern[str], Field]]:
    return [(matcher(field.label), field) for field in box.field]


def _next_label(page: JudgedPage, labels: list[tuple[re.Pattern[str], Field]], start: int) -> int | None:
    """The next label of the same box, if nothing but short lines stands before it."""
    for at in range(start, min(start + _GAP, len(page.units))):
        if any(label.match(page.units[at].text) for label, _ in labels):
            return at
        if page.units[at].words > _SHORT:
            return None
    return None


def _is_line(page: JudgedPage, at: int, lines: Sequence[Line]) -> bool:
    return any(page.is_line(at, line) for line in lines)


def _apply_field(page: JudgedPage, field: Field, label: int, box: Box, strict: bool = False) -> int:
    """Take the values after a label; the unit where the next label may stand.

    Where it is not known whose box it is, a value must directly follow (`strict`) and look like one.
    """
    at, taken, held = label + 1, 0, True
    while at < len(page.units) and taken < field.units:
        unit = page.units[at]
        if unit.is_mark or (page.verdicts[at] is not None and not strict):
            at += 1
            continue
        if unit.words > field.most or unit.level or (field.units > 2 and not _is_item(page, at, field)):
            break
        values = {field.properties[min(taken, len(field.properties) - 1)]: unit.text}
        if not all(_looks_like(key, unit, strict) for key in values):
            break
        if "citation" in values and (day := accessed(unit.text)) is not None:
            values["accessed"] = day
        held = page.take(at, values, box.reason) and held
        at, taken = at + 1, taken + 1
    if held and taken:
        page.cut(label, Verdict(FACT, box.reason))
        page.facts_at.add(label)
    return at


def _looks_like(key: str, unit: Unit, strict: bool) -> bool:
    """True if a unit may be the value of this property, and not a sentence of the article."""
    if key in ("author", "reviewer", "editor"):
        return unit.words <= _NAMES and matcher("%name%", False).match(unit.text) is not None
    if key == "aliases":
        return not unit.links and (unit.bullet or not strict)
    if key == "citation":
        return _CITED.search(unit.text) is not None
    return key == "licence" or (unit.words <= _VALUE and not unit.text.endswith((".", ":", ";")))


def _is_item(page: JudgedPage, at: int, field: Field) -> bool:
    """True if a unit is one of many short values, and not the article's first line."""
    unit = page.units[at]
    if unit.bullet or (at and page.units[at - 1].is_mark):
        return True
    return not unit.text.endswith((".", ":", ";")) and not page.note.headings
