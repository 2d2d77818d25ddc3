"""Signatures of functions that a page lays out as a table, with their parameters in columns: code on a few lines."""

from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import is_blank, make, replace, text_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MOST_CELLS = 200
_OPEN, _SHUT = "(", ")"


def normalise(body: "HtmlElement") -> None:
    """Make a `<pre>` of each table in which one cell is an opening bracket alone, and a later one begins with `)`."""
    for table in list(body.iter("table")):
        lines = _lines(table)
        if lines:
            whole = make(table, "pre", lines)
            around = _around(table)
            replace(table, whole)
            if around is not None:
                _leave(around)


def _lines(table: "HtmlElement") -> str:
    """The signature in a table; empty if it holds none."""
    cells = list(table.iter("td"))
    if not 3 <= len(cells) <= _MOST_CELLS or table.find(".//th") is not None or table.find(".//table") is not None:
        return ""
    texts = [text_of(cell) for cell in cells]
    if texts.count(_OPEN) != 1 or not texts[0] or texts[0] == _OPEN:
        return ""
    if not any(text.startswith(_SHUT) for text in texts[texts.index(_OPEN) + 1 :]):
        return ""
    rows = [" ".join(text for cell in row.iter("td") if (text := text_of(cell))) for row in table.iter("tr")]
    first, *rest = [row for row in rows if row]
    return "\n".join([first, *(row if row.startswith(_SHUT) else f"    {row}" for row in rest)])


def _around(table: "HtmlElement") -> "HtmlElement | None":
    """The table of one row that holds a signature alone in its first cell, and a word on it in another."""
    cell = table.getparent()
    outer = next(cell.iterancestors("table"), None) if cell is not None and cell.tag == "td" else None
    if cell is None or outer is None or len(list(outer.iter("td"))) - len(list(table.iter("td"))) > 2:
        return None
    return outer if text_of(cell) == text_of(table) and is_blank(table.tail) else None


def _leave(outer: "HtmlElement") -> None:
    """Make blocks of a table's cells; what pieces of a cell say stays apart."""
    for cell in outer.iter("td"):
        for piece in cell.iterchildren("span"):
            for word in piece.iterchildren("span"):
                word.tail = f" {word.tail or ''}"
    for part in list(outer.iter("tbody", "tr", "td")):
        part.tag = "div"
    outer.tag = "div"
