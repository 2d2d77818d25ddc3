"""Scalars: from text to YAML 1.2's values, and from values to text."""

import json
import re
from typing import Any

from notelint.core.lazy_regex import lazy_regex

_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_WORDS |= {f"{sign}.{word}": float(f"{sign}inf") for sign in ("", "+", "-") for word in ("inf", "Inf", "INF")}
_WORDS |= {word: float("nan") for word in (".nan", ".NaN", ".NAN")}
_INTEGER = lazy_regex(r"[-+]?[0-9]+")
_DECIMAL = lazy_regex(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_OCTAL_OR_HEX = lazy_regex(r"0o[0-7]+|0x[0-9a-fA-F]+")
_LONG = 1000  # digits: JavaScript has no integers of such length, and Python refuses to read or write them
# What YAML reads back as the same text without quotes, whichever version it follows.
_PLAIN_TEXT = lazy_regex(r"(?!(?:true|false|null|yes|no|on|off)$)[^\W\d][\w./-]*(?: [\w./-]+)*", re.I)
_ISO_DATE = lazy_regex(r"\d{4}-\d{2}-\d{2}")


def scalar(value: Any, like: str = "") -> str:
    """A simple value as YAML and JSON write it; a string in quotes if it needs them, or if `like` has them."""
    if (
        isinstance(value, str)
        and not like.startswith(('"', "'"))
        and (_PLAIN_TEXT.fullmatch(value) or _ISO_DATE.fullmatch(value))
    ):
        return value
    if isinstance(value, str) and like.startswith("'"):
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def resolve_scalar(raw: str) -> Any:
    """The value of a plain scalar by the YAML 1.2 core schema, in the reading of the npm library `yaml`."""
    if raw in _WORDS:
        return _WORDS[raw]
    if raw[0] in "+-.0123456789":
        if _DECIMAL.fullmatch(raw):
            return int(raw) if len(raw) < _LONG and _INTEGER.fullmatch(raw) else float(raw)
        if _OCTAL_OR_HEX.fullmatch(raw):
            return int(raw, 0) if len(raw) < _LONG else float("inf")
    return raw
