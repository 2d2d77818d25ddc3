"""`notelint schema infer`: what it proposes, where it puts that, and that the notes it comes from pass."""

import json
import tempfile
import tomllib
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from notelint.config.load import load
from notelint.config.profiles import load_profile
from notelint.config.write_profiles import toml
from notelint.inference import headings, kinds, properties
from notelint.inference.kinds import NoteFacts
from notelint.note.note import Note
from notelint.note.profile import Match, Profile, Section
from tests.conftest import ROOT, MakeVault, lines, report, run

pytestmark = pytest.mark.slow

CLAIMED = ("schema-violation", "missing-section", "missing-frontmatter")


def book(n: int, *titles: str, more: str = "") -> str:
    front = f"type: book\ntitle: Book {n}\nfinished: 2024-05-{n + 1:02}\nstatus: {('read', 'open')[n % 2]}\n{more}"
    return f"---\n{front}---\n# Book {n}\n\n" + "".join(f"## {title}\n\nWords.\n\n" for title in titles)


def library() -> dict[str, str | bytes]:
    notes: dict[str, str | bytes] = {
        f"Books/{n}.md": book(n, ("Summary", "1. Summary:")[n % 2], ("Main causes", "Aetiology")[n % 2], "Quotes")
        for n in range(10)
    }
    return {**notes, "Home.md": "# Home\n"}


def inferred(vault: Path, *arguments: str) -> dict[str, Any]:
    result = run("schema", "infer", "--output-format", "json", *arguments, cwd=vault)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def told(vault: Path) -> list[str]:
    return [line for line in lines(report(vault)) if line.split()[1] in CLAIMED]


def test_a_kind_that_some_notes_name_is_found_without_being_asked_for(make_vault: MakeVault) -> None:
    notes: dict[str, str | bytes] = {f"n{n}.md": f"---\ntags: [x]\n---\n# N{n}\n" for n in range(10)}
    (found,) = inferred(make_vault({**notes, **{f"b{n}.md": book(n) for n in range(5)}}))["kinds"]
    assert (found["name"], found["notes"]) == ("book", 5)


def facts(*notes: str) -> list[NoteFacts]:
    return [NoteFacts.of(Note(f"{at:04}.md", text).outline, None, None) for at, text in enumerate(notes)]


def proposed(values: list[Any], *, closed: bool = False, share: float = 1.0) -> dict[str, Any]:
    """The schema of notes whose property `p` has these values; `...` stands for a note without it."""
    notes = [{} if value is ... else {"p": value} for value in values]
    return properties.propose(notes, "x", required_share=share, closed=closed).schema


def test_it_proposes_a_profile_and_a_schema_in_the_shipped_form(make_vault: MakeVault) -> None:
    result = run("schema", "infer", "--what", "profile", cwd=make_vault(library()))
    assert result.stdout.splitlines() == [
        "# Proposed by `notelint schema infer` from 10 notes. Counts are of these notes; nobody updates them.",
        'name = "book"',
        "description = \"Notes with type 'book'\"",
        'schema = "schemas/frontmatter/book.schema.json"',
        "frontmatter = true",
        "",
        "[match]",
        'properties = { type = "book" }',
        "",
        "# in 10 of 10 notes",
        "[[section]]",
        'name = "Summary"',
        "",
        '# in 10 of 10 notes: "Aetiology" 5, "Main causes" 5',
        "[[section]]",
        'name = "Aetiology"',
        'synonyms = ["Main causes"]',
        "",
        "# in 10 of 10 notes",
        "[[section]]",
        'name = "Quotes"',
    ]
    assert "11 notes, divided by the property 'type', which most notes have" in result.stderr
    assert "they have no 'type', or too few have the same (--least 5)" in result.stderr
    assert "--write" in result.stderr


def test_one_document_alone_is_json(make_vault: MakeVault) -> None:
    schema = json.loads(run("schema", "infer", "--what", "schema", cwd=make_vault(library())).stdout)
    Draft202012Validator.check_schema(schema)
    assert list(schema) == ["$schema", "title", "type", "allOf", "required", "properties", "additionalProperties"]
    assert schema["allOf"] == [{"$ref": "obsidian.schema.json"}]
    assert schema["required"] == ["type", "title", "finished", "status"]
    assert schema["properties"]["finished"] == {"type": "string", "format": "date", "$comment": "in 10 of 10 notes"}
    assert schema["properties"]["status"]["enum"] == ["open", "read"]
    assert schema["properties"]["type"]["enum"] == ["book"]
    assert "enum" not in schema["properties"]["title"]


