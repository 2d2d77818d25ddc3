"""Pages of many kinds, made up: their whole Markdown, and that readers of it see the structure of the page."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from markdown_it import MarkdownIt

from notelint.importer import article, decode, formats, markdown, page
from notelint.importer.normalise import drawings, media, sequence

pytest.importorskip("trafilatura")
pytestmark = pytest.mark.slow

PAGES = Path(__file__).parent / "kinds"
NAMES = sorted(found.stem for found in PAGES.glob("*.html"))
ADDRESS = "https://organs.example.org/a/spleen"
KINDS = frozenset("h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr".split())
NOTE = re.compile(r"^\[\^[\w-]+\]: .*(?:\n\n? {4}.*)*", re.M)  # a footnote, with its paragraphs
AS = {"x-callout": "blockquote"}


def imported(name: str) -> str:
    """The note's facts, text and doubts, as one text."""
    file = PAGES / f"{name}.html"
    found = article.read(formats.read(file.read_bytes(), file.name, None), ADDRESS, datetime.date(2024, 1, 2))
    facts = [f"{key}: {value}" for key, value in found.properties.items() if key in ("title", "author", "published")]
    doubts = [f"({doubt})" for doubt in found.doubts]
    return "\n".join([*facts, "", found.body, "", *doubts]).strip() + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_markdown(name: str) -> None:
    assert imported(name) == (PAGES / f"{name}.md").read_text("utf-8")


def outline(element: html.HtmlElement) -> Iterator[tuple[str, ...]]:
    """The path of each block through those around it."""
    for inner in element.iterdescendants():
        tag = AS.get(str(inner.tag), inner.tag)
        if tag in KINDS:
            around = (AS.get(str(one.tag), one.tag) for one in (inner, *inner.iterancestors()))
            yield tuple(one for one in around if one in KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_readers_see_the_structure_of_the_page(name: str) -> None:
    tree = page.parse(decode.decode((PAGES / f"{name}.html").read_bytes()).text, name)
    body = page.body(tree)
    sequence.prepare(body)
    drawings.normalise(body)
    media.choose_sources(body)
    sequence.normalise(body, None)
    text = NOTE.sub(lambda note: note[0].replace("\n    ", "\n"), markdown.convert(body))
    text = re.sub(r"^\[\^[\w-]+\]: ", "", re.sub(r"\[\^[\w-]+\](?!:)", "", text), flags=re.M)
    text = re.sub(r"\$\$.*?\$\$|\$[^$\s][^$\n]*?\$(?!\d)", "x", text, flags=re.S)
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    read = html.fromstring(f"<main>{reader.render(text)}</main>")
    assert list(outline(read)) == list(outline(body)), text
