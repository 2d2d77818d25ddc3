"""The article's heading stays where the note's title is another one; other headings of the first level do not."""

import pytest

pytest.importorskip("lxml")

from notelint.importer import blocks, heading, page
from notelint.importer.facts.collect import PageFacts

PROSE = "<p>A heron stands in the water on one leg.</p>"


def missed(body: str, title: str, site: str = "") -> list[str]:
    tree = page.parse(f"<html><body>{body}</body></html>", "page")
    cut = blocks.cut(page.body(tree))
    kept = frozenset(number for number, block in enumerate(cut) if block.element.tag == "p")
    found = heading.missed(cut, kept, PageFacts(title=title, site=site), "")
    return [cut[number].text for number in found]


@pytest.mark.parametrize(
    ("body", "title", "found"),
    [
        (f"<h1>How herons sleep at night</h1>{PROSE}", "Herons and sleep", ["How herons sleep at night"]),
        (f"<h1><span>How herons sleep</span></h1>{PROSE}", "Herons and sleep", ["How herons sleep"]),
        (f"<h1>How herons sleep</h1>{PROSE}", "How Herons Sleep", []),  # it is the title
        (f"<h1>The Great Bird Book</h1>{PROSE}", "Herons and sleep", []),  # of which the page is a chapter
        (f"<h1>How herons sleep</h1><h1>How herons eat</h1>{PROSE}", "Herons and sleep", []),
        (f"{PROSE}<h1>How herons sleep</h1>", "Herons and sleep", []),
        (f"<h1>Herons of the web</h1>{PROSE}", "Herons and sleep", ["Herons of the web"]),
    ],
)
def test_missed(body: str, title: str, found: list[str]) -> None:
    assert missed(body, title) == found


def test_the_name_of_the_site_is_no_heading() -> None:
    assert missed(f"<h1>Herons of the web</h1>{PROSE}", "Herons and sleep", site="Herons of the Web") == []