def test_what_is_written_is_used_and_the_notes_pass(make_vault: MakeVault) -> None:
    vault = make_vault({**library(), "notelint.toml": 'select = ["frontmatter", "sections"]\n'})
    result = run("schema", "infer", "--write", cwd=vault)
    assert result.exit_code == 0, result.output
    assert "wrote schemas/profiles/book.toml" in result.stderr
    assert load(vault).config.profiles[0] == "schemas/profiles/book.toml"
    assert load_profile("schemas/profiles/book.toml", vault).sections[1].synonyms == ("Main causes",)
    assert told(vault) == []
    (vault / "New.md").write_text("---\ntype: book\ntitle: 3\nfinished: May\ntag: x\n---\n## Summary\n\nWords.\n")
    said = report(vault, "New.md")["diagnostics"]
    assert {d["message"].split(":")[0] for d in said if d["checker"] in CLAIMED} == {
        "'title' is the number 3, expected a string",
        "'finished' is the string \"May\", expected a date as YYYY-MM-DD",
        "property 'status' is missing",
        "property 'tag' is not allowed",
        "no section 'Aetiology' (or 'Main causes'), which profile 'book' requires",
        "no section 'Quotes', which profile 'book' requires",
    }


def test_the_proposal_is_the_same_with_and_without_the_cache(make_vault: MakeVault) -> None:
    vault = make_vault(library())
    first = inferred(vault, "--no-cache")
    assert not (vault / ".notelint_cache").exists()
    assert [inferred(vault), inferred(vault)] == [first, first]
    assert report(vault) == report(vault, "--no-cache")
    (vault / "Books/3.md").write_text(book(3, "Summary", more="isbn: 12\n"))
    assert inferred(vault) == inferred(vault, "--no-cache") != first


def test_a_vault_without_a_configuration_gets_one(make_vault: MakeVault) -> None:
    vault = make_vault(library())
    before = load(vault).config.profiles
    run("schema", "infer", "--write", cwd=vault)
    assert load(vault).config.profiles == ("schemas/profiles/book.toml", *before)


@pytest.mark.parametrize(
    ("name", "old", "profiles"),
    [
        ("notelint.toml", '# mine\nignore = ["links"] # why\n\n# so\n[severity]\nbroken-link = "info"\n', None),
        ("notelint.toml", 'ignore = ["links"]', None),
        ("notelint.toml", "profiles = []\r\n[garden]\r\n", ()),
        ("notelint.toml", '\ufeffprofiles = [ # all\n  "index",\n]\n', ("index",)),
        (".notelint.toml", '[[custom]]\nid = "a"\nmessage = """\n[x"""\nforbid-property = "b"', None),
        ("pyproject.toml", '[project]\nname = "a"\n[tool.notelint]\nignore = ["links"]\n[tool.b]\nc = [1]\n', None),
        ("pyproject.toml", '[tool.b]\nprofiles = [1]\n[tool.notelint]\nprofiles = ["sign"]\n', ("sign",)),
    ],
)  # fmt: skip
def test_a_configuration_gets_profiles_and_keeps_the_rest(
    make_vault: MakeVault, name: str, old: str, profiles: tuple[str, ...] | None
) -> None:
    vault = make_vault({**library(), name: old})
    before = load(vault).config
    result = run("schema", "infer", "--write", cwd=vault)
    assert result.exit_code == 0, result.output
    after = load(vault).config
    assert after.profiles == ("schemas/profiles/book.toml", *(before.profiles if profiles is None else profiles))
    written = (vault / name).read_bytes().decode()
    kept = iter(written)
    assert all(character in kept for character in old), "nothing that stood there is gone"
    assert ("\r\n" in written) == ("\r\n" in old)
    assert written.replace("\r\n", "").count("\r") == 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"schemas/profiles/book.toml": "name = 'mine'\n"}, "book.toml exists already"),
        ({"schemas/frontmatter/book.schema.json": "{}"}, "book.schema.json exists already"),
        ({"schemas": "a file"}, "is not a folder of the vault itself"),
        ({"pyproject.toml": "[tool]\nnotelint = {}\n"}, "takes no profiles by itself: put"),
    ],
)
def test_nothing_is_written_if_anything_is_in_the_way(
    make_vault: MakeVault, files: dict[str, str | bytes], said: str
) -> None:
    vault = make_vault({**library(), **files})
    before = {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()}
    result = run("schema", "infer", "--write", "--no-cache", cwd=vault)
    assert result.exit_code == 2
    assert said in result.stderr
    assert {path: path.read_bytes() for path in vault.rglob("*") if path.is_file()} == before


