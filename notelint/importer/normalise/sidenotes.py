"""Sidenotes: notes in the margin, which stand in the text, become footnotes."""

from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import classes, drop, is_blank, make, replace

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARAGRAPHS = ("li", "dd", "tr", "p", "div", "section", "aside", "td", "blockquote")


def normalise(body: "HtmlElement") -> None:
    """Put a reference in the place of each note of the margin, and the note behind its paragraph."""
    taken = 0
    for note in list(body.iter("span", "small", "aside")):
        if not {"sidenote", "marginnote", "margin-note"} & set(classes(note)):
            continue
        paragraph = next((outer for outer in note.iterancestors() if outer.tag in _PARAGRAPHS), None)
        if paragraph is None or paragraph.getparent() is None or note.getparent() is None:
            continue
        taken += 1
        label = f"side-{taken}"
        before = note.getprevious()
        while before is not None and before.tag in ("label", "input") and is_blank(before.tail):
            previous = before.getprevious()
            drop(before)
            before = previous
        place = make(note, "x-noteref", label)
        replace(note, place)
        note.tag = "x-note"
        note.attrib.clear()
        note.set("label", label)
        paragraph.addnext(note)
        note.tail, paragraph.tail = paragraph.tail, None
