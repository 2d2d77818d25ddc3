"""Tables: a grid of cells that each stand on one line, or no table at all, where it only lays out the page."""

from typing import TYPE_CHECKING

from notelint.importer.normalise import cells
from notelint.importer.normalise.dom import HEADINGS, drop, is_blank, make, text_of, unwrap

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LONG_CELL = 120  # words, on the mean of a table's cells, that are prose and no table
_MOST_COLUMNS = 100
_TEXT_BESIDE = 12  # words
_MOST_PARAGRAPHS = 4
_ROWS = ("tr",)
_CELLS = ("td", "th")
_FRAMES = ("table", "thead", "tbody", "tfoot", "tr")
_PARTS_OF_TABLE = ("tr", "thead", "tbody", "tfoot", "colgroup", "col")
_FIT_IN = {"tr": ("td", "th"), "table": (*_PARTS_OF_TABLE, "caption")}
_PARTS = ("tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "col")
_MADE = "grid"  # marks a table that is brought to its form: no other one can hold it


def normalise(body: "HtmlElement") -> None:
    """Inner tables first: dissolve what only lays out, bring the rest to rows of cells."""
    for part in list(body.iter(*_PARTS)):
        if next(part.iterancestors("table"), None) is None:
            part.tag = "div"
    for table in reversed(list(body.iter("table"))):
        if table.getparent() is None:
            continue
        _repair(table)
        _captions(table)
        if _lays_out(table):
            _dissolve(table)
        elif any(outer.tag in _CELLS for outer in table.iterancestors()) and not _outer_dissolves(table):
            _flatten_inner(table)
        else:
            _grid(table)


def _rows(table: "HtmlElement") -> "list[HtmlElement]":
    """The rows of a table itself, not those of tables in its cells."""
    return [row for row in table.iter(*_ROWS) if next(row.iterancestors("table"), None) is table]


def _cells(row: "HtmlElement") -> "list[HtmlElement]":
    return [cell for cell in row if cell.tag in _CELLS]


def _repair(table: "HtmlElement") -> None:
    """Put what stands in a table and in no cell into one, where it stands."""
    for form in list(table.iter("form")):
        if next(form.iterancestors("table", "td", "th")) is not None and form.getparent().tag in _FRAMES:
            unwrap(form)
    for frame in [table, *table.iter(*_FRAMES[1:])]:
        if frame is not table and next(frame.iterancestors("table"), None) is not table:
            continue
        if frame is not table and frame.getparent().tag not in _FRAMES:
            continue
        fits = _FIT_IN.get(frame.tag, _PARTS_OF_TABLE)
        for child in list(frame):
            tail, child.tail = child.tail, None
            place = child
            if child.tag not in fits:
                place = _cell_around(child, frame.tag == "tr")
            if not is_blank(tail):
                behind = make(frame, "td", tail or "")
                place.addnext(behind if frame.tag == "tr" else _row_of(behind))
        if not is_blank(frame.text):
            first = make(frame, "td", frame.text or "")
            frame.insert(0, first if frame.tag == "tr" else _row_of(first))
        frame.text = None


def _row_of(cell: "HtmlElement") -> "HtmlElement":
    row = make(cell, "tr")
    row.append(cell)
    return row


def _cell_around(child: "HtmlElement", in_row: bool) -> "HtmlElement":
    """Put a stray element of a table into a cell, and that into a row, if it stands in none."""
    cell = make(child, "td")
    child.getparent().replace(child, cell)
    if child.tag in _CELLS or child.tag == "caption":
        child.tag = "span"
    cell.append(child)
    if in_row:
        return cell
    row = make(cell, "tr")
    cell.getparent().replace(cell, row)
    row.append(cell)
    return row


def _captions(table: "HtmlElement") -> None:
    """Put a caption above its table, or below it, as it stands above or below the rows; among them it is a row."""
    for caption in list(table.iterfind("caption")):
        caption.tail = None
        caption.tag = "div"
        if not any(map(_says_something, caption.itersiblings(preceding=True))):
            table.addprevious(caption)
        elif not any(map(_says_something, caption.itersiblings())):
            caption.tail, table.tail = table.tail, None
            table.addnext(caption)
        else:
            _cell_around(caption, in_row=False)


def _says_something(part: "HtmlElement") -> bool:
    return not is_blank(part.text_content()) or part.find(".//img") is not None


def _lays_out(table: "HtmlElement") -> bool:
    """True if a table only places parts of the page: by its role, by one column or row of blocks, by prose in it."""
    if table.get("role", "").lower() in ("presentation", "none"):
        return True
    rows = _rows(table)
    cells = [cell for row in rows for cell in _cells(row)]
    if not cells or max(len(_cells(row)) for row in rows) == 1:
        return True
    if all(sum(map(_says_something, _cells(row))) <= 1 for row in rows) and len(rows) == 1:
        return True
    if any(inner.tag in HEADINGS or inner.tag == "hr" for cell in cells for inner in cell.iterdescendants()):
        return True
    heads = table.find(".//th") is not None or table.find(".//thead") is not None
    words = sum(len(cell.text_content().split()) for cell in cells)
    most = max(sum(1 for _ in cell.iter("p", "pre", "blockquote")) for cell in cells)
    if any(inner.get(_MADE) for cell in cells for inner in cell.iter("table")) or any(map(_holds_grid, cells)):
        return True
    return not heads and (words > _LONG_CELL * len(cells) or most > _MOST_PARAGRAPHS)


def _holds_grid(cell: "HtmlElement") -> bool:
    """True if a cell holds a whole table, with a head of its own, or amid text."""
    inside = [inner for inner in cell.iter("table") if len(_rows(inner)) > 1]
    words = len(cell.text_content().split()) - sum(len(inner.text_content().split()) for inner in inside)
    return any(
        inner.find(".//th") is not None or (words > _TEXT_BESIDE and any(len(_cells(row)) > 1 for row in _rows(inner)))
        for inner in inside
    )


def _outer_dissolves(table: "HtmlElement") -> bool:
    outer = next(table.iterancestors("table"), None)
    return outer is not None and _lays_out(outer)


def _dissolve(table: "HtmlElement") -> None:
    """Make blocks of the cells, in their order."""
    for part in list(table.iter("tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "col")):
        if next(part.iterancestors("table"), None) is table:
            if part.tag in ("colgroup", "col"):
                drop(part)
            else:
                part.tag = "div"
    table.tag = "div"


def _flatten_inner(table: "HtmlElement") -> None:
    """A table within a cell, which no Markdown can hold: its rows on lines, its cells behind commas."""
    for row in _rows(table):
        cells = _cells(row)
        for cell in cells:
            cell.tag = "span"
            if cell is not cells[-1]:
                cell.tail = ", "
        row.tag = "div"
    for part in list(table.iter("thead", "tbody", "tfoot")):
        unwrap(part)
    table.tag = "div"


def _grid(table: "HtmlElement") -> None:
    """Rows of equally many cells: spans become empty cells, blocks in cells lines."""
    rows = _rows(table)
    first_head = next((row for row in rows if _is_head(row)), None)
    made = make(table, "table", **{_MADE: "yes"})
    down: dict[int, int] = {}
    for row in rows:
        line = make(table, "tr")
        at = 0
        for cell in _cells(row):
            at = _fill(line, at, down)
            wide, high = min(_span(cell, "colspan"), max(1, _MOST_COLUMNS - at)), _span(cell, "rowspan")
            cell.attrib.clear()
            cell.tail = None
            cells.put_on_one_line(cell)
            cell.tag = "td"
            line.append(cell)
            for column in range(at, at + wide):
                if high > 1:
                    down[column] = high - 1
                if column > at:
                    line.append(make(table, "td"))
            at += wide
        _fill(line, at, down, whole=True)
        if any(not is_blank(cell.text) or len(cell) for cell in line) or not len(made):
            made.append(line)
    if first_head is not None and rows and first_head is not rows[0] and not _texts(made[0]):
        made.remove(made[0])
    width = max((len(line) for line in made), default=0)
    for line in made:
        line.extend(make(table, "td") for _ in range(width - len(line)))
    _put_in_place(table, made)


def _texts(line: "HtmlElement") -> str:
    return text_of(line)


def _is_head(row: "HtmlElement") -> bool:
    cells = _cells(row)
    return bool(cells) and (all(cell.tag == "th" for cell in cells) or row.getparent().tag == "thead")


def _fill(line: "HtmlElement", at: int, down: dict[int, int], *, whole: bool = False) -> int:
    """Leave cells empty that a cell above reaches into; the column that is free then."""
    while at < _MOST_COLUMNS and (
        down.get(at) or (whole and any(column >= at and rest for column, rest in down.items()))
    ):
        if down.get(at):
            down[at] -= 1
        line.append(make(line, "td"))
        at += 1
    return at


def _span(cell: "HtmlElement", name: str) -> int:
    text = cell.get(name, "").strip()
    return min(max(int(text), 1), _MOST_COLUMNS) if text.isdecimal() and len(text) < 6 else 1


def _put_in_place(table: "HtmlElement", made: "HtmlElement") -> None:
    parent = table.getparent()
    made.tail, table.tail = table.tail, None
    if not len(made):
        made.tag = "span"
    parent.replace(table, made)
