"""A page that holds its text only as data for scripts: that is said, and a title alone is no note."""

import datetime
import json

import pytest

pytest.importorskip("trafilatura")

from lxml import html

from notelint.core.errors import NotelintError
from notelint.importer import article, formats, unshown

_TEXTS = {
    "en": "The weir holds back the water in March, and the eels wait below it until the gate is lifted. ",
    "ja": "三月に堰は水をせき止め、うなぎは門が上がるまで下で待っています。",
    "ar": "يحجز السد الماء في آذار وتنتظر ثعابين الماء تحته حتى ترفع البوابة. ",
}


def _page(data: object, shown: str = "") -> str:
    script = f"<script id=__NEXT_DATA__ type=application/json>{json.dumps(data)}</script>"
    return f"<html><head><title>Eels</title></head><body><main><h1>Eels</h1>{shown}</main>{script}</body></html>"


def _read(page: str) -> article.Article:
    return article.read(formats.read(page.encode(), "eels.html", None), None, datetime.date(2024, 1, 2))


@pytest.mark.parametrize("text", _TEXTS.values(), ids=_TEXTS)
def test_a_frame_without_its_text_is_no_note(text: str) -> None:
    nav = (
        "<nav><a href=/>Home</a></nav>"
        + "<footer><p>"
        + "A paper for people who live along the river."
        + "</p></footer>"
    )
    with pytest.raises(NotelintError, match="as data for scripts"):
        _read(_page({"post": [{"text": text * 4}, {"text": text * 4}]}, nav))


def test_that_most_is_data_is_said() -> None:
    page = _page({"post": _TEXTS["en"] * 9}, f"<p>{_TEXTS['en']}</p>")
    assert any("as data for scripts" in doubt for doubt in _read(page).doubts)


def test_of_a_page_that_shows_its_text_nothing_is_said() -> None:
    text = _TEXTS["en"] * 3
    page = _page({"post": text, "labels": ["https://example.org/" + "a" * 90, "Read more"]}, f"<p>{text}</p>")
    assert not _read(page).doubts


@pytest.mark.parametrize(
    "data",
    ['"' * 50, '"' + "\\" * 99, '{"a": "' + "x" * 90, '{"a": "function(){ return 1; } is all there is to see here."}'],
)
def test_data_that_holds_no_sentence_counts_nothing(data: str) -> None:
    tree = html.document_fromstring(f"<html><body><script type=application/json>{data}</script></body></html>")
    assert unshown.words(tree, 0) == 0
