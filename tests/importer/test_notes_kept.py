"""The note that a kept mark refers to stays, though it stands where extractors see nothing of the article."""

import datetime

from notelint.importer import article
from notelint.importer.formats import Saved

PROSE = "The kidney is a paired organ that filters the blood and keeps water and salts of the body in balance. " * 4


def note_of(inner: str) -> str:
    page = (
        f"<html><head><title>Kidney</title></head><body><main><article><h1>Kidney</h1>{inner}</article></main></body>"
    )
    return article.read(Saved("page.html", page.encode()), None, datetime.date(2024, 1, 2)).body


def test_a_short_note_in_a_list_at_the_foot_of_a_page() -> None:
    related = '<aside class="related"><h3>You may also like</h3><ul><li><a href="/a">Liver cyst</a></li></ul></aside>'
    notes = '<ol class="footnotes"><li id="fn1">Smith A, 2020. <a href="#r1">↩</a></li></ol>'
    text = note_of(f'<p>{PROSE}Cysts are common<sup><a href="#fn1" id="r1">1</a></sup>.</p>{related}{notes}')
    assert "Cysts are common[^1]." in text
    assert "[^1]: Smith A, 2020." in text


def test_a_note_to_which_nothing_kept_refers_stays_out() -> None:
    foot = '<footer><sup><a href="#x">1</a></sup> <div id="x">Terms of use</div></footer>'
    assert "Terms of use" not in note_of(f"<p>{PROSE}</p><p>{PROSE}</p>{foot}")
