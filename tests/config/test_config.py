"""The configuration: sources, precedence, messages."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.checkers.registry import load_checkers
from notelint.cli.init_config import initial_config
from notelint.config import load as configuration
from notelint.config.find_vault import find_root
from notelint.config.json_schema import config_schema
from notelint.config.load import load
from notelint.config.model import CheckerRequest, Config, GardenTable
from notelint.config.profiles import load_profile
from notelint.config.selection import CheckerSettings
from notelint.core import typed_toml
from notelint.core.diagnostic import Severity
from notelint.core.errors import NotelintError
from notelint.note.profile import Profile
from tests.conftest import ROOT, MakeVault, lines, report, run

REGISTRY = load_checkers()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", 'notelint.toml: unknown key "selct": did you mean "select"?'),
        ("garden = {slugfy = true}", 'notelint.toml: unknown key "garden.slugfy": did you mean "slugify"?'),
        ('select = "all"', 'notelint.toml: select is "all", expected a list'),
        ("select = [1]", "notelint.toml: select[0] is 1, expected a string"),
        ("comments = 1", "notelint.toml: comments is 1, expected true or false"),
        (
            'resolution = "obsidan"',
            'resolution is "obsidan", expected one of obsidian, digital-garden, digital-garden-site, github: '
            'did you mean "obsidian"?',
        ),
        (
            '[severity]\nbroken-link = "fatal"',
            'severity.broken-link is "fatal", expected one of error, warning, info',
        ),
        (
            '[severity]\nbrokn-link = "info"',
            'names "brokn-link", an unknown checker: did you mean "broken-link"?',
        ),
        ('ignore = ["lnks"]', 'ignore names "lnks", an unknown checker: did you mean "links"?'),
        ("[checkers.broken-link]\nignor = []", 'unknown key "checkers.broken-link.ignor": did you mean "ignore"?'),
        ("[[overrides]]\nignore = []", 'overrides[0] needs a key "paths"'),
        (
            '[[custom]]\nid = "x"\nmessage = "m"',
            "custom[0] must have exactly one key",
        ),
        ('[[custom]]\nid = "X"\nmessage = "m"\nrequire-section = "S"', "expected lower-case words with hyphens"),
        ('[[custom]]\nid = "x"\nmessage = "m"\nforbid-pattern = "("', "forbid-pattern is not a regular expression"),
        (
            '[[custom]]\nid = "broken-link"\nmessage = "m"\nrequire-section = "S"',
            "that exists already",
        ),
        ('profiles = ["diseas"]', "there is no profile 'diseas': did you mean \"disease\"?"),
        ('profiles = ["../p.toml"]', "lies outside the vault"),
        ("select = [", "notelint.toml: is not TOML: "),
        ("x = " + "[" * 5000, "notelint.toml: is nested too deeply"),
        ("x = " + "1" * 5000, "notelint.toml: is not TOML: "),
        ('exclude = ["!"]', "notelint.toml: exclude: "),
        ('[[overrides]]\npaths = ["!"]', "notelint.toml: overrides[0].paths: "),
        (
            '[[custom]]\nid = "x"\nmessage = "m"\nrequire-section = "S"\npaths = ["!"]',
            "notelint.toml: custom[0].paths: ",
        ),
        ('[[custom]]\nid = "x"\nmessage = "m"\nrequire-section = "S"\n' * 2, "which another custom checker has"),
        ('[[custom]]\nid = "links"\nmessage = "m"\nrequire-section = "S"', "that exists already"),
        ('profiles = ["../../x"]', "there is no profile '../../x'"),
    ],
)
def test_each_mistake_is_one_line_that_names_place_and_cure(make_vault: MakeVault, text: str, message: str) -> None:
    result = run("check", cwd=make_vault({"notelint.toml": text + "\n", "A.md": "x\n"}))
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_what_obsidian_was_set_to_is_read(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            ".obsidian/app.json": '{"attachmentFolderPath": "Files", "userIgnoreFilters": ["Old [1]/", "/x+/"]}',
            ".obsidian/plugins/digitalgarden/data.json": '{"pathRewriteRules": "A:B\\nC:", "slugifyEnabled": false}',
            ".obsidian/plugins/templater-obsidian/data.json": '{"templates_folder": "T/"}',
        }
    )
    loaded = load(vault)
    assert loaded.config.attachments == "Files"
    assert loaded.config.exclude == (r"/Old\ \[1\]/", "/T/")
    assert loaded.hidden == ("x+",)
    assert loaded.config.garden.path_rewrite_rules == ("A:B", "C:")
    assert loaded.config.garden.slugify is False
    assert loaded.origins["attachments"] == ".obsidian/app.json"
    (vault / "notelint.toml").write_text('attachments = "Mine"\n[garden]\nslugify = true\n')
    loaded = load(vault)
    assert (loaded.config.attachments, loaded.origins["attachments"]) == ("Mine", "notelint.toml")
    assert loaded.config.garden == GardenTable(("A:B", "C:"), True)


@pytest.mark.parametrize("content", ["{", "[]", '{"attachmentFolderPath": 1, "userIgnoreFilters": [1, ""]}', "\xff"])
def test_damaged_settings_of_obsidian_are_passed_over(make_vault: MakeVault, content: str) -> None:
    vault = make_vault({".obsidian/app.json": content.encode("latin-1"), "A.md": "x\n"})
    assert run("check", cwd=vault).exit_code == 0


def test_notelint_toml_comes_before_the_others(make_vault: MakeVault) -> None:
    vault = make_vault(
        {
            "pyproject.toml": '[tool.notelint]\nignore = ["links"]\n',
            ".notelint.toml": 'ignore = ["sections"]\n',
            "notelint.toml": 'ignore = ["permalinks"]\n',
        }
    )
    for name, family in (("notelint.toml", "permalinks"), (".notelint.toml", "sections"), ("pyproject.toml", "links")):
        assert load(vault).config.ignore == (family,)
        (vault / name).unlink()
    assert load(vault).config == Config()


def test_overrides_profiles_and_command_line_in_order(make_vault: MakeVault) -> None:
    table = """
