"""Tables of TOML as frozen structs: read strictly, with the place and the cure in every message.

A field's type says what is allowed; its `Annotated` text is the help that JSON Schemas and documentation show.
Keys are the fields' names with hyphens. A plugin's options may be a frozen dataclass.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, structs

from notelint.core.errors import NotelintError


class TableKey(Struct, frozen=True):
    """A key of a table, and the field that it is read into: its name, its type, and if it is `required`, not to be left
    out.
    """

    key: str
    field: str
    kind: Any
    required: bool


@cache  # a profile has many sections
def keys(cls: Any) -> tuple[TableKey, ...]:
    """The keys of the tables that are read into the class `cls`, in the order of its fields."""
    if not issubclass(cls, Struct):
        return tuple(_keys_of_dataclass(cls))
    fields = structs.fields(cls)  # an array of tables has a name of its own
    names = [one.encode_name if one.encode_name != one.name else _hyphened(one.name) for one in fields]
    return tuple(TableKey(key, one.name, one.type, one.required) for key, one in zip(names, fields, strict=True))


def _keys_of_dataclass(cls: Any) -> Iterator[TableKey]:
    from dataclasses import MISSING, fields

    kinds = get_type_hints(cls, include_extras=True)
    for field in fields(cls):
        required = field.default is MISSING and field.default_factory is MISSING
        yield TableKey(_hyphened(field.name), field.name, kinds[field.name], required)


def _hyphened(name: str) -> str:
    return name.replace("_", "-")


def _is_table(kind: Any) -> bool:
    return isinstance(kind, type) and (issubclass(kind, Struct) or hasattr(kind, "__dataclass_fields__"))


def read(cls: Any, table: Any, where: str, path: str = "") -> Any:
    """The struct `cls` with the values of a table.

    `where` is the file's name, `path` the dotted key of the table in it. Raises `NotelintError` for unknown or missing
    keys and for values of a wrong type.
    """
    if not isinstance(table, Mapping):
        raise NotelintError(f"{where}: {path or 'the file'} must be a table")
    known = {key.key: key for key in keys(cls)}
    values = {}
    for key, value in table.items():
        dotted = f"{path}.{key}" if path else key
        if key not in known:
            raise NotelintError(f'{where}: unknown key "{dotted}"{did_you_mean(key, known)}')
        values[known[key].field] = convert(value, known[key].kind, where, dotted)
    missing = next((key.key for key in keys(cls) if key.required and key.field not in values), None)
    if missing is not None:
        raise NotelintError(f'{where}: {path or "the file"} needs a key "{missing}"')
    return cls(**values)


def replaced(values: Any, **others: Any) -> Any:
    """A copy of what `read` gave, or of a plugin's options, with other values in some fields."""
    if isinstance(values, Struct):
        return structs.replace(values, **others)
    from dataclasses import replace

    return replace(values, **others)


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
    if _is_table(kind):
        return read(kind, value, where, path)
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
    if get_origin(kind) is dict or _is_table(kind):
        return "a table"
    return {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}.get(kind, str(kind))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown name."""
    from rapidfuzz import process

    found = process.extractOne(wrong, list(known), score_cutoff=70)
    return f': did you mean "{found[0]}"?' if found else ""


def json_schema(cls: Any) -> dict[str, Any]:
    """The JSON Schema (Draft 2020-12) of the tables that `read` takes."""
    properties = {key.key: _schema_of(key.kind) for key in keys(cls)}
    required = [key.key for key in keys(cls) if key.required]
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
    if _is_table(kind):
        return json_schema(kind)
    if choices(kind):
        return {"enum": list(choices(kind))}
    names = {bool: "boolean", int: "integer", float: "number", str: "string"}
    return {"type": names[kind]} if kind in names else {}
