"""Sections that a page's list of contents names stay, whatever their form; others, and what is foreign, do not."""

import pytest

pytest.importorskip("lxml")

from hypothesis import given
from hypothesis import strategies as st

from notelint.importer import belonging, listed
from tests.importer.cut_pages import cut as cut_page

_TEXT = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>"
_LIST = "<ul class='toc'><li><a href='#a'>1 Pumps</a></li><li><a href='#b'>2 Sizes</a></li></ul>"


def _added(page: str, heading: str = "Pumps") -> list[str]:
    """The texts that are added where the text below a heading is kept alone."""
    cut = cut_page(page)
    at = next(number for number, block in enumerate(cut) if block.text.endswith(heading) and block.element.tag != "li")
    kept = {at + 1}
    return [cut[number].text for number in sorted(belonging.complete(cut, kept) - kept) if cut[number].words]


@pytest.mark.parametrize(
    "named",
    [
        "<h2 id='b'>Sizes</h2>",
        "<h2><a name='b'></a>2. Sizes</h2>",
        "<a name='b'></a><h2>Sizes</h2>",
        "<div id='b'><h2>Sizes</h2></div>",
    ],
)
def test_a_short_last_section_that_the_list_names_stays(named: str) -> None:
    section = f"{named}<div class='level2'><ul><li>child: 7 cm</li></ul><table><tr><td>age</td></tr></table></div>"
    page = f"{_LIST}<div><h2 id='a'>Pumps</h2><div>{_TEXT}</div>{section}</div><p>Made by a program</p>"
    assert _added(page)[1:] == [named.count("2.") * "2. " + "Sizes", "child: 7 cm", "age"]


@pytest.mark.parametrize(
    "other",
    [
        "<h2 id='c'>Sizes</h2><p>Of shoes, which nobody asked about.</p>",  # no link leads to it
        "<h2 id='b'>Shops</h2><p>Where to buy one of these.</p>",  # the link has other words
        "<div class='sidebar'><h2 id='b'>Sizes</h2><p>Of shoes.</p></div>",
    ],
)
def test_a_section_that_it_does_not_name_is_left_to_the_vote(other: str) -> None:
    assert "Sizes" not in _added(f"{_LIST}<div><h2 id='a'>Pumps</h2><div>{_TEXT}</div>{other}</div>")


def test_the_last_section_ends_at_what_is_foreign() -> None:
    end = "<h2 id='b'>Sizes</h2><p>Short.</p><div class='newsletter'><p>Our letters</p></div><p>Behind it</p>"
    assert _added(f"{_LIST}<div><h2 id='a'>Pumps</h2><div>{_TEXT}</div>{end}</div>")[-1] == "Short."


def test_products_of_a_shop_under_a_listed_heading_are_none() -> None:
    cards = "<p><a href='/x'><img src='x.jpg'></a>Two colours</p>" * 3
    page = f"{_LIST}<div><h2 id='a'>Pumps</h2><div>{_TEXT}</div><h2 id='b'>Sizes</h2>{cards}</div>"
    assert "Two colours" not in _added(page)


@given(st.lists(st.sampled_from(["<h2 id='a'>Pumps</h2>", "<h2 id='b'>Sizes</h2>", _TEXT, _LIST, "<nav>x</nav>"])))
def test_nothing_is_yielded_that_is_no_block(parts: list[str]) -> None:
    cut = cut_page("".join(parts) or "<p>x</p>")
    kept = {number for number, block in enumerate(cut) if block.element.tag == "p"}
    assert set(listed.complete(cut, kept)) <= set(range(len(cut)))
