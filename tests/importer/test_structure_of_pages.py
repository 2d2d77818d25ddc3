"""Parts of pages that only their structure, their style or their names hold together or apart."""

import datetime

import pytest

from notelint.importer import article, blocks, formats, page, steps, unseen
from notelint.importer.normalise import sequence

pytest.importorskip("trafilatura")

ADDRESS = "https://heron-club.example/ponds/winter"
PROSE = [
    "The pond freezes from its edges, and the herons stand where the stream keeps a strip of water open.",
    "They wait there for hours, and take what comes: a roach, a frog that woke too soon, once a vole.",
    "Whoever breaks the ice for them should do it in the morning, before the wind begins to blow.",
    "In hard winters they leave for the coast, and come back when the first reeds can be seen again.",
]
TEXT = "".join(f"<p>{one}</p>" for one in PROSE)


def imported(body: str, head: str = "<title>Ponds in winter</title>") -> article.Article:
    source = f"<html lang='en'><head>{head}</head><body>{body}</body></html>"
    return article.read(formats.read(source.encode(), "page", None), ADDRESS, datetime.date(2024, 1, 2))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p><a href='/a'>Herons</a><a href='/b'>Cranes</a></p>", "Herons Cranes"),
        ("<p><span>Depth: 2 m</span><span>Area: 3 ha</span></p>", "Depth: 2 m Area: 3 ha"),
        ("<p><span>by heron</span><time>3 May</time></p>", "by heron 3 May"),
        ("<div><span role='tab'>Python</span><span role='tab'>Ruby</span></div>", "Python Ruby"),
        ("<p>A line<span class='id-component br'></span>another one</p>", "A line another one"),
        ("<p><span>they stand f</span><span>or hours there</span></p>", "they stand for hours there"),
        ("<p><span>H</span><span>erons wait</span></p>", "Herons wait"),
        ("<p><b>H</b><i>eron</i></p>", "Heron"),
        ("<pre><span>print</span><span>(x)</span></pre>", "print(x)"),
    ],
)
def test_elements_that_style_keeps_apart(html: str, text: str) -> None:
    tree = page.parse(f"<body>{html}</body>", "page")
    for line_break in tree.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"
    assert " ".join(page.body(tree).text_content().split()) == text


def test_elements_that_the_page_defines_are_blocks() -> None:
    body = "<app-root><pond-text>{}</pond-text><pond-text>{}</pond-text></app-root>".format(*PROSE)
    cut = blocks.cut(page.body(page.parse(f"<body>{body}</body>", "page")))
    assert [block.text for block in cut] == PROSE[:2]


@pytest.mark.parametrize(
    "line", ["The <pond-name>mill pond</pond-name> froze.", "<p>The <x-y>mill pond</x-y> froze.</p>", "<p><pond-name>mill pond</pond-name></p>"]
)  # fmt: skip
def test_elements_that_the_page_defines_are_words_of_a_line(line: str) -> None:
    assert len(blocks.cut(page.body(page.parse(f"<body><div>{line}</div></body>", "page")))) == 1


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        ("<p>9<span style='display:none'>009</span></p>", ["009"]),
        ("<p>See <a href='/x'>the map <span class='sr-only'>(opens a new tab)</span></a></p>", ["(opens a new tab)"]),
        ("<p>Write to <span hidden>nobody</span> heron@pond.example</p>", ["nobody"]),
        ("<p><span class='sr-only'>Old price:</span> 12</p>", []),
        ("<p><span style='display:none'>All of its block</span></p>", []),
        ("<p>More <span style='display:none'>of a text that a script shows, as it has so many words</span></p>", []),
        ("<div>Text <div style='display:none'><p>An answer.</p></div></div>", []),
        ("<p>x</p><textarea>git clone pond</textarea>", ["git clone pond"]),
        ("<p>x</p><select><option>Red</option><option>Blue</option></select>", ["Red; Blue"]),
    ],
)
def test_words_that_no_reader_sees_as_text(html: str, hidden: list[str]) -> None:
    body = page.body(page.parse(f"<body>{html}</body>", "page"))
    sequence.prepare(body)
    assert [text for _, text, _ in unseen.texts(body)] == hidden


