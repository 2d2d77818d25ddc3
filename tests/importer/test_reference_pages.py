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


def test_the_last_section_of_a_reference_goes_on_to_its_end() -> None:
    def member(name: str, text: str) -> str:
        rows = f"<table class='params'><tr><td>{name}</td><td>what it opens</td></tr></table>"
        doc = f"<div class='doc'><p>{text}</p><dl><dt>Parameters</dt><dd>{rows}</dd></dl></div>"
        return (
            f"<h2 class='member'>{name}()</h2><div class='item'><div class='proto'><p>void {name}</p></div>{doc}</div>"
        )

    parts = [member(f"open_{number}", one) for number, one in enumerate(PROSE)]
    note = imported(f"<div class='contents'>{''.join(parts)}{member('close', 'Closes it.')}</div>")
    assert all(part in note for part in ("## close()", "void close", "Closes it.", "| close | what it opens |"))


def test_a_menu_beside_the_text_is_left_out_and_contents_in_it_stay() -> None:
    links = "".join(f"<li><a href='notes.html#v{number}'>Valve {number}</a></li>" for number in range(30))
    text = "".join(f"<h2>Valve {number}</h2><p>{one}</p>" for number, one in enumerate(PROSE * 2))
    beside = f"<aside id='left'><nav class='tube'><p>pumps</p><ul class='flip'><li>Notes<ul>{links}</ul></li></ul></nav></aside>"
    note = imported(f"<div id='container'>{beside}<div id='content'><div class='inner'>{text}</div></div></div>")
    assert "notes.html" not in note
    assert all(one in note for one in PROSE)


def test_the_label_that_folds_an_open_part_is_no_text() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    note = imported(f"<div><details open><summary><span>Expand description</span></summary>{text}</details></div>")
    assert "Expand" not in note
    assert not note.startswith(">")
    named = imported(f"<div>{text}<details open><summary>Hidden springs</summary><p>{PROSE[0]}</p></details></div>")
    assert "> [!note]+ Hidden springs" in named


@pytest.mark.parametrize(
    ("said", "title"),
    [("Pumps: Sparse valve parts", "Sparse valve parts"), ("Valve parts: Sparse valve parts", "Valve parts")],
)
def test_a_title_above_the_first_heading_is_the_pages(said: str, title: str) -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    head = "<div class='headertitle'><div class='title'>Sparse valve parts<div class='group'>Pumps</div></div></div>"
    source = (
        f"<html lang='en'><head><title>{said}</title></head><body>{head}"
        f"<div class='contents'><p>{PROSE[0]}</p><h1>Valve parts</h1>{text}</div></body></html>"
    )
    found = article.read(formats.read(source.encode(), "page", None), ADDRESS, datetime.date(2024, 1, 2))
    assert found.properties["title"] == title


def test_code_has_no_blank_lines_at_its_ends() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    assert "```\n  open()\n```" in imported(f"<div><p>{PROSE[0]}</p><pre>\n \n  open()\n   </pre>{text}</div>")


def test_a_grid_of_elements_is_a_table_and_what_filters_it_goes() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    tabs = "".join(
        f"<button id='t{number}' role='tab' aria-controls='panel'>{name}</button>"
        for number, name in enumerate(("All Methods", "Instance Methods"))
    )
    heads = "".join(
        f"<div class='table-header {place}'>{name}</div>"
        for place, name in (("col-first", "Type"), ("col-second", "Method"), ("col-last", "Description"))
    )
    row = (
        "<div class='col-first even'><code>void</code></div><div class='col-second even'><code>open()</code></div>"
        "<div class='col-last even'><div class='block'>Lets water pass.</div></div>"
    )
    table = (
        f"<div class='table-tabs' role='tablist'>{tabs}</div><div id='panel' role='tabpanel'>"
        f"<div class='summary-table three-column-summary'>\n{heads}\n{row}{row}</div></div>"
    )
    note = imported(f"<div class='entry'>{text}<section><h2>Methods</h2>{table}</section>{text}</div>")
    line = "| `void` | `open()` | Lets water pass. |\n"
    assert f"| Type | Method | Description |\n|---|---|---|\n{line}{line}" in note
    assert "All Methods" not in note


def test_a_grid_that_lacks_a_cell_is_no_table() -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    cells = "".join(f"<div class='table-header col-{one}'>{one} of both</div>" for one in ("first", "last"))
    grid = f"<div class='summary-table'>{cells}<div class='col-first'>A valve that lacks what it is for.</div></div>"
    note = imported(f"<div class='entry'>{text}{grid}{text}</div>")
    assert "|" not in note
    assert "A valve that lacks" in note


