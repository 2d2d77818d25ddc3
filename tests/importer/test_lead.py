"""The lead of an article: where the note does not begin with it, it is the note's description."""

import datetime

import pytest

pytest.importorskip("trafilatura")

from lxml import html

from notelint.importer import article, blocks, formats, lead

_TEXT = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>" * 4
_LEAD = "Pumps outlive their owners, if somebody looks after their valves."


def _lead(above: str, head: str = "") -> str | None:
    page = f"<html><head>{head}</head><body><main><div>{above}</div><div>{_TEXT}</div></main></body></html>"
    tree = html.document_fromstring(page)
    cut = blocks.cut(tree.find("body"))
    kept = {number for number, block in enumerate(cut) if block.text.startswith("The valve")}
    found = lead.missed(tree, cut, kept)
    return None if found is None else cut[found].text


@pytest.mark.parametrize("name", ["lead", "article__standfirst", "post-subtitle", "chapo", "entry-summary", "intro"])
def test_a_sentence_that_is_named_so_is_the_lead(name: str) -> None:
    assert _lead(f"<h1>On pumps</h1><p class='{name}'>{_LEAD}</p>") == _LEAD
    assert _lead(f"<h1>On pumps</h1><div data-part='{name}'><p>{_LEAD}</p></div>") == _LEAD


def test_and_one_that_the_head_has_as_the_description() -> None:
    above = f"<h1>On pumps</h1><h2>{_LEAD}</h2>"
    assert _lead(above, f'<meta name="description" content="{_LEAD[:50]}...">') == _LEAD
    assert _lead(above, f'<meta property="og:description" content="{_LEAD}">') == _LEAD
    assert _lead(above, '<meta name="description" content="A page on pumps, and what is to be known of them.">') is None
    assert _lead(above) is None


@pytest.mark.parametrize(
    "above",
    [
        f"<p class='lead'>{_LEAD}</p><h1>On pumps</h1>",
        f"<h1>On pumps</h1><aside class='lead'>{_LEAD}</aside>",
        f"<h1>On pumps</h1><div class='newsletter'><p class='intro'>{_LEAD}</p></div>",
        f"<h1>On pumps</h1><p class='lead'><a href='/b'>{_LEAD}</a></p>",
        "<h1>On pumps</h1><p class='lead'>Pumps and valves of the world, and who looks after them</p>",
        "<h1>On pumps</h1><p class='lead'>By somebody.</p>",
        f"<p class='lead'>{_LEAD}</p>",
    ],
)
def test_other_lines_are_none(above: str) -> None:
    assert _lead(above) is None


def test_the_note_has_it() -> None:
    text = "".join(
        f"<p>Chapter {number}: {_TEXT[3:-4].replace('<p>', '').replace('</p>', ' ')}</p>" for number in range(6)
    )
    page = f"""<html><head><title>On pumps</title></head><body><article><header><h1>On pumps</h1>
        <div data-part="standfirst"><p>{_LEAD}</p></div></header><div>{text}</div></article></body></html>"""
    found = article.read(formats.read(page.encode(), "page.html", None), None, datetime.date(2024, 1, 2))
    assert (_LEAD in found.body) != (found.properties.get("description") == _LEAD)
    assert all(_LEAD not in one.text for one in found.left_out)


def test_a_heading_that_is_named_as_the_one_below_the_title_need_not_end_a_sentence() -> None:
    said = "How a club argued for forty years, and then bought its pump"
    assert _lead(f"<h1>On pumps</h1><h3 class='subtitle subtitle-x1'>{said}</h3><p>Ada Heron</p>") == said
    assert _lead(f"<h1>On pumps</h1><h3 class='menu'>{said}</h3><p>Ada Heron</p>") is None
    assert _lead("<h1>On pumps</h1><h3 class='subtitle'>Ada Heron</h3>") is None
