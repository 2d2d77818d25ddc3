"""Of a page that is too large for the others, one extractor is asked, and the import says so."""

import datetime
import importlib

import pytest

pytest.importorskip("trafilatura")

from notelint.importer import article, blocks, formats, large_pages, page, voters

PROSE = "<p>The lighthouse was built of grey stone in {}, and its lamp burnt oil that came by boat twice a year.</p>"
NAVIGATION = f"<nav><ul>{'<li><a href=/x>Menu</a></li>' * 50}</ul></nav>"
FOOTER = "<footer><p>Copyright 2020 Some Company. All rights reserved.</p></footer>"


def imported(count: int) -> article.Article:
    body = "".join(PROSE.format(number) for number in range(count))
    html = f"<html><body>{NAVIGATION}<article><h1>Light</h1>{body}</article>{FOOTER}</body></html>"
    return article.read(formats.read(html.encode(), "page.html", None), None, datetime.date(2024, 1, 2))


def test_a_large_page_is_imported_by_one_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_pages, "MOST_BLOCKS", 200)
    asked: list[object] = []
    for voter in ("_trafilatura", "_trafilatura_recall"):
        monkeypatch.setattr(voters, voter, lambda *given: asked.append(given))
    found = imported(300)
    assert large_pages.DOUBT in found.doubts
    assert asked == []
    assert "in 0, and" in found.body
    assert "in 299, and" in found.body
    assert "Menu" not in found.body
    assert "Copyright" not in found.body


@pytest.mark.parametrize(("count", "fast"), [(30, False), (130, True)])
def test_of_a_long_page_justext_is_not_asked(count: int, fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_pages, "MOST_BLOCKS", 400)
    asked: list[object] = []
    trafilatura = importlib.import_module("trafilatura")
    extract = trafilatura.bare_extraction

    def asking(tree: object, **given: object) -> object:
        asked.append(given["fast"])
        return extract(tree, **given)

    monkeypatch.setattr(trafilatura, "bare_extraction", asking)
    assert large_pages.DOUBT not in imported(count).doubts
    assert asked == [fast, fast]


def test_other_pages_have_all_votes() -> None:
    assert large_pages.DOUBT not in imported(30).doubts


@pytest.mark.parametrize(
    ("html", "large"), [("<p>x</p>", False), ("<p>x<b>y</b></p>", True), ("<p>x</p><p>y</p>", True)]
)
def test_blocks_and_elements_count(html: str, large: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_pages, "MOST_BLOCKS", 1)
    monkeypatch.setattr(large_pages, "MOST_ELEMENTS", 3)
    tree = page.parse(f"<html><body>{html}</body></html>", "page.html")
    assert large_pages.is_large(tree, blocks.cut(page.body(tree))) is large
