"""Columns in the units of an editor: whatever was asked before, each counts from the beginning of its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from notelint.server.positions import Positions

SIZES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
texts = st.text(st.sampled_from("aé😀\n\r\t \u2028"), max_size=40)


@pytest.mark.parametrize("encoding", SIZES)
@given(data=st.data(), text=texts)
def test_positions_in_any_order_are_those_of_the_text(encoding: str, data: st.DataObject, text: str) -> None:
    places, (name, size) = Positions(text, encoding), SIZES[encoding]
    for offset in data.draw(st.lists(st.integers(0, len(text)))):
        found = places.position(offset)
        before = (
            text[:offset].replace("\r\n", "\n").replace("\r", "\n") if text[offset - 1 : offset + 1] != "\r\n" else ""
        )
        if before:
            lines = before.split("\n")
            assert found == types.Position(len(lines) - 1, len(lines[-1].encode(name)) // size)
            assert places.offset(found) == offset


def test_a_place_inside_a_pair_of_units_is_before_it() -> None:
    assert Positions("😀a", "utf-16").offset(types.Position(0, 1)) == 0
    assert Positions("éa", "utf-8").offset(types.Position(0, 1)) == 0
    assert Positions("a\r\nb", "utf-8").offset(types.Position(0, 99)) == 1
    assert Positions("é", "utf-8").offset(types.Position(99, 0)) == 1
