"""Parts that a page calls its footer or an advertisement are left out; a misleading name removes nothing more."""

import datetime

import pytest
from lxml import html

from notelint.importer import article
from notelint.importer.formats import Saved

SENTENCES = [f"Sentence {number} says that the kidney filters blood and keeps salts in balance." for number in range(8)]
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def note_of(inner: str) -> str:
    page = f"<html><head><title>Kidney</title></head><body><main><h1>Kidney</h1>{inner}</main></body></html>"
    return article.read(Saved("page.html", page.encode()), None, datetime.date(2024, 1, 2)).body


@pytest.mark.parametrize(
    "name",
    [
        'class="ad"',
        'id="footer"',
        'class="box sns"',
        'class="Cookie-Notice"',
        'class="teilen"',
        'class="sphinxsidebar"',
        'class="h5 message-userTitle"',
    ],
)
def test_what_is_named_as_furniture_is_left_out(name: str) -> None:
    text = note_of(f"{PROSE}<div {name}>Buy now and save</div><p>{SENTENCES[0]} Again.</p>")
    assert "Buy now" not in text
    assert "Again." in text


@pytest.mark.parametrize("name", ['class="ads"', 'id="footer"'])
def test_a_whole_article_in_it_stays(name: str) -> None:
    text = note_of(f"<div {name}>{PROSE}</div>")
    assert [sentence for sentence in SENTENCES if sentence not in text] == []


@pytest.mark.parametrize("name", ['class="adrenal"', 'class="footer-note"', 'id="header"', 'class="address"'])
def test_other_names_say_nothing(name: str) -> None:
    assert "See the table" in note_of(
        f"{PROSE}<div {name}>See the table of sizes here</div><p>{SENTENCES[0]} Again.</p>"
    )


def test_a_button_beside_code_is_left_out() -> None:
    code = "<div class='code'><button>Copy</button><pre><code>kidney --filter blood</code></pre></div>"
    text = note_of(f"{PROSE}{code}<p>{SENTENCES[0]} Again.</p>")
    assert "kidney --filter blood" in text
    assert "Copy" not in text


@pytest.mark.parametrize(
    "aside",
    [
        '<ul class="ShareBtn"><li>シェア</li><li>ツイート</li></ul>',
        '<div class="post__share-links"><span>Kopieer link</span></div>',
        '<div class="elementor-author-box"><p>Ada knows pumps.</p></div>',
        '<div class="wprm-call-to-action"><b>Tried it?</b> <span>Tell us!</span></div>',
        '<div class="rodo-popup"><p>Zgadzasz się na przetwarzanie danych.</p></div>',
        '<p><a class="btn" rel="nofollow sponsored" href="/a">Check price at Pumpshop</a></p>',
    ],
)
def test_what_is_named_as_sharing_authors_or_consent_is_left_out(aside: str) -> None:
    said = "".join(html.fromstring(f"<div>{aside}</div>").itertext())
    text = note_of(f"{PROSE}{aside}<p>{SENTENCES[0]} Again.</p>")
    assert "Again." in text
    assert said[:8] not in text


@pytest.mark.parametrize(
    "aside",
    [
        '<div class="shared-care"><p>See your nurse in spring.</p></div>',
        '<p class="authority">See your nurse in spring.</p>',
        '<p><a class="btn" rel="sponsored" href="/a">See your nurse in spring.</a></p>',
        '<p><a class="btn" href="/a">Check the price of dialysis: See your nurse in spring.</a></p>',
    ],
)
def test_but_not_what_is_only_named_alike(aside: str) -> None:
    assert "See your nurse in spring." in note_of(f"{PROSE}{aside}<p>{SENTENCES[0]} Again.</p>")
