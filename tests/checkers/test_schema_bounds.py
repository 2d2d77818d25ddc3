"""A schema costs no more than a stated number of steps for a note, whatever refers to what."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from notelint.checkers.schema import load
from notelint.checkers.schema_bounds import MOST_STEPS, is_plain, require_bounded
from notelint.core import resources
from notelint.core.errors import NotelintError
from tests.conftest import MakeVault, run

MULTIPLY = "its references multiply"
ENDLESS = "refers to itself without end"


def doubling(word: str, levels: int, name: str = "$defs") -> dict[str, Any]:
    """Each schema refers to the next one twice."""
    schemas: dict[str, Any] = {
        f"x{n}": {word: [{"$ref": f"#/{name}/x{n + 1}"}, {"$ref": f"#/{name}/x{n + 1}"}]} for n in range(levels)
    }
    return {name: {**schemas, f"x{levels}": {"required": ["nothing"]}}, "$ref": f"#/{name}/x0"}


def unevaluated(levels: int) -> dict[str, Any]:
    """No reference at all, but each level judges once more what those below it judge."""
    schema: dict[str, Any] = {"properties": {"a": {}}}
    for _ in range(levels):
        schema = {"allOf": [schema], "unevaluatedProperties": False}
    return schema


def nested(levels: int) -> dict[str, Any]:
    """Properties in one another, seven letters for each level."""
    found: dict[str, Any] = {}
    for _ in range(levels):
        found = {"a": found}
    return found


COSTLY: list[dict[str, Any]] = [
    doubling("allOf", 60),
    doubling("oneOf", 60),
    doubling("anyOf", 60),
    doubling("allOf", 60, "x-mine"),
    {"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}},
    {"properties": {"a": {"items": {}, "oneOf": [{"$ref": "#"}, {"$ref": "#"}, False]}}},
    {"$dynamicAnchor": "n", "properties": {"a": {"allOf": [{"$dynamicRef": "#n"}, {"$dynamicRef": "#n"}]}}},
    unevaluated(40),
]
LOOPS: list[dict[str, Any]] = [
    {"$ref": "#"},
    {"$anchor": "n", "allOf": [{"$ref": "#n"}]},
    {"$defs": {"x": {"not": {"$ref": "#/$defs/y"}}, "y": {"$ref": "#/$defs/x"}}},
    {"dependentSchemas": {"a": {"$ref": "#"}}},
    {"if": {"anyOf": [{"$ref": "#"}]}},
]


def schema_of(folder: Path, contents: Any) -> Any:
    (folder / "s.json").write_text(json.dumps(contents), "utf-8")
    return load("s.json", str(folder))


@pytest.mark.slow
@pytest.mark.parametrize("contents", COSTLY)
def test_what_multiplies_stops_at_a_number_of_steps(tmp_path: Path, contents: dict[str, Any]) -> None:
    schema = schema_of(tmp_path, contents)
    assert not is_plain(schema.uri, schema.documents)
    with pytest.raises(NotelintError, match=MULTIPLY) as raised:
        schema.problems(nested(60))
    assert "'s.json'" in str(raised.value)
    assert str(MOST_STEPS) in str(raised.value)


@pytest.mark.parametrize("contents", LOOPS)
def test_a_schema_that_refers_to_itself_at_one_place_is_refused(tmp_path: Path, contents: dict[str, Any]) -> None:
    with pytest.raises(NotelintError, match=f"'s.json' {ENDLESS}"):
        schema_of(tmp_path, contents)


def test_a_name_of_a_property_that_is_a_keyword_hides_nothing(tmp_path: Path) -> None:
    inner = {"allOf": [{"$ref": "#/properties/enum"}]}
    with pytest.raises(NotelintError, match=ENDLESS):
        schema_of(tmp_path, {"properties": {"enum": inner}})
    with pytest.raises(NotelintError, match="of a schema is not supported"):
        schema_of(tmp_path, {"properties": {"const": {"pattern": "(a)\\1"}}})


def test_recursive_schemas_go_on_judging(tmp_path: Path) -> None:
    tree = {"type": "object", "properties": {"a": {"$ref": "#"}, "b": {"type": "string"}}}
    schema = schema_of(tmp_path, tree)
    assert not schema.problems(nested(20))
    assert [problem.path for problem in schema.problems({"a": {"a": {"b": 1}}})] == [("a", "a", "b")]


def test_properties_too_deep_for_a_recursive_schema_are_a_finding(
    tmp_path: Path,
) -> None:
    schema = schema_of(tmp_path, {"additionalProperties": {"anyOf": [{"allOf": [{"$ref": "#"}]}]}})
    schema.problems(nested(2))
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    try:
        found = schema.problems(nested(95))
    finally:
        sys.setrecursionlimit(before)
    assert ["too deep" in problem.message for problem in found] == [True]


def test_depth_patterns_and_length_are_limited(tmp_path: Path) -> None:
    deep: dict[str, Any] = {}
    for _ in range(60):
        deep = {"allOf": [deep]}
    with pytest.raises(NotelintError, match="levels in one another"):
        schema_of(tmp_path, deep)
    load.cache_clear()
    with pytest.raises(NotelintError, match="1001 patterns"):
        schema_of(tmp_path, {"patternProperties": {f"a{n}": {} for n in range(1001)}})
    load.cache_clear()
    for name in ("b.json", "c.json"):
        (tmp_path / name).write_text(json.dumps({"description": "x" * (3 << 20)}), "utf-8")
    with pytest.raises(NotelintError, match="larger than 4 MB"):
        schema_of(tmp_path, {"allOf": [{"$ref": "b.json"}, {"$ref": "c.json"}]})


@pytest.mark.parametrize("pattern", [r"\pL{400}", r"((\pL{100}){10}){5}"])
def test_a_pattern_that_takes_much_memory_is_refused(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(NotelintError, match="is not supported"):
        schema_of(tmp_path, {"properties": {"a": {"pattern": pattern}}})


def test_many_wrong_values_cost_no_more_each_than_few(tmp_path: Path) -> None:
    schema = schema_of(tmp_path, {"properties": {"a": {"items": {"type": "string"}}}})
    problems = schema.problems({"a": list(range(20_000))})
    assert len(problems) == 20_000
    assert problems[7].path == ("a", 7)


@pytest.mark.parametrize("reference", ["https://example.org/s.json", "file:///etc/hostname", "%00", "../../x.json"])
def test_nothing_outside_is_fetched_or_read(tmp_path: Path, reference: str) -> None:
    with pytest.raises(NotelintError, match=r"only schemas inside|cannot be read|is not the name of a file|ends .json"):
        schema_of(tmp_path, {"$ref": reference})


@pytest.mark.parametrize("reference", ["#/$defs/none", "#none", "#/allOf/1", "#/x~0y"])
def test_a_reference_to_nothing_is_refused(tmp_path: Path, reference: str) -> None:
    with pytest.raises(NotelintError, match=r"refers to .*, which is not there"):
        schema_of(tmp_path, {"allOf": [{}], "properties": {"a": {"$ref": reference}}})


def test_shipped_schemas_are_plain() -> None:
    names = [file.name.removesuffix(".schema.json") for file in resources.path("frontmatter").glob("*.schema.json")]
    assert names
    for name in names:
        schema = load(name)
        require_bounded(name, schema.documents)
        assert is_plain(schema.uri, schema.documents), name


@pytest.mark.slow
def test_the_command_ends_with_one_line_that_names_the_schema(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "A.md": "---\na: 1\n---\n",
            "s.json": json.dumps(doubling("allOf", 60)),
            "p.toml": 'name = "p"\nmatch = { paths = ["A.md"] }\nschema = "s.json"\n',
            "notelint.toml": 'profiles = ["p.toml"]\n',
        }
    )
    result = run("check", cwd=vault)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "schema 's.json' takes more than" in result.stderr


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    load.cache_clear()
