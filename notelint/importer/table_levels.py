"""How deep a table of data makes a page: its cells belong to the text around it, as deep as they may stand."""

from itertools import islice, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PARTS = frozenset(("thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
_MOST_LEVELS = 8  # between a line and its table
_MOST_PARTS = 200  # of a table, that are looked at
_OTHERS = frozenset(("table", "input", "select", "form", "button", "label"))  # of tables that lay out something


def of(element: "HtmlElement") -> int:
    """The number of levels from a line in a table of data to this table, with it; 0 for any other line."""
    chain = list(islice((element, *element.iterancestors()), _MOST_LEVELS))
    inside = list(takewhile(lambda one: one.tag != "table", chain))
    if len(inside) == len(chain) or not any(one.tag in _PARTS for one in inside):
        return 0
    table = chain[len(inside)]
    parts = islice(table.iterdescendants(), _MOST_PARTS)
    return 0 if any(one.tag in _OTHERS for one in parts) else len(inside) + 1
