"""Rows of cards of a site's other pages: behind an article they go, a page that is nothing but its list keeps it."""

from pathlib import Path

import pytest

from tests.conftest import MakeVault, run

_HEAD = "---\ntype: imported-article\nsource: https://pumps.example/article\n---\n\n# Why pumps fail\n\n"
_TEXT = (
    "Most pumps fail because nobody looks at their valves, and the rubber of these becomes brittle after some years "
    "in hard water. A plumber who knows the model changes them within an hour, and tells its owner what to watch.\n\n"
)
_NAMES = ("brass-valves", "rubber-rings", "old-wells", "hand-pumps", "solar-pumps")


def _cards(names: tuple[str, ...]) -> str:
    site = "https://pumps.example"
    return "".join(
        f"[![Picture of {name}]({site}/{name}.jpg)]({site}/{name})\n\n## [All about {name}]({site}/{name})\n\n"
        for name in names
    )


def _fixed(vault: Path, *options: str) -> str:
    assert run("fix", "--select", "residue", *options, cwd=vault).exit_code in (0, 1)
    return (vault / "A.md").read_text()


def test_cards_behind_an_article_go(make_vault: MakeVault) -> None:
    note = _fixed(make_vault({"A.md": _HEAD + _TEXT * 6 + _cards(_NAMES)}))
    assert "All about" not in note
    assert note.count("Most pumps fail") == 6


@pytest.mark.parametrize("paragraphs", [0, 1])
def test_a_page_that_is_mostly_its_list_keeps_it(make_vault: MakeVault, paragraphs: int) -> None:
    note = _fixed(make_vault({"A.md": _HEAD + _TEXT * paragraphs + _cards(_NAMES * 4)}))
    assert note.count("All about") == len(_NAMES) * 4


@pytest.mark.parametrize("source", ["source: https://pumps.example/article\n", ""])
def test_cards_that_may_lead_to_another_site_stay(make_vault: MakeVault, source: str) -> None:
    cards = _cards(_NAMES).replace("https://pumps.example", "https://wells.example")
    head = _HEAD.replace("source: https://pumps.example/article\n", source)
    assert _fixed(make_vault({"A.md": head + _TEXT * 6 + cards})).count("All about") == len(_NAMES)


@pytest.mark.parametrize("site", ["https://www.pumps.example", "https://blog.pumps.example"])
def test_cards_of_parts_of_the_site_go(make_vault: MakeVault, site: str) -> None:
    cards = _cards(_NAMES).replace("https://pumps.example", site)
    assert "All about" not in _fixed(make_vault({"A.md": _HEAD + _TEXT * 6 + cards}))


def test_cards_go_where_other_links_name_the_site(make_vault: MakeVault) -> None:
    head = _HEAD.replace("source: https://pumps.example/article\n", "")
    text = "A plumber told [us](https://pumps.example/plumbers) all of it when he came to look at the pump.\n\n"
    assert "All about" not in _fixed(make_vault({"A.md": head + text + _TEXT * 6 + _cards(_NAMES)}))


@pytest.mark.parametrize("before", ["{} ", "12:0{} ", "1{}.11.2023 17:40 | ", "· "])
def test_a_place_or_an_hour_may_stand_before_the_link(make_vault: MakeVault, before: str) -> None:
    lines = "\n\n".join(
        f"{before.format(at)}[All about {name}](https://pumps.example/{name})" for at, name in enumerate(_NAMES, 1)
    )
    note = _fixed(make_vault({"A.md": f"{_HEAD}{_TEXT * 6}## Similar articles\n\n{lines}\n"}))
    assert "All about" not in note


def test_words_before_a_link_are_somebodys(make_vault: MakeVault) -> None:
    lines = "\n\n".join(f"Of wells: [all about {name}](https://pumps.example/{name})" for name in _NAMES)
    body = f"{_HEAD}{_TEXT * 6}## Similar articles\n\n{lines}\n"
    assert _fixed(make_vault({"A.md": body})) == body
