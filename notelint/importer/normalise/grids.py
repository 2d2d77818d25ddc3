"""Tables that a page builds of plain elements side by side, as Javadoc does."""

from itertools import takewhile
from typing import TYPE_CHECKING

from notelint.core.lazy_regex import lazy_regex
from notelint.importer.normalise.dom import classes, is_blank, make, replace

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_GRID = frozenset(("summary-table", "details-table"))
_COLUMN = lazy_regex(r"col-(?:first|second|last|constructor-name|summary-item-name|plain)")
_HEAD = "table-header"
_MOST = 20  # columns


def normalise(body: "HtmlElement") -> None:
    """Make a `<table>` of each such grid, whose cells follow each other, the heads of its columns first."""
    for grid in list(body.iter("div")):
        if grid.getparent() is not None and not _GRID.isdisjoint(classes(grid)):
            _grid(grid)


def _grid(grid: "HtmlElement") -> None:
    cells = list(grid)
    width = sum(1 for _ in takewhile(lambda cell: _HEAD in classes(cell), cells))
    texts = (grid.text, *(cell.tail for cell in cells))
    are_cells = all(any(_COLUMN.fullmatch(name) for name in classes(cell)) for cell in cells)
    if not 1 < width <= _MOST or len(cells) % width or not are_cells or not all(map(is_blank, texts)):
        return
    table = make(grid, "table")
    for place in range(0, len(cells), width):
        row = make(grid, "tr")
        for cell in cells[place : place + width]:
            cell.tail = None
            cell.tag = "td" if place else "th"
            row.append(cell)
        table.append(row)
    replace(grid, table)
