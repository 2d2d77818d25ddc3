"""Sidenotes: notes in the margin or under a mark, which stand in the text, become footnotes."""

from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import classes, drop, is_blank, make, replace, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NAMES = frozenset(
    """sidenote marginnote margin-note footnote-content footnote__content footnote-text footnote-tooltip footnotetext
    modern-footnotes-footnote__note inline-footnote fn-text ltx_note_content""".split()
)
_MARKS_OF_NOTES = frozenset(("ltx_note_mark", "ltx_tag_note"))
_FEWEST_WORDS = 2
_MARK = lazy_regex(r"[\[(]?(?:\d{1,3}|[*†‡§])[\])]?")
HOMES = ("li", "dd", "tr", "p", "div", "section", "aside", "td", "blockquote")


def normalise(body: "HtmlElement") -> None:
    """Put a reference in the place of each note of the margin, and the note behind its paragraph."""
    for mark in list(body.iter("sup", "span")):
        if not _MARKS_OF_NOTES.isdisjoint(classes(mark)):
            drop(mark)
    taken = 0
    last_notes: dict[HtmlElement, HtmlElement] = {}
    for note in list(body.iter("span", "small", "aside")):
        if _NAMES.isdisjoint(classes(note)) or len(text_of(note).split()) < _FEWEST_WORDS:
            continue
        paragraph = next((outer for outer in note.iterancestors() if outer.tag in HOMES), None)
        if paragraph is None or paragraph.getparent() is None or note.getparent() is None:
            continue
        taken += 1
        label = f"side-{taken}"
        before = note.getprevious()
        while before is not None and _is_mark(before):
            previous = before.getprevious()
            drop(before)
            before = previous
        place = make(note, "x-noteref", label)
        replace(note, place)
        note.tag = "x-note"
        note.attrib.clear()
        note.set("label", label)
        last = last_notes.get(paragraph, paragraph)
        note.tail = None
        last.addnext(note)
        last_notes[paragraph] = note


def _is_mark(before: "HtmlElement") -> bool:
    """True if an element before a note only opens it: a box to tick, or its number."""
    opens = before.tag in ("label", "input") or (
        before.tag in ("sup", "a", "span", "button") and _MARK.fullmatch(text_of(before)) is not None
    )
    return opens and is_blank(before.tail)
