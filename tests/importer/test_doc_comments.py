"""Comments of documentation stay, though they are named as readers' comments; those of readers are judged as ever."""

import datetime

import pytest

pytest.importorskip("trafilatura")

from notelint.importer import article, formats, page

_SAYS = "Opens the valve of the pump and returns how far it went, in steps of a tenth of a turn."
_MEMBER = (
    "<li><a id='m{0}'></a><h4 class='signature'><span class='symbol'>open{0}(<a href='Int.html'>Int</a>)</span></h4>"
    "<p class='shortcomment cmt'>Opens the valve of pump {0}.</p><div class='fullcomment'><div class='comment cmt'>"
    "<p>Opens the valve of pump {0}.</p><p>It returns after turn {0} with <code>true</code>, unless it is stuck.</p>"
    "</div></div></li>"
)
_PAGE = (
    "<html><head><title>Valve</title></head><body><div id='definition'><h1>Valve</h1></div>"
    "<h4 id='signature' class='signature'><span class='symbol'>class Valve</span></h4>"
    "<div id='comment' class='fullcommenttop'><div class='comment cmt'><p>{says}</p></div></div>"
    "<div id='template'><h3>Value Members</h3><ol>{members}</ol></div>{end}</body></html>"
)


def test_what_is_said_of_a_class_and_of_each_function_stays_once() -> None:
    source = _PAGE.format(says=_SAYS, members="".join(map(_MEMBER.format, range(4))), end="")
    body = article.read(formats.read(source.encode(), "Valve.html", None), None, datetime.date(2024, 1, 2)).body
    assert body.count(_SAYS) == 1
    for number in range(4):
        assert body.count(f"Opens the valve of pump {number}.") == 1
        assert body.count(f"It returns after turn {number} with `true`") == 1


@pytest.mark.parametrize(
    "end",
    [
        "<form><textarea></textarea></form>",
        "<div class='comment'><p>Bo, 3/4/2021</p><p>Thanks</p></div>",
        "<div class='comment-list'>Nobody yet</div>",
        "<p class='username'>Bo</p>",
    ],
)
def test_a_page_with_readers_is_left_as_it_is(end: str) -> None:
    tree = page.parse(_PAGE.format(says=_SAYS, members=_MEMBER.format(1), end=end), "Valve")
    assert len(tree.find_class("cmt")) == 3


def test_a_page_without_code_is_left_as_it_is() -> None:
    tree = page.parse("<body><h1>Pumps</h1><div class='comment'><p>Good.</p></div></body>", "Pumps")
    assert len(tree.find_class("comment")) == 1


def test_a_short_form_that_says_something_else_stays() -> None:
    member = _MEMBER.format(1).replace("<p class='shortcomment cmt'>Opens", "<p class='shortcomment cmt'>Shuts")
    tree = page.parse(_PAGE.format(says=_SAYS, members=member, end=""), "Valve")
    assert "Shuts the valve" in tree.text_content()
