"""Kinds of files are known by the ending of their names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core import file_types
from notelint.core.file_types import is_attachment, is_shown

_NAMES = st.lists(st.sampled_from([*file_types._ENDINGS, ".", "/", "a", "PNG", "md", "İ", "K", "ſ", " "]), max_size=6)


@given(_NAMES.map("".join))
def test_an_ending_is_what_follows_the_last_dot(path: str) -> None:
    assert is_attachment(path) is path.lower().endswith(tuple(f".{ending}" for ending in file_types._ENDINGS))
    assert is_shown(path) is path.lower().endswith(tuple(f".{ending}" for ending in file_types._SHOWN))


@pytest.mark.parametrize(
    ("path", "is_it"), [("fig.PNG", True), ("png", False), ("1.5T vs 3.0T MRI", False), ("a.png/b", False), ("", False)]
)
def test_attachments(path: str, is_it: bool) -> None:
    assert is_attachment(path) is is_it
