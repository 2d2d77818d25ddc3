"""A page that holds no article is refused with the reason; what is not all of one is said."""

import base64
import datetime
import json

import pytest

from notelint.core.errors import NotelintError
from notelint.importer import article, vote
from notelint.importer.formats import Saved

pytest.importorskip("trafilatura")

TODAY = datetime.date(2024, 1, 2)
LONG = (
    "The spleen lies under the left ribs, behind the stomach, and it takes old blood cells out of the stream day and "
    "night. It is as long as a hand is broad, and it weighs as much as a large apple, though it can grow."
)


def read(body: str, head: str = "<title>Spleen</title>") -> article.Article:
    page = f"<!doctype html><html><head>{head}</head>{body}</html>"
    return article.read(Saved("page.html", page.encode()), None, TODAY)


def stated(**facts: object) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": "Spleen", **facts})
    return f"<title>Spleen</title><script type='application/ld+json'>{data}</script>"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<body><noscript>You need to enable JavaScript.</noscript><div id=root></div><script src=a.js></script></body>",
         "scripts write it in the browser"),
        ("<body><div>Loading...</div><script>x={}</script></body>", "scripts write it in the browser"),
        ("<body><button>Zoom</button><embed src='https://x.example.org/a.pdf' type='application/pdf'></body>", "only shows a PDF"),
        ("<body><iframe src='a.pdf?page=2'></iframe></body>", "only shows a PDF"),
        ("<frameset cols='1,2'><frame src=a.html><frame src=b.html></frameset>", "is a page of frames"),
        ("<body><h1>Mit Werbung weiterlesen</h1><p>Wir und unsere Partner brauchen Ihre Zustimmung zu vielen Dingen.</p></body>",
         "a notice about cookies"),
    ],
)  # fmt: skip
def test_it_is_refused_with_the_reason(body: str, reason: str) -> None:
    with pytest.raises(NotelintError, match=reason):
        read(body)


def test_a_text_for_search_engines_is_taken_where_the_page_shows_nothing() -> None:
    found = read("<body><div id=root></div></body>", stated(articleBody=f"{LONG}\n\nIt has *no* twin."))
    assert found.body == f"{LONG}\n\nIt has \\*no\\* twin."
    assert found.doubts == [article._STATED]


def test_elements_in_that_text_count() -> None:
    found = read("<body></body>", stated(articleBody=f"<p>{LONG}</p><ul><li>one</li><li>two</li></ul>"))
    assert found.body == f"{LONG}\n\n- one\n- two"


def test_it_is_not_taken_where_the_page_shows_as_much() -> None:
    found = read(
        f"<body><article><h1>Spleen</h1><p>{LONG} <b>Indeed.</b></p></article></body>", stated(articleBody=LONG)
    )
    assert "**Indeed.**" in found.body
    assert article._STATED not in found.doubts


@pytest.mark.parametrize("free", [False, "False", "https://schema.org/False"])
def test_a_page_that_is_not_free_says_so(free: object) -> None:
    found = read(f"<body><article><h1>Spleen</h1><p>{LONG}</p></article></body>", stated(isAccessibleForFree=free))
    assert article._PAYWALL in found.doubts


def test_the_box_of_a_paywall_is_left_out() -> None:
    box = "<div><h3>Subscribe to continue reading</h3><p>Already a subscriber? <a href='/l'>Log in</a></p></div>"
    found = read(
        f"<body><article><h1>Spleen</h1><p>{LONG}</p><p>{LONG.replace('spleen', 'organ')}</p>{box}</article></body>"
    )
    assert "Subscribe" not in found.body
    assert "Log in" not in found.body
    assert [one.text for one in found.left_out][:1] == ["Subscribe to continue reading"]
    assert article._PAYWALL in found.doubts


def test_far_less_than_all_extractors_keep_together_is_said() -> None:
    short = vote.Election(frozenset(), words=60, words_of_voters={"a": 60, "b": 60}, uncertain=0, of_any=120)
    assert short.is_short
    assert not vote.Election(frozenset(), 95, {"a": 95}, 0, of_any=120).is_short
    assert article._doubts(short, []) == [
        "the note holds 60 of 120 words that an extractor takes for the article: compare the note with the page"
    ]


def test_text_for_readers_without_scripts_is_the_page() -> None:
    posts = "".join(
        f"<div class='post'><p>{LONG.replace('spleen', word)}</p></div>"
        for word in ("liver", "heart", "lung", "skin", "bone")
    )
    found = read(f"<body><div id=app></div><noscript><p>Enable JavaScript for more.</p>{posts}</noscript></body>")
    assert [word for word in ("liver", "heart", "lung", "skin", "bone") if f"The {word} lies" not in found.body] == []


def test_a_drawing_with_words_becomes_an_image() -> None:
    drawing = (
        "<svg viewBox='0 0 9 9' onload='x()'><title>Lobes</title><script>x()</script>"
        "<linearGradient gradientUnits='userSpaceOnUse'/><use xlink:href='#a'/><text x=1>Left lobe</text></svg>"
    )
    found = read(
        f"<body><article><h1>Spleen</h1><p>{LONG}</p><figure>{drawing}</figure><p>{LONG[::-1]}</p></article></body>"
    )
    ((mark, image),) = found.images.items()
    assert f"![Lobes, Left lobe]({mark})" in found.body
    assert image.data.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
        '<title>Lobes</title><linearGradient gradientUnits="userSpaceOnUse"/><use xlink:href="#a"/>'
        '<text x="1">Left lobe</text></svg>'
    )
    assert base64.b64encode(image.data).decode() not in found.body


def test_an_icon_stays_out() -> None:
    icon = "<svg class='icon'><title>Open</title><path d='M0'/></svg>"
    found = read(f"<body><article><h1>Spleen</h1><p>{LONG} {icon}</p><p>{LONG[::-1]}</p></article></body>")
    assert not found.images
    assert "Open" not in found.body