def test_a_table_of_names_and_meanings_at_the_end_stays() -> None:
    rows = "".join(
        f"<tr><td><p>VALVE_{name}</p></td><td><p>{text}</p></td></tr>"
        for name, text in (("OPEN", "lets water pass"), ("SHUT", "keeps it"), ("WORN", "leaks"))
    )
    text = "".join(f"<h2>Part {number}</h2><p>{one}</p>" for number, one in enumerate(PROSE))
    members = f"<div class='sect3'><h4>Members</h4><div class='table'><table>{rows}</table></div></div>"
    note = imported(
        f"<div class='entry'>{text}<div class='sect2'><h3>enum State</h3><p>{PROSE[0]}</p>{members}</div></div>"
    )
    assert all(part in note for part in ("#### Members", "| VALVE_OPEN | lets water pass |", "| VALVE_WORN | leaks |"))
    returns = "<table class='terms'><tr><td><p>Returns:</p></td><td><p>what is left</p></td></tr></table>"
    listed = f"<ol><li><pre>int rest(Valve);</pre><p></p><div class='terms'>{returns}</div></li></ol>"
    assert "what is left" in imported(f"<div class='entry'>{text}{listed}</div>")


def test_a_list_of_sections_is_no_list() -> None:
    inner = "".join(
        f"<li><section><a id='m{place}'></a><h3>open{place}()</h3><p>{one}</p></section></li>"
        for place, one in enumerate(PROSE)
    )
    outer = f"<ul class='details'>\n<li><section><h2>Methods</h2><ul>{inner}</ul></section></li></ul>"
    note = imported(f"<div class='entry'><p>{PROSE[0]}</p>{outer}</div>")
    assert "\n## Methods\n\n### open0()\n" in note
    listed = "".join(f"<li><h3>Pump {number}</h3></li>" for number in range(3))
    assert "- ### Pump 1" in imported(f"<div class='entry'><p>{PROSE[0]}</p><ul>{listed}</ul><p>{PROSE[1]}</p></div>")
    numbered = "".join(f"<li><h3>Pump {number}</h3><p>{one}</p></li>" for number, one in enumerate(PROSE))
    assert "2. ### Pump 1" in imported(f"<div class='entry'><p>{PROSE[0]}</p><ol>{numbered}</ol></div>")


def test_where_a_declaration_belongs_stays() -> None:
    text = "".join(f"<h2>Part {number}</h2><p>{one}</p>" for number, one in enumerate(PROSE))
    head = "<div class='header'><div class='sub-title'>Package <a href='p.html'>pumps.parts</a></div><h1>Class Valve</h1></div>"
    tree = (
        "<div class='inheritance'><a href='o.html'>pumps.Part</a><div class='inheritance'>pumps.parts.Valve</div></div>"
    )
    source = f"<html lang='en'><head><title>Valve</title></head><body><main>{head}{tree}{text}</main></body></html>"
    note = article.read(formats.read(source.encode(), "page", None), ADDRESS, datetime.date(2024, 1, 2)).body
    assert all(part in note for part in ("pumps.parts](", "pumps.Part](", "pumps.parts.Valve"))


@pytest.mark.parametrize(
    ("said", "heading", "title"),
    [
        ("Valve (Pumps SE 17 & PDK 17)", "Interface Valve", "Interface Valve"),
        ("Valve (Pumps (version 7.3.0))", "Valve", "Valve"),
        ("Mercury (planet)", "Mercury (planet)", "Mercury (planet)"),
    ],
)
def test_a_title_with_the_manuals_name_in_brackets(said: str, heading: str, title: str) -> None:
    text = "".join(f"<p>{one}</p>" for one in PROSE)
    source = f"<html lang='en'><head><title>{said}</title></head><body><h1>{heading}</h1>{text}</body></html>"
    found = article.read(formats.read(source.encode(), "page", None), ADDRESS, datetime.date(2024, 1, 2))
    assert found.properties["title"] == title


def test_a_page_of_a_few_lines_beside_a_long_menu_is_no_empty_page() -> None:
    links = "".join(
        f"<li><a href='ch{number}.html'><strong>{number}.</strong> Valves {number}</a></li>" for number in range(90)
    )
    text = (
        "<h2><a href='#v'>How the valves of pumps are made</a></h2><p>The first edition of this book is no longer sent with the "
        "pumps.</p><p>If you came here by a link or a search, look into <a href='../ch7.htm'>the current edition of the book"
        "</a> instead.</p><p>Who has a connection finds <a href='https://pumps.example/old'>a copy sent with 1.30</a>.</p>"
    )
    body = (
        f"<nav id='sidebar' class='sidebar'><ol class='chapter'>{links}</ol></nav><div id='page-wrapper'><div class='page'>"
        f"<div id='content' class='content'><main>{text}</main></div></div></div>"
    )
    source = f"<html lang='en'><head><title>Valves</title></head><body>{body}</body></html>"
    note = article.read(formats.read(source.encode(), "page", None), ADDRESS, datetime.date(2024, 1, 2)).body
    assert "no longer sent with the pumps" in note
    assert "ch7.html" not in note
