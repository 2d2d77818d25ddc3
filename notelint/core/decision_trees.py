"""Trees of decisions that were learned elsewhere and are read from data: no library is needed to ask them."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

# "start", a number, and "trees": nested lists, a leaf its value, a node [at, most, one, other]. Where there is "sure",
# [count, sum], a sum of the first `count` trees that is above the other number stands: the rest is not asked.
Weights = Mapping[str, Any]

_Sum = Callable[[Sequence[float]], float]
_TERMS = 30  # of a sum, whose terms Python's compiler nests
_WORTH = 0.3  # rows for each leaf, from which on making Python code takes less time than walking through the trees


class Trees:
    """Trees that are asked of many rows. After some of them they are made one expression, which Python compiles."""

    def __init__(self, weights: Weights) -> None:
        trees = weights["trees"]
        count, self._sure = weights.get("sure", (0, math.inf))
        self._start, self._first, self._rest = float(weights["start"]), trees[:count], trees[count:]
        self._worth, self._asked = math.ceil(_WORTH * sum(map(_leaves, trees))), 0
        self._sum_first, self._sum_rest = _walking(self._first), _walking(self._rest)

    def chance(self, row: Sequence[float]) -> float:
        """The chance, from 0 to 1, that what these numbers describe is of the kind that the trees were learned for."""
        self._asked += 1
        if self._asked == self._worth:
            self._sum_first, self._sum_rest = _compiled(self._first), _compiled(self._rest)
        total = self._start + self._sum_first(row)
        if total <= self._sure:
            total += self._sum_rest(row)
        return 1 / (1 + math.exp(-total))


def _walking(trees: Sequence[Any]) -> _Sum:
    """The sum over these trees, of which nothing is made beforehand."""

    def walked(row: Sequence[float]) -> float:
        total = 0.0
        for tree in trees:
            node = tree
            while isinstance(node, list):
                node = node[2] if row[node[0]] <= node[1] else node[3]
            total += node
        return total

    return walked


def _leaves(node: Any) -> int:
    """The number of leaves below a node, itself included if it is one."""
    return _leaves(node[2]) + _leaves(node[3]) if isinstance(node, list) else 1


def _compiled(trees: Sequence[Any]) -> _Sum:
    """The sum over these trees as one function. Its code consists of numbers alone."""
    terms = list(map(_expression, trees))
    sums = [f"({' + '.join(terms[at : at + _TERMS])})" for at in range(0, len(terms), _TERMS)]
    made: _Sum = eval(f"lambda row: {' + '.join(sums) or '0.0'}", {"__builtins__": {}})
    return made


def _expression(node: Any) -> str:
    if not isinstance(node, list):
        return repr(float(node))
    at, most, one, other = node
    return f"({_expression(one)} if row[{int(at)}] <= {float(most)!r} else {_expression(other)})"
