"""The content of pages stays: forms of text that extractors drop or spoil."""

from pathlib import Path

import pytest

from tests.conftest import MakeVault, run

pytest.importorskip("trafilatura")

LONG = (
    "<p>The spleen lies under the left ribs, behind the stomach, and it takes old blood cells out of the stream "
    "day and night without any rest.</p><p>In a grown person it is as long as a hand is broad, and it weighs about as "
    "much as a large apple, though it can grow to many times that.</p>"
)


def imported(make_vault: MakeVault, inner: str, title: str = "Spleen", around: str = "") -> str:
    source = f"""<!doctype html><html lang="en"><head><title>{title}</title></head><body>{around}
    <main><article><h1>{title}</h1>{LONG}{inner}{LONG.replace("spleen", "organ")}</article></main></body></html>"""
    vault = make_vault({"page.html": source})
    result = run("import", "page.html", "--to", "A.md", "--source", "https://organs.example.org/a/spleen", cwd=vault)
    assert result.exit_code == 0, result.output
    return (vault / "A.md").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        ("<p>It holds <!-- a -->40 ml<!-- b --> of blood.</p>", "It holds 40 ml of blood."),
        ("<p>It is <b>large<!-- --></b><?x?> at birth.</p>", "It is **large** at birth."),
        ("<ul><li>one <!-- x -->more word</li><li><!-- y -->other</li></ul>", "- one more word\n- other"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>mild<!-- x --> form</td><td>8</td></tr></table>", "| mild form | 8 |"),
        ("<h2>Differentials</h2><ul><li><a href='/x'>Lymphoma</a></li><li><a href='/y'>Malaria</a></li></ul>",
         "- [Lymphoma](https://organs.example.org/x)\n- [Malaria](https://organs.example.org/y)"),
        ("<p><a href='/sign'>Sign of the comma</a></p>", "[Sign of the comma](https://organs.example.org/sign)"),
        ("<div>Bare words in a box, <i>with</i> emphasis.</div>", "Bare words in a box, *with* emphasis."),
        ("<div>First<br><br>Second</div>", "First\n\nSecond"),
        ("<p>Seen on <time datetime='2020-02-03'>3 February 2020</time> again.</p>", "Seen on 3 February 2020 again."),
        ("<p>They call it <q>the graveyard</q> of cells.</p>", "They call it “the graveyard” of cells."),
        ("<div class='widget'><table><tr><th>Size</th><th>Age</th></tr><tr><td>5 cm</td><td>1</td></tr></table></div>", "| 5 cm | 1 |"),
        ("<h3><button aria-expanded='true'>How large is it?</button></h3><p>As a hand.</p>", "### How large is it?"),
        ("<button><h3>How old?</h3></button><p>As its owner.</p>", "### How old?"),
        ("<h2 id='s'>Shape <a class='headerlink' href='#s' title='Link to this heading'>¶</a></h2><p>Like a bean.</p>", "\n## Shape\n"),
        ("<div class='mw-heading'><h2 id='s'>Shape</h2><span class='mw-editsection'>[<a href='/w?action=edit'>edit</a>]</span></div><p>Bean.</p>", "\n## Shape\n\nBean."),
        ("<h2><a href='#s' class='anchor'></a>Shape</h2><p>Bean.</p>", "\n## Shape\n"),
        ("<p>Ruby: <ruby>漢<rt>kan</rt></ruby></p>", "Ruby: 漢(kan)"),
        ("<p>So <b>note:</b>this is one, and in<b>(side)</b>.</p>", "So **note**:this is one, and in(**side**)." ),
        ("<p><i>From</i> Songs<i>, 1912.</i> And <b>more: </b>words, so<b> (few) </b>.</p>", "*From* Songs, *1912.* And **more:** words"),
        ("<a href='/card'><h3>A card</h3><p>of words</p></a>", "### [A card](https://organs.example.org/card)\n\nof words"),
    ],
)  # fmt: skip
def test_it_stays(make_vault: MakeVault, inner: str, kept: str) -> None:
    note = imported(make_vault, inner)
    assert kept in note
    assert "edit" not in note