def test_nothing_is_written_outside_the_vault(make_vault: MakeVault, tmp_path: Path) -> None:
    vault, outside = make_vault(library()), tmp_path / "outside"
    outside.mkdir()
    (vault / "schemas").symlink_to(outside)
    assert run("schema", "infer", "--write", cwd=vault).exit_code == 2
    (vault / "schemas").unlink()
    other = tmp_path / "other.toml"
    other.write_text("")
    result = run("schema", "infer", "--write", "--config", other, cwd=vault)
    assert result.exit_code == 2
    assert "lies outside the vault" in result.stderr
    assert list(outside.iterdir()) == []
    assert other.read_text() == ""
    assert not (vault / "schemas").exists()


def test_folders_tell_notes_apart_if_they_differ(make_vault: MakeVault) -> None:
    diary = {f"Diary [1]/{n}.md": f"---\nmood: {n}\n---\n## Log\n" for n in range(6)}
    people = {f"People/deep/{n}.md": f"# P{n}\n\n## Works\n" for n in range(6)}
    vault = make_vault({**diary, **people, "Home.md": "# Home\n"})
    found = inferred(vault)
    assert [(kind["name"], kind["notes"]) for kind in found["kinds"]] == [("diary-1", 6), ("people", 6)]
    assert found["kinds"][1]["schema"] is None
    assert "schema" not in found["kinds"][1]["profile"]
    run("schema", "infer", "--write", cwd=vault)
    assert "profile: diary-1" in run("config", "Diary [1]/0.md", cwd=vault).stdout
    assert "profile: none" in run("config", "Home.md", cwd=vault).stdout
    assert told(vault) == []


def test_alike_folders_are_taken_together_unless_told(make_vault: MakeVault) -> None:
    vault = make_vault({f"In/{n % 2}/{n}.md": f"---\na: {n}\n---\n## Log\n" for n in range(12)})
    assert [kind["name"] for kind in inferred(vault)["kinds"]] == ["note"]
    assert [kind["name"] for kind in inferred(vault, "--by", "folder")["kinds"]] == ["in-0", "in-1"]
    assert [kind["profile"]["match"] for kind in inferred(vault, "In/0")["kinds"]] == [{"paths": ["/In/0/"]}]


def test_a_property_of_a_shipped_kind_holds_its_notes(make_vault: MakeVault) -> None:
    physics = {f"A/{n}.md": "---\ntype: [physics]\n---\n## Concept\n\n## Uses\n" for n in range(6)}
    vault = make_vault({**physics, **{f"A/x{n}.md": "## Log\n" for n in range(20)}})
    found = inferred(vault)
    assert [(kind["name"], kind["notes"]) for kind in found["kinds"]] == [("note", 20)]
    assert found["remarks"] == ["left out: 6, which their property 'type' makes notes of profile 'physics' (--by type)"]
    kind = inferred(vault, "--by", "type")["kinds"][0]
    assert kind["name"] == "own-physics"
    assert kind["remarks"][0].startswith("takes the place of profile 'physics'")


def test_what_the_former_profile_switches_is_kept(make_vault: MakeVault) -> None:
    vault = make_vault({f"{n}.md": "---\ntype: imported-article\nsource: a\n---\n## Concept\n" for n in range(5)})
    kind = inferred(vault)["kinds"][0]
    assert kind["schema"]["allOf"] == [{"$ref": "imported-article.schema.json"}]
    assert kind["profile"]["imported"] is True
    assert "citation-marker" in kind["profile"]["select"]
    assert kind["profile"]["template"] == {"type": "imported-article"}
    run("schema", "infer", "--write", cwd=vault)
    assert told(vault) == []


def test_a_schema_of_ones_own_is_built_upon(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            **library(),
            "notelint.toml": 'profiles = ["my kinds/read.toml"]\n',
            "my kinds/read.toml": 'name = "a"\nschema = "my kinds/read.json"\nmatch.properties = { type = "book" }\n',
            "my kinds/read.json": '{"properties": {"pages": {"type": "integer"}}}',
        }
    )
    assert inferred(vault)["kinds"][0]["schema"]["allOf"] == [{"$ref": "../../my%20kinds/read.json"}]
    run("schema", "infer", "--write", cwd=vault)
    assert told(vault) == []
    (vault / "New.md").write_text(book(1, "Summary", "Aetiology", "Quotes", more="pages: many\n"))
    assert told(vault) == ["New.md:6:8 schema-violation"]


