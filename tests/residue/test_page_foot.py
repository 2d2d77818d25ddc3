"""Sentences of a website's foot do not tell that the article goes on there."""

from notelint.note.note import Note
from notelint.residue import engine

_PROSE = (
    "The mill was rebuilt by hand over nine years, with timber from the valleys and stones that the river had brought, "
    "and nobody remembers who cut the first beam of its roof."
)
_HEAD = "# Mill\n\n" + f"{_PROSE}\n\n" * 8
_SITE = "https://mill.example"
_LIST = "".join(f"* [All about {name}]({_SITE}/{name}/)\n" for name in ("wheels", "beams", "stones"))
_LINKS = "".join(
    f"* [{label}]({_SITE}/{path}/)\n"
    for label, path in [("Privacy Policy", "privacy"), ("About us", "about"), ("Sitemap", "map"), ("Careers", "work")]
)
_SAID = (
    "Millstone Media is a company of limited liability in the county of Derwent, and its shares are held by eleven "
    "carpenters. Prices of flour are those of the day and may change before noon, without any notice to anybody.\n\n"
) * 2


def _gone(text: str) -> list[str]:
    page = engine.analyse(Note("page.md", text).as_named_import(), site_packs=False, weights=False)
    return [unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict and verdict.safe]


def test_a_list_above_a_foot_with_sentences_goes() -> None:
    gone = _gone(f"{_HEAD}## More articles on mills\n\n{_LIST}\n{_LINKS}\n© 2021 Millstone Media\n\n{_SAID}")
    assert gone[:4] == ["More articles on mills", "All about wheels", "All about beams", "All about stones"]
    assert gone[4:] == ["Privacy Policy", "About us", "Sitemap", "Careers", "© 2021 Millstone Media"]


def test_a_list_within_an_article_stays() -> None:
    gone = _gone(f"{_HEAD}## More articles on mills\n\n{_LIST}\n{_HEAD[8:]}{_LINKS}\n© 2021 Millstone Media\n")
    assert "All about wheels" not in gone
    assert "Privacy Policy" in gone


def test_an_article_about_feet_keeps_its_list() -> None:
    listed = "- Privacy policy\n- Terms of use\n- Sitemap\n- © 2021 Millstone Media\n- About us\n"
    text = f"{_HEAD}See [others]({_SITE}/others/) too. What a page ends with:\n\n{listed}\n{_PROSE}\n"
    assert _gone(text) == []


def test_an_article_goes_on_behind_a_box_to_subscribe() -> None:
    box = "".join(f"[{label}]({_SITE}/{path}/)\n\n" for label, path in [("Subscribe", "join"), ("Privacy Policy", "p")])
    text = f"{_HEAD}{box}## More articles on mills\n\n{_LIST}\n{_PROSE}\n\n{_PROSE}\n"
    assert "All about wheels" not in _gone(text)


def test_a_sentence_between_two_lists_stays() -> None:
    middle = f"More articles on rivers\n\n{_LIST}\nIt was cold in the loft, and it smelt of tar.\n\n"
    tags = f"More articles on tar\n\n[Mills]({_SITE}/mills/)\n\n[Rivers]({_SITE}/rivers/)\n\n"
    assert not any("cold in the loft" in line for line in _gone(f"{_HEAD}{middle}{tags}{_LINKS}\n© 2021 Millstone\n"))


def test_a_sentence_above_the_title_of_a_further_list_stays() -> None:
    one = f"More articles on rivers\n\n[All about wheels]({_SITE}/wheels/)\n\n"
    said = "It was cold in the loft, and it smelt of tar.\n\n"
    two = f"More articles on rivers\n\n[All about beams]({_SITE}/beams/)\n\n"
    text = f"{_HEAD}{one}{said}{two}{_LINKS}\n© 2021 Millstone\n"
    assert not any("cold in the loft" in line for line in _gone(text))
