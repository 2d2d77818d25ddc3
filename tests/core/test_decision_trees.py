"""Learned trees give the same chances however they are asked."""

from hypothesis import given
from hypothesis import strategies as st

from notelint.core.decision_trees import Trees, _compiled, _walked, chance

_NUMBERS = st.floats(-1e6, 1e6)
_TREES = st.recursive(
    _NUMBERS, lambda inner: st.tuples(st.integers(0, 3), _NUMBERS | st.integers(-2, 2), inner, inner).map(list)
)
_WEIGHTS = st.fixed_dictionaries({"start": _NUMBERS, "trees": st.lists(_TREES, max_size=5)})
_ROWS = st.lists(_NUMBERS | st.sampled_from([0.0, 1.0, -1.0]), min_size=4, max_size=4)


@given(_WEIGHTS, _ROWS)
def test_compiled_trees_come_to_the_same(weights: dict[str, object], row: list[float]) -> None:
    assert _compiled(weights)(row) == _walked(row, weights)


def test_trees_are_compiled_once_they_are_asked_often() -> None:
    weights = {"start": 0.5, "trees": [[0, 1.5, -1, [1, 0, 2.25, 3]]]}
    trees, rows = Trees(weights), [[at / 400, at % 3 - 1] for at in range(1000)]
    assert [trees.chance(row) for row in rows] == [chance(row, weights) for row in rows]
    assert trees._compiled is not None
