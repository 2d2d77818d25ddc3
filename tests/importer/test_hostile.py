"""Pages that mean harm: they cost time by their size, break nothing, and reach nothing outside of their note."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.errors import NotelintError
from notelint.importer import article, formats
from notelint.importer.facts.names import split
from notelint.importer.note import compose, name, properties
from notelint.note.frontmatter.parse import parse

pytest.importorskip("trafilatura")

PROSE = "<p>The lighthouse was built of grey stone, and its lamp burnt oil that came by boat twice in a year.</p>" * 3
TODAY = datetime.date(2024, 1, 2)


def imported(source: str) -> article.Article:
    return article.read(formats.read(source.encode(), "page.html", None), None, TODAY)


@pytest.mark.slow
@pytest.mark.parametrize(
    "inner",
    [
        "<" * 50_000,
        "&" * 50_000,
        "&#60;" * 20_000,
        "`" * 20_000,
        "[" * 20_000,
        "$a " * 20_000,
        "<b>x" * 300,
        "<div>x" * 900,
        f"<p class='{'a ' * 50_000}'>x</p>",
        "<table>" + "<tr><td colspan=9999999 rowspan=9999999>x<td>y" * 60 + "</table>",
        "<!--" * 20_000,
        "<ul>" + "<li>x" * 100,
        "<img srcset='" + "a 1x," * 20_000 + "'>",
        "<math>" + "<msup>" * 400,
        "<script type='application/ld+json'>" + "[" * 50_000 + "</script>",
    ],
)
def test_no_page_makes_it_fail_or_hang(inner: str) -> None:
    found = imported(f"<html><body><article><h1>Light</h1>{PROSE}{inner}</article></body></html>")
    assert "The lighthouse was built of grey stone" in found.body


@pytest.mark.parametrize("address", ["http://[::1/", "http://[x]/", "http://\u2100.com/", "https://a:99999999/", "//["])
@pytest.mark.parametrize(
    "place",
    [
        "<base href='%s'>",
        "<link rel=canonical href='%s'>",
        "<meta property='og:url' content='%s'>",
        "<!-- saved from url=(0014)%s -->",
        "<script type='application/ld+json'>{'@type': 'Article', 'url': '%s', 'image': '%s'}</script>",
        "<article><a href='%s'>x</a> <img src='%s' alt='y'> <iframe src='%s'></iframe></article>",
    ],
)
def test_what_is_no_address_is_passed_over(place: str, address: str) -> None:
    inner = place.replace("'", '"').replace("%s", address)
    links = "<p>See <a href='b.html'>this</a> and <img src='c.png' alt='that'> too.</p>"
    page = f"<html>{inner}<body><article><h1>Light</h1>{PROSE}{links}{inner}</article></body></html>"
    assert "See [this](" in imported(page).body


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " java&#10;script:alert(1)", "&#1;JavaScript:a", "vbscript:a", "data:text/html,a"],
)
def test_links_that_would_run_something_are_none(address: str) -> None:
    page = f"<html><body><article><h1>Light</h1>{PROSE}<p>And <a href='{address}'>this</a> too.</p></article></body>"
    assert "And this too." in imported(page).body


@pytest.mark.parametrize("number", ["#0", "#2", "#031", "#x1f", "#X0b", "#xD800", "#xffff", "#65534"])
@pytest.mark.parametrize(("end", "left"), [(";", ""), ("", ""), (" ", " "), ("<b>x</b>", "**x**")])
def test_the_number_of_no_character_is_left_out(number: str, end: str, left: str) -> None:
    page = f"<html><body><article><h1>Light</h1>{PROSE}<p title='&{number}'>One&{number}{end}two</p></article></body>"
    assert f"One{left}two" in imported(page).body


@pytest.mark.parametrize("text", ["&#&#0;2;", "&&#0;#2;", "&#x&#0;0b;", "&#0&#2;02;", "&#&#&#0;0;0;", "&#&#0;&#0;2"])
def test_numbers_that_come_of_taking_others_out_are_none(text: str) -> None:
    page = f"<html><body><article><h1>Light</h1>{PROSE}<p title='{text}'>One{text}two</p></article></body></html>"
    assert "One" in imported(page).body


def test_what_is_nested_too_deep_is_refused() -> None:
    with pytest.raises(NotelintError, match="more elements in one another than can be read"):
        imported(f"<html><body>{PROSE}{'<div>x' * 5_000}</body></html>")


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_untrusted_facts_stay_values_of_their_properties(title: str, author: str) -> None:
    from notelint.importer.facts.collect import PageFacts

    facts = PageFacts(title=title, authors=split(author), address="https://example.org/ä b", doi="10.1000/x")
    block = parse(compose(properties(facts, TODAY), "Text."))
    assert block is not None
    assert block.fault is None
    assert set(block.properties) <= {"type", "title", "source", "author", "doi", "accessed"}
    assert block.properties["type"] == "imported-article"


@given(st.text(max_size=200))
@settings(deadline=None)
def test_names_of_notes_can_be_names_of_files(title: str) -> None:
    found = name(title)
    assert not set(found) & set('\\/:*?"<>|#^[]\n\r\t\x00')
    assert found == found.strip(" .")
    assert len(found) <= 121


def test_attributes_beyond_many_are_left_out_and_no_word() -> None:
    many = "".join(f"a{number}='x>' " for number in range(2000))
    found = imported(f"<html><body><article><h1>Light</h1>{PROSE}<p {many}>Lamp <b>oil</b></p></article></body></html>")
    assert "Lamp **oil**" in found.body


def test_a_name_of_very_many_words_is_read_once() -> None:
    names = f"{'a_' * 400}! share{'_a' * 400}! title{'_a' * 400}!"
    assert (
        "Lamp oil"
        in imported(f"<html><body><article>{PROSE}<p class='{names}'>Lamp oil</p></article></body></html>").body
    )
