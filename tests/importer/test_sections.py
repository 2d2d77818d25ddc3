"""Sections above and below kept ones stay if they stand as those do, whatever their names."""

import pytest

pytest.importorskip("lxml")


from notelint.importer import sections
from tests.importer.cut_pages import cut as cut_page

_DECLARATION = "<div class='declaration'><h4>Declaration</h4><div class='c'><pre>int turn(pump)</pre></div></div>"
_TEXT = "<p>Turns the pump on, if its valve is clean, and waits.</p>"
_DESCRIPTION = f"<div class='description'><h4>Description</h4><div>{_TEXT}</div></div>"
_RETURNS = "<div class='returns'><h4>Return value</h4><div><p>Type: int</p></div></div>"


def _added(page: str, *kept: str) -> list[str]:
    cut = cut_page(page)
    own = {number for number, block in enumerate(cut) if block.text.startswith(kept)}
    found = own | sections.above(cut, own)
    found.update(sections.below(cut, found))
    return [cut[number].text for number in sorted(found - own)]


def test_sections_of_other_names_in_elements_alike_stay() -> None:
    page = f"<main><h1>turn</h1><section>{_DECLARATION}{_DESCRIPTION}{_RETURNS}</section></main>"
    rest = ["Declaration", "int turn(pump)", "Description", "Return value", "Type: int"]
    assert _added(page, "Turns") == rest
    assert _added(page, "Declaration", "int", "Description", "Turns") == rest[-2:]


def test_the_last_section_goes_on_in_its_element() -> None:
    table = "<div><table><tr><td>Since</td><td><a href='/v'>version 3</a></td></tr></table></div></div>"
    page = f"<main><h1>turn</h1><section>{_DECLARATION}{_DESCRIPTION[:-6]}{table}{_RETURNS}</section></main>"
    added = _added(page, "Declaration", "int", "Description", "Turns")
    assert added == ["Since", "version 3", "Return value", "Type: int"]


@pytest.mark.parametrize(
    "below",
    [
        "<div class='returns'><p>Somebody wrote this page</p><h4>Return value</h4></div>",
        "<aside><h4>More pumps</h4><p>Pumps of the north</p></aside>",
        "<div class='related'><h4>More pumps</h4><p>Pumps of the north</p></div>",
        "<div><h4>More pumps</h4><p><a href='/a'>Pumps of the north</a></p></div>",
        "<div><h2>More pumps</h2><p>Pumps of the north</p></div>",
    ],
)
def test_what_stands_otherwise_or_leads_away_does_not(below: str) -> None:
    page = f"<main><h1>turn</h1><section>{_DECLARATION}{_DESCRIPTION}{below}</section></main>"
    added = _added(page, "Declaration", "int", "Description", "Turns")
    assert "Pumps of the north" not in added
    assert "Somebody wrote this page" not in added


def test_a_heading_that_stands_alone_is_no_section() -> None:
    assert _added(f"<main><h1>turn</h1><div>{_DESCRIPTION}</div></main>", "Turns") == []


def test_a_page_of_nothing_has_no_sections() -> None:
    assert _added("", "Turns") == []