extend-select = ["case-mismatch"]
ignore = ["missing-section"]
[severity]
broken-link = "warning"
[[overrides]]
paths = ["Inbox/**"]
ignore = ["links"]
[[overrides]]
paths = ["Inbox/Hot/"]
extend-select = ["broken-link"]
severity = {broken-link = "info"}
checkers = {broken-link = {ignore = ["x"]}}
"""
    said: Config = typed_toml.read(Config, tomllib.loads(table), "test")
    settings = CheckerSettings(said, REGISTRY)
    plain = settings.for_note("A.md", None)
    assert {"broken-link", "case-mismatch"} <= set(plain.checkers)
    assert "missing-section" not in plain.checkers
    assert plain.severity["broken-link"] is Severity.WARNING
    inbox = settings.for_note("Inbox/A.md", None)
    assert not {"broken-link", "case-mismatch"} & set(inbox.checkers)
    hot = settings.for_note("Inbox/Hot/A.md", None)
    assert "broken-link" in hot.checkers
    assert hot.severity["broken-link"] is Severity.INFO
    assert hot.options["broken-link"].ignore == ("x",)
    profiled = settings.for_note("A.md", Profile("p", select=("heading-level-jump",), ignore=("broken-link",)))
    assert "heading-level-jump" in profiled.checkers
    assert "broken-link" not in profiled.checkers
    chosen = CheckerRequest(select=("links",), extend_select=("duplicate-key",), ignore=("broken-link",))
    asked = CheckerSettings(said, REGISTRY, asked=chosen).for_note("A.md", None).checkers
    assert "duplicate-key" in asked
    assert "broken-link" not in asked
    assert "schema-violation" not in asked


def test_custom_checkers_are_chosen_like_others(make_vault: MakeVault) -> None:
    own = '[[custom]]\nid = "own"\nmessage = "m"\nforbid-pattern = "x"\n'
    vault = make_vault({"A.md": "x\n", "In/B.md": "x\n", "notelint.toml": own})
    assert lines(report(vault)) == ["A.md:1:1 own", "In/B.md:1:1 own"]
    assert lines(report(vault, "--select", "permalinks")) == []
    assert lines(report(vault, "--ignore", "own")) == []
    (vault / "notelint.toml").write_text('[[overrides]]\npaths = ["In/"]\nignore = ["custom"]\n' + own)
    assert lines(report(vault)) == ["A.md:1:1 own"]
    (vault / "notelint.toml").write_text(own + 'profile = "diseas"\n')
    result = run("check", cwd=vault)
    assert result.exit_code == 2
    assert "custom checker 'own' is for profile 'diseas', which is none: did you mean \"disease\"?" in result.stderr


def test_severity_info_does_not_fail_a_run(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[x]]\n", "notelint.toml": '[severity]\nbroken-link = "info"\n'})
    assert run("check", cwd=vault).exit_code == 0


def test_roots(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_root(deep) == tmp_path
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]\n")
    assert find_root(deep) == tmp_path
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.notelint]\n")
    assert find_root(deep) == tmp_path / "a"
    (deep / "notelint.toml").write_text("")
    assert find_root(deep / "note.md") == deep


def test_own_profiles_schemas_and_their_references(make_vault: MakeVault) -> None:
    profile = """
