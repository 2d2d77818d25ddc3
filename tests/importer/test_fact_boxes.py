"""Boxes of facts in a text stay whole; those outside it, or that ask for something, are left to the vote."""

import pytest

pytest.importorskip("lxml")

from notelint.importer import blocks, fact_boxes, page

_PROSE = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages.</p>" * 3
_ROWS = "<h2>Old pump</h2><div><h3>Town</h3><div>Heronby</div></div><div><h3>Built</h3><div>1901</div></div>"


def _kept(body: str) -> list[str]:
    tree = page.parse(f"<html><body>{body}</body></html>", "page")
    cut = blocks.cut(page.body(tree))
    prose = {number for number, block in enumerate(cut) if block.text.startswith("The valve")}
    return [cut[number].text for number in fact_boxes.complete(cut, prose)]


@pytest.mark.parametrize("box", ["aside class='portable-infobox pi-theme'", "div class='infobox'"])
def test_a_box_of_facts_in_the_text_stays(box: str) -> None:
    rows = ["Old pump", "Town", "Heronby", "Built", "1901"]
    assert _kept(f"<main><div><{box}>{_ROWS}</{box.split(maxsplit=1)[0]}>{_PROSE}</div></main>") == rows


@pytest.mark.parametrize(
    "body",
    [
        f"<main><div class='infobox'>{_ROWS}</div><div>{_PROSE}</div></main>",
        f"<main><div><div class='box'>{_ROWS}</div>{_PROSE}</div></main>",
        f"<main><div><div class='infobox'>{_ROWS}<form><input type='email'></form></div>{_PROSE}</div></main>",
        f"<main><div><div class='infobox'><p><a href='/a'>Pumps</a></p><p><a href='/b'>Mills</a></p></div>{_PROSE}</div></main>",
    ],
)
def test_other_boxes_are_left_to_the_vote(body: str) -> None:
    assert _kept(body) == []