def test_a_note_with_several_tags_is_of_the_rarest_kind(make_vault: MakeVault) -> None:
    tags = [f"All, {'Sign' if n < 6 else 'x'}{n if n > 7 else ''}" for n in range(16)]
    vault = make_vault({f"{n}.md": f"---\ntags: [{tags[n]}]\n---\n" for n in range(16)})
    found = inferred(vault, "--by", "tags")["kinds"]
    assert [(kind["name"], kind["notes"]) for kind in found] == [("own-sign", 6), ("all", 10)]


def test_a_vault_that_breaks_a_shipped_schema_is_reported(make_vault: MakeVault) -> None:
    vault = make_vault({f"{n}.md": f"---\ntag: a\nn: {n}\n---\n" for n in range(5)})
    kind = inferred(vault)["kinds"][0]
    assert "allOf" not in kind["schema"]
    assert "the schema 'obsidian', which finds fault with 5 notes today (0.md)" in kind["remarks"][0]
    run("schema", "infer", "--write", cwd=vault)
    assert told(vault) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([True, False], {"type": "boolean"}),
        ([1, 2], {"type": "integer"}),
        ([1, 2.5], {"type": "number"}),
        (["a", None], {"type": ["string", "null"]}),
        ([None, None], {}),
        (["a", 1, ["b"]], {"type": ["string", "integer", "array"], "items": {"type": "string"}}),
        ([[], []], {"type": "array"}),
        ([["a", 1]], {"type": "array", "items": {"type": ["string", "integer"]}}),
        (["2024-02-29", "2023-01-01"], {"type": "string", "format": "date"}),
        (["2023-02-29", "2023-01-01"], {"type": "string"}),
        (["2024-02-29T10:00:00Z", "2024-02-29T10:00:00.5+01:00"], {"type": "string", "format": "date-time"}),
        (["https://a.org/b?c=d#e", "http://a.org"], {"type": "string", "format": "uri"}),
        (["https://a.org/b c", "http://a.org"], {"type": "string"}),
        ([{"a": 1, "b": {}}], {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "object"}}}),
        (["a", "b"] * 4, {"type": "string", "enum": ["a", "b"]}),
        (["a", "b"] * 4 + ["c"], {"type": "string"}),
        (["b", "b", "a", None] * 4, {"type": ["string", "null"], "enum": ["b", "a", None]}),
        (["a", 1] * 8, {"type": ["string", "integer"]}),
        (["a"] * 9, {"type": "string"}),
        ([["a", "b"]] * 4, {"type": "array", "items": {"type": "string", "enum": ["a", "b"]}}),
        (["{{date}}", 3, 4], {"type": "integer"}),
    ],
)  # fmt: skip
def test_values_are_recognised(values: list[Any], expected: dict[str, Any]) -> None:
    schema = dict(proposed(values)["properties"]["p"])
    assert schema.pop("$comment").startswith(f"in {len(values)} of {len(values)} notes")
    assert schema == expected


def test_links_and_local_times_say_what_is_meant() -> None:
    assert proposed(["[[A]]", "[[B|c]]"])["properties"]["p"]["x-why"] == "it is a link to a note, [[Note]]"
    assert "pattern" in proposed(["2024-01-01T10:00", "2024-01-01 10:00:30"])["properties"]["p"]


def test_required_is_what_enough_notes_have() -> None:
    assert proposed([1] * 19 + [...]).get("required") is None
    assert proposed([1] * 19 + [...], share=0.95)["required"] == ["p"]
    assert proposed([1] * 18 + [..., ...], share=0.95).get("required") is None
    assert proposed([1], closed=True)["additionalProperties"] is False


