"""Links to a site's other pages go where lines of the website stand above and below them, whatever their title is."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine

_PROSE = (
    "The mill was rebuilt by hand over nine years, with timber from the valleys and stones that the river had brought, "
    "and nobody remembers who cut the first beam of its roof."
)
_SITE = "https://mill.example"
_ENDED = f"Share this article\n\nSubscribe\n\n[Leave a comment]({_SITE}/mill/#respond)\n\n"
_NAMES = tuple(f"{what} and what eleven carpenters of the valley knew about it" for what in ("Oak", "Tar", "Ice"))
_LIST = "".join(f"- [{name}]({_SITE}/{at}/)\n" for at, name in enumerate(_NAMES)) + "\n"
_FOOT = f"[Privacy Policy]({_SITE}/privacy/)\n\n[About us]({_SITE}/about/)\n\n© 2021 Millstone Media\n"


def _gone(text: str) -> list[str]:
    note = Note("page.md", f"# Mill\n\n{_PROSE}\n\n{_PROSE}\n\n{text}").as_named_import()
    page = engine.analyse(note, site_packs=False, weights=False)
    return [unit.text for unit, verdict in zip(page.units, page.verdicts, strict=True) if verdict and verdict.safe]


@pytest.mark.parametrize("title", ["", "## From our cellar\n\n"])
def test_links_behind_the_end_of_an_article_go(title: str) -> None:
    gone = _gone(f"{_ENDED}{title}{_LIST}{_FOOT}")
    assert set(_NAMES) < set(gone)
    assert not title or "From our cellar" in gone


@pytest.mark.parametrize(
    "own",
    [
        _LIST,  # above what ends the article
        f"{_ENDED}The carpenter told me more.\n\n{_LIST}",
        f"{_ENDED}What I wrote before:\n\n{_LIST}",
        f"{_ENDED}## Further reading\n\n{_LIST}",
        f"Subscribe\n\n{_LIST}",
    ],
)
def test_a_list_that_may_be_the_articles_stays(own: str) -> None:
    gone = _gone(f"See [the plan]({_SITE}/plan/).\n\n{own}{_FOOT if own is not _LIST else _ENDED + _FOOT}")
    assert set(_NAMES).isdisjoint(gone)


def test_an_articles_last_list_at_the_end_of_a_note_stays() -> None:
    assert set(_NAMES).isdisjoint(_gone(f"{_ENDED}{_LIST}"))
