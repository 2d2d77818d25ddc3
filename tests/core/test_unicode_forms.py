"""Normal forms: those of Unicode, but for rows of marks that no language has."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.unicode_forms import compatible, composed, decomposed, without_marks


@given(st.text(alphabet="aeĺÅ\u0301\u0323\u0308\u0344\u3099か한ㄱ \U0001f468\u200d", max_size=30))
@settings(deadline=None)
def test_they_are_the_forms_of_unicode(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)
    assert decomposed(text) == unicodedata.normalize("NFD", text)
    assert compatible(text) == unicodedata.normalize("NFKD", text)


def test_rows_of_marks_are_taken_in_pieces_and_lose_nothing() -> None:
    text = "xe" + "\u0301\u0323" * 5000 + " e\u0301"
    assert composed(text)[:2] == "xẹ"
    assert composed(text).endswith(" é")
    assert sorted(decomposed(text)) == sorted(text)


def test_letters_stay_without_their_marks() -> None:
    assert without_marks("Zoé Ångström, ﬁ") == "Zoe Angstrom, fi"
