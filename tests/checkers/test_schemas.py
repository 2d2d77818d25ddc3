"""The shipped schemas and profiles, and what the schema engine makes of schemas that cannot be used."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from notelint.checkers import schema, schema_files
from notelint.checkers.registry import BUILTIN
from notelint.core import resources
from notelint.core.errors import NotelintError
from notelint.note.note import Note
from notelint.note.profile import Match, Profile, Section, title_key
from notelint.note.profile_matching import Profiles
from tests.conftest import run

SCHEMAS = sorted(resources.path("frontmatter").glob("*.schema.json"))
PROFILES = sorted(resources.path("profiles").glob("*.toml"))
BOOLEANS = [
    "dg-publish",
    "dg-home",
    "dg-hide",
    "dg-hide-in-filetree",
    "dg-hide-in-graph",
    "dg-pinned",
    "dg-home-link",
    "dg-pass-frontmatter",
    "dg-show-backlinks",
    "dg-show-local-graph",
    "dg-show-graph-depth-control",
    "dg-show-inline-title",
    "dg-show-file-tree",
    "dg-enable-search",
    "dg-show-toc",
    "dg-link-preview",
    "dg-show-tags",
]
TEXTS = ["dg-path", "dg-permalink", "title", "dg-note-icon"]
PUBLISHED: dict[str, Any] = {"dg-publish": True, "permalink": "/a/"}
PUBLISHED_BOOLEANS = [
    "hide",
    "hideInFiletree",
    "hideInGraph",
    "pinned",
    "dgHomeLink",
    "dgPassFrontmatter",
    "dgShowBacklinks",
    "dgShowLocalGraph",
    "dgShowGraphDepthControl",
    "dgShowInlineTitle",
    "dgShowFileTree",
    "dgEnableSearch",
    "dgShowToc",
    "dgLinkPreview",
    "dgShowTags",
]
NOTE = """\
---
{"dg-publish":true,"dg-path":"Rad/Cortical nephrocalcinosis.md","permalink":"/rad/cortical-nephrocalcinosis/"}
---

> [!summary]
> **A rare pattern.**

## Concept
- Text.

---
## Major causes

1. **Necrosis**

---
## Imaging features

- **CT**

