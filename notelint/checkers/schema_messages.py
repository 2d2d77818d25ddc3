"""Errors of JSON Schema in plain words, with the value that was probably meant."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from notelint.core.diagnostic import Safety
from notelint.core.spelling import is_surely_same, slips, spelling_key

Key = tuple[str | int, ...]

_TYPES = {
    "boolean": "a boolean (true or false)",
    "string": "a string",
    "array": "a list",
    "object": "a map",
    "integer": "a whole number",
    "number": "a number",
    "null": "nothing",
}
_FORMATS = {
    "date": "a date as YYYY-MM-DD",
    "date-time": "a time as YYYY-MM-DDThh:mm:ssZ",
    "uri": "an address such as https://example.org/page",
    "email": "an e-mail address",
}
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%B %d, %Y", "%b %d, %Y")
_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_WIDTH = 40
_LONGEST = 100  # letters of a value for which a likely one is sought
_MOST = 1000  # values among which it is sought


class Problem(Struct, frozen=True):
    """One thing wrong with the properties. `path` leads to the value, or to the key if `on_key`; a property that is
    missing has no place. `instead` is the value or the key that was probably meant, and `safety` how surely."""

    path: Key
    message: str
    on_key: bool = False
    instead: str | bool | None = None
    safety: Safety = Safety.UNSAFE


def unfold(error: Any) -> Iterator[Problem]:
    """The problems that an error stands for: of alternatives, those of the one that was most likely meant."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        yield _explain(error)
        return
    branches: dict[Any, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    here = len(error.absolute_path)
    fitting = [
        branch
        for branch in branches.values()
        if not any(inner.validator == "type" and len(inner.absolute_path) == here for inner in branch)
    ]
    if fitting:
        for inner in min(fitting, key=len):
            yield from unfold(inner)
        return
    types = [kind for inner in error.context if inner.validator == "type" for kind in _kinds(inner.validator_value)]
    yield Problem(tuple(error.absolute_path), _said(error, f"expected {_expected(types)}"))


def _explain(error: Any) -> Problem:
    """One error that is not a choice between alternatives."""
    path: Key = tuple(error.absolute_path)
    wanted, value = error.validator_value, error.instance
    match error.validator:
        case "type":
            kinds = _kinds(wanted)
            known = _BOOLEANS if "boolean" in kinds and isinstance(value, str) else {}
            meant = known.get(str(value).casefold())
            return Problem(path, _said(error, f"expected {_expected(kinds)}"), instead=meant)
        case "enum" | "const":
            return _choice(error, list(wanted) if error.validator == "enum" else [wanted])
        case "format":
            date = as_date(value) if wanted == "date" else None
            form = _FORMATS.get(wanted, f"the form {wanted!r}")
            return Problem(path, _said(error, f"expected {form}"), instead=date)
        case "required" | "dependentRequired":
            return _missing(error, path)
        case "additionalProperties" | "unevaluatedProperties" if error.path:
            return _unknown_key(error, path)
        case "not":
            return _forbidden(error, path)
        case "pattern" if not _why(error):
            return Problem(path, _said(error, f"expected something that matches {wanted}"))
        case "minLength" | "minItems" | "minProperties" if not value:
            return Problem(path, f"{_name(path)} is empty{_because(error)}")
    return Problem(path, _said(error, "" if _why(error) else f"expected {error.validator}: {_short(wanted)}"))


def _choice(error: Any, choices: list[Any]) -> Problem:
    """A value that is none of those allowed; the one that it is spelt otherwise, or perhaps a slip of, is offered."""
    path: Key = tuple(error.absolute_path)
    named = " or ".join(_short(choice) for choice in choices[:6]) + (" ..." if len(choices) > 6 else "")
    meant, safety = _nearest(error.instance, [choice for choice in choices if isinstance(choice, str)])
    hint = f": did you mean {meant!r}?" if meant is not None and len(choices) > 1 else ""
    return Problem(path, _said(error, f"expected {named}") + hint, instead=meant, safety=safety)


def _missing(error: Any, path: Key) -> Problem:
    """A property that must be there and is not; jsonschema names it only in its message."""
    names = error.validator_value
    if isinstance(names, dict):
        names = [name for needed in names.values() for name in needed]
    name = next((name for name in names if error.message.startswith(repr(name))), str(names))
    of = f" of {_name(path)}" if path else ""
    described = error.schema.get("properties", {}).get(name, {})
    return Problem((*path, name), f"property {name!r}{of} is missing{_because(error, described)}")


def _unknown_key(error: Any, path: Key) -> Problem:
    """A key that a closed schema does not have."""
    key, parent = str(path[-1]), error.parent
    known = list(error.schema.get("properties", {})) if parent is None else []
    meant, safety = _nearest(key, known)
    hint = f"did you mean {meant!r}?" if meant else f"known are {', '.join(known[:8])}" if known else "remove it"
    return Problem(path, f"property {_name(path)} is not expected: {hint}", True, meant, safety)


def _forbidden(error: Any, path: Key) -> Problem:
    instead = error.schema.get("x-instead")
    hint = f": use {instead!r}" if instead and not _why(error) else _because(error)
    return Problem(path, f"property {_name(path)} is not allowed{hint}", True, instead)


def _said(error: Any, expected: str) -> str:
    what = f"{_name(tuple(error.absolute_path))} is {_described(error.instance)}"
    return what + (f", {expected}" if expected else "") + _because(error)


def _why(error: Any) -> str:
    schema = error.schema if isinstance(error.schema, dict) else {}
    why = schema.get("x-why") or schema.get("description")
    if not why and error.parent is not None:
        return _why(error.parent)
    return str(why or "")


def _because(error: Any, described: Any = None) -> str:
    why = (
        (described.get("x-why") or described.get("description"))
        if isinstance(described, dict) and described
        else _why(error)
    )
    return f": {why}" if why else ""


def _name(path: Key) -> str:
    """A property as messages name it: `'tags'`, `item 2 of 'tags'`, `'dg-metatags.title'`."""
    if path and isinstance(path[-1], int):
        return f"item {path[-1] + 1} of {_name(path[:-1])}"
    return repr(".".join(str(step) for step in path)) if path else "the frontmatter"


def _described(value: Any) -> str:
    match value:
        case bool():
            return f"the boolean {_short(value)}"
        case str():
            return f'the string "{_cut(value)}"' if value else "an empty string"
        case int() | float():
            return f"the number {value}"
        case None:
            return "empty"
        case list():
            return "a list"
    return "a map" if isinstance(value, dict) else f"{value!r}"


def _short(value: Any) -> str:
    if isinstance(value, str):
        return f'"{_cut(value)}"'
    return {True: "true", False: "false", None: "nothing"}.get(value, _cut(str(value)))


def _cut(text: str) -> str:
    line = " ".join(text[: 10 * _WIDTH].split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 3] + "..."


def _kinds(wanted: Any) -> list[str]:
    return [wanted] if isinstance(wanted, str) else list(wanted)


def _expected(kinds: list[str]) -> str:
    types = [kind for kind in dict.fromkeys(kinds) if kind != "null"] or ["null"]
    *first, last = (_TYPES.get(kind, kind) for kind in types)
    return f"{', '.join(first)} or {last}" if first else last


def _nearest(value: Any, choices: list[str]) -> tuple[str | None, Safety]:
    """The choice that a value stands for, and how surely: in other capitals, spelt otherwise, perhaps mistyped.

    None if several may be meant, or if what differs makes another word of it: a digit, a sign, `hypo` and `hyper`.
    """
    if not isinstance(value, str) or not choices or len(value) > _LONGEST or len(choices) > _MOST:
        return None, Safety.SUGGESTION
    same = [choice for choice in choices if choice.casefold() == value.casefold()]
    if len(same) == 1:
        return same[0], Safety.SAFE
    key = spelling_key(value)
    alike = [choice for choice in choices if key and spelling_key(choice) == key]
    sure = len(alike) == 1 and is_surely_same(value, alike[0])
    found = alike or slips(value, choices)
    return found[0] if len(found) == 1 else None, Safety.UNSAFE if sure else Safety.SUGGESTION


def as_date(value: str) -> str | None:
    """An unambiguous date in another form, as ISO 8601."""
    if len(value) > _LONGEST:
        return None
    for form in _DATES:
        try:
            return datetime.strptime(re.sub(r"\s+", " ", value.strip()), form).date().isoformat()
        except ValueError:
            continue
    return None
