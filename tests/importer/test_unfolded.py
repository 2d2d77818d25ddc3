"""What readers unfold within the text stays; what they unfold beside it is left out, and that is said."""

import datetime

import pytest

pytest.importorskip("trafilatura")


from notelint.importer import article, formats, unfolded
from tests.importer.cut_pages import cut as cut_page

_TEXT = "".join(
    f"<p>The valve of pump number {number} is cleaned by somebody who knows how its rubber ages over the years.</p>"
    for number in range(1, 6)
)
_ANSWER = "The rubber is replaced once in two years, or earlier, if small cracks are seen at its edge."
_ITEM = f"<div class='accordion-item'><a href='#c1'>How long does it last?</a><div class='pane'><p>{_ANSWER}</p></div></div>"
_KEPT = set(range(5))


def _found(page: str) -> list[str]:
    cut = cut_page(page)
    return [cut[number].text for number in unfolded.complete(cut, _KEPT)]


@pytest.mark.parametrize("name", ["accordion-item", "faq", "js-toggle", "bbSpoiler", "expand-content expand-hidden"])
def test_what_unfolds_below_the_last_paragraph_stays(name: str) -> None:
    page = f"<div>{_TEXT[: -len('</p>')]}</p>{_ITEM.replace('accordion-item', name)}</div>"
    assert _found(page) == ["How long does it last?", _ANSWER]


@pytest.mark.parametrize(
    "part",
    [
        f"<aside>{_ITEM}</aside>",
        f"<div class='newsletter'>{_ITEM}</div>",
        f"<form>{_ITEM}</form>",
        _ITEM.replace("<p>", "<p><input type='checkbox'>"),
        _ITEM.replace(_ANSWER, "Twice"),
        _ITEM.replace("<p>", "<p><a href='/x'>").replace("</p>", "</a></p>"),
        _ITEM.replace("accordion-item", "box"),
    ],
)
def test_what_is_foreign_or_no_text_does_not(part: str) -> None:
    assert _found(f"<div>{_TEXT}{part}</div>") == []


def test_what_unfolds_outside_of_the_element_of_the_text_is_counted_only() -> None:
    page = f"<main><div>{_TEXT}</div><div class='questions'>{_ITEM}</div></main>"
    cut = cut_page(page)
    assert list(unfolded.complete(cut, _KEPT)) == []
    assert unfolded.words_beside(cut, _KEPT) == len(_ANSWER.split())
    assert unfolded.words_beside(cut, {*_KEPT, 5, 6}) == 0


def test_what_unfolds_beside_the_text_is_said() -> None:
    beside = f"<section><div class='rows'>{_ITEM * 2}</div></section>"
    page = f"<html><body><main><article><h1>Pumps</h1>{_TEXT}</article>{beside}</main></body></html>"
    saved = formats.read(page.encode(), "page.html", None)
    found = article.read(saved, "https://example.org/a", datetime.date(2024, 1, 2))
    is_kept = _ANSWER in found.body
    assert is_kept or any("unfold" in doubt for doubt in found.doubts)


@pytest.mark.parametrize(("part", "rest"), [("<p>Twice</p>", ["Twice"]), ("<nav><a href=x>Home</a></nav>", [])])
def test_details_of_which_something_stays_stay_whole(part: str, rest: list[str]) -> None:
    page = f"<div>{_TEXT}<details><summary>How long does it last?</summary>{part}</details><p>The end.</p></div>"
    cut = cut_page(page)
    assert [cut[number].text for number in unfolded.rest(cut, _KEPT | {5})] == rest
    assert not list(unfolded.rest(cut, _KEPT))
