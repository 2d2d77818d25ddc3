"""Tables of TOML as frozen dataclasses: read strictly, with the place and the cure in every message.

A field's type says what is allowed; its `Annotated` text is the help that JSON Schemas and documentation show.
Keys are the fields' names with hyphens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from notelint.core.errors import NotelintError


def key_of(field: "Field[Any]") -> str:
    """The key in TOML of a dataclass's field; one that stands for an array of tables may name its own."""
    return str(field.metadata.get("key", field.name.replace("_", "-")))


def read(cls: type[Any], table: Any, where: str, path: str = "") -> Any:
    """The dataclass `cls` with the values of a table.

    `where` is the file's name, `path` the dotted key of the table in it. Raises `NotelintError` for unknown or missing
    keys and for values of a wrong type.
    """
    if not isinstance(table, Mapping):
        raise NotelintError(f"{where}: {path or 'the file'} must be a table")
    known = {key_of(field): field for field in fields(cls)}
    hints = get_type_hints(cls, include_extras=True)
    values = {}
    for key, value in table.items():
        dotted = f"{path}.{key}" if path else key
        if key not in known:
            raise NotelintError(f'{where}: unknown key "{dotted}"{did_you_mean(key, known)}')
        field = known[key]
        values[field.name] = convert(value, hints[field.name], where, dotted)
    for key, field in known.items():
        if field.name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise NotelintError(f'{where}: {path or "the file"} needs a key "{key}"')
    return cls(**values)


def convert(value: Any, kind: Any, where: str, path: str) -> Any:
    """A TOML value as the type `kind`. Raises `NotelintError`."""
    origin = get_origin(kind)
    if origin is Annotated:
        return convert(value, get_args(kind)[0], where, path)
    if origin in (Union, UnionType):
        kinds = [inner for inner in get_args(kind) if inner is not NoneType]
        return convert(value, kinds[0], where, path)
    if kind is Any:
        return value
    if origin is tuple and isinstance(value, list):
        inner = get_args(kind)[0]
        return tuple(convert(item, inner, where, f"{path}[{at}]") for at, item in enumerate(value))
    if origin is dict and isinstance(value, dict):
        inner = get_args(kind)[1]
        return {key: convert(item, inner, where, f"{path}.{key}") for key, item in value.items()}
    if is_dataclass(kind):
        return read(kind, value, where, path)  # type: ignore[arg-type]
    allowed = choices(kind)
    if allowed:
        if value in allowed:
            return kind(value) if isinstance(kind, type) else value
    elif isinstance(kind, type) and _is_a(value, kind):
        return value
    meant = did_you_mean(value, allowed) if isinstance(value, str) else ""
    raise NotelintError(f"{where}: {path} is {_shown(value)}, expected {_expected(kind)}{meant}")


def _is_a(value: Any, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def choices(kind: Any) -> tuple[str, ...]:
    """The values that a type with a few values allows, else nothing."""
    if get_origin(kind) is Literal:
        return get_args(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return tuple(str(value) for value in kind)
    return ()


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    return "a table" if isinstance(value, dict) else "a list" if isinstance(value, list) else str(value)


def _expected(kind: Any) -> str:
    if choices(kind):
        return f"one of {', '.join(choices(kind))}"
    if get_origin(kind) is tuple:
        return "a list"
    if get_origin(kind) is dict or is_dataclass(kind):
        return "a table"
    return {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}.get(kind, str(kind))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name."""
    from rapidfuzz import process

    found = process.extractOne(wrong, list(known), score_cutoff=70)
    return f': did you mean "{found[0]}"?' if found else ""


def json_schema(cls: type[Any]) -> dict[str, Any]:
    """The JSON Schema (Draft 2020-12) of the tables that `read` takes for a dataclass."""
    hints = get_type_hints(cls, include_extras=True)
    properties = {key_of(field): _schema_of(hints[field.name]) for field in fields(cls)}
    required = [key_of(f) for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING]
    schema: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**schema, "required": required} if required else schema


def _schema_of(kind: Any) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        inner, text = get_args(kind)[:2]
        return {"description": text, **_schema_of(inner)}
    if origin in (Union, UnionType):
        return _schema_of(next(inner for inner in get_args(kind) if inner is not NoneType))
    if origin is tuple:
        return {"type": "array", "items": _schema_of(get_args(kind)[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema_of(get_args(kind)[1])}
    if is_dataclass(kind):
        return json_schema(kind)  # type: ignore[arg-type]
    if choices(kind):
        return {"enum": list(choices(kind))}
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": names[kind]} if kind in names else {}
