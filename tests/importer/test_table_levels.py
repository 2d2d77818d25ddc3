"""Tables of data that stand deep in their page stay between kept text, those that lay out something are judged as ever."""

import pytest

pytest.importorskip("trafilatura")

from lxml import html

from notelint.importer import blocks, gaps, table_levels

_TEXT = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>"
_CELL = "<table><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>7 cm</td></tr></tbody></table>"


def _closed(between: str, depth: int = 5) -> list[str]:
    """What stays of a page beside its paragraphs, of which all are kept, with something deep between them."""
    deep = f"{'<div>' * depth}{between}{'</div>' * depth}"
    body = html.document_fromstring(f"<html><body><main>{_TEXT}{deep}{_TEXT}</main></body></html>").find("body")
    assert body is not None
    cut = blocks.cut(body)
    kept = {number for number, block in enumerate(cut) if block.words > 12}
    return [cut[number].text for number in sorted(gaps.close(cut, kept) - kept)]


def test_a_deep_table_of_data_stays_whole() -> None:
    assert _closed(_CELL.format("age")) == ["age", "7 cm"]


@pytest.mark.parametrize(
    "head", ["<label>age</label><input>", "<table><tr><td>age</td></tr></table>", "<button>age</button>"]
)
def test_a_table_of_fields_or_tables_does_not(head: str) -> None:
    assert "7 cm" not in _closed(_CELL.format(head))


@pytest.mark.parametrize(("line", "levels"), [("td", 4), ("p", 0), ("th", 4)])
def test_levels_are_those_up_to_the_table(line: str, levels: int) -> None:
    tree = html.document_fromstring(f"<body><p>x</p>{_CELL.format('age')}</body>")
    element = tree.find(f".//{line}")
    assert element is not None
    assert table_levels.of(element) == levels
