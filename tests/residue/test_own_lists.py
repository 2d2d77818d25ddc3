"""What people keep in clippings of their own, which no safe fix takes though it looks like a website's."""

from pathlib import Path

import pytest

from tests.conftest import MakeVault, run

_HEAD = "---\nsource: https://ferry.example/history\ntags: [clippings]\ntitle: The ferry\nauthor: Ida Lund\n---\n\n"
_TEXT = (
    "The ferry crossed the sound six times a day for forty years, in each weather, and its crew wrote down every car "
    "that they carried and every storm that they met.\n\nOn the last of its days nobody was on board, because the "
    "bridge had been opened in the morning, and the crew took the long way round to see all of it once more.\n"
)
_NAMES = ("Ida Lund", "Per Aas", "Eli Moe", "Tor Vik")


def _fixed(make_vault: MakeVault, body: str) -> str:
    vault: Path = make_vault({"A.md": _HEAD + body})
    assert run("fix", "--select", "residue", cwd=vault).exit_code in (0, 1)
    return (vault / "A.md").read_text()


@pytest.mark.parametrize("title", ["Read later", "Add to favorites", "Bookmarked"])
@pytest.mark.parametrize(
    "own",
    ["- [Old boats](https://boats.example/old)\n- [Tides](https://tides.example/)\n", "- [[Old boats]]\n", "- Ida\n"],
)
def test_a_heading_of_a_list_of_ones_own_stays(make_vault: MakeVault, title: str, own: str) -> None:
    body = f"# The ferry\n\n{_TEXT}\n## {title}\n\n{own}"
    assert _fixed(make_vault, body) == _HEAD + body


@pytest.mark.parametrize(
    "address",
    [
        "https://ferry.example/author/{}",
        "https://www.linkedin.com/in/{}",
        "https://twitter.com/{}",
        "mailto:{}@ferry.example",
        "/people/{}",
    ],
)
@pytest.mark.parametrize("title", ["", "## Team\n\n", "## Contributors\n\n"])
@pytest.mark.parametrize("behind", [True, False])
def test_a_list_of_persons_stays(make_vault: MakeVault, address: str, title: str, behind: bool) -> None:
    persons = "".join(f"- [{name}]({address.format(name.split()[0].lower())})\n" for name in _NAMES)
    parts = (_TEXT, title + persons) if behind else (title + persons, _TEXT)
    body = "# The ferry\n\n" + "\n".join(parts)
    assert _fixed(make_vault, body) == _HEAD + body


def test_persons_stay_above_the_foot_of_a_website(make_vault: MakeVault) -> None:
    persons = "".join(f"- [{name}](https://ferry.example/author/{name.split()[0].lower()})\n" for name in _NAMES)
    foot = (
        "[Privacy Policy](https://ferry.example/privacy)\n[Terms of Use](https://ferry.example/terms)\n"
        "[Sign up](https://ferry.example/signup)\n© 2024 Ferry. All rights reserved.\n"
    )
    note = _fixed(make_vault, f"# The ferry\n\n{_TEXT}\n{persons}\n{foot}")
    assert persons in note
    assert "Privacy Policy" not in note


def test_a_list_below_by_is_no_byline(make_vault: MakeVault) -> None:
    body = "# The ferry\n\nBy\n\n" + "".join(f"- {name}\n" for name in _NAMES[1:]) + f"\n{_TEXT}"
    assert _fixed(make_vault, body) == _HEAD + body


@pytest.mark.parametrize(
    "record",
    [
        "Event: Spring Open\nSite: Oslo\nDate: 12 April 2019\nWhite: Berg, Anton\nBlack: Holm, Kari\n",
        "- Boat: Havørn\n- Date: 2019-04-12\n- Cargo: salt\n",
    ],
)
def test_the_day_of_a_record_is_not_the_articles(make_vault: MakeVault, record: str) -> None:
    body = f"# The ferry\n\n{record}\n{_TEXT}"
    assert _fixed(make_vault, body) == _HEAD + body


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Letzte Aktualisierung: 3.4.2023", "revised"),
        ("Zuletzt aktualisiert am 03.04.2023", "revised"),
        ("Dernière mise à jour : 3 avril 2023", "revised"),
        ("最后更新：2023年4月3日", "revised"),
        ("Обновлено: 3.4.2023", "revised"),
        ("Veröffentlicht am 3. April 2023", "published"),
    ],
)
def test_days_in_other_languages_are_facts(make_vault: MakeVault, line: str, key: str) -> None:
    note = _fixed(make_vault, f"# The ferry\n\n{line}\n\n{_TEXT}")
    assert f"\n{key}: 2023-04-03\n" in note
    assert line not in note
