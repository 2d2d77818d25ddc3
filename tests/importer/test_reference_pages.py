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


SIGNATURE = (
    "<table class='labels'><tr><td><table class='name'>"
    "<tr><td>bool <a href='valve.html'>Valve</a>::open </td><td>(</td><td>Pump &amp;&#160;</td><td><em>pump</em>, </td></tr>"
    "<tr><td></td><td></td><td>int&#160;</td><td><em>speed</em></td></tr>"
    "<tr><td></td><td>)</td><td></td><td> const</td></tr></table></td>"
    "<td><span class='labels'><span>inline</span><span>noexcept</span></span></td></tr></table>"
)


def test_a_signature_in_a_table_is_code() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    note = imported(f"<div class='entry'><p>{PROSE[0]}</p><h2>open()</h2><div>{SIGNATURE}</div>{text}</div>")
    assert "```\nbool Valve::open ( Pump & pump,\n    int speed\n) const\n```\n\ninline noexcept\n" in note


def test_a_table_with_brackets_in_its_text_stays() -> None:
    rows = "<tr><td>Valve</td><td>(</td><td>opens</td></tr><tr><td>Pump</td><td>-</td><td>closes</td></tr>"
    note = imported(f"<div class='entry'><p>{PROSE[0]}</p><table>{rows}</table><p>{PROSE[1]}</p></div>")
    assert "| Pump | - | closes |" in note


@pytest.mark.parametrize(
    "link",
    [
        "<a class='src' href='../src/valve.rs.html#1-9'>source</a>",
        "<a class='reference internal' href='_modules/valve.html'><span class='viewcode-link'>[source]</span></a>",
        "<a class='link' href='src/Valve.html'>Source</a> <a class='selflink' href='#v:open'>#</a>",
    ],
)
def test_links_to_the_source_of_a_declaration_are_left_out_and_said(link: str) -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    source = (
        f"<html lang='en'><head><title>Valve</title></head><body><div class='entry'><h1>Valve</h1><p>{PROSE[0]}</p>"
        f"<p>open :: Pump -> Bool {link}</p>{text}<p>Water comes from a <a href='/s'>source</a>.</p></div></body></html>"
    )
    found = article.read(formats.read(source.encode(), "page", None), ADDRESS, datetime.date(2024, 1, 2))
    assert "open :: Pump -> Bool\n" in found.body
    assert "[source](https://pumps.example/s)" in found.body
    assert any("source" in one.text.lower() for one in found.left_out)


def test_tooltips_of_names_in_code_are_no_code() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    tooltip = "<div class='ttc' id='av'><div class='ttname'>Valve</div><div class='ttdoc'>Lets water pass.</div></div>"
    lines = "<div class='line'><a id='l1'></a><span class='lineno'> 1</span>Valve v;</div>\n<div class='line'>  v.open();</div>"
    code = f"<div class='fragment'>{lines}\n{tooltip}\n</div><!-- fragment -->"
    note = imported(f"<div class='entry'><p>{PROSE[0]}</p>{code}{text}</div>")
    assert "```\nValve v;\n  v.open();\n```" in note
    assert "Lets water pass" not in note


def test_lines_of_a_poem_are_no_code() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    lines = "<div class='line-block'><div class='line'>The valve is shut,</div><div class='line'>the pump is old.</div></div>"
    assert "```" not in imported(f"<div class='entry'><p>{PROSE[0]}</p>{lines}{text}</div>")


def test_lines_of_code_that_are_blocks_end_before_text() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    code = "<pre><code><div class='attribute'>#[repr(C)]</div>pub struct Valve(u8);</code></pre>"
    assert "```\n#[repr(C)]\npub struct Valve(u8);\n```" in imported(f"<div><p>{PROSE[0]}</p>{code}{text}</div>")