def test_what_no_reader_sees_is_listed() -> None:
    found = imported(
        f"<article><h1>Ponds in winter</h1>{TEXT}<p>Deep: 9<span hidden>009</span> m</p><textarea>a b</textarea></article>"
    )
    assert "Deep: 9 m" in found.body
    assert {one.text for one in found.left_out} >= {"009", "a b"}


def test_the_heads_of_an_accordion_stay() -> None:
    item = (
        "<div class='accordion-item'><h2><button class='accordion-button' aria-controls='a{0}' aria-expanded='false'>"
        "Question {0}?</button></h2><div id='a{0}' style='display:none'><p>{1}</p></div></div>"
    )
    items = "".join(item.format(number, text) for number, text in enumerate(PROSE))
    found = imported(f"<main><h1>Ponds in winter</h1>{TEXT}<div class='accordion'>{items}</div></main>")
    assert [line for line in found.body.splitlines() if "Question" in line] == [f"## Question {n}?" for n in range(4)]


def test_all_panels_of_tabs_stay() -> None:
    tabs = "<ul class='x'><li><a href='#d'>Text</a></li><li><a href='#s'>Sizes</a></li></ul>"
    panels = f"<div><div id='d'>{TEXT}</div><div id='s' style='display:none'><table><tr><th>Depth</th><td>2 m</td></tr><tr><th>Area</th><td>3 ha</td></tr></table></div></div>"
    found = imported(f"<main><h1>Ponds in winter</h1>{TEXT}{tabs}{panels}</main>")
    assert "| Depth | 2 m |" in found.body
    assert "**Sizes**" in found.body


def test_the_first_sections_of_a_reference_page_stay() -> None:
    body = (
        "<div id='header'><h1>pond(1)</h1><h2>NAME</h2><p>pond - count herons</p></div><div id='content'><h2>SYNOPSIS</h2>"
        f"<pre>pond FILE</pre><h2>DESCRIPTION</h2>{TEXT}</div>"
    )
    found = imported(body)
    assert found.body.index("## NAME") < found.body.index("pond - count herons") < found.body.index("## SYNOPSIS")


def test_what_replaces_a_part_of_a_reference_stays() -> None:
    block = "<section class='detail'><h3>size</h3><div class='deprecation-block'>Deprecated.<div class='deprecation-comment'>Use <a href='d'>depth()</a>.</div></div></section>"
    found = imported(
        f"<main><h1>Ponds in winter</h1>{TEXT}<section><h2>Methods</h2>{block}</section><h2>Notes</h2>{TEXT}</main>"
    )
    assert "Deprecated." in found.body
    assert "Use [depth()]" in found.body


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("<p>Next: <a href='b'>Reeds</a>, Previous: <a href='a'>Ice</a>, Up: <a href='t'>Ponds</a> [<a href='c'>Contents</a>]</p>", True),
        ("<p><a href='a'>Précédent</a> | <a href='b'>Suivant</a></p>", True),
        ("<p><a href='a'>前のページ</a> <a href='b'>次のページ</a></p>", True),
        ("<ul><li>Previous message: <a href='a'>Ice</a></li></ul>", True),
        ("<div><a href='a'><span>Previous</span><span>Ice</span></a><a href='b'><span>Next</span> <b>Reeds</b></a></div>", True),
        ("<p><a href='a'>Print Recipe</a> <a href='b'>Pin Recipe</a></p>", True),
        ("<div><a href='b'>Next <b>steps</b></a></div>", False),
        ("<div><a href='b'><span>Next</span></a> <a href='c'><b>Reeds</b> and <i>rushes</i></a></div>", False),
        ("<p>Next: <a href='b'>Reeds</a> grow back in April.</p>", False),
        ("<p>Next to the <a href='b'>pond</a></p>", False),
        ("<h2><a href='b'>Next</a></h2>", False),
        ("<p>Next</p>", False),
    ],
)  # fmt: skip
def test_lines_that_lead_to_other_pages(line: str, leads: bool) -> None:
    cut = blocks.cut(page.body(page.parse(f"<body>{line}</body>", "page")))
    assert steps.found(cut, {0}) == ({0} if leads else set())


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        ("© 2023 Heron Club", True),
        ("Copyright 1999 by the club", True),
        ("2021 Reiherclub. Alle Rechte vorbehalten.", True),
        ("© 2023 Ada Heron. This text is licensed under CC BY 4.0.", False),
        ("Copyrighted ponds are rare.", False),
    ],
)
def test_the_rights_of_a_website_at_the_end(line: str, goes: bool) -> None:
    cut = blocks.cut(page.body(page.parse(f"<body>{TEXT}<p>{line}</p></body>", "page")))
    assert steps.found(cut, set(range(len(cut)))) == ({len(cut) - 1} if goes else set())


