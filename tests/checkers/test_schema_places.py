"""A key that is not expected is named, wherever it stands and whichever keyword forbids it."""

import json
from pathlib import Path
from typing import Any

import pytest

from notelint.checkers import schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME: dict[str, Any] = {"properties": {"name": {"type": "string"}}}
CLOSED = {**NAME, "additionalProperties": False}
LETTERS = {"patternProperties": {"^[a-z]+$": {"type": "string"}}}


@pytest.mark.parametrize(
    ("contents", "properties", "path"),
    [
        ({"properties": {"a": {"items": CLOSED}}}, {"a": [{"name": "x"}, {"name": "y", "z": 1}]}, ("a", 1, "z")),
        ({"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": CLOSED}}, {"a": {"z": 1}}, ("a", "z")),
        ({"properties": {"a": {**LETTERS, "additionalProperties": False}}}, {"a": {"b": "", "Z": ""}}, ("a", "Z")),
        ({"allOf": [NAME], "unevaluatedProperties": False}, {"name": "x", "z": 1}, ("z",)),
        ({"allOf": [LETTERS], "unevaluatedProperties": False}, {"name": "x", "Z": 1}, ("Z",)),
        ({"anyOf": [NAME, LETTERS], "unevaluatedProperties": False}, {"name": "x", "b": "", "Z": 1}, ("Z",)),
        (
            {"if": NAME, "then": {"properties": {"b": {}}}, "unevaluatedProperties": False},
            {"name": "", "b": 1, "z": 1},
            ("z",),
        ),
        (
            {"dependentSchemas": {"name": {"properties": {"b": {}}}}, **NAME, "unevaluatedProperties": False},
            {"name": "", "b": 1, "z": 1},
            ("z",),
        ),
        ({**NAME, "unevaluatedProperties": {"type": "string"}}, {"name": "x", "y": "", "z": 1}, ("z",)),
        ({"properties": {"a": {"allOf": [NAME], "unevaluatedProperties": False}}}, {"a": {"z": 1}}, ("a", "z")),
    ],
)
def test_the_key_is_named(tmp_path: Path, contents: Any, properties: Any, path: tuple[str | int, ...]) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"$schema": DIALECT, "type": "object", **contents}), "utf-8")
    (problem,) = schema.load("one.json", str(tmp_path)).problems(properties)
    assert problem.path == path
    assert repr(str(path[-1])) in problem.message or f".{path[-1]}'" in problem.message


def test_a_pattern_of_a_schema_that_is_referred_to_takes_linear_time(tmp_path: Path) -> None:
    other = {"$schema": DIALECT, "patternProperties": {"^(a+)+$": {}}, "additionalProperties": False}
    (tmp_path / "other.json").write_text(json.dumps(other), "utf-8")
    (tmp_path / "one.json").write_text(json.dumps({"properties": {"m": {"$ref": "other.json"}}}), "utf-8")
    key = "a" * 40 + "!"
    (problem,) = schema.load("one.json", str(tmp_path)).problems({"m": {key: 1}})
    assert problem.path == ("m", key)
