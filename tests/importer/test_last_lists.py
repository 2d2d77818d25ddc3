"""Plain lists and tables that end a text stay, also in boxes and in parts of their own; other things below do not."""

import pytest

pytest.importorskip("lxml")


from notelint.importer import belonging
from tests.importer.cut_pages import cut as cut_page

_TEXT = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>" * 4
_ITEMS = "<ul><li>a soft brush</li><li>warm water</li></ul>"
_TABLE = "<table><tr><td>Pressure</td><td>2 bar</td></tr></table>"


def _added(page: str, kept: set[int]) -> list[str]:
    cut = cut_page(page)
    return [cut[number].text for number in sorted(belonging.complete(cut, kept) - kept)]


def test_lists_and_tables_below_the_part_with_the_last_paragraph_stay() -> None:
    end = f"<div class='box'><div>What is needed</div>{_ITEMS}</div><div class='wrap'>{_TABLE}</div>"
    page = f"<div class='text'>{_TEXT}<div>{_TEXT}</div>{end}</div>"
    assert _added(page, set(range(8))) == ["What is needed", "a soft brush", "warm water", "Pressure", "2 bar"]


@pytest.mark.parametrize(
    "below",
    [
        "<ul><li><a href='/a'>Pumps</a></li><li><a href='/b'>Valves</a></li></ul>",
        f"<div><p>Somebody writes about pumps and has been with this magazine since last year.</p>{_ITEMS}</div>",
        f"<div class='newsletter'>{_ITEMS}</div>",
        "<div>Written by somebody</div>",
    ],
)
def test_other_things_do_not_and_nothing_behind_them(below: str) -> None:
    assert _added(f"<div class='text'>{_TEXT}<div>{_TEXT}</div>{below}<div>{_ITEMS}</div></div>", set(range(8))) == []


def test_a_list_ends_a_text_of_line_breaks() -> None:
    text = "The valve of this pump is cleaned by somebody who knows how its rubber ages over the years."
    page = f"<div><div class='content'>{text}<br><br>{text}{_ITEMS}</div><div class='signature'>Cheers</div></div>"
    assert _added(page, {0, 1}) == ["a soft brush", "warm water"]


def test_a_quotation_in_a_text_that_stays_does_too() -> None:
    quoted = "<blockquote><p>Why does it leak?</p></blockquote>"
    page = f"<main><div class='body'>{quoted}{_TEXT}</div><blockquote><p>Another one</p></blockquote></main>"
    assert _added(page, {1, 2, 3, 4}) == ["Why does it leak?"]