def test_a_cell_that_is_a_menu_goes() -> None:
    links = "".join(f"<a href='/{n}'>Pond {n}</a><br>" for n in range(4))
    found = imported(f"<table><tr><td>{links}</td><td><h1>Ponds in winter</h1>{TEXT}</td></tr></table>")
    assert "Pond 1" not in found.body
    assert any("Pond 1" in one.text for one in found.left_out)
    kept = imported(
        f"<h1>Ponds in winter</h1>{TEXT}<table><tr><td><a href='/1'>Mill pond</a></td><td>{TEXT}</td></tr></table>"
    )
    assert "Mill pond" in kept.body


def test_who_is_quoted_stays_at_the_start_of_a_quotation() -> None:
    quotation = (
        f"<blockquote><div class='author-title'><a href='/u'>heron said:</a></div><div>{PROSE[0]}</div></blockquote>"
    )
    found = imported(f"<article><h1>Ponds in winter</h1>{TEXT}{quotation}{TEXT}</article>")
    assert "heron said:" in found.body


def test_rules_stand_between_texts() -> None:
    found = imported(f"<article><h1>Ponds in winter</h1><hr>{TEXT}<hr><hr>{TEXT}<hr></article>")
    assert found.body.count("\n---\n") == 2
    assert not found.body.endswith("---")


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<div><div>•</div><div>Heron</div></div><div><div>•</div><div>Crane</div></div>", ["- Heron", "- Crane"]),
        ("<p>• Heron</p><p><b>•&nbsp;Crane</b></p>", ["- Heron", "- **Crane**"]),
        ("<p>• Heron alone</p>", ["• Heron alone"]),
        ("<ol><li>1. Heron</li><li><p>2. Crane</p></li></ol>", ["1. Heron", "2. Crane"]),
        ("<ol><li>3. Heron</li><li>4. Crane</li></ol>", ["1. 3\\. Heron", "2. 4\\. Crane"]),
        ("<ol><li>1. Heron</li><li>Crane</li></ol>", ["1. 1\\. Heron", "2. Crane"]),
        ("<dl><dt>1.</dt><dd>Heron</dd><dt>2.</dt><dd>Crane</dd></dl>", ["1. Heron", "2. Crane"]),
        ("<dl><dt>1.</dt><dd>Heron</dd><dt>3.</dt><dd>Crane</dd></dl>", ["- **1\\.**: Heron", "- **3\\.**: Crane"]),
        ("<dl><dt>Depth:</dt><dd>2 m</dd><dt>Area</dt><dd>3 ha</dd></dl>", ["- **Depth:** 2 m", "- **Area**: 3 ha"]),
    ],
)
def test_signs_and_numbers_that_are_written(html: str, lines: list[str]) -> None:
    found = imported(f"<article><h1>Ponds in winter</h1>{TEXT}{html}{TEXT}</article>").body
    part = found[found.index(PROSE[3]) + len(PROSE[3]) : found.rindex(PROSE[0])]
    assert [line for line in part.splitlines() if line.strip()] == lines


@pytest.mark.parametrize(("around", "stays"), [("post", False), ("postbody", False), ("api-item", True)])
def test_what_is_written_below_each_post_goes(around: str, stays: bool) -> None:
    post = f"<div class='{around}'><div class='content'>{TEXT}</div><div class='signature'>My pond is my castle</div></div>"
    found = imported(f"<main><h1>Ponds in winter</h1>{post}{post.replace('frog', 'newt')}</main>")
    assert ("My pond is my castle" in found.body) is stays
