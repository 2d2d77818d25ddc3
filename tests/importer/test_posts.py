"""Threads whose pages name what holds the text of each post: each post once, with who and when, and nothing around."""

import datetime

import pytest

pytest.importorskip("trafilatura")

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from notelint.importer import article, blocks, formats, post_heads, posts

_SAID = (
    "The reed bed dries out each July, though the sluice is open.",
    "Is the sluice free of weed?",
    "Yes.",
    "Then dig the channel a hand deeper before spring, and line it with clay.",
)
_NAMES = ("Runa Toft", "sedge7", "Runa Toft", "Bo Kvist")


def _page(rows: str, before: str = "", after: str = "") -> str:
    return f"<html><head><title>Dry reeds</title></head><body><h1>Dry reeds</h1>{before}<div>{rows}</div>{after}</body></html>"


def _note(page: str) -> str:
    saved = formats.read(page.encode(), "page.html", None)
    return article.read(saved, "https://reeds.example.org/t/1", datetime.date(2024, 1, 2)).body


def _rows(row: str, count: int = 4) -> str:
    return "".join(
        row.format(text=_SAID[n], who=_NAMES[n], n=n, when=f"May {n + 1}, 2022 10:0{n}") for n in range(count)
    )


_ROWS = {
    "of a board": "<div class=message><ul class=profilebox><li><a class=kwho-user href=/forum/user/{n}-x>{who}</a></li>"
    "<li>Oars for sale</li></ul><small><span class=kdate title=x>{when}</span></small><div class=kmsg><p>{text}</p></div>"
    "<p><a href=/login>Oars for sale</a></p></div>",
    "of members": "<div class=post id=p{n}><dl class=postprofile><dt><a class=username href=/memberlist.php?u={n}>{who}</a>"
    "</dt><dd><b>Joined:</b> Mar 3, 2010 9:05</dd></dl><div class=postbody><p class=author><time>{when}</time></p>"
    "<div class=content>{text}</div><div class=signature>Oars for sale</div></div></div>",
    "of tables": "<table id=post{n}><tr><td>{when}</td></tr><tr><td><a class=bigusername href=member.php?u={n}>{who}</a>"
    "<div>Join Date: Mar 2010</div></td><td><div id=post_message_{n}>{text}</div><div>Oars for sale</div></td></tr></table>",
    "with what they answer": "<li class=pt-4><a class=fw-bold href=/user/{n}>{who}</a> <span class=timeago>{when}</span>"
    "<div component=post/parent><div component=post/parent/content>Oars for sale</div></div>"
    "<div class=content component=post/content><p>{text}</p></div></li>",
    "of mail": "<div class=email><div class=email-header><span class=name><a href=/u/{n}>{who}</a></span><div class=time>"
    "{when}</div></div><div class=email-body><p>{text}</p></div><div class=likeform>Oars for sale</div></div>",
    "of ranks": "<div class=panel><div class=author-avatar-username><img class=user-avatar src=a.png alt=x><div "
    "class=author-with-avatar><span class='UserName rank-Rower'><a class=user-name-link href=/u/{n}>{who}</a></span></div>"
    "<div class=author-rank>Oars for sale</div></div><p class=post-date>{when}</p><div class=x-message-body-content>"
    "<p>{text}</p></div></div>",
    "of views": "<div class=row><a href=/en/profile/{n}>{who}</a><div class=message-content-inner><div class=created-date>"
    "{when}</div><div class=message-content-body-text><p>{text}</p></div><div><p>Oars for sale</p></div></div></div>",
    "named twice": "<div class=post><div class=postprofile><b class=username>{who}</b></div><div class=postbody><p class=author>"
    "by <a class=username href=/memberlist.php?u={n}>{who}</a> » {when} | <a href=#top>Oars for sale</a></p><div "
    "class=content>{text}</div></div></div>",
    "signed below": "<div class=answer><div class='s-prose post-body'><p>{text}</p></div><div><a>Oars for sale</a></div>"
    "<div class=user-action-time>answered <span class=relativetime>{when}</span></div>"
    "<div class=user-details><a href=/users/{n}>{who}</a></div></div>",
}


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize("name", _ROWS)
def test_each_post_is_kept_once_with_who_and_when(name: str, count: int) -> None:
    note = _note(_page(_rows(_ROWS[name], count), "<nav><a href=/in>Log in</a></nav>", "<p>Most rowers online: 3</p>"))
    places = [note.index(text) for text in _SAID[:count]]
    assert places == sorted(places)
    assert all(note.count(text) == 1 for text in _SAID[:count])
    assert all(note.count(f"May {n + 1}, 2022 10:0{n}") == 1 for n in range(count))
    assert "sedge7" in note
    assert not any(said in note for said in ("Oars", "Join", "online"))


