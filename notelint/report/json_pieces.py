"""JSON written item by item, the same to the letter as if it were written at once."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from notelint.core.printable import in_json

_INDENT = 2
# ASCII, so that lone surrogates (bytes that are not UTF-8) survive any stream
_encode = json.JSONEncoder(indent=_INDENT, ensure_ascii=True).encode


def with_list(report: Mapping[str, Any], name: str, items: Iterable[Any]) -> Iterator[str]:
    """Yield the JSON of a report, with these items in its empty list of this name, wherever that is.

    A line end is last. Raises `ValueError` if there is none, or several.
    """
    before, after = in_json(_encode(report)).split(f'"{name}": []')  # in a text its quotes would be escaped
    indent = len(before) - len(before.rstrip(" "))
    yield f'{before}"{name}": '
    yield from _list(items, indent)
    yield f"{after}\n"


def whole_list(items: Iterable[Any]) -> Iterator[str]:
    """Yield the JSON of a list. A line end is last."""
    yield from _list(items, 0)
    yield "\n"


def _list(items: Iterable[Any], indent: int) -> Iterator[str]:
    line = f"\n{' ' * (indent + _INDENT)}"
    is_first = True
    for item in items:
        start = "[" if is_first else ","
        yield f"{start}{line}{in_json(_encode(item)).replace(chr(10), line)}"
        is_first = False
    yield "[]" if is_first else f"\n{' ' * indent}]"
