"""Pages may leave out `<head>` and `<body>`, as HTML allows; what begins their body is no part of the head."""

import pytest

pytest.importorskip("lxml")

from notelint.importer import page

TEXT = "<h1>Kidney</h1><p>It filters blood.</p>"


@pytest.mark.parametrize("head", ["<!doctype html><meta charset=utf-8>", "<!doctype html><html lang=en>", ""])
@pytest.mark.parametrize("tag", ["main", "article", "section", "header", "nav", "div", "my-app"])
def test_all_text_stands_in_the_body(head: str, tag: str) -> None:
    tree = page.parse(f"{head}<title>Kidney</title><{tag}>{TEXT}</{tag}> Behind it. <p>Last</p>", "page.html")
    body = page.body(tree)
    assert "".join((body.text_content() or "").split()) == "KidneyItfiltersblood.Behindit.Last"
    assert tree.findtext("head/title") == "Kidney"


def test_what_stands_between_both_keeps_its_place() -> None:
    tree = page.parse(
        "<head><title>K</title><main><p>One</p></main> two </head><body>three <p>four</p></body>", "page.html"
    )
    assert "".join((page.body(tree).text_content() or "").split()) == "Onetwothreefour"
