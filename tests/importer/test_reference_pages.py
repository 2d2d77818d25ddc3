"""Pages of references: declarations, tags of comments and signatures, which extractors take for lists of links."""

import datetime

import pytest

from notelint.importer import article, formats, gaps, page

pytest.importorskip("trafilatura")

ADDRESS = "https://pumps.example/reference/valve"
PROSE = [
    "A valve is opened and closed by the pump that owns it, and by nobody else as long as the pump is running.",
    "Whoever needs to know how far a valve is open asks for its position, which is measured once a second.",
    "The spring closes a valve when the pump stops, whatever its position was, and the sensor reports it.",
]


def imported(body: str) -> str:
    source = f"<html lang='en'><head><title>Valve</title></head><body><h1>Valve</h1>{body}</body></html>"
    return article.read(formats.read(source.encode(), "page", None), ADDRESS, datetime.date(2024, 1, 2)).body


def section(name: str, inner: str) -> str:
    return f"<div class='refsect'><h2>{name}</h2>{inner}</div>"


FUNCTIONS = "".join(
    f"<tr><td><a href='../types/{kind}.html'>{kind}</a> *</td><td><a href='valve.html#{name}'>{name}</a> ()</td></tr>"
    for kind, name in [("Valve", "valve_new"), *(("Pump", f"valve_get_pump_{number}") for number in range(20))]
)


@pytest.mark.parametrize("last", [False, True])
def test_a_table_of_functions_stays(last: bool) -> None:
    table = section("Functions", f"<table>{FUNCTIONS}</table>")
    parts = [section("Description", f"<p>{PROSE[0]}</p><p>{PROSE[1]}</p>"), section("Springs", f"<p>{PROSE[2]}</p>")]
    parts.insert(2 if last else 1, table)
    note = imported(f"<div class='entry'>{''.join(parts)}</div>")
    assert all(name in note for name in ("## Functions", "valve_new", "valve_get_pump_1", "valve_get_pump_19", *PROSE))


def test_signatures_between_texts_stay() -> None:
    lines = "".join(
        f"<div class='top'><p class='src'><a href='#{name}'>{name}</a> :: <a href='T.html#I'>Int</a> -> "
        f"<a href='T.html#B'>Bool</a></p></div>"
        for name in (f"is_open_{number}" for number in range(40))
    )
    text = [f"<h2>Part {number}</h2><div class='doc'><p>{one}</p></div>" for number, one in enumerate(PROSE)]
    note = imported(f"<div id='interface'>{text[0]}{text[1]}<h2>Tests</h2>{lines}{text[2]}</div>")
    assert all(name in note for name in ("is_open_0", "is_open_39", "## Tests"))


def test_titles_of_other_pages_are_no_declarations() -> None:
    links = "".join(
        f"<li><a href='/{one}'>How {one} is cleaned and stored</a></li>" for one in ("felt", "oil", "brass")
    )
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    note = imported(
        f"<div class='entry'>{text * 2}<div class='related'><h2>More</h2><ul>{links}</ul></div>{text}</div>"
    )
    assert "brass" not in note


@pytest.mark.parametrize(
    ("tags", "own"),
    [
        (
            "<div class='tags'><p class='tag_title'>Parameters:</p><ul><li>speed (Number)<div>how fast</div></ul></div>",
            1,
        ),
        ("<dl class='tags'><dt>bug</dt><dd>The spring is ignored.</dd></dl>", 1),
        ("<div class='tags'><a href='/t/felt'>felt</a>, <a href='/t/oil'>oil</a></div>", 0),
        ("<p class='tags'><a href='/t/felt'>felt</a></p>", 0),
        ("<ul class='tags'><li>felt</li><li>oil</li></ul>", 0),
    ],
)
def test_tags_of_a_comment_are_text_and_those_of_a_post_are_not(tags: str, own: bool) -> None:
    body = page.body(page.parse(f"<body><div id='text'><p>{PROSE[0]}</p>{tags}</div></body>", "page"))
    box = body.get_element_by_id("text")
    inner = [one for one in box.iter("p", "li", "dt", "dd", "a") if one.getparent() is not box or "tags" in one.classes]
    assert inner
    assert all(gaps.is_own(one, box) is bool(own) for one in inner)


def test_a_sign_before_a_heading_is_no_part_of_it() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    head = "<h2 class='memtitle'><span class='permalink'><a href='#v'>&#9670;&#160;</a></span>open()</h2>"
    assert "\n## open()\n" in imported(f"<div class='entry'><p>{PROSE[0]}</p>{head}{text}</div>")
