"""Hints are sought in parts in a few notes, and all at once in many: the outcome is the same."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.regex import AnyOf, Patterns
from notelint.residue import hints
from notelint.residue.hint_data import hints as made
from tests.conftest import reference

_ALL = (hints.signature(), hints.chrome(), hints.certain())
_MANY = 9  # texts after which all is compiled


def _whole(hint: AnyOf) -> Patterns:
    """The hint as one pattern."""
    return Patterns([str(hint)])


_WHOLE = tuple(map(_whole, _ALL))
_LINES = [line for known in (hints.known().signatures, hints.known().lines) for line in known.each]
_WORDS = sorted({word for line in _LINES for group in line.needs for word in group})


def test_hints_are_what_is_known_of_websites() -> None:
    assert hints.known() == made(), "general.toml or a site pack has changed: `make schemas`"


def test_each_line_needs_something() -> None:
    assert all(line.needs for line in _LINES)


def _pages() -> Iterator[bytes]:
    for folder in ("residue", "articles", "vaults"):
        yield from (path.read_bytes() for path in sorted(reference(folder).rglob("*.md")))


def test_real_pages_are_found_alike() -> None:
    found = 0
    for page in _pages():
        for hint, whole in zip(_ALL, _WHOLE, strict=True):
            expected = bool(whole.within(page))
            assert hint.is_in(page) == expected
            found += expected
    assert found


@given(st.lists(st.sampled_from(_WORDS) | st.text(max_size=3), max_size=40), st.sampled_from([" ", "\n", " *", ""]))
def test_any_text_is_found_alike(words: list[str], between: str) -> None:
    text = between.join(words).encode("utf-8", "replace")
    for hint, whole in zip(_ALL, _WHOLE, strict=True):
        assert hint.is_in(text) == bool(whole.within(text))


@pytest.mark.parametrize("hint", _ALL)
def test_many_texts_are_asked_as_few_are(hint: AnyOf) -> None:
    page, other = b"Advertisement\n\nContinue reading below\n", b"A note of one's own."
    sought = Patterns([hint, "own"])
    first = sought.within(page), sought.within(other)
    for _ in range(_MANY):
        sought.within(other)
    assert (sought.within(page), sought.within(other)) == first


def test_letters_that_count_as_ascii_are_no_excuse() -> None:
    hint = hints.chrome()
    text = "Adverti\u017fement\n".encode()  # a long s
    assert hint.is_in(text) == bool(_whole(hint).within(text))