def test_comments_tell_what_is_doubtful() -> None:
    assert proposed(["2024-01-01", "2024-01-02", "soon"])["properties"]["p"]["$comment"].endswith(
        "2 of 3 texts are dates"
    )
    assert proposed([1, None, "x"])["properties"]["p"]["$comment"].endswith("empty in 1; string 1, integer 1")
    notes: list[dict[str, Any]] = [{"author": 1, "dg-path": 1, "name": 1}] * 20 + [
        {"auhtor": 1},
        {"dg_path": 1},
        {"names": 1},
    ]
    found = properties.propose(notes, "x", required_share=1, closed=False)
    assert found.misspelt == (("auhtor", 1, "author", 20), ("dg_path", 1, "dg-path", 20))
    assert found.schema["properties"]["auhtor"]["$comment"].endswith("a misspelling of author?")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Causes", "CAUSES:", True),
        ("Causes", "**2. Causes** (common)", True),
        ("Causes", "Cause", True),
        ("Causes", "Major causes", True),
        ("Causes", "Aetiology", True),
        ("Keypoints", "Key points", True),
        ("Haemorrhage", "Hemorrhage", True),
        ("Procedure", "Procedrue", True),
        ("Causes", "Courses", False),
        ("Type 1", "Type 2", False),
        ("Advantages", "Disadvantages", False),
        ("Symptomatic", "Asymptomatic", False),
        ("Inclusion criteria", "Exclusion criteria", False),
        ("Hypothyroidism", "Hyperthyroidism", False),
        ("Content", "Context", False),
        ("Treatment", "Imaging", False),
    ],
)
def test_titles_that_stand_for_one_section(one: str, other: str, same: bool) -> None:
    frequent = 5 if other != "Procedrue" else 1
    notes = facts(*[f"## {one}\n"] * 10, *[f"## {other}\n"] * frequent)
    disease = Profile("disease", sections=(Section("Causes", ("Aetiology", "Etiology")),))
    found = headings.propose(notes, [disease], section_share=0.05, required_share=1)
    merged = [section for section in found if section.count == len(notes)]
    assert bool(merged) == same, found
    assert all(section.required and section.name == one for section in merged)


def test_titles_that_stand_together_are_two_sections() -> None:
    notes = facts(*["## Causes\n\n## Aetiology\n\n## Cause\n"] * 6)
    profile = Profile("disease", sections=(Section("Causes", ("Aetiology",)),))
    found = headings.propose(notes, [profile], section_share=0.2, required_share=1)
    assert [section.name for section in found] == ["Causes", "Aetiology", "Cause"]


def test_sections_come_in_the_order_that_most_notes_have() -> None:
    usual = ["## B\n\n## A\n\n### D\n", "## A\n\n## C\n", "## B\n\n## C\n"] * 4
    found = headings.propose(facts(*usual, "## C\n\n## A\n\n## B\n"), [], section_share=0.2, required_share=1)
    assert [(section.name, section.level) for section in found] == [("B", 2), ("A", 2), ("D", 3), ("C", 2)]


def test_headings_in_quotes_and_comments_do_not_count() -> None:
    assert facts("> ## A\n\n%%\n## B\n%%\n\n## C\n")[0].titles == (kinds.Title("c", "C", 2),)


def test_names_are_fit_for_files_and_nobody_elses() -> None:
    made = [kinds.Kind(label, "", Match(), ()) for label in ("A/b c", "a b c", "disease", "日本", "..", "x" * 99)]
    assert kinds.names(made, ["disease"]) == ["a-b-c", "own-a-b-c", "own-disease", "日本", "kind", "x" * 60]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--kind", "bok"), "there is no kind 'bok': did you mean \"book\"?; there are: book"),
        (("--write", "--what", "schema"), "leave --what out"),
        (("Nowhere.md",), "no such file or folder"),
    ],
)
def test_wrong_arguments_are_reported(make_vault: MakeVault, arguments: tuple[str, ...], said: str) -> None:
    result = run("schema", "infer", *arguments, cwd=make_vault(library()))
    assert result.exit_code == 2
    assert said in result.stderr


def test_nothing_to_propose_is_said(make_vault: MakeVault) -> None:
    result = run("schema", "infer", "--write", cwd=make_vault({"A.md": "# A\n"}))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "nothing to propose" in result.stderr


def test_hostile_texts_stay_in_their_strings(make_vault: MakeVault) -> None:
    title = 'a"b\\c\x1b[31m\u202e]'
    notes = {f"{n}.md": f'---\n"k\\u0085\\"]": {title[:3]}x\n---\n## {title}\n' for n in range(5)}
    vault = make_vault({**notes, "bad.md": b"---\n\xff: 1\ntype: \xff\n---\n## \xff\n"})
    result = run("schema", "infer", cwd=vault)
    assert not {"\x1b", "\u202e", "\x85"} & set(result.stdout)
    found = inferred(vault)["kinds"][0]
    assert found["profile"]["section"][0]["name"] == title
    run("schema", "infer", "--write", cwd=vault)
    assert told(vault) == []