---
## Differentials (pattern-based)
- **[[Kidney/Medullary nephrocalcinosis\\|Medullary nephrocalcinosis]]**
"""


def read_profile(path: Path) -> Profile:
    table = {key.replace("-", "_"): value for key, value in tomllib.loads(path.read_text("utf-8")).items()}
    match: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.pop("match", {}).items()
    }
    sections = []
    for section in table.pop("section", ()):
        fields: dict[str, Any] = {
            key.replace("-", "_"): tuple(v) if isinstance(v, list) else v for key, v in section.items()
        }
        sections.append(Section(**fields))
    table = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Profile(match=Match(**match), sections=tuple(sections), **table)


def messages(name: str, properties: dict[str, Any], root: Path | None = None) -> list[str]:
    return [problem.message for problem in schema.load(name, str(root or ".")).problems(properties)]


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_shipped_schema_is_valid(path: Path) -> None:
    contents = json.loads(path.read_text("utf-8"))
    assert contents["$schema"] == schema_files.DIALECT
    Draft202012Validator.check_schema(contents)
    assert messages(path.name.removesuffix(".schema.json"), dict(PUBLISHED)) == []


@pytest.mark.parametrize("key", BOOLEANS)
def test_source_booleans(key: str) -> None:
    for good in (True, False, None):
        assert messages("digital-garden-source", {key: good}) == []
    values: tuple[Any, ...] = ("true", "no", 1, [True], {})
    for bad in values:
        (message,) = messages("digital-garden-source", {key: bad})
        assert message.startswith(f"'{key}' is ")
        assert "expected a boolean (true or false): any text" in message


@pytest.mark.parametrize("key", TEXTS)
def test_source_texts(key: str) -> None:
    assert messages("digital-garden-source", {key: "some text", "dg-publish": True}) == []
    for bad in (True, ["a"], {"a": 1}):
        assert len(messages("digital-garden-source", {key: bad})) == 1


def test_source_other_types() -> None:
    good = {"dg-metatags": {"description": "x"}, "dg-content-classes": ["a", "b"], "tags": "a, b", "own": [1]}
    assert messages("digital-garden-source", good) == []
    assert messages("digital-garden-source", {"dg-content-classes": "a b"}) == []
    bad: list[dict[str, Any]] = [
        {"dg-metatags": "x"},
        {"dg-content-classes": 1},
        {"dg-content-classes": [1]},
        {"tags": {"a": 1}},
    ]
    for properties in bad:
        assert len(messages("digital-garden-source", properties)) == 1


@pytest.mark.parametrize("key", PUBLISHED_BOOLEANS)
def test_published_booleans(key: str) -> None:
    assert messages("digital-garden-published", {**PUBLISHED, key: True}) == []
    (message,) = messages("digital-garden-published", {**PUBLISHED, key: "false"})
    assert message.startswith(f"'{key}' is the string")


def test_published_keys() -> None:
    good = {**PUBLISHED, "tags": ["a"], "metatags": {}, "contentClasses": "a b", "dg-note-properties": {"x": [1]}}
    assert messages("digital-garden-published", good) == []
    (message,) = messages("digital-garden-published", {"permalink": "/x/"})
    assert message.startswith("property 'dg-publish' is missing: ")
    bad: dict[str, Any] = {
        "tags": "a",
        "metatags": [],
        "contentClasses": ["a"],
        "dg-note-properties": None,
        "permalink": 1,
    }
    for key, value in bad.items():
        assert len(messages("digital-garden-published", {**PUBLISHED, key: value})) == 1


def test_obsidian() -> None:
    good = {
        "tags": ["a/b", "#c", 2024, None],
        "aliases": "One, two",
        "cssclasses": None,
        "any": {"x": 1},
        "Aliases": [],
    }
    assert messages("obsidian", good) == []
    assert len(messages("obsidian", {"Tags": ["a b"], "cssclasses": ["a b"]})) == 2
    for old in ("tag", "alias", "cssclass"):
        (message,) = messages("obsidian", {old: "x"})
        assert "since 1.9" in message


def test_imported_article_with_and_without_jsonschema_rs() -> None:
    good = {
        "type": "imported-article",
        "source": "https://example.org/a?b=c",
        "author": ["A. Writer"],
        "revised": "2022-01-04",
        "doi": "10.53347/rID-1",
        "accessed": "2026-01-31",
        "licence": "CC BY 4.0",
        "tags": ["x"],
    }
    slow = schema.load("imported-article")
    assert slow.problems(good) == []
    slow = schema.Schema(slow.name, slow.uri, slow.documents)
    slow.__dict__["_quick"] = None
    assert slow.problems(good) == []
    for key, bad in {"source": "https://a b", "revised": "4 Jan 2022", "accessed": "2026-02-30", "doi": "none"}.items():
        assert len(messages("imported-article", {**good, key: bad})) == 1
        assert len(slow.problems({**good, key: bad})) == 1


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_shipped_profile(path: Path) -> None:
    profile = read_profile(path)
    assert profile.name == path.stem
    assert profile.description
    keys = [title_key(title) for section in profile.sections for title in (section.name, *section.synonyms)]
    assert len(keys) == len(set(keys)), "a title stands for two sections"
    assert set(profile.select) | set(profile.ignore) <= set(BUILTIN)
    if profile.schema is not None:
        schema.load(profile.schema)


def test_a_published_note_has_the_four_sections() -> None:
    disease = read_profile(resources.path("profiles", "disease.toml"))
    found = [disease.section(heading.text) for heading in Note("note.md", NOTE).headings]
    assert [section and section.name for section in found] == ["Concept", "Causes", "Imaging", "Differentials"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NOTE, "disease"),
        ("Title\n\nLast revised by Ann O’Nym on 4 Jan 2022\n", None),
        (
            "Title\n\nLast revised by A O’Nym on 4 Jan 2022\n\nADVERTISEMENT: Supporters see fewer/no ads\n",
            "imported-article",
        ),
        ("How to\n\n```\nLast revised by Ann O’Nym on 4 Jan 2022\n```\n", None),
        ("---\ntype: index\n---\n## Concept\n## Causes\n## Imaging\n", "index"),
        ("---\ntype: [glossary, mri]\n---\n", "sign"),
        ("---\ntype: physics\n---\n", "physics"),
        ("# Diary\n\nToday I last revised my notes.\n\n## Overview\n\n## Imaging\n", None),
        ("", None),
    ],
)
def test_which_profile(text: str, name: str | None) -> None:
    profile = Profiles([read_profile(path) for path in PROFILES]).of(Note("note.md", text))
    assert (profile and profile.name) == name


def write(folder: Path, name: str, contents: Any) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(contents if isinstance(contents, str) else json.dumps(contents), "utf-8")


def test_own_schema_with_references(tmp_path: Path) -> None:
    write(tmp_path, "schemas/kind.json", {"$defs": {"kind": {"enum": ["organ", "sign"], "x-why": "two kinds exist"}}})
    own = {
        "properties": {"kind": {"$ref": "kind.json#/$defs/kind"}, "n": {"type": "integer"}},
        "additionalProperties": False,
    }
    write(tmp_path, "schemas/own.json", {"$id": "https://example.org/own.json", **own})
    assert messages("schemas/own.json", {"kind": "organ"}, tmp_path) == []
    assert messages("schemas/own.json", {"kind": "Organ"}, tmp_path) == [
        '\'kind\' is the string "Organ", expected "organ" or "sign": two kinds exist: did you mean \'organ\'?'
    ]
    assert messages("schemas/own.json", {"knid": "organ", "m": 1}, tmp_path) == [
        "property 'knid' is not expected: did you mean 'kind'?",
        "property 'm' is not expected: known are kind, n",
    ]


def test_alternatives_are_unfolded(tmp_path: Path) -> None:
    item = {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        ]
    }
    write(tmp_path, "own.json", {"properties": {"author": item}})
    assert messages("own.json", {"author": {"name": 1}}, tmp_path) == [
        "'author.name' is the number 1, expected a string"
    ]
    assert messages("own.json", {"author": {}}, tmp_path) == ["property 'name' of 'author' is missing"]
    assert messages("own.json", {"author": 1}, tmp_path) == ["'author' is the number 1, expected a string or a map"]


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ("{", "is not JSON"),
        ({"type": "text"}, "is not a valid JSON Schema, at type"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "is not a JSON Schema of"),
        ({"$ref": "https://example.org/x.json"}, "only schemas inside the vault"),
        ({"$ref": "../outside.json"}, "only schemas inside the vault"),
        ({"$ref": "missing.json"}, "cannot be read"),
    ],
)
def test_a_schema_that_is_no_good(tmp_path: Path, contents: Any, said: str) -> None:
    write(tmp_path, "outside.json", {})
    write(tmp_path, "vault/own.json", contents)
    with pytest.raises(NotelintError, match=said):
        schema.load("own.json", str(tmp_path / "vault"))


def test_a_shipped_schema_is_found_by_its_file_name(tmp_path: Path) -> None:
    write(tmp_path, "deep/own.json", {"allOf": [{"$ref": "digital-garden-source.schema.json"}]})
    said = "property 'tag' is not allowed: Obsidian no longer reads it since 1.9, use 'tags'"
    assert messages("deep/own.json", {"tag": "a"}, tmp_path) == [said]
    assert len(messages("deep/own.json", {"dg-publish": "no"}, tmp_path)) == 1
    with pytest.raises(NotelintError, match="cannot be read"):
        schema.load("obsidian.schema.json", str(tmp_path))
    write(tmp_path, "deep/obsidian.schema.json", {"required": ["mine"]})
    schema.load.cache_clear()
    assert messages("deep/own.json", {"tag": "a"}, tmp_path) == ["property 'mine' is missing"]


def test_a_schema_outside_the_vault_or_unknown(tmp_path: Path) -> None:
    write(tmp_path, "own.json", {})
    with pytest.raises(NotelintError, match="inside the vault"):
        schema.load("../own.json", str(tmp_path / "vault"))
    with pytest.raises(NotelintError, match="no schema is named 'obsidan': use one of digital-garden-published, "):
        schema.load("obsidan")


def test_a_pattern_takes_linear_time(tmp_path: Path) -> None:
    write(tmp_path, "own.json", {"properties": {"x": {"type": "string", "pattern": "^(a+)+$"}}})
    assert len(messages("own.json", {"x": "a" * 5000 + "!"}, tmp_path)) == 1


@pytest.mark.parametrize(
    ("value", "instead", "safety"),
    [
        ("Stage-1", "stage-1", "safe"),
        ("stage 1", "stage-1", "unsafe"),
        ("NOT STARTED", "not-started", "unsafe"),
        ("beningn", "benign", "suggestion"),
        ("stage-3", None, None),
        ("HER2", None, None),
        ("hyperthyroidism", None, None),
        ("published", None, None),
        ("started", None, None),
    ],
)
def test_a_value_is_offered_as_surely_as_it_was_meant(
    tmp_path: Path, value: str, instead: str | None, safety: str | None
) -> None:
    known = ["stage-1", "stage-2", "HER2+", "HER2-", "hypothyroidism", "benign", "unpublished", "not-started"]
    write(tmp_path, "own.json", {"properties": {"s": {"enum": known}}})
    (problem,) = schema.load("own.json", str(tmp_path)).problems({"s": value})
    assert problem.instead == instead
    assert instead is None or problem.safety.value == safety
    assert ("did you mean" in problem.message) is (instead is not None)


@pytest.mark.parametrize("key", ["publisher", "unpublished", "published2", "sub-published"])
def test_a_key_that_is_another_word_is_no_misspelling(tmp_path: Path, key: str) -> None:
    write(tmp_path, "own.json", {"properties": {"published": {"type": "string"}}})
    assert messages("own.json", {key: "x"}, tmp_path) == []


def test_a_mistyped_value_is_only_suggested(tmp_path: Path) -> None:
    write(tmp_path, "own.json", {"properties": {"s": {"enum": ["benign", "malignant"]}}})
    write(tmp_path, "notelint.toml", '[checkers.schema-violation]\nschema = "own.json"\n')
    write(tmp_path, "A.md", "---\ns: beningn\n---\n")
    assert "suggestions for 1" in run("check", cwd=tmp_path).output.lower()
    assert run("fix", "--unsafe-fixes", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "A.md").read_text() == "---\ns: beningn\n---\n"
