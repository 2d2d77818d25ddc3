"""A page costs time in proportion to its size, whatever it holds: hostile pages are doubled, as notes are."""

import datetime
import time
from contextlib import suppress

import pytest

from notelint.core.errors import NotelintError
from notelint.importer import article, formats
from tests.doubling import LITTLE, MOST, SIZES, Hostile, is_worse_than_linear, limited

pytest.importorskip("trafilatura")
pytestmark = pytest.mark.slow

PROSE = "<p>The lighthouse was built of grey stone, and its lamp burnt oil that came by boat twice in a year.</p>" * 3
ARTICLE = f"<html><body><article><h1>Light</h1>{PROSE}"
END = "</article></body></html>"
TODAY = datetime.date(2024, 1, 2)


def _inside(before: str, again: str, after: str = "") -> Hostile:
    """A page whose article grows."""
    return Hostile(ARTICLE + before, again, after + END)


PAGES = {
    "posts": _inside(
        "",
        "<div class=post><b class=author>Ada</b><i class=date>3 May 2021</i><div class=text><p>The lamp burnt oil, word.</p></div></div>",
    ),
    "marked posts": _inside(
        "",
        "<li class=comment><a class=author href=/u/1>Ada</a><time>3 May 2021</time><div class=comment-body>Oil, word.</div></li>",
    ),
    "nested posts": _inside("", "<div class=post><div class=md>The lamp burnt oil.</div>"),
    "texts of posts in spans": _inside("<div>", "<span class=postbody>The lamp burnt oil, word.</span><br>", "</div>"),
    "heads of no post": _inside("", "<div class=author>Ada 2021</div>"),
    "cards below": Hostile(
        ARTICLE + "</article><div>",
        "<div class=card><h3><a href=x>Oil</a></h3><p>The lamp burnt oil.</p></div>",
        "</div></body></html>",
    ),
    "boxes of links": Hostile(ARTICLE + "</article>", "<div><a href=x>Oil of boats</a></div>", "</body></html>"),
    "lines that lead to more": _inside("", "<p>Read more: <a href='https://light.example/№'>Oil</a></p>"),
    "pagers with titles": _inside("", "<p><a href=x><span>Next</span> Oil</a></p>"),
    "boxes of newsletters": _inside("", "<div class=newsletter><p>Oil <a href=/subscribe>here</a></p></div>"),
    "boxes of facts": _inside("", "<table class=infobox><tr><th>Oil<td>of boats</table>"),
    "formulas behind the text": _inside("", "<div><math><mi>x</mi></math></div>"),
    "prompts nested": _inside("", "<div class=prompt>" * 60 + "[1]:" + "</div>" * 60),
    "cells of notebooks": _inside(
        "", "<div class=prompt>In [1]:</div><div class='highlight hl-ipython3'><pre>a</pre></div>"
    ),
    "dialogs": _inside("", "<dialog><p>The lamp burnt oil.</p></dialog>"),
    "places": _inside("", "<p>{{ lamp }}</p>"),
    "tasks by the name of their list": _inside("<ul class=tasks>", "<li class=x>Oil</li>", "</ul>"),
    "names of contents": _inside("", "<p>Contents</p><p>The lamp burnt oil, word.</p>"),
    "lists of contents": _inside("", "<div class=toc><p>Oil <a href='#x'>of boats</a></p></div>"),
    "one list of contents": _inside("<div class=toc>", "<p>The lamp burnt <a href='#x'>oil</a>, word.</p>", "</div>"),
    "names of contents in a cell": _inside(
        "<table><tr><td>", "<h3>Contents</h3><div>Oil <a href='#x'>of</a></div><p>boats</p>", "</td></tr></table>"
    ),
    "paragraphs of one item": _inside("<ul><li>Oil", "<p>b", "</li></ul>"),
    "moments of blanks": _inside("<p>", "<time>&nbsp;</time>", "</p>"),
    "fields with labels": _inside("", "<div>Oil: <select><option>a</select></div>"),
    "row of links": _inside(
        "<table><tr><td><table><tr>", "<td><a href=x>Oil</a></td>", "</tr></table></td><td>Oil</td></tr></table>"
    ),
    "labels of dates": _inside("", "<p>Updated</p><p>3 May 2021</p>"),
    "headings that lead home": _inside("", "<h2><a href='/'>Light</a></h2>"),
    "paragraphs": _inside("", "<p>The lamp burnt oil, word.</p>"),
    "short paragraphs": _inside("", "<p>x</p>"),
    "text": _inside("<p>", "word ", "</p>"),
    "one word": _inside("<p>", "w", "</p>"),
    "blanks": _inside("<p>a", " ", "b</p>"),
    "nbsp": _inside("<p>a", "&nbsp;", "b</p>"),
    "angles": _inside("", "<"),
    "ampersands": _inside("", "&"),
    "entities": _inside("", "&amp;"),
    "entities never closed": _inside("", "&ouml"),
    "numeric": _inside("", "&#60;"),
    "numeric zeros": _inside("&#", "0", ";"),
    "hex zeros": _inside("&#x", "0", "1;"),
    "controls": _inside("", "\x01"),
    "backticks": _inside("<p>", "`", "</p>"),
    "code backticks": _inside("<code>", "`", "</code>"),
    "code runs": _inside("", "<code>`a``b</code> "),
    "brackets": _inside("<p>", "[", "</p>"),
    "dollars": _inside("<p>", "$a ", "</p>"),
    "stars": _inside("<p>", "*a ", "</p>"),
    "underscores": _inside("<p>", "_a_ ", "</p>"),
    "hash": _inside("<p>", "#a ", "</p>"),
    "bold never closed": _inside("", "<b>x"),
    "i/b": _inside("", "<i>x<b>y</i>"),
    "fonts": _inside("", "<font><b>"),
    "div never closed": _inside("", "<div>x " * 90 + "</div>" * 90),
    "spans": _inside("", "<span>x</span>"),
    "spans nested100": _inside("", "<span>" * 100 + "x" + "</span>" * 100),
    "formatting": _inside("", "<b><i><u>x</u></i></b>"),
    "attributes": _inside("<p ", "a№=b ", ">x</p>"),
    "attribute same": _inside("<p ", "a=b ", ">x</p>"),
    "attribute value": _inside("<p class='", "a ", "'>x</p>"),
    "attribute never closed": _inside("<p class='", "a>"),
    "style": _inside("<p style='", "a:b;", "'>x</p>"),
    "comments": _inside("", "<!-- a -->"),
    "comments never closed": _inside("", "<!--"),
    "comments dashes": _inside("<!--", "-", "x"),
    "pis": _inside("", "<?a b?>"),
    "cdata": _inside("", "<![CDATA[x]]>"),
    "doctype": _inside("", "<!DOCTYPE html>"),
    "table rows": _inside("<table>", "<tr><td>a<td>b", "</table>"),
    "table wide": _inside("<table><tr>", "<td>a", "</table>"),
    "table rowspan": _inside("<table>", "<tr><td rowspan=30>a<td>b", "</table>"),
    "table colspan": _inside("<table>", "<tr><td colspan=30>a", "</table>"),
    "tables": _inside("", "<table><tr><td>a<td>b<tr><td>c<td>d</table>"),
    "nested tables": _inside("", ("<table><tr><td>x" * 30 + "</table>" * 30)),
    "thead": _inside("<table>", "<thead><tr><th>a</th></tr></thead>", "</table>"),
    "cells with pipes": _inside("<table>", "<tr><td>a|b<td>`|`", "</table>"),
    "cells with lists": _inside("<table>", "<tr><td><ul><li>a</ul><td><p>b<p>c", "</table>"),
    "list": _inside("<ul>", "<li>x", "</ul>"),
    "list nested": _inside("", ("<ul><li>x" * 40 + "</ul>" * 40)),
    "list ol": _inside("<ol>", "<li value=5>x", "</ol>"),
    "list tasks": _inside("<ul>", "<li><input type=checkbox>x", "</ul>"),
    "list texts": _inside("<ul>", "x<li>", "</ul>"),
    "dl": _inside("<dl>", "<dt>a<dd>b", "</dl>"),
    "pre": _inside("<pre>", "a\n", "</pre>"),
    "pres": _inside("", "<pre><code class='language-x'>a\n</code></pre>"),
    "pre spans": _inside("<pre>", "<span class=k>a</span> ", "</pre>"),
    "pre lines": _inside("<pre>", "<span class=line><a name=№></a>a</span>\n", "</pre>"),
    "code table": _inside("<table class=highlight>", "<tr><td class=lineno>№<td class=code>a", "</table>"),
    "imgs": _inside("", "<img src='№.png' alt=a>"),
    "srcset": _inside("<img srcset='", "a№ 1x,", "'>"),
    "srcset one": _inside("<img srcset='", "a", " 1x'>"),
    "srcset commas": _inside("<img srcset='", ",", "'>"),
    "data uri": _inside("<img src='data:image/png;base64,", "AAAA", "'>"),
    "data uris": _inside("", "<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"),
    "figures": _inside("", "<figure><img src=№.png><figcaption>a</figcaption></figure>"),
    "pictures": _inside("<picture>", "<source srcset='№.png'>", "<img src=a.png></picture>"),
    "sources": _inside("", "<source src=a>b"),
    "tracks": _inside("<video>", "<track>", "</video>"),
    "videos": _inside("", "<video src=a.mp4></video>"),
    "iframes": _inside("", "<iframe src=https://a.b/№></iframe>"),
    "noscripts": _inside("", "<img src='data:x'><noscript><img src=№.png></noscript>"),
    "noscript long": _inside("<noscript>", "word ", "</noscript>"),
    "links": _inside("", "<a href='/№'>x</a> "),
    "links nested": _inside("", "<a href='/№'>x"),
    "link long": _inside("<a href='", "a/", "'>x</a>"),
    "link percent": _inside("<a href='", "%20", "'>x</a>"),
    "anchors": _inside("", "<a id=a№></a>x "),
    "footnotes": _inside("", "<p>a<sup><a href='#f№'>№</a></sup></p><p id=f№>№. note</p>"),
    "footnotes same": _inside("", "<sup><a href='#f1' id=r1>1</a></sup>", "<ol><li id=f1>note <a href=#r1>^</a></ol>"),
    "footnote ol": Hostile(
        ARTICLE + "<sup><a href='#f1'>1</a></sup><ol class=footnotes>", "<li id=f№>note</li>", "</ol>" + END
    ),
    "headings": _inside("", "<h2>a №</h2>"),
    "headings text": _inside("", "<h2 id=a№>a<a href='#a№'>#</a></h2><p>words of it</p>"),
    "heading long": _inside("<h2>", "a ", "</h2>"),
    "hr": _inside("", "<hr>"),
    "br": _inside("<p>a", "<br>", "b</p>"),
    "br text": _inside("<p>", "a<br>", "</p>"),
    "blockquotes": _inside("", "<blockquote>a</blockquote>"),
    "quotes nested": _inside("", ("<blockquote>x" * 50 + "</blockquote>" * 50)),
    "details": _inside("", "<details><summary>a</summary>b</details>"),
    "callouts": _inside("", "<div class='admonition note'><p class=title>Note</p><p>b</p></div>"),
    "math": _inside("<math>", "<mi>x</mi>", "</math>"),
    "math nested": _inside("", ("<math>" + "<msup><mi>x</mi>" * 50 + "</msup>" * 50 + "</math>")),
    "maths": _inside("", "<math><mfrac><mi>x</mi><mi>y</mi></mfrac></math>"),
    "math rows": _inside("<math><mtable>", "<mtr><mtd>x", "</math>"),
    "tex": _inside("", "<span class=katex><annotation encoding='application/x-tex'>x</annotation></span>"),
    "math scripts": _inside("", "<script type='math/tex'>x</script>"),
    "jsonld": Hostile(
        "<html><head><script type='application/ld+json'>", "[", "</script></head><body><article>" + PROSE + END
    ),
    "jsonld list": Hostile(
        "<html><head><script type='application/ld+json'>[{}",
        ',{"@type":"Article","headline":"a","author":{"name":"b c"}}',
        "]</script></head><body><article>" + PROSE + END,
    ),
    "jsonld graph": Hostile(
        '<html><head><script type="application/ld+json">{"@graph":[{}',
        ',{"@id":"№","@type":"Article","author":{"@id":"№"}}',
        "]}</script></head><body><article>" + PROSE + END,
    ),
    "jsonlds": Hostile(
        "<html><head>", "<script type='application/ld+json'>{}</script>", "</head><body><article>" + PROSE + END
    ),
    "jsonld string": Hostile(
        '<html><head><script type="application/ld+json">{"@type":"Article","headline":"',
        "a ",
        '"}</script></head><body><article>' + PROSE + END,
    ),
    "metas": Hostile(
        "<html><head>", "<meta name=citation_author content='A B№'>", "</head><body><article>" + PROSE + END
    ),
    "hyphens of an author": Hostile(
        "<html><head><meta name=author content='A ", "-", " B'></head><body><article>" + PROSE + END
    ),
    "hyphens of a byline": _inside("<p class=byline>By A ", "-", " B</p>"),
    "metas2": Hostile(
        "<html><head>", "<meta property=og:title content='A B№'>", "</head><body><article>" + PROSE + END
    ),
    "meta long": Hostile(
        "<html><head><meta name=author content='", "A, B and ", "'></head><body><article>" + PROSE + END
    ),
    "meta date": Hostile("<html><head><meta name=date content='", "2020-01-", "'></head><body><article>" + PROSE + END),
    "meta date digits": Hostile("<html><head><meta name=date content='", "1", "'></head><body><article>" + PROSE + END),
    "title long": Hostile("<html><head><title>", "a | ", "</title></head><body><article>" + PROSE + END),
    "title blanks": Hostile("<html><head><title>a", " ", "b</title></head><body><article>" + PROSE + END),
    "titles": Hostile("<html><head>", "<title>a</title>", "</head><body><article>" + PROSE + END),
    "bylines": _inside("", "<p class=byline>By Ann Bee</p>"),
    "byline long": _inside("<p class=byline>By ", "Ann Bee, ", "</p>"),
    "times": _inside("", "<time datetime='2020-01-02'>x</time>"),
    "dates": _inside("<p>", "January 2, 2020 ", "</p>"),
    "bases": Hostile("<html><head>", "<base href='http://a.b/'>", "</head><body><article>" + PROSE + END),
    "base long": Hostile(
        "<html><head><base href='http://a.b/", "a/", "'></head><body><article><a href='../../x'>y</a>" + PROSE + END
    ),
    "links head": Hostile(
        "<html><head>", "<link rel=canonical href='http://a.b/№'>", "</head><body><article>" + PROSE + END
    ),
    "scripts": _inside("", "<script>a</script>"),
    "script long": _inside("<script>", "a<", "</script>"),
    "styles": _inside("<style>", "a{b:c}", "</style>"),
    "textarea": _inside("<textarea>", "<p>x", "</textarea>"),
    "svg": _inside("<svg>", "<path d=x />", "</svg>"),
    "selects": _inside("<select>", "<option>a", "</select>"),
    "forms": _inside("", "<form><input><button>a</button></form>"),
    "templates": _inside("", "<template shadowrootmode=open>x</template>"),
    "frames": Hostile("<html><frameset>", "<frame src=a>", "</frameset></html>"),
    "bodies": _inside("", "<body>x"),
    "htmls": _inside("", "<html><body><p>x"),
    "articles": _inside("", "<article><h1>A</h1><p>Words of it are here, and more of them.</p></article>"),
    "navs": _inside("", "<nav><a href=x>A</a></nav>"),
    "footers": _inside("", "<footer>Words of it</footer>"),
    "asides": _inside("", "<aside><p>Words of it, and more</p></aside>"),
    "ids": _inside("", "<div id=main class=content><p>Words</p></div>"),
    "hidden": _inside("", "<p hidden style='display:none'>Words</p>"),
    "ruby": _inside("<ruby>", "a<rt>b", "</ruby>"),
    "abbr": _inside("", "<abbr title='a b'>c</abbr>"),
    "q": _inside("", ("<q>a" * 30 + "</q>" * 30)),
    "sup sub": _inside("", "<sup>a</sup><sub>b</sub>"),
    "emoji": _inside("<p>", "\U0001f468\u200d", "</p>"),
    "combining": _inside("<p>a", "\u0301\u0323", "</p>"),
    "unknown tags": _inside("", "<a-b>x</a-b>"),
    "bad names": _inside("", "<td<b>x"),
    "closing tags": _inside("", "</p>"),
    "closing unknown": _inside("", "</x>"),
    "mojibake": _inside("<p>", "cafÃ© ", "</p>"),
    "bare urls": _inside("<p>", "https://a.b/c_d_e ", "</p>"),
    "equals": _inside("<p>", "=", "</p>"),
    "line begins": _inside("<p>", "<br>1. a<br>- b<br># c<br>> d", "</p>"),
    "tildes": _inside("<p>", "~~a ", "</p>"),
    "carets": _inside("<p>", "a ^b<br>", "</p>"),
    "percent": _inside("<p>", "%% a ", "</p>"),
    "pipes": _inside("<p>", "a | b<br>", "</p>"),
    "backslashes": _inside("<p>", "\\", "</p>"),
    "hidden pieces": _inside("<p>x ", "<span hidden>a</span>b ", "</p>"),
    "controls around": _inside("<div class=faq aria-controls=x><div>", "<p>a b c d e f.</p>", "</div></div>"),
    "cells of links": _inside(
        "<table>", "<tr><td><a href=a>a</a><a href=a>b</a><a href=a>c</a></td><td>x</td></tr>", "</table>"
    ),
    "links in a row": _inside("<table><tr>", "<td><a href=a>a</a><a href=a>b</a><a href=a>c</a></td>", "</tr></table>"),
    "elements of the page": _inside("", "<a-b><c-d>x y z w v</c-d></a-b>"),
    "elements of the page nested": _inside("", "<a-b>" * 100 + "x" + "</a-b>" * 100),
    "glued": _inside("<p>", "<a href=a>b</a><a href=c>d</a>", "</p>"),
    "signs": _inside("", "<p>• a</p>"),
    "signs nested": _inside("", "<div>• a" * 60 + "</div>" * 60),
    "own numbers": _inside("<ol>", "<li>1. a</li>", "</ol>"),
    "terms of numbers": _inside("<dl>", "<dt>1.</dt><dd>a</dd>", "</dl>"),
    "tabs by address": _inside(
        "", "<ul><li><a href=#a№>a</a><li><a href=#b№>b</a></ul><div><div id=a№ hidden>x</div><div id=b№>y</div></div>"
    ),
    "bylines with dates": _inside("", "<p>By Ada Heron, updated May 3, 2021</p>"),
    "byline of many": _inside("<p>By ", "Ada Heron y Bo Crane & ", "</p>"),
    "labels of authors": _inside("", "<p>Author</p>"),
    "marked authors": _inside("", "<span itemprop=author>?</span>"),
    "marked authors nested": _inside("", "<div itemprop=author>" * 60 + "?" + "</div>" * 60),
    "times to come": _inside("", "<time datetime=2031-01-01>x</time>"),
    "dates beside": _inside("<p>May 3, 2021 ", "am at w mon ", "!</p>"),
    "wiki refs": _inside("<p>", "<sup class=reference><a href='#cite_note-№'>[№]</a></sup> a ", "</p>"),
}


def _importing(hostile: Hostile, size: int) -> float:
    """The time in which a page becomes a note, or is refused in one line."""
    page = hostile.of(size).encode("utf-8", "surrogatepass")
    start = time.process_time()
    with limited(), suppress(NotelintError):
        article.read(formats.read(page, "page.html", None), None, TODAY)
    return time.process_time() - start


@pytest.mark.parametrize("name", PAGES)
def test_importing_is_in_proportion_to_size(name: str) -> None:
    largest = _importing(PAGES[name], SIZES[-1])
    if largest < 4 * LITTLE:  # what the smallest page costs is a good part of it
        return
    half = _importing(PAGES[name], SIZES[-2])
    if largest <= MOST * half:  # whatever smaller pages cost
        return
    times = [*(_importing(PAGES[name], size) for size in SIZES[:-2]), half, largest]
    if is_worse_than_linear(times):
        again = [_importing(PAGES[name], size) for size in SIZES]
        assert not is_worse_than_linear(again), f"{times}, then {again}"
