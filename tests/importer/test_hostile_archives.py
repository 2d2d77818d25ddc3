"""Archives and images of a page that are made to take time: each ends, in time by its size, or is refused at once."""

import base64
import datetime
import time
from contextlib import suppress

import pytest

from notelint.core.errors import NotelintError
from notelint.importer import formats, images
from tests.doubling import SIZES, Hostile, is_worse_than_linear, limited

PAGE = "--B\nContent-Type: text/html\n\n<html><body><p>The lighthouse was built of grey stone.</p></body></html>\n"
END = "--B--\n"


def _archive(before: str, again: str, after: str = "") -> Hostile:
    """An archive whose outer type has these parameters, one of which grows."""
    return Hostile(f"From: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=B{before}", again, after)


ARCHIVES = {
    "parameters": _archive("", "; a=b", f"\n\n{PAGE}{END}"),
    "folded parameters": _archive("", ";\n a=b", f"\n\n{PAGE}{END}"),
    "quotes in parameters": _archive("; ", '";', f"\n\n{PAGE}{END}"),
    "numbered parameters": _archive("", "; a*№=x", f"\n\n{PAGE}{END}"),
    "parameters of a part": _archive("\n\n--B\nContent-Type: text/html", "; a=b", f"\n\n<p>x</p>\n{END}"),
    "headers": _archive("\n", "X: y\n", f"\n{PAGE}{END}"),
    "parts": _archive(f"\n\n{PAGE}", "--B\nContent-Type: image/png\nContent-ID: <x№>\n\nx\n", END),
    "empty parts": _archive(f"\n\n{PAGE}", "--B\n", END),
    "parts in one another": _archive("\n\n--B\n", "Content-Type: multipart/mixed; boundary=B№\n\n--B№\n", PAGE),
    "messages in one another": _archive(f"\n\n{PAGE}--B\n", "Content-Type: message/rfc822\n\n"),
    "base64": _archive("\n\n--B\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n", "!=A=", f"\n{END}"),
    "boundaries that are none": _archive(f"\n\n{PAGE}", "--B-", f"\n{END}"),
}


def _reading(hostile: Hostile, size: int) -> float:
    data = hostile.of(size).encode()
    start = time.process_time()
    with limited(), suppress(NotelintError):
        formats.read(data, "page.mhtml", None)
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_read_in_proportion_to_size(name: str) -> None:
    times = [_reading(ARCHIVES[name], size) for size in SIZES]
    if is_worse_than_linear(times):
        again = [_reading(ARCHIVES[name], size) for size in SIZES]
        assert not is_worse_than_linear(again), f"{times}, then {again}"


def test_a_header_without_an_end_is_refused() -> None:
    with pytest.raises(NotelintError, match=r"page\.mhtml is a web archive with a header of more than 16 kB"):
        formats.read(ARCHIVES["folded parameters"].of(1 << 18).encode(), "page.mhtml", None)


HEADS = ("<!---->", "<!-- -->\n", "<!--", "-->", "<?xml ?>", "<!DOCTYPE svg>", " ", "<!-- > -->", "<!DOCTYPE svg ")


@pytest.mark.parametrize("head", HEADS)
def test_no_head_of_an_image_is_read_for_ever(head: str) -> None:
    for after in (b"x", b"<sv", b"<svg "):
        with limited():
            images._kind(head.encode() * (4000 // len(head)) + after)


def test_comments_before_a_drawing_are_passed_over() -> None:
    drawing = b'<?xml version="1.0"?>\n<!-- a > b -- c -->\n<!----><!DOCTYPE svg PUBLIC "x">\n<svg xmlns="y"></svg>'
    assert images._kind(drawing) == "svg"
    assert images._kind(b"<!-- <svg> -->") == ""


@pytest.mark.slow
def test_a_page_with_such_an_image_is_imported() -> None:
    pytest.importorskip("trafilatura")
    from notelint.importer import article

    content = base64.b64encode(b"<!---->" * 600).decode()
    prose = "<p>The lighthouse was built of grey stone, and its lamp burnt oil that came by boat.</p>" * 9
    page = f"<article><h1>Light</h1>{prose}<img alt=x src='data:image/svg+xml;base64,{content}'>{prose}</article>"
    with limited():
        read = article.read(formats.read(page.encode(), "page.html", None), None, datetime.date(2024, 1, 2))
    assert "lighthouse" in read.body
