"""Buttons to share a page are known by where they lead, in whatever language and wherever they stand."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine

_PROSE = (
    "The mill was rebuilt by hand over nine years, with timber from the valleys and stones that the river had brought, "
    "and nobody remembers who cut the first beam of its roof."
)


def _gone(text: str) -> list[str]:
    page = engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=False)
    return [unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict and verdict.safe]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fmill.example",
        "//twitter.com/intent/tweet?text=Mill",
        "https://api.whatsapp.com/send?text=Mill",
        "whatsapp://send?text=Mill",
        "https://vk.com/share.php?url=https://mill.example",
        "https://b.hatena.ne.jp/add?url=https://mill.example",
        "https://service.weibo.com/share/share.php?title=Mill",
        "mailto:?subject=The%20mill&body=https://mill.example",
        "https://mill.example/post/?share=pinterest",
    ],
)
def test_a_link_that_shares_the_page_goes_wherever_it_stands(address: str) -> None:
    assert _gone(f"# Mill\n\n{_PROSE}\n\n[Nieco dalej]({address})\n\n{_PROSE}\n") == ["Nieco dalej"]


def test_what_stands_in_their_row_goes_too() -> None:
    share = "* [Facebook](https://www.facebook.com/sharer.php?u=x)\n* Link kopieren\n* [](mailto:?body=x)\n"
    row = f"Teilen\n\n{share}* Drucken\n"
    gone = _gone(f"# Mühle\n\n{_PROSE}\n\n{row}\n{_PROSE}\n")
    assert gone == ["Teilen", "Facebook", "Link kopieren", "", "Drucken"]


@pytest.mark.parametrize(
    "own",
    [
        "[Our page](https://www.facebook.com/millers)",
        "[Write to us](mailto:mill@mill.example?subject=Mill)",
        "[What we said](https://twitter.com/millers/status/12)",
        "[https://twitter.com/intent/tweet?text=Mill](https://twitter.com/intent/tweet?text=Mill)",
        "Ask there: [whom](https://wa.me/?text=x) you like.",
        "[Chapter two](https://mill.example/?shared=facebook)",
    ],
)
def test_other_links_stay(own: str) -> None:
    assert _gone(f"# Mill\n\n{_PROSE}\n\n{own}\n\n{_PROSE}\n") == []


@pytest.mark.parametrize("line", ["Notes", "## Print", "1984", "Links"])
def test_a_line_of_the_article_below_them_stays(line: str) -> None:
    share = "[Facebook](https://www.facebook.com/sharer.php?u=x)"
    assert _gone(f"# Mill\n\n{share}\n\n{line}\n\n{_PROSE}\n\n{_PROSE}\n") == ["Facebook"]