def test_the_page_shows_what_is_printed(make_vault: MakeVault) -> None:
    vault = make_vault({f"Books/{n}.md": book(n, *SHOWN[n % len(SHOWN)]) for n in range(12)})
    page = (ROOT / "docs/profiles.md").read_text("utf-8")
    for what in ("profile", "schema"):
        command = f"$ notelint schema infer --what {what}\n"
        assert command + run("schema", "infer", "--what", what, cwd=vault).stdout + "```\n" in page


SHOWN = [
    ("Summary", "What I learned", "Quotes"),
    ("1. Summary", "What I learned", "Key quotes"),
    ("Summary", "What I learned", "Quotes", "See also"),
]
WORDS = st.sampled_from(
    ["a", "b", "type", "tags", "tag", "aliases", "dg-publish", "permalink", "source", "created", "author", "auther"]
)
TEXTS = st.sampled_from(
    ["x", "disease", "index", "", " ", "2024-01-01", "2024-13-01", "[[A]]", "https://a.org/", "https://a b", "{{d}}",
     "0000-01-01", "2024-01-01T00:00", "2024-01-01T10:00:00Z", "2024-01-01\n", "é", "\U0001f600", "a\x7fb"]
) | st.text(max_size=8)  # fmt: skip
SIMPLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
VALUES = SIMPLE | st.lists(SIMPLE, max_size=3) | st.dictionaries(TEXTS, SIMPLE, max_size=2)
TITLES = st.sampled_from(
    ["Causes", "Cause", "Aetiology", "Major causes", "causes:", "1. Causes", "Imaging", "Imaging features", "# x",
     "Log", "Loog", "Type 1", "Type 2", "\\#", "**", "()", "(a)", "é", "e\u0301", "ſ", "İ"]
)  # fmt: skip
NOTES = st.tuples(
    st.none() | st.dictionaries(WORDS | TEXTS, VALUES, max_size=5),
    st.lists(st.tuples(st.integers(1, 6), TITLES), max_size=6),
)
BY = st.sampled_from(["", "--by=folder", "--by=type", "--by=tags", "--by=none", "--closed"])


DATES = st.dates() | st.times() | st.datetimes(timezones=st.none() | st.just(UTC))
TOML = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False) | st.text(max_size=5) | DATES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(TOML)
def test_values_are_written_as_toml_reads_them(value: Any) -> None:
    assert tomllib.loads(f"value = {toml(value)}\n") == {"value": value}


@pytest.mark.slow
@given(st.lists(NOTES, min_size=1, max_size=12), BY, st.sampled_from(["", "profiles = []"]))
@settings(max_examples=60)
def test_every_note_passes_what_is_inferred_from_it(
    notes: list[tuple[dict[str, Any] | None, Any]], by: str, config: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        vault = Path(folder)
        (vault / ".obsidian").mkdir()
        (vault / "notelint.toml").write_text(config)
        for at, (front, titles) in enumerate(notes):
            head = "" if front is None else f"---\n{json.dumps(front)}\n---\n"
            body = "".join(f"{'#' * level} {title}\n\n" for level, title in titles)
            target = vault / f"{'ab'[at % 2]}/{at}.md"
            target.parent.mkdir(exist_ok=True)
            target.write_bytes((head + body).encode())
        arguments = ["schema", "infer", "--least=2", "--section-share=0.1", "--write", *([by] if by else [])]
        result = run(*arguments, cwd=vault)
        assert result.exit_code == 0, result.output
        for file in vault.rglob("*.schema.json"):
            Draft202012Validator.check_schema(json.loads(file.read_text("utf-8")))
        for file in vault.rglob("schemas/profiles/*.toml"):
            tomllib.loads(file.read_text("utf-8"))
            load_profile(file.relative_to(vault).as_posix(), vault)
        names = {path.stem for path in vault.rglob("schemas/profiles/*.toml")}
        paths = [path.relative_to(vault).as_posix() for path in vault.rglob("*.md")]
        of_a_kind = {path for path in paths if _profile(vault, path) in names}
        assert [line for line in told(vault) if line.split(".md:")[0] + ".md" in of_a_kind] == []


def _profile(vault: Path, note: str) -> str:
    shown = run("config", note, cwd=vault).stdout.splitlines()
    return next(line for line in shown if line.startswith("profile: ")).removeprefix("profile: ")
