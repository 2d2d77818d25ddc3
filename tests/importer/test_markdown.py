"""Pages of code, tables, footnotes, callouts, mathematics, lists and figures: their whole Markdown and its structure."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from notelint.importer import article, formats

pytest.importorskip("trafilatura")

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(page.stem for page in PAGES.glob("*.html"))
TODAY = datetime.date(2024, 1, 2)


def imported(name: str) -> str:
    file = PAGES / f"{name}.html"
    return article.read(formats.read(file.read_bytes(), file.name, None), None, TODAY).body


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_markdown_of_a_page(name: str) -> None:
    assert f"{imported(name)}\n" == (PAGES / f"{name}.md").read_text("utf-8")


STRUCTURES = {
    "lists": """<h1/><ol><li><ul><li><ol><li/><li/></ol></li><li/></ul></li><li><blockquote/></li></ol><ol><li/></ol>
        <ul><li><ul><li/><li/></ul></li><li/></ul><ul><li/></ul><ul><li/><li/></ul><ul><li/><li/></ul><h2/>
        <ul><li><a/></li><li><a/></li></ul>""",
    "callouts": "<h1/><blockquote><ul><li/><li/></ul></blockquote>" + "<blockquote/>" * 4 + "<h2/>",
    "code": "<h1/><pre/><pre/><pre/><ol><li><pre/></li><li/></ol><pre/><pre/>",
    "tables": "<h1/><table><tr/><tr/><tr/><tr/></table>",
    "figures": "<h1/><a><img/></a><em/><img/><img/><img/><img/><img/>",
    "mathematics": "<h1/><table><tr/><tr/></table>",
    "footnotes": "<h1/><em/><a/>",
}
KINDS = frozenset("h1 h2 ul ol li blockquote pre table tr a img em".split())


def outline(element: etree._Element) -> Iterator[tuple[str, ...]]:
    """The path of each element of a wanted kind through those around it."""
    for inner in element.iterdescendants():
        if inner.tag in KINDS:
            yield tuple(str(one.tag) for one in (inner, *inner.iterancestors()) if one.tag in KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_of_markdown_sees_the_same_structure(name: str) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    text = re.sub(r"^\[\^\w+\]: ", "", re.sub(r"\[\^\w+\](?!:)", "", imported(name)), flags=re.M)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\s][^$]*?\$(?!\d)", "", text, flags=re.S)
    text = text.replace("\n    It was", "\nIt was")  # the second paragraph of a footnote
    read = html.fromstring(f"<main>{reader.render(text)}</main>")
    expected = etree.fromstring(f"<main>{STRUCTURES[name]}</main>")
    assert list(outline(read)) == list(outline(expected))
