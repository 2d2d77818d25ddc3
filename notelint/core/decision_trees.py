"""Trees of decisions that were learned elsewhere and are read from data: no library is needed to ask them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

Weights = Mapping[
    str, Any
]  # "start", a number, and "trees": nested lists, a leaf its value, a node [at, most, one, other]


def chance(row: Sequence[float], weights: Weights) -> float:
    """The chance, from 0 to 1, that what these numbers describe is of the kind that the trees were learned for."""
    total = weights["start"]
    for tree in weights["trees"]:
        node = tree
        while isinstance(node, list):
            node = node[2] if row[node[0]] <= node[1] else node[3]
        total += node
    return 1 / (1 + math.exp(-total))
