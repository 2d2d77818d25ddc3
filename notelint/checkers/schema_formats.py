"""The formats of JSON Schema (`date`, `uri` ...), judged by jsonschema-rs where jsonschema explains.

jsonschema judges most formats only where further libraries are installed, and else lets everything pass without a word.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import FormatChecker

FORMATS = (
    "date date-time duration email hostname idn-email idn-hostname ipv4 ipv6 iri iri-reference json-pointer regex "
    "relative-json-pointer time uri uri-reference uri-template uuid"
).split()  # all that JSON Schema 2020-12 defines


@cache
def format_checker() -> "FormatChecker":
    """Return a checker of all formats of JSON Schema 2020-12, and of no other."""
    from jsonschema import FormatChecker

    checker = FormatChecker(formats=())
    failures = (ValueError,)  # of text that is not Unicode
    checker.checkers = {name: (_of(name), failures) for name in FORMATS}  # its decorators write to all that there are
    return checker


def _of(name: str) -> Callable[[object], bool]:
    import jsonschema_rs

    is_valid: Callable[[Any], bool] = jsonschema_rs.Draft202012Validator(
        {"format": name}, validate_formats=True
    ).is_valid
    return lambda value: not isinstance(value, str) or is_valid(value)
