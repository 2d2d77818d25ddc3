"""Posts of a thread stay together: what is named alike is kept alike, if it is prose."""

import pytest
from lxml import html

from notelint.importer import alike, blocks, page

POST = "<div class='post p{number}'><div class='text'><p>{text}</p></div><div class='user'>Member</div></div>"
TEXT = "Somebody answers here in a sentence of some length that says a thing or two about organs."


def cut(texts: list[str]) -> list[blocks.PageBlock]:
    posts = "".join(POST.format(number=number, text=text) for number, text in enumerate(texts))
    return blocks.cut(html.document_fromstring(f"<body>{posts}</body>").find("body"))


def test_prose_in_elements_named_alike_is_kept_if_some_of_it_is() -> None:
    found = cut([TEXT] * 4)
    assert [block.text for block in found][:2] == [TEXT, "Member"]
    assert alike.complete(found, {0}) == {0, 2, 4, 6}


def test_nothing_is_kept_that_is_no_prose() -> None:
    found = cut([TEXT] * 4)
    assert alike.complete(found, {1}) == {1}


def test_links_are_no_prose() -> None:
    found = cut([f"<a href='/x'>{TEXT}</a>"] * 4)
    assert alike.complete(found, {0}) == {0}


def test_one_of_many_is_not_a_fair_part() -> None:
    found = cut([TEXT] * 9)
    assert alike.complete(found, {0}) == {0}


def test_short_posts_among_many_that_are_kept_stay() -> None:
    found = cut([TEXT, TEXT, "Thank you all, I will try that!"])
    assert alike.complete(found, {0, 2}) == {0, 2, 4}
    assert alike.complete(cut([TEXT, "Thank you all!", "Fine."]), {0}) == {0}


@pytest.mark.parametrize(("heading", "whole", "all_of_them"), [("h4", 3, True), ("h4", 1, False), ("h1", 3, False)])
def test_articles_of_which_some_are_kept_whole_are_sections_of_one_page(
    heading: str, whole: int, all_of_them: bool
) -> None:
    text = "gives the name of a valve and of the pump that it belongs to, or nothing where it belongs to none"
    parts = "".join(f"<article><{heading}>valve {n}</{heading}><p>It {text}.</p></article>" for n in range(9))
    found = blocks.cut(page.body(page.parse(f"<body><h1>Valves</h1><div>{parts}</div></body>", "page")))
    kept = range(1, 1 + 2 * whole)
    assert set(alike.sections(found, kept)) == (set(range(1 + 2 * whole, 19)) if all_of_them else set())
