"""Values that were found before, kept as long as there are not too many of them."""

from collections.abc import Mapping
from typing import TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Memo(dict[_Key, _Value]):
    """Values by what they were found for. All are forgotten when one comes that has no room.

    Notes that are judged in a row link alike, so old values are seldom needed. Only putting a value by its key counts.
    """

    def __init__(self, most: int, known: Mapping[_Key, _Value] | None = None) -> None:
        """`most` is how many are kept."""
        super().__init__(known or {})
        self.most = most

    def __setitem__(self, key: _Key, value: _Value) -> None:
        if len(self) >= self.most:
            self.clear()
        super().__setitem__(key, value)
