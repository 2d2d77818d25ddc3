"""Learned trees give the same chances however they are asked."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.decision_trees import Trees, _compiled, _walking

_NUMBERS = st.floats(-1e6, 1e6)
_TREES = st.recursive(
    _NUMBERS, lambda inner: st.tuples(st.integers(0, 3), _NUMBERS | st.integers(-2, 2), inner, inner).map(list)
)
_ROWS = st.lists(_NUMBERS | st.sampled_from([0.0, 1.0, -1.0]), min_size=4, max_size=4)


@given(st.lists(_TREES, max_size=5), _ROWS)
def test_compiled_trees_come_to_the_same(trees: list[Any], row: list[float]) -> None:
    assert _compiled(trees)(row) == _walking(trees)(row)


def test_trees_are_compiled_once_they_are_asked_often() -> None:
    weights = {"start": 0.5, "trees": [[0, 1.5, -1, [1, 0, 2.25, 3]]]}
    trees, rows = Trees(weights), [[at / 400, at % 3 - 1] for at in range(1000)]
    walking = trees._sum_rest
    assert [trees.chance(row) for row in rows] == [Trees(weights).chance(row) for row in rows]
    assert trees._sum_rest is not walking


def test_a_sum_of_the_first_trees_that_is_sure_stands() -> None:
    weights = {"start": 1.0, "trees": [[0, 0, 0.5, 1.5], -3.0], "sure": [1, 2.0]}
    chances = [Trees(weights).chance([number]) for number in (0.0, 1.0)]
    assert chances == pytest.approx([1 / (1 + math.exp(1.5)), 1 / (1 + math.exp(-2.5))])
