"""Gaps in the kept part of a page: the prose in them that an extractor keeps stays, whatever their size."""

import pytest

pytest.importorskip("lxml")


from notelint.importer import gaps
from tests.importer.cut_pages import cut as cut_page

_PROSE = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages, and never by force.</p>"
_LINKS = "<p><a href='/a'>Another page about the pumps</a> and <a href='/b'>one about their valves</a></p>"
_LONG = 40  # paragraphs: more than a gap without ballots may have


def _kept(page: str, chosen: set[int], voted: set[int]) -> list[str]:
    cut = cut_page(page)
    return [cut[number].text[:9] for number in sorted(gaps.close(cut, chosen, voted))]


def test_prose_between_kept_blocks_stays_if_an_extractor_keeps_it() -> None:
    page = f"<div><h2>First</h2>{_PROSE * _LONG}<h2>Last</h2></div>"
    ends = {0, _LONG + 1}
    assert _kept(page, ends, set()) == ["First", "Last"]
    assert len(_kept(page, ends, {*range(1, _LONG + 1)})) == _LONG + 2
    assert len(_kept(page, ends, {3, 4})) == 4


@pytest.mark.parametrize("gap", [f"<nav>{_PROSE}</nav>", f"<div class='newsletter'>{_PROSE}</div>", _LINKS])
def test_what_a_page_calls_foreign_and_links_stay_out(gap: str) -> None:
    page = f"<div><h2>First</h2>{gap * _LONG}<h2>Last</h2></div>"
    assert _kept(page, {0, _LONG + 1}, {*range(1, _LONG + 1)}) == ["First", "Last"]


def test_blocks_of_two_parts_of_the_body_have_no_gap() -> None:
    page = f"<div><h2>First</h2></div><div>{_PROSE * _LONG}</div><div><h2>Last</h2></div>"
    assert _kept(page, {0, _LONG + 1}, {*range(1, _LONG + 1)}) == ["First", "Last"]


def test_the_last_heading_keeps_its_text_and_nothing_else() -> None:
    page = f"<div><h2>First</h2><section><h2>Last</h2>{_PROSE}{_PROSE}{_LINKS}{_PROSE}</section>{_PROSE}</div>"
    assert _kept(page, {0, 1}, {2, 3, 4, 5, 6}) == ["First", "Last", "The valve", "The valve"]
    assert _kept(page, {0, 1}, {3}) == ["First", "Last"]
    inner = f"<div><section><h2>Last</h2></section>{_PROSE}</div>"
    assert _kept(inner, {0}, {1}) == ["Last"]


def test_the_heading_above_the_first_kept_block_stays_if_an_extractor_keeps_it() -> None:
    page = f"<div><h1>Title</h1><h2>First</h2>{_PROSE}</div>"
    assert _kept(page, {2}, {0, 1}) == ["First", "The valve"]
    assert _kept(page, {2}, set()) == ["The valve"]


def test_a_box_of_text_in_the_column_stays_and_a_column_of_links_does_not() -> None:
    text = f"<div class='sidebar'><p>Beware</p>{_PROSE * 2}</div>"
    page = f"<div>{_PROSE}{{}}{_PROSE}</div>"
    assert "Beware" in _kept(page.format(text), {0, 4}, set())
    assert "Beware" not in _kept(page.format(f"<div class='sidebar'><p>Beware</p>{_LINKS}</div>"), {0, 3}, set())
    assert "Beware" not in _kept(
        page.format(f"<div class='promo sidebar'><p>Beware</p>{_PROSE * 2}</div>"), {0, 4}, set()
    )


def test_what_stands_behind_the_last_kept_part_of_a_column_stays_with_its_mathematics() -> None:
    formula = "<div>So it holds: <div>x = y<math><mi>x</mi></math></div></div>"
    page = f"<main><div>{_PROSE}{_PROSE}<div><div>{_PROSE}</div></div>{formula}</div></main>"
    assert _kept(page, {0, 1, 2}, {3})[3:] == ["So it hol", "x = y"]
    assert _kept(page, {0, 1, 2}, set())[3:] == []
