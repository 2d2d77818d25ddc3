"""Schemas of a vault are not trusted: their patterns run in linear time, or one line says why they do not."""

import json
from typing import Any

import pytest

from tests.conftest import MakeVault, run

PROFILE = 'name = "p"\nmatch = { paths = ["A.md"] }\nschema = "s.json"\n'
LOOPS: list[dict[str, Any]] = [
    {"$ref": "#"},
    {"$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"$ref": "#/$defs/x"}}, "$ref": "#/$defs/x"},
    {"properties": {"a": {"pattern": "^(a+)+$"}}},
    {"patternProperties": {"^(a+)+$": {"type": "number"}}},
]
UNKNOWN: list[dict[str, Any]] = [
    {"properties": {"a": {"pattern": "(a*)*b\\1"}}},
    {"properties": {"b": {"items": {"pattern": "(?=a)"}}}},
    {"patternProperties": {"(": {}}},
]


def vault_of(schema: dict[str, Any]) -> dict[str, str | bytes]:
    note = f"---\na: {'a' * 40000}!\n---\n"
    return {"A.md": note, "s.json": json.dumps(schema), "p.toml": PROFILE, "notelint.toml": 'profiles = ["p.toml"]\n'}


@pytest.mark.parametrize("schema", LOOPS)
def test_loops_and_patterns_that_backtrack_end(make_vault: MakeVault, schema: dict[str, Any]) -> None:
    result = run("check", cwd=make_vault(vault_of(schema)))
    assert result.exit_code in (0, 1, 2)
    assert "crashed" not in result.output


@pytest.mark.parametrize("schema", UNKNOWN)
def test_a_pattern_that_is_not_supported_ends_the_run_with_one_line(
    make_vault: MakeVault, schema: dict[str, Any]
) -> None:
    result = run("check", cwd=make_vault(vault_of(schema)))
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "of a schema is not supported" in result.stderr
