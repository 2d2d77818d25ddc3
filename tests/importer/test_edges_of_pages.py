"""What stands at the edges of a page: menus of plain links go, pictures of the text stay; styles of exported documents."""

import datetime

import pytest

pytest.importorskip("trafilatura")

from notelint.importer import article
from notelint.importer.formats import Saved

SENTENCES = [f"Sentence {number} says that the kidney filters blood and keeps salts in balance." for number in range(8)]
PROSE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
MENU = "[ <a href='i.html'>Home</a> | <a href='l.html'>Pages</a> | <a href='g.html'>Visitors</a> ]"


def imported(source: str) -> article.Article:
    return article.read(Saved("page.html", f"<html>{source}</html>".encode()), None, datetime.date(2024, 1, 2))


def test_a_row_of_links_above_the_text_goes() -> None:
    table = f"<table><tr><td><p>{MENU}</p><h1>All about kidneys</h1>{PROSE}</td></tr></table>"
    found = imported(f"<title>Kidney</title><body>{table}</body>")
    assert "Visitors" not in found.body
    assert [sentence for sentence in SENTENCES if sentence not in found.body] == []
    assert any("Visitors" in one.text for one in found.left_out)


def test_so_does_one_with_dashes_between_them() -> None:
    menu = MENU.replace(" | ", " - ").strip("[ ]")
    found = imported(
        f"<title>Kidney</title><body><table><tr><td><p>{menu}</p><h1>All about kidneys</h1>{PROSE}</td></tr></table></body>"
    )
    assert "Visitors" not in found.body
    assert any("Visitors" in one.text for one in found.left_out)


def test_a_row_of_links_amid_the_text_stays() -> None:
    table = f"<table><tr><td><h1>All about kidneys</h1>{PROSE}<p>{MENU}</p>{PROSE}</td></tr></table>"
    assert "Visitors" in imported(f"<title>Kidney</title><body>{table}</body>").body


def test_figures_below_the_last_paragraph_stay_with_their_caption() -> None:
    figures = "".join(f"<figure><img src='https://k.example/{at}.jpg'></figure>" for at in (1, 2))
    gallery = f"<figure class='gallery'>{figures}<figcaption>Both kidneys in winter</figcaption></figure>"
    box = "<div class='newsletter'><p>Our letter</p><form><input type='email'></form></div>"
    share = "<div class='share'><figure><img src='https://k.example/s.jpg'></figure></div>"
    text = imported(
        f"<title>K</title><body><main><div class='text'>{PROSE}{box}{gallery}{share}</div></main></body>"
    ).body
    assert "1.jpg" in text
    assert "2.jpg" in text
    assert "Both kidneys in winter" in text
    assert "s.jpg" not in text


def test_advertising_and_consent_of_amp_are_left_out_and_said() -> None:
    ad = "<amp-ad><div fallback>Nothing to sell</div></amp-ad>"
    consent = "<amp-consent><p>We use cookies on this site.</p></amp-consent>"
    found = imported(f"<title>Kidney</title><body><article><h1>Kidney</h1>{PROSE}{ad}{PROSE}</article>{consent}</body>")
    assert "Nothing to sell" not in found.body
    assert "cookies" not in found.body
    assert {"Nothing to sell", "We use cookies on this site."} <= {one.text for one in found.left_out}


def test_an_exported_document_keeps_its_emphasis_and_its_title() -> None:
    style = "<style>.c1{color:#000;font-weight:700}span.c2{font-style:italic}.c3{color:red}</style>"
    line = "<p><span>Drain </span><span class='c1'>all of</span><span class='c3'> it </span><span class='c2'>now</span>.</p>"
    title = "<p class='c0 title'><span class='c1'>Runbook for the winter</span></p>"
    found = imported(
        f"<head>{style}</head><body>{title}<h1><span class='c1'>Before</span></h1>{PROSE}{line}{PROSE}</body>"
    )
    assert "Drain **all of** it *now*." in found.body
    assert "# Before" in found.body
    assert found.properties["title"] == "Runbook for the winter"