def test_a_page_laid_out_by_a_table_is_no_table(make_vault: MakeVault) -> None:
    cells = f"<td width='120'><a href='/'>Start</a><br><a href='/b'>Lists</a></td><td><h1>Spleen</h1>{LONG}<h2>Size</h2>{LONG}</td>"
    vault = make_vault(
        {"p.html": f"<html><head><title>Spleen</title></head><body><table><tr>{cells}</tr></table></body></html>"}
    )
    assert run("import", "p.html", "--to", "A.md", cwd=vault).exit_code == 0
    note = (vault / "A.md").read_text("utf-8")
    assert "## Size" in note
    assert "|" not in note


def test_a_link_to_a_note_does_not_take_its_paragraph_along(make_vault: MakeVault) -> None:
    inner = (
        "<p>It was weighed in 900 people.<a href='#n1'><sup>1</sup></a> Most were well.</p>"
        "<div><p id='n1'>1. Weigher C. Of weights. 1950.</p></div>"
    )
    note = imported(make_vault, inner)
    assert "It was weighed in 900 people.[^1] Most were well." in note
    assert "[^1]: Weigher C. Of weights. 1950." in note


def test_plain_text_stays_plain(make_vault: MakeVault) -> None:
    inner = "<p>#tag [[Link]] %%hidden%% &lt;b&gt; ![[x]] `code` *a* _b_ ==c== ~~d~~ [^1] ^id $x$ y$ &amp;lt; {{t}} <% t %></p>"
    note = imported(make_vault, inner.replace("<% t %>", "&lt;% t %&gt;"))
    for mark in (
        r"\#tag",
        r"\[\[Link]]",
        r"\%\%hidden",
        r"\<b>",
        r"\`code\`",
        r"\*a\*",
        r"\_b\_",
        r"\=\=c",
        r"\~\~d",
        r"\[^1]",
        r"\<% t",
        r"\&lt;",
    ):
        assert mark in note


def test_code_that_a_plugin_would_run_is_not_marked_as_such(make_vault: MakeVault) -> None:
    inner = "<pre><code class='language-dataviewjs'>dv.pages()</code></pre><p>Or <code>$= dv.pages()</code> and <code>=1+1</code>.</p>"
    note = imported(make_vault, inner)
    assert "```\ndv.pages()\n```" in note
    assert "`$=" not in note
    assert "`=" not in note


def test_a_page_around_the_article_is_left_out_and_listed(make_vault: MakeVault, tmp_path: Path) -> None:
    around = "<nav><ul><li><a href='/1'>Organs</a></li><li><a href='/2'>Log in here</a></li></ul></nav>"
    source = f"<html><head><title>Spleen</title></head><body>{around}<main><h1>Spleen</h1>{LONG}</main></body></html>"
    vault = make_vault({"page.html": source})
    result = run("import", "page.html", "--to", "A.md", "--report", cwd=vault)
    assert result.stdout == (
        "Left out of page.html: 2 blocks, 4 words\n      1  body > nav > ul > li: Organs\n      3  body > nav > ul > li: Log in here\n"
    ).replace("body > ", "")
    assert result.stderr == "notelint: wrote A.md (left out: 2 blocks, 4 words)\n"


@pytest.mark.parametrize("address", ["", "https://organs.example.org/a/spleen"])
def test_a_base_leads_no_footnote_away(make_vault: MakeVault, address: str) -> None:
    source = f"""<html><head><title>Spleen</title><base href="https://other.example.org/b/"></head><body><article>
    <h1>Spleen</h1>{LONG}<p>It is red.<sup id="r1"><a href="#fn1">1</a></sup> See <a href="more">more</a>.</p>
    {LONG}<section class="footnotes"><ol><li id="fn1">Seen by all. <a href="#r1">↩</a></li></ol></section>
    </article></body></html>"""
    vault = make_vault({"page.html": source})
    run("import", "page.html", "--to", "A.md", *(["--source", address] if address else []), cwd=vault)
    note = (vault / "A.md").read_text("utf-8")
    assert "It is red.[^1] See [more](https://other.example.org/b/more)." in note
    assert "[^1]: Seen by all." in note
