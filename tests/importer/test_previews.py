"""The first lines of a text, shown above the whole of it, are in the note once; what only repeats stays."""

import datetime

import pytest

pytest.importorskip("trafilatura")

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.importer import article, formats, previews
from tests.importer.cut_pages import cut as cut_page

_FIRST = "The reed bed dries out each July, though the sluice is open and the channel was dug in spring."
_SECOND = "Is the sluice free of weed, and does the water of the upper pond reach it at all in such weeks?"
_THIRD = "If it does not, line the channel with clay, and dig it a hand deeper before the frost comes."


def _gone(body: str) -> list[str]:
    cut = cut_page(body)
    return [cut[number].text for number in sorted(previews.found(cut, set(range(len(cut)))))]


_WHOLE = f"<div><p>{_FIRST}</p><p>{_SECOND}</p><p>{_THIRD}</p></div>"


@pytest.mark.parametrize(
    ("above", "gone"),
    [
        (f"<div><p>{_FIRST}</p></div><div class=read-more>Continue reading</div>", [_FIRST, "Continue reading"]),
        (f"<div><p>{_FIRST}</p></div>", []),
        (f"<div><p>{_FIRST}</p></div><h3>Python</h3>", []),
        (f"<div><p>{_FIRST}</p></div><div><a href=/u/7>Ada</a></div>", []),
        (
            f"<div><p>{_FIRST}</p><p>{_SECOND[:40]}…</p></div><button>More</button>",
            [_FIRST, f"{_SECOND[:40]}…", "More"],
        ),
        (f"<div><p>{_FIRST}</p><p>{_THIRD}</p></div>", []),
        (f"<blockquote><p>{_FIRST}</p></blockquote>", []),
        (f"<div><p>{_FIRST}</p></div><p>The keeper of the pond wrote:</p>", []),
        ("<div><p>More of this</p></div>", []),
    ],
)
def test_previews_above_the_whole_text(above: str, gone: list[str]) -> None:
    assert _gone(above + _WHOLE) == gone


def test_lines_that_come_twice_in_one_text_stay() -> None:
    assert _gone(f"<div><p>{_FIRST}</p><p>{_FIRST}</p><p>{_SECOND}</p></div>") == []


def test_each_answer_is_in_the_note_once() -> None:
    answer = "<div class=answer><div><p>{text}</p></div><div class=read-more>Continue reading</div><div><div><p>{text}</p><p>{more}</p></div></div></div>"
    body = answer.format(text=_FIRST, more=_SECOND) + answer.format(
        text=_THIRD, more="Then wait until spring, and look."
    )
    page = f"<html><head><title>Dry reeds</title></head><body><h1>Dry reeds</h1><article>{body}</article></body></html>"
    read = article.read(formats.read(page.encode(), "page.html", None), None, datetime.date(2024, 1, 2))
    assert all(read.body.count(text) == 1 for text in (_FIRST, _SECOND, _THIRD))


@given(st.lists(st.sampled_from([_FIRST, _SECOND, _THIRD, "More", f"{_FIRST} {_SECOND}"]), max_size=8))
@settings(deadline=None)
def test_no_text_goes_with_all_its_copies(texts: list[str]) -> None:
    cut = cut_page("".join(f"<div><p>{text}</p></div>" for text in texts))
    gone = previews.found(cut, set(range(len(cut))))
    left = " ".join(block.text for number, block in enumerate(cut) if number not in gone)
    assert all(cut[number].text in left for number in gone if cut[number].words > len("More again now".split()))
