"""Lines with the name of who wrote a post keep the name, and lose a member's rank; a single comment stays."""

import datetime
from collections.abc import Iterator

import pytest

pytest.importorskip("trafilatura")

from hypothesis import given
from hypothesis import strategies as st

from notelint.importer import article, formats, post_names
from tests.importer.cut_pages import cut as cut_page

_TEXTS = (
    "How do you measure the spleen when ribs hide its upper tip? I only get half of it in the picture.",
    "Ask for a deep breath and go between the ribs. Then tilt the probe until both tips are seen.",
    "Thanks, that worked on the first try with my next patient!",
)


def _imported(page: str) -> article.Article:
    return article.read(formats.read(page.encode(), "page.html", None), None, datetime.date(2024, 1, 2))


def _parted(line: str) -> list[str]:
    """The texts of a line and of what is taken from it, if it is the head of a post."""
    return [block.text for block in post_names.part(cut_page(f"<div>{line}</div>"), {0})]


@pytest.mark.parametrize(
    ("line", "parted"),
    [
        ("<a href='/users/7/ada'>Ada</a> <span class='reputation-score'>131</span>", ["Ada", "131"]),
        ("<b><a href='member.php?u=7'>Ada</a></b> <img src='on.png'><br>Junior Member", ["Ada", "Junior Member"]),
        ("<span class='author'>Ada</span> Moderator", ["Ada", "Moderator"]),
        ("<a href='/users/7/ada'>Ada</a>", ["Ada"]),
        ("<a href='/users/7/ada'>Ada</a> 1 year ago", ["Ada 1 year ago"]),
        ("<a href='/users/7/ada'>Ada</a> » 3 May 2021", ["Ada » 3 May 2021"]),
        ("by Ada", ["by Ada"]),
        ("<time>3 May</time> <i class=post_edit>(by <a href='/u/7'>Ada</a>)</i>", ["3 May", "(by Ada)"]),
        ("<a href='/t/1'>May 2025</a> edited in <a href='/c/2'>Reeds</a>", ["May 2025 edited in Reeds"]),
        ("– <a href='/users/7/ada'>Ada</a>", ["– Ada"]),
        ("<a href='/u/ada'>Ada</a> <time>3 May</time> | <a href='#2'>next</a> <a>[–]</a>", ["Ada 3 May", "| next [–]"]),
        (
            "<a href='/u/ada'>Ada</a> <i class=rank>Rower 2nd class</i> <time>3 May</time>",
            ["Ada 3 May", "Rower 2nd class"],
        ),
        ("<time>3 May</time> · <a href='#'>只看</a>", ["3 May", "· 只看"]),
    ],
)
def test_the_name_is_parted_from_what_is_said_of_a_member(line: str, parted: list[str]) -> None:
    assert _parted(line) == parted


@given(
    st.lists(
        st.sampled_from(["Ada ", "<b>Bo</b> ", "<a href='/users/1/cy'>Cy</a> ", "<i class='author'>Di</i> ", "7 "])
    )
)
def test_no_piece_of_a_line_is_lost_or_comes_twice(pieces: list[str]) -> None:
    line = "".join(pieces) or "x"
    cut = cut_page(f"<div>{line}</div>")
    before = [node for block in cut for node in block.nodes]
    after = [node for block in post_names.part(cut, {0}) for node in block.nodes]
    assert sorted(map(str, before)) == sorted(map(str, after))


def _of_board() -> Iterator[str]:
    for number, (who, text) in enumerate(zip(("Ada", "Bo", "Cy"), _TEXTS, strict=True), 1):
        yield (
            f"<div class='post classic' id='post_{number}'><div class='post_author'><div class='author_information'><strong>"
            f"<a href='member.php?uid={number}'>{who}</a></strong><br><span class='smalltext'>Junior Member<br></span></div>"
            f"<div class='author_statistics'>Posts: 9<br>Joined: Mar 2019</div></div><div class='post_content'>"
            f"<span class='post_date'>03-{number}-2021, 08:0{number} AM</span>"
            f"<div class='post_body' id='pid_{number}'>{text}</div></div></div>"
        )


def test_ranks_on_the_lines_of_names_go_and_are_reported() -> None:
    found = _imported(f"<html><head><title>Spleens</title></head><body>{''.join(_of_board())}</body></html>")
    assert all(text in found.body for text in _TEXTS)
    assert [found.body.count(f"[{who}]") for who in ("Ada", "Bo", "Cy")] == [1, 1, 1]
    assert "Junior Member" not in found.body
    assert [one.text for one in found.left_out].count("Junior Member") == 3


def _post(kind: str, who: str, text: str, comments: str = "") -> str:
    return (
        f"<div class='{kind}'><div class='votecell'>7</div><div class='{kind}cell'><div class='s-prose js-post-body'><p>{text}</p>"
        f"</div><div class='user-info'><div class='user-action-time'><span class='relativetime'>Jan 1, 2020 at 10:00</span></div>"
        f"<div class='user-details'><a href='/users/1/{who}'>{who}</a><span class='reputation-score'>131</span></div></div></div>"
        f"{comments}</div>"
    )


_COMMENT = (
    "<ul class='comments-list'><li class='comment'><div class='comment-text'><div class='comment-body'>"
    "<span class='comment-copy'>This only holds for adults.</span> – <a class='comment-user' href='/users/3/cy'>Cy</a> "
    "<span class='comment-date'><span class='relativetime-clean'>Jan 3, 2020 at 9:12</span></span></div></div></li></ul>"
)


def test_one_comment_below_the_only_answer_stays_with_all_names() -> None:
    thread = _post("question", "Ada", _TEXTS[0]) + f"<h2>1 Answer</h2>{_post('answer', 'Bo', _TEXTS[1], _COMMENT)}"
    page = (
        f"<html><head><title>Spleens</title></head><body><h1>Spleens</h1><div id='mainbar'>{thread}</div></body></html>"
    )
    body = _imported(page).body
    assert "This only holds for adults." in body
    assert [body.count(f"[{who}]") for who in ("Ada", "Bo", "Cy")] == [1, 1, 1]
    assert "131" not in body


def test_a_comment_below_an_article_makes_no_thread_of_it() -> None:
    text = "".join(f"<p>{one}</p>" for one in _TEXTS * 3)
    item = "<div class='comment-meta'><a class='commenter' href='/users/3/cy'>Cy</a> <time>3 May 2020</time></div>"
    comments = "".join(
        f"<li class='comment'>{item}<div class='comment-text'>Thank you {n}</div></li>" for n in range(3)
    )
    article_of_page = f"<article><h1>Spleens</h1><div class='post-content'>{text}</div></article>"
    page = f"<html><body>{article_of_page}<ol class='comment-list'>{comments}</ol></body></html>"
    assert "Thank you" not in _imported(page).body
