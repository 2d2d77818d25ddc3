"""Columns and byte offsets, counted in blocks, held against counting the whole text."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.core.text import ByteOffsets, Units

LONG = st.builds(
    lambda piece, times, rest: piece * times + rest,
    st.text(st.sampled_from("aé脑\U0001f600\n"), min_size=1, max_size=30),
    st.integers(1, 80),
    st.text(st.sampled_from("zñ\udcff"), max_size=5),
)


def beyond_one_each(part: str) -> tuple[int, int]:
    utf16 = sum(ord(character) > 0xFFFF for character in part)
    utf8 = sum(len(character.encode("utf-8", "surrogateescape")) - 1 for character in part)
    return utf16, utf8


@given(LONG, st.data())
def test_units_of_a_long_line_are_those_of_its_characters(text: str, data: st.DataObject) -> None:
    start, end = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    assert Units(text).extra(start, end) == beyond_one_each(text[start:end])


@given(LONG, st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 50)), max_size=4), st.data())
def test_byte_offsets_of_a_long_text_skip_what_was_left_out(
    text: str, left_out: list[tuple[int, int]], data: st.DataObject
) -> None:
    text = text.replace("\udcff", "?")
    at = data.draw(st.integers(0, len(text)))
    expected = at + sum(length for place, length in left_out if place <= at)
    assert ByteOffsets(text, left_out).characters(len(text[:at].encode())) == expected
