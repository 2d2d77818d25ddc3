"""Values found before: never more than there is room for, and the newest is always there."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.core.memo import Memo


@given(st.integers(1, 5), st.lists(st.tuples(st.integers(0, 9), st.integers())))
def test_a_memo_has_the_newest_value_and_never_too_many(most: int, given: list[tuple[int, int]]) -> None:
    memo: Memo[int, int] = Memo(most)
    latest: dict[int, int] = {}
    for key, value in given:
        memo[key] = latest[key] = value
        assert memo[key] == value
        assert len(memo) <= most
        assert all(latest[known] == kept for known, kept in memo.items())
