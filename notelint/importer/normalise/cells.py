"""Cells of tables on one line, as Markdown has them: the blocks within become lines with breaks between them."""

from typing import TYPE_CHECKING

from notelint.importer.normalise.dom import HEADINGS, drop, is_blank, make, unwrap

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BREAKING = frozenset(
    """p div li ul ol dl dt dd blockquote table tr caption section article figure figcaption h1 h2 h3 h4 h5 h6 pre
    center address""".split()
)


def put_on_one_line(cell: "HtmlElement") -> None:
    """Blocks within a cell become lines with `<br>` between them; a list's items get a bullet, or their number."""
    for item in list(cell.iter("li")):
        parent = item.getparent()
        mark = "• " if parent.tag != "ol" else f"{item.get('number', '1')}. "
        first = item
        while is_blank(first.text) and len(first) and first[0].tag in ("p", "div"):
            first = first[0]
        first.text = f"{mark}{(first.text or '').lstrip()}"
    for code in list(cell.iter("pre")):
        _lines_of_code(code)
    blocks = [inner for inner in cell.iterdescendants() if inner.tag in _BREAKING or inner.tag.startswith("x-callout")]
    for inner in blocks:
        if inner.tag in HEADINGS:
            inner.tag = "strong"
            inner.addprevious(make(cell, "br"))
            inner.addnext(make(cell, "br"))
            _move_tail(inner)
            continue
        inner.addprevious(make(cell, "br"))
        after = make(cell, "br")
        after.tail, inner.tail = inner.tail, None
        inner.addnext(after)
        unwrap(inner)
    for rule in list(cell.iter("hr")):
        rule.tag = "br"
    _tidy_breaks(cell)


def _move_tail(inner: "HtmlElement") -> None:
    after = inner.getnext()
    if after is not None and inner.tail:
        after.tail, inner.tail = f"{inner.tail}{after.tail or ''}", None


def _lines_of_code(code: "HtmlElement") -> None:
    """Code in a cell: a line of code each."""
    lines = (code.text_content() or "").split("\n")
    holder = make(code, "div")
    for line in lines:
        if line.strip():
            holder.append(make(code, "code", line))
            holder[-1].tail = ""
            holder.append(make(code, "br"))
    holder.tail = code.tail
    code.tail = None
    code.getparent().replace(code, holder)


def _tidy_breaks(cell: "HtmlElement") -> None:
    """No break at the ends of a cell, and none behind another."""
    for line_break in list(cell.iter("br")):
        before = line_break.getprevious()
        text = before.tail if before is not None else line_break.getparent().text
        first = is_blank(text) and (before is None or before.tag == "br")
        if first and line_break.getparent() is cell:
            drop(line_break)
    while len(cell) and cell[-1].tag == "br" and is_blank(cell[-1].tail):
        cell.remove(cell[-1])
