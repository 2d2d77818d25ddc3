"""Comments of readers behind an article are found by their shape, and go only with unsafe fixes."""

import pytest

from notelint.note.note import Note
from notelint.residue import comments, engine
from notelint.residue.page import JudgedPage

_PROSE = (
    "The mill was rebuilt by hand over nine years, with timber from the valleys and stones that the river had "
    "brought. Nobody remembers who cut the first beam, but the account book names eleven carpenters."
)
_ARTICLE = "\n\n".join([_PROSE] * 20)

# of each language: who speaks, when, and the button to answer
_SAID = {
    "english": ("{name} says:", "3 days ago", "Reply"),
    "german": ("{name} sagt:", "vor 3 Tagen", "Antworten"),
    "french": ("{name} dit :", "il y a 3 jours", "Répondre"),
    "spanish": ("{name} dijo:", "hace 3 días", "Responder"),
    "portuguese": ("{name} disse:", "há 3 dias", "Responder"),
    "japanese": ("{name}より:", "3日前", "返信する"),
    "chinese": ("{name} 说道:", "3天前", "回复"),
    "russian": ("{name} пишет:", "3 дня назад", "Ответить"),
}


def _page(text: str, *, weights: bool = False) -> JudgedPage:
    return engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=weights)


def _replies(language: str = "english", names: str = "ABCDEF") -> str:
    speaks, ago, answer = _SAID[language]
    said = "I saw that mill when I was a child, and the miller let us turn the wheel by hand. It was heavy."
    return "\n\n".join(f"{speaks.format(name=f'Anna {name}')}\n\n{ago}\n\n{said}\n\n{answer}" for name in names)


def _found(text: str) -> str:
    page = _page(text)
    return " ".join(page.units[at].text for thread in comments.of(page) for at in thread)


@pytest.mark.parametrize("language", _SAID)
def test_replies_behind_an_article_are_found(language: str) -> None:
    found = _found(f"# Mill\n\n{_ARTICLE}\n\n{_replies(language)}\n")
    assert found.count("I saw that mill") == 6
    assert "account book" not in found


def test_replies_with_addresses_of_their_own_are_found() -> None:
    said = "".join(
        f"Anna {name}\n\n[May 3, 2021 at 10:12](https://mills.example/mill#comment-{at})\n\nWe liked it, all of us.\n\n"
        for at, name in enumerate("ABCDE")
    )
    assert _found(f"# Mill\n\n{_ARTICLE}\n\n{said}").count("We liked it") == 5


@pytest.mark.parametrize(
    "text",
    [
        f"# A thread\n\n{_replies(names='ABCDEFGHIJKL')}\n",  # a forum: nothing of an article's length is above
        f"# Mill\n\n{_PROSE}\n\n{_replies()}\n",
        f"# Mill\n\n{_ARTICLE}\n\n{_replies()}\n\n{_ARTICLE}\n",  # the article goes on
        f"# Mill\n\n{_ARTICLE}\n\n{_replies(names='A')}\n",
        f"# Mill\n\n{_ARTICLE}\n\n" + "".join(f"Anna {name} says:\n\n{_PROSE}\n\n" for name in "ABCDE"),  # an interview
        f"# Mill\n\n{_ARTICLE}\n\n" + "".join(f"May {at}, 1911\n\n{_PROSE}\n\n" for at in range(1, 9)),  # a diary
    ],
)
def test_what_is_no_comment_on_an_article_is_not_found(text: str) -> None:
    assert _found(text) == ""


def test_comments_are_only_guesses() -> None:
    page = _page(f"# Mill\n\n{_ARTICLE}\n\n{_replies()}\n", weights=True)
    kinds = {
        verdict is not None and verdict.safe
        for unit, verdict in zip(page.units, page.verdicts, strict=True)
        if "I saw that mill" in unit.text
    }
    assert kinds == {False}
    assert all(page.verdicts[at] is None for at, unit in enumerate(page.units) if "account book" in unit.text)


@pytest.mark.parametrize(
    ("tail", "stays"),
    [
        ("[![Image](/img/a.jpg)](/figure/a)\n\n[![The wheel](/img/b.gif)](/figure/b)\n", ("Image", "The wheel")),
        (
            "[![](/img/a.jpg)](/figure/a)\n\n#### [Figure](/figure/a)\n\nThe wheel of oak by A Miller\n",
            ("Figure", "The wheel of oak by A Miller"),
        ),
        ("![](https://mills.example/wheel-1911.png)\n", ("",)),
        (
            "All of these have a wheel of oak:\n\n- [Upper mill](/mills/upper)\n- [Saw mill](/mills/saw)\n",
            ("Saw mill",),
        ),
        (
            "[saw-mill]: saw-mill.md 'Saw mill'\n[oak]: oak.md\n",
            ("[saw-mill]: saw-mill.md 'Saw mill'", "[oak]: oak.md"),
        ),
        ("References\n\nMiller A. Old wheels. 1999. doi: 10.1/wheel\n", ("References",)),
    ],
)
def test_weights_leave_figures_lists_that_are_announced_and_sources(tail: str, stays: tuple[str, ...]) -> None:
    menu = "".join(f"[{name}](/{name})\n\n" for name in ("news", "wood", "stone", "iron", "paint"))
    page = _page(f"{menu}# Mill\n\n{_ARTICLE}\n\n{tail}\n\n{menu}[Privacy policy](/privacy)\n", weights=True)
    gone = {unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict is not None}
    assert not gone & set(stays)
