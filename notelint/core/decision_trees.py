"""Trees of decisions that were learned elsewhere and are read from data: no library is needed to ask them."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Weights = Mapping[
    str, Any
]  # "start", a number, and "trees": nested lists, a leaf its value, a node [at, most, one, other]


_TERMS = 30  # of a sum, whose terms Python's compiler nests
_WORTH = 0.3  # rows for each leaf, from which on making Python code takes less time than walking through the trees


def chance(row: Sequence[float], weights: Weights) -> float:
    """The chance, from 0 to 1, that what these numbers describe is of the kind that the trees were learned for."""
    return 1 / (1 + math.exp(-_walked(row, weights)))


class Trees:
    """Trees that are asked of many rows. After some of them they are made one expression, which Python compiles."""

    def __init__(self, weights: Weights) -> None:
        self._weights, self._asked = weights, 0
        self._worth = _WORTH * sum(map(_leaves, weights["trees"]))
        self._compiled: Callable[[Sequence[float]], float] | None = None

    def chance(self, row: Sequence[float]) -> float:
        """The chance of what a row describes, as `chance` gives it."""
        if self._compiled is not None:
            return 1 / (1 + math.exp(-self._compiled(row)))
        self._asked += 1
        if self._asked >= self._worth:
            self._compiled = _compiled(self._weights)
        return chance(row, self._weights)


def _walked(row: Sequence[float], weights: Weights) -> float:
    total: float = weights["start"]
    for tree in weights["trees"]:
        node = tree
        while isinstance(node, list):
            node = node[2] if row[node[0]] <= node[1] else node[3]
        total += node
    return total


def _leaves(node: Any) -> int:
    """The number of leaves below a node, itself included if it is one."""
    return _leaves(node[2]) + _leaves(node[3]) if isinstance(node, list) else 1


def _compiled(weights: Weights) -> Callable[[Sequence[float]], float]:
    """The sum over all trees as one function. Its code consists of numbers alone."""
    terms = [repr(float(weights["start"])), *map(_expression, weights["trees"])]
    sums = [f"({' + '.join(terms[at : at + _TERMS])})" for at in range(0, len(terms), _TERMS)]
    made: Callable[[Sequence[float]], float] = eval(f"lambda row: {' + '.join(sums)}", {"__builtins__": {}})
    return made


def _expression(node: Any) -> str:
    if not isinstance(node, list):
        return repr(float(node))
    at, most, one, other = node
    return f"({_expression(one)} if row[{int(at)}] <= {float(most)!r} else {_expression(other)})"
