"""Pictures among what goes go with it; those beside what stays are the article's."""

import pytest

from notelint.note.note import Note
from notelint.residue import engine, learned

SENTENCE = (
    "The ferry crossed the sound six times a day for forty years, in each weather, and its crew counted every car."
)
PICTURE = "![The bell of the ferry in the school](https://ferry.example/bell.jpg)"
CARD = f"{PICTURE}\n\n[How the bell came to the school](https://ferry.example/bell)\n\n"


def _goes(text: str, chance: float) -> list[bool]:
    """Which pictures go where weights are sure of all lines but sentences, and as sure as `chance` of pictures."""
    page = engine.analyse(Note("page.md", text).as_named_import(), site_packs=True, weights=False)

    def own(at: int) -> float:
        return 0.95 if page.units[at].text == SENTENCE else chance if page.units[at].image else 0.01

    gone = learned.chosen(page, own, 0.3, frozenset())
    return [at in gone for at, unit in enumerate(page.units) if unit.image]


@pytest.mark.parametrize(("chance", "goes"), [(0.01, True), (0.2, False)])
def test_pictures_of_cards_go_with_their_links(chance: float, goes: bool) -> None:
    text = f"# The ferry\n\n{SENTENCE}\n\n{SENTENCE}\n\n[More about ferries](https://ferry.example/)\n\n{CARD * 3}"
    assert _goes(text, chance) == [goes] * 3


def test_pictures_beside_a_sentence_stay() -> None:
    gallery = f"{PICTURE}\n\n" * 3
    text = f"# The ferry\n\n{gallery}{SENTENCE}\n\n{PICTURE}\n\n{SENTENCE}\n\n{gallery}{CARD * 2}"
    assert not any(_goes(text, 0.01)[:7])
