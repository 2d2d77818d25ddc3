"""Numbers about units that need all of a page."""

import math

from hypothesis import given
from hypothesis import strategies as st

from notelint.note.note import Note
from notelint.residue import unit_features, wider_features
from notelint.residue.page import JudgedPage

PIECES = st.sampled_from(
    [
        "# Mill",
        "## Stone",
        "- [One](/a/1)",
        "[Two](https://e.org/a/2?x=1#y)",
        "[Bad](http://[)",
        "![](x.png)",
        "The mill was rebuilt by hand over nine years, from timber.",
        "Read more …",
        "$ 5",
        "***",
        "水車",
        "> said",
    ]
)


def _page(text: str) -> JudgedPage:
    return JudgedPage.of(Note("page.md", text))


@given(st.lists(PIECES, max_size=30))
def test_each_unit_has_a_row_of_numbers_of_one_length(pieces: list[str]) -> None:
    page = _page("\n\n".join(pieces))
    rows = wider_features.of(page)
    assert len(rows) == len(page.units)
    assert len({len(row) for row in rows}) <= 1
    assert all(math.isfinite(number) for row in unit_features.of(page) for number in row)


def test_numbers_do_not_depend_on_the_words() -> None:
    text = "# Abc defg\n\nHijk lmno pqr stuv wxyz abcd efgh ijkl mno.\n\n- [Pqrs](/tuv/wxy)\n- [Zabc](/tuv/def)\n"
    other = text.translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "bcdefghijklmnopqrstuvwxyza"))
    assert wider_features.of(_page(text)) == wider_features.of(_page(other))


SHAPE, STRETCHES = 12, (25, 29, 33)  # columns: how often a unit's shape is there; whether it is where text is dense


def test_cards_are_known_by_their_like_and_the_text_by_its_density() -> None:
    cards = "".join(f"[Card {at}](/posts/{at})\n\nMay {at}\n\n" for at in range(8))
    sentence = "The mill was rebuilt by hand over nine years, since its timber came from three distant valleys."
    rows = wider_features.of(_page(f"{sentence} {sentence}\n\n" * 6 + cards))
    assert {row[SHAPE] for row in rows[6:]} == {math.log(8)}
    assert {row[SHAPE] for row in rows[:6]} == {math.log(6)}
    assert [[row[at] for at in STRETCHES] for row in rows] == [[1.0] * 3] * 6 + [[0.0] * 3] * 16
