"""Of pages whose text stands in the body itself, all of it stays below the title, but for links and a foot."""

import pytest

pytest.importorskip("lxml")


from notelint.importer import bare
from tests.importer.cut_pages import cut as cut_page

_TEXT = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>"


def _added(page: str) -> list[str]:
    """What is added where the paragraphs of some words are kept."""
    cut = cut_page(page)
    kept = {number for number, block in enumerate(cut) if block.words > 12}
    return [cut[number].text for number in sorted(set(bare.complete(cut, kept)) - kept)]


@pytest.mark.parametrize(
    ("end", "added"),
    [
        ("<p>See also <a href='b.html'>brushes</a>, which are soft.</p>", ["See also brushes, which are soft."]),
        ("<h3>Why?</h3><dl><dt>Cause:<dd>rust<dt>Help:<dd>oil</dl>", ["Why?", "Cause:", "rust", "Help:", "oil"]),
        ("<h2>Use</h2><table><tr><td><tt><a href='t'>pump</a> open</tt><td>by hand</table>",
         ["Use", "pump open", "by hand"]),
        ("Written by hand<br>without a paragraph", ["Written by hand without a paragraph"]),
    ],
)  # fmt: skip
def test_the_end_of_a_page_without_boxes_stays(end: str, added: list[str]) -> None:
    assert _added(f"<h1>Pumps</h1>{_TEXT}{end}") == added


@pytest.mark.parametrize(
    "other",
    [
        "<p><a href='a.html'>Before</a> <a href='c.html'>Behind</a></p>",
        "<hr><address>Made by a program on Monday</address>",
        "<hr><p>Made by a program on Monday</p>",
        "<div class='menu'>Start</div>",
        "<ul><li><a href='x.html'>Brushes</a></li></ul>",
    ],
)
def test_links_boxes_and_a_foot_do_not(other: str) -> None:
    assert _added(f"<p>Above it</p><h1>Pumps</h1>{_TEXT}{other}") == []


@pytest.mark.parametrize("layout", ["<div>{}</div>", "<table><tr><td>{}</td></tr></table>"])
def test_pages_with_a_box_for_their_text_are_left_to_the_vote(layout: str) -> None:
    assert _added(f"<h1>Pumps</h1>{layout.format(_TEXT * 3)}<p>Short.</p>") == []
