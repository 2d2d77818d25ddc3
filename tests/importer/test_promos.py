"""What leads readers elsewhere amid a text goes: "Read also" lines, boxes of related articles, newsletters' forms."""

import pytest

pytest.importorskip("lxml")

from lxml import html

from notelint.importer import belonging, blocks, promos

_PROSE = "<p>The valve of this pump is cleaned by somebody who knows how its rubber ages over the years.</p>"
_LINKS = "<ul><li><a href='/a'>Pumps of the north</a></li><li><a href='/b'>Valves of the south</a></li></ul>"


def _gone(amid: str) -> list[str]:
    page = f"<html><body><article><div>{_PROSE}{amid}{_PROSE}</div></article></body></html>"
    cut = blocks.cut(html.document_fromstring(page).find("body"))
    return [cut[number].text for number in sorted(promos.found(cut, set(range(len(cut)))))]


@pytest.mark.parametrize(
    "amid",
    [
        "<p>Read also: <a href='/a'>Pumps of the north</a></p>",
        "<p><strong>READ MORE: <a href='/a'>Pumps of the north</a></strong></p>",
        "<p><strong><a href='/a'>Lesen Sie auch: Pumpen im Norden</a></strong></p>",
        "<p><b>Lire aussi :</b> <a href='/a'>Les pompes du nord</a></p>",
        "<p>Читайте также: <a href='/a'>Насосы севера</a></p>",
        "<p>あわせて読みたい：<a href='/a'>北のポンプ</a></p>",
        f"<div class='box'><h4>Mehr zum Thema</h4>{_LINKS}</div>",
        f"<div class='box'><b>Mehr zum Thema</b>{_LINKS}</div>",
        f"<div class='related-posts'><h4>From our pages</h4>{_LINKS}</div>",
        "<div class='box'><h3>News of pumps each week</h3><form><input type='email'></form></div>",
        "<div class='kg-signup'><h3>News of pumps</h3><p>No spam, one mail a month.</p><form><input placeholder='Your e-mail'>"
        "</form><p>A mail is on its way! Look into your inbox, and follow the link in it to complete what you began.</p></div>",
        "<section><h2>Cited by (12)</h2><ul><li><a href='/a'>Pumps of the north</a></li></ul></section>",
        f"<h3>קראו גם</h3>{_LINKS}",
        "<div class='x-newsletter-teaser'><h3>Pumps today</h3><p>Each Friday by mail.</p><a href='/newsletter'>Subscribe</a></div>",
    ],
)
def test_it_goes(amid: str) -> None:
    words = html.fromstring(f"<div>{amid}</div>").text_content()
    assert "".join("".join(_gone(amid)).split()) == "".join(words.split())


@pytest.mark.parametrize(
    "amid",
    [
        "<p>Read also what <a href='/a'>the maker says of the rubber</a>.</p>",
        "<p>See also: <a href='/a'>Pumps of the north</a></p>",
        "<p>Read also: the chapter on pumps in the book of the maker</p>",
        f"<div class='related'><h4>References</h4>{_LINKS}</div>",
        f"<div class='related'><p>Rubber, which is {'very ' * 30}old, is found on <a href='/a'>a page</a>.</p></div>",
        "<p><a href='/a'>Read more</a></p>",
        "<p>Read more: <a href='https://mills.example/a'>Pumps of the north</a></p>",
        "<p><a href='/a'>Read more »</a></p>",
        f"<div class='box'><h4>Tools</h4>{_LINKS}</div>",
        "<div class='newsletter-item'><h3>Pumps today</h3><p>The mill <a href='/mill'>has a new one</a>.</p></div>",
        f"<div class='newsletter'>{_PROSE * 5}<a href='/newsletter'>Subscribe</a></div>",
        f"<div class='box'>{_PROSE * 5}<form><input type='email'></form></div>",
        "<div class='box'><p>A field of text</p><form><input type='text' name='depth'></form></div>",
        "<h3>Related articles</h3><ul><li><a href='https://a.example/a'>Pumps</a></li><li><a href='/b'>Valves</a></li></ul>",
    ],
)
def test_the_author_s_own_stays(amid: str) -> None:
    assert _gone(amid) == []


def test_references_stay_below_a_heading_in_an_element_of_its_own() -> None:
    heading = "<div class='mw-heading'><h2>References</h2><span>[edit]</span></div>"
    page = f"<main><div>{_PROSE}{heading}<div><ol><li>Doe J. Pumps.</li></ol></div></div></main>"
    cut = blocks.cut(html.document_fromstring(f"<html><body>{page}</body></html>").find("body"))
    kept = belonging.complete(cut, {0})
    assert [cut[number].text for number in sorted(kept)][-1] == "Doe J. Pumps."
