"""Every word of an article's elements is in the note, in order, however they are nested."""

import datetime
import re
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html

from notelint.importer import article, blocks, formats, markdown, page, prune, unseen
from notelint.importer.normalise import media, sequence
from notelint.importer.page import parse

pytestmark = pytest.mark.slow

BLOCK = (
    "p div section article blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 pre figure figcaption details summary table "
    "thead tbody tfoot tr td th caption header center address aside main nav footer form fieldset legend hgroup menu "
    "dir noscript label hr"
).split()
INLINE = (
    "a b i em strong code span time q abbr sub sup kbd mark del ins s small u cite var samp font ruby rt rp tt label bdi "
    "dfn data output picture big strike wbr img input custom-element textarea select"
).split()
BETWEEN = ["<!-- a comment -->", "<br>", "<wbr>", "&nbsp;", "&amp;", "&lt;", "&#42;", "&#95;", "&shy;", "*", "_", "`", "[", "]", "#", ">", "-", "1.", "|", "$", "~~", "==", "%%", "\\", "![", "](", "<?p?>", "\n", "<img src=x.png>", "<input type=checkbox>", "$x^2$", "<hr>", "<br><br>", "[1]", "<a id=t></a>"]  # fmt: skip
ATTRIBUTES = ["", ' href="/a_b(c"', ' class="note"', ' class="x"', ' start="5"', ' colspan="3"', ' rowspan="2"', ' id="a"', ' href="#a"', ' role="note"', ' class="tabs"', ' role="tablist"', ' role="tab"', ' role="tabpanel"', ' class="tab-content"', ' class="highlight"', ' class="admonition-title"', ' class="footnotes"', ' id="fn1"', ' href="#fn1"', ' class="line"', " hidden", ' style="display:none"', ' class="sr-only"', ' aria-controls="a"', ' class="linenos"', ' class="sd-tab-label"', ' class="equation"', " open", ' class="katex"']  # fmt: skip
WORD = re.compile(r"word\d+")


@st.composite
def elements(draw: st.DrawFn, depth: int = 4) -> str:
    """An element of any kind with words, marks and other elements in it; W stands for a word."""
    tag = draw(st.sampled_from(BLOCK if draw(st.booleans()) else INLINE))
    parts = [draw(st.sampled_from(["W", "W W", "", *BETWEEN])) for _ in range(draw(st.integers(0, 3)))]
    if depth:
        parts += [draw(elements(depth=depth - 1)) for _ in range(draw(st.integers(0, 3)))]
    within = draw(st.permutations(parts))
    return f"<{tag}{draw(st.sampled_from(ATTRIBUTES))}>{''.join(within)}</{tag}>"


def numbered(source: str) -> str:
    numbers = count(1)
    return re.sub(r"\bW\b", lambda _: f"word{next(numbers)}", re.sub("W", " W ", source))


def note_of(source: str) -> tuple[str, list[str]]:
    """The note of a page of which every block is kept, and the words that no reader of the page sees as text."""
    tree = parse(source, "page")
    body = page.body(tree)
    sequence.prepare(body)
    hidden = [word for _, text, _ in unseen.texts(body) for word in WORD.findall(text)]
    cut = blocks.cut(body)
    prune.prune(body, cut, range(len(cut)))
    media.choose_sources(body)
    sequence.normalise(body, None)
    return markdown.convert(body), hidden


@given(st.lists(elements(), max_size=4))
@example(["<dl><dt>W<dt>W<dd>W<b>W</b><dd>W</dl>W"])
@example(["<pre><button>W</button></pre>"])
@example(["W<select><textarea>W</textarea></select>"])
@example(["<a></a>", "<a></a>", "<a><a><a><ul>W<a>W</a>W<a>W</a></ul></a></a></a>"])
@example(["<ul>W<b>W</b>W<ol><li>W</li></ol>W<p>W</p>W<i>W</i><li>W</li>W<br>W<a>W</a> <a>W</a></ul>"])
@example(["<a></a>", "<table>W<caption>W</caption></table>W"])
@example(["<details>W<summary>W</summary>W</details>", "<picture>W<img src=x.png>W</picture>"])
@example(["<table>W<caption>W</caption>W<tr><td>W</td>W<td>W</td></tr>W<caption>W</caption></table>W"])
@example(
    ["<table><caption>W</caption><tbody><tr><td>W<td>W</tr><caption>W</caption></tbody><caption>W</caption></table>W"]
)
@settings(deadline=None, max_examples=400, suppress_health_check=list(HealthCheck))
def test_all_words_in_order(made: list[str]) -> None:
    source = numbered(f"<html><body><main>{''.join(made)}</main></body></html>")
    tree = parse(source, "page")
    want = WORD.findall(html.tostring(tree, encoding="unicode", method="text"))
    note, hidden = note_of(source)
    got = WORD.findall(note)
    assert sorted([*got, *hidden]) == sorted(want), note
    assert got == [word for word in want if word not in hidden], note


PROSE = "The pond freezes from its edges, and the herons stand where the stream keeps a strip of water open all night. "


@given(st.lists(elements(depth=3), max_size=3), st.lists(elements(depth=2), max_size=2))
@example([], ["<picture>W</picture>"])
@example([], ["<picture>W<img src=x.png></picture>"])
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_each_word_of_a_page_is_in_the_note_or_in_the_report(made: list[str], around: list[str]) -> None:
    pytest.importorskip("trafilatura")
    prose = "".join(f"<p>{PROSE * 2}</p>" for _ in range(3))
    source = numbered(
        f"<html><body><nav>{''.join(around)}</nav><article><h1>Ponds</h1>{prose}{''.join(made)}{prose}</article></body></html>"
    )
    tree = parse(source, "page")
    want = WORD.findall(html.tostring(page.body(tree), encoding="unicode", method="text"))
    found = article.read(formats.read(source.encode(), "page", None), None, datetime.date(2024, 1, 2))
    told = " ".join([found.body, *(one.text for one in found.left_out)])
    assert set(WORD.findall(told)) == set(want), found.body
