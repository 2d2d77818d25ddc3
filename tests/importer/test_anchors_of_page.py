"""Ids of a manual's sections name places in its text, whatever words they are made of."""

import pytest

pytest.importorskip("lxml")

from lxml import html

from notelint.importer import anchors_of_page, blocks, vote
from notelint.importer.voters import VOTERS


def _ids(page: html.HtmlElement) -> list[str]:
    return [str(one.get("id")) for one in page.iter() if one.get("id")]


@pytest.mark.parametrize("heading", ["<h2>A</h2>", "<span></span><h2>A</h2>", "<a id='x'></a><h2>A</h2>"])
def test_ids_of_many_sections_are_hidden_and_come_back(heading: str) -> None:
    sections = "".join(f"<section id='related-{n}'>{heading}<p>Text.</p></section>" for n in range(4))
    page = html.fromstring(f"<div id='share'>{sections}<div id='menu'>Links</div></div>")
    before = html.tostring(page)
    with anchors_of_page.hidden(page):
        assert not [one for one in _ids(page) if one.startswith("related")]
        assert {"share", "menu"} <= set(_ids(page))
    assert sorted(_ids(page)) == sorted(_ids(html.fromstring(before)))


def test_ids_of_few_or_of_boxes_without_a_heading_stay() -> None:
    few = "".join(f"<section id='related-{n}'><h2>A</h2></section>" for n in range(3))
    boxes = "".join(f"<div id='share-{n}'>Words <h2>A</h2></div>" for n in range(5))
    page = html.fromstring(f"<div>{few}{boxes}</div>")
    with anchors_of_page.hidden(page):
        assert len(_ids(page)) == 8


def test_ids_come_back_after_an_error() -> None:
    page = html.fromstring("<div>" + "".join(f"<h2 id='a{n}'>A</h2>" for n in range(4)) + "</div>")
    with pytest.raises(ValueError, match="broken"), anchors_of_page.hidden(page):
        raise ValueError("broken")
    assert len(_ids(page)) == 4


def test_extractors_do_not_see_the_ids_of_a_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("pumps", "sharing-a-well", "related-faults", "recommended-parts", "search-for-leaks")
    sections = "".join(f"<section id='{name}'><h2>{name}</h2><p>About {name}.</p></section>" for name in names)
    page = html.document_fromstring(f"<html><body><div id='menu'>Menu</div><div>{sections}</div></body></html>")
    seen = []

    def votes(tree: html.HtmlElement, *rest: object) -> dict[str, frozenset[int]]:
        seen.extend(_ids(tree))
        return {name: frozenset() for name in VOTERS}

    monkeypatch.setattr(vote, "votes", votes)
    vote.elect(page, blocks.cut(page.body), None)
    assert seen == ["menu"]
    assert _ids(page) == ["menu", *names]