name = "recipe"
schema = "schemas/recipe.json"
[match]
paths = ["Recipes/**"]
[[section]]
name = "Method"
synonyms = ["How to"]
"""
    vault = make_vault(
        {
            "notelint.toml": 'profiles = ["recipe.toml"]\n',
            "recipe.toml": profile,
            "schemas/recipe.json": '{"properties": {"serves": {"$ref": "numbers.json#/$defs/count"}}}',
            "schemas/numbers.json": '{"$defs": {"count": {"type": "integer", "minimum": 1}}}',
            "Recipes/Bread.md": "---\nserves: many\n---\n## How to\nBake.\n",
            "Recipes/Soup.md": "---\nserves: 2\n---\nBoil.\n",
            "Other.md": "x\n",
        }
    )
    assert lines(report(vault)) == ["Recipes/Bread.md:2:9 schema-violation", "Recipes/Soup.md:4:1 missing-section"]
    (vault / "schemas/recipe.json").write_text('{"$ref": "../../outside.json"}')
    result = run("check", cwd=vault)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_mistakes_in_a_profile_are_reported(make_vault: MakeVault) -> None:
    vault = make_vault({"p.toml": 'name = "p"\n[[section]]\nnam = "x"\n'})
    with pytest.raises(NotelintError, match=r'p.toml: unknown key "section\[0\].nam": did you mean "name"'):
        load_profile("p.toml", vault)


def test_a_profile_stays_in_the_vault_or_is_shipped(make_vault: MakeVault, tmp_path: Path) -> None:
    vault = make_vault({"p.toml": 'name = "p"\n[match]\npaths = ["!"]\n'})
    (tmp_path / "evil.toml").write_text('name = "evil"\n')
    (vault / "out.toml").symlink_to(tmp_path / "evil.toml")
    (vault / "loop.toml").symlink_to("loop.toml")
    for name, said in (
        (str(tmp_path / "evil"), "there is no profile"),
        ("out.toml", "out.toml: cannot be read: it is a symbolic link, and links are not followed"),
        ("loop.toml", "loop.toml: cannot be read: it is a symbolic link, and links are not followed"),
        ("../evil.toml", "lies outside the vault"),
        (str(tmp_path / "evil.toml"), "lies outside the vault"),
        ("a\0.toml", "has no usable path"),
        ("p.toml", "p.toml: match.paths: "),
    ):
        with pytest.raises(NotelintError, match=said):
            load_profile(name, vault)


def test_a_profile_names_known_checkers(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "", "kinds/p.toml": 'name = "p"\nignore = ["lnks"]\n'})
    (vault / "notelint.toml").write_text('profiles = ["kinds/p.toml"]\n')
    result = run("check", cwd=vault)  # though no note is of that profile
    assert result.exit_code == 2
    assert result.stderr == 'notelint: p.toml: ignore names "lnks", an unknown checker: did you mean "links"?\n'


def test_a_byte_order_mark_is_no_mistake(make_vault: MakeVault) -> None:
    vault = make_vault({"notelint.toml": b"\xef\xbb\xbfcomments = true\n"})
    assert load(vault).config.comments


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "1" * 5000])
def test_a_pyproject_of_others_may_be_anything(tmp_path: Path, text: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text(text)
    assert find_root(tmp_path) == tmp_path


def test_settings_with_lone_surrogates_are_passed_over(make_vault: MakeVault) -> None:
    app = r'{"attachmentFolderPath": "\ud800", "userIgnoreFilters": ["\ud800", "/\ud800/", "Old/"]}'
    loaded = load(make_vault({".obsidian/app.json": app}))
    assert loaded.config.attachments is None
    assert (loaded.config.exclude, loaded.hidden, len(loaded.notes)) == (("/Old/",), (), 2)


def test_the_json_schema_is_current_and_agrees_with_the_reader() -> None:
    current = json.loads((ROOT / "schemas" / "notelint.schema.json").read_text("utf-8"))
    assert current == config_schema(), "run `make schemas`"
    jsonschema.Draft202012Validator.check_schema(current)
    validator = jsonschema.Draft202012Validator(current)
    for file in (ROOT / "notes" / "notelint.toml", ROOT / "notes" / "broken" / "notelint.toml"):
        validator.validate(tomllib.loads(file.read_text("utf-8")))
    assert not validator.is_valid({"selct": []})
    assert not validator.is_valid({"severity": {"broken-link": "fatal"}})


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"A.md": "---\ndg-publish: true\n---\n"}, "Digital Garden"),
        ({"A.md": "[[B]]\n"}, "exactly as Obsidian"),
        ({"A.md": "[x](B.md) [y](B.md)\n", "B.md": "[[A]]\n"}, "Markdown links"),
    ],
)
def test_init_writes_what_loads(make_vault: MakeVault, files: dict[str, str | bytes], said: str) -> None:
    vault = make_vault(files)
    text = initial_config(vault)
    assert said in text
    assert all(line.startswith(("#", "extend-select", "resolution")) or not line for line in text.splitlines())
    (vault / "notelint.toml").write_text(text)
    assert load(vault).config.select == ("default",)


VALUES = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["links", "all"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(sorted(config_schema()["properties"])) | st.text(max_size=6)


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_no_table_raises_anything_but_the_users_error(table: dict[str, object]) -> None:
    said = ""
    try:
        read = typed_toml.read(Config, table, "test")
        configuration._check_custom(read, "test")
        CheckerSettings(read, REGISTRY)
    except NotelintError as error:
        said = str(error)
    assert len(said.splitlines()) <= 1


def test_broken_link_asked_for_by_name_reports_all_dead_links(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[Not yet written]]\n\n[[Old/Gone]]\n"})
    by_name = run("check", "--select", "broken-link", "--output-format", "concise", cwd=vault)
    assert by_name.stdout.splitlines()[:2] == [
        "A.md:1:1: broken-link: no note 'Not yet written'",
        "A.md:3:1: broken-link: no note 'Old/Gone'",
    ]
    by_family = run("check", "--select", "links", "--output-format", "concise", cwd=vault)
    assert "A.md:1:1: unwritten-note: " in by_family.stdout


def test_the_command_line_wins_over_profiles_and_overrides(make_vault: MakeVault) -> None:
    configuration = '[[overrides]]\npaths = ["In/"]\nextend-select = ["stub-note"]\n'
    vault = make_vault({"In/A.md": "x\n", "notelint.toml": configuration})
    assert "stub-note" in run("check", cwd=vault).stdout
    assert "stub-note" not in run("check", "--select", "links", cwd=vault).stdout
    assert "stub-note" not in run("check", "--ignore", "stub-note", cwd=vault).stdout
    assert run("check", "--select", "stub-nte", cwd=vault).stderr.startswith("notelint: --select stub-nte: unknown")