def test_comments_on_one_question_are_kept() -> None:
    comment = (
        "<li><div class='comment-body'><span class=comment-copy>{text}</span><div>– <a class=comment-user href=/users/{n}>"
        "{who}</a></div><span class=comment-date>{when}</span></div></li>"
    )
    page = _page(_rows(_ROWS["signed below"], 2), "", f"<div><ul>{_rows(comment)[len(_rows(comment, 2)) :]}</ul></div>")
    note = _note(page)
    assert _SAID[2] in note
    assert _SAID[3] in note
    assert "Bo Kvist" in note


@pytest.mark.parametrize("ago", ["3 years ago", "vor 3 Jahren", "3年前", "3 года назад"])
def test_posts_that_say_how_long_ago_they_are_of(ago: str) -> None:
    row = (
        "<li class=comment><div><a class=person-listing href=/u/{who}><b class=person-name>{who}</b></a> • "
        f"<span class=pointer>{ago}</span></div><div class=md-div><p>{{text}}</p></div><button>Oars</button></li>"
    )
    note = _note(_page(_rows(row)))
    assert note.count(ago) == len(_SAID)
    assert all(note.count(text) == 1 for text in _SAID)


def test_pictures_of_members_go_and_those_of_posts_stay() -> None:
    row = (
        "<div class=post><div class=poster><h4><img src=off.gif alt=Offline> <a href=/u/{n}>{who}</a></h4><ul><li class=stars>"
        "<img src=star.gif alt=star></li></ul></div><time>{when}</time><div class=post-body>{text}</div>"
        "<div class=pictures><img src=reed{n}.jpg alt=reed></div></div>"
    )
    note = _note(_page(_rows(row)))
    assert "star" not in note
    assert "Offline" not in note
    assert note.count("![reed]") >= len(_SAID) - 1


def test_the_day_stays_above_the_time() -> None:
    row = _ROWS["of mail"].replace("{when}", "5 Mar 2021</div><div><span class=time>10:12 a.m.</span>")
    assert _note(_page(_rows(row))).count("5 Mar 2021\n\n10:12 a.m.") == len(_SAID)


def test_posts_in_spans_lose_their_signatures() -> None:
    row = (
        "<tr><td><span class=name><b>{who}</b></span><br><br><span class=details>Joined: 3 May 2004</span></td><td><table>"
        "<tr><td><span class=details>Posted: {when} Post subject: Re: Dry reeds</span></td></tr><tr><td><span class=postbody>"
        "{text}</span><span class=postbody><br>_________________<br>Oars for sale</span></td></tr></table></td></tr>"
        "<tr><td>Back to top</td></tr>"
    )
    note = _note(_page(f"<table>{_rows(row)}</table>"))
    assert all(note.count(text) == 1 for text in _SAID)
    assert all(f"May {n + 1}, 2022 10:0{n}" in note for n in range(len(_SAID)))
    assert "sedge7" in note
    assert not any(said in note for said in ("Oars", "Back to top", "___", "Joined"))


def test_it_is_certain_what_posts_are() -> None:
    saved = formats.read(_page(_rows(_ROWS["of tables"])).encode(), "page.html", None)
    assert not article.read(saved, None, datetime.date(2024, 1, 2)).doubts


def test_titles_that_repeat_the_threads_go() -> None:
    row = _ROWS["of members"].replace("<p class=author>", "<h3>Re: Dry reeds</h3><p class=author>")
    assert "Re:" not in _note(_page(_rows(row)))


def test_comments_below_an_article_are_no_thread() -> None:
    prose = (
        "<p>The reeds were cut in winter for roofs, and each farm had its own strip of the bank to look after.</p>" * 9
    )
    page = _page(_rows(_ROWS["of members"]), f"<article>{prose}</article>")
    cut = blocks.cut(html.document_fromstring(page).find("body"))
    kept = {number for number, block in enumerate(cut) if block.text.startswith("The reeds")}
    found = posts.found(cut, kept, list(post_heads.candidates(cut)))
    assert not found.texts
    assert not found.gone


@given(
    st.lists(
        st.sampled_from([*_ROWS.values(), "<p>{text}</p>", "<div class=post-content>{text}", "</div>"]), max_size=6
    )
)
@settings(deadline=None, max_examples=60)
def test_what_goes_is_never_what_stays(rows: list[str]) -> None:
    page = _page("".join(row.format(text=_SAID[0], who="Bo", n=1, when="May 1, 2022 10:00") for row in rows))
    cut = blocks.cut(html.document_fromstring(page).find("body"))
    found = posts.found(cut, set(range(len(cut))), list(post_heads.candidates(cut)))
    assert found.gone.isdisjoint(found.texts | found.heads)
    assert (found.gone | found.texts | found.heads) <= set(range(len(cut)))
