"""What is no article is refused with the reason; an article that stops at a paywall is imported, and that is said."""

import datetime

import pytest

from notelint.core.errors import NotelintError
from notelint.importer import article, formats

pytest.importorskip("trafilatura")

PROSE = "".join(
    f"<p>Sentence {number} says that the kidney filters blood, and keeps salts in balance all day.</p>"
    for number in range(9)
)


def read(body: str, title: str) -> article.Article:
    page = f"<html><head><title>{title}</title></head><body><main>{body}</main></body></html>"
    return article.read(formats.read(page.encode(), "page.html", None), None, datetime.date(2024, 1, 2))


@pytest.mark.parametrize(
    ("title", "body", "reason"),
    [
        ("Log in", "<p>You must be logged in to read this article. Please enter your address and password.</p>", "log in"),
        ("Anmelden", "<p>Bitte geben Sie Ihren Namen und Ihr Passwort ein, um den Artikel zu lesen.</p>", "log in"),
        ("Before you continue", "<p>We use cookies and data to deliver services, and to show you ads.</p>", "cookies"),
        ("Just a moment...", "<p>Checking if the site connection is secure, please wait for some seconds.</p>", "robots"),
        ("Herons", "<p>Enable JavaScript and cookies to continue to the page that you asked for.</p>", "robots"),
        ("404 Not Found", "<p>The page that you are looking for may have been moved or deleted by us.</p>", "error"),
        ("Herons", "<h1>Page not found</h1><p>It may have been moved or deleted by somebody else.</p>", "error"),
    ],
)  # fmt: skip
def test_walls_are_refused(title: str, body: str, reason: str) -> None:
    with pytest.raises(NotelintError, match=reason):
        read(body, title)


@pytest.mark.parametrize("title", ["Log in", "Before you continue", "404 Not Found"])
def test_an_article_of_such_a_title_is_one(title: str) -> None:
    assert "Sentence 8" in read(f"<h1>{title}</h1>{PROSE}{PROSE}", title).body


def test_a_paywall_is_said() -> None:
    found = read(f"<h1>Kidney</h1>{PROSE}<div>Subscribe to continue reading</div>", "Kidney")
    assert [doubt for doubt in found.doubts if "subscribers" in doubt]
    assert not [doubt for doubt in read(f"<h1>Kidney</h1>{PROSE}", "Kidney").doubts if "subscribers" in doubt]


def test_json_is_refused() -> None:
    with pytest.raises(NotelintError, match="JSON"):
        formats.read(b'{"a": "<p>words of the page</p>"}', "page.html", None)


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        ('<amp-img src="https://x.example/a.jpg" alt="A heron" width="300" height="200"></amp-img>', "![A heron](https://x.example/a.jpg)"),
        ('<p>It is red<a href="#n1" id="b1">*</a>.</p><p>Or so.</p><p id="n1"><a href="#b1">*</a> Seen by all.</p>', "It is red[^1]."),
        ('<p>Red.<a href="#fn9" id="r9">9</a></p><aside id="fn9">Nine. <a href="#r9">↩</a></aside>', "Red.[^9]"),
    ],
)  # fmt: skip
def test_forms_of_other_programs(inner: str, kept: str) -> None:
    assert kept in read(f"<h1>Kidney</h1>{PROSE}{inner}{PROSE}", "Kidney").body
