"""A change cannot hide what it does: settings, baseline, ignore files and suppressions count as of the base too."""

import json
from pathlib import Path

import pytest

from tests.conftest import run
from tests.history.test_since import commit, git, write

pytestmark = pytest.mark.slow

BROKEN = "# Topic\n\nsee [[Nowhere/x]]\n"
HIDING: dict[str, tuple[dict[str, str], str]] = {
    "ignore": ({"notelint.toml": 'ignore = ["broken-link"]\n', "Topic.md": BROKEN}, "notelint.toml"),
    "select": ({"notelint.toml": 'select = ["mojibake"]\n', "Topic.md": BROKEN}, "notelint.toml"),
    "severity": ({"notelint.toml": '[severity]\nbroken-link = "info"\n', "Topic.md": BROKEN}, "notelint.toml"),
    "exclude": ({"notelint.toml": 'exclude = ["Topic.md"]\n', "Topic.md": BROKEN}, "notelint.toml"),
    "overrides": (
        {"notelint.toml": '[[overrides]]\npaths = ["*.md"]\nignore = ["links"]\n', "Topic.md": BROKEN},
        "notelint.toml",
    ),
    "hidden configuration": ({".notelint.toml": 'ignore = ["links"]\n', "Topic.md": BROKEN}, ".notelint.toml"),
    "gitignore": ({".gitignore": "Topic.md\n", "Topic.md": BROKEN}, ".gitignore"),
    "gitignore in a folder": ({"Sub/.gitignore": "*.md\n", "Sub/New.md": BROKEN}, "Sub/.gitignore"),
    "Obsidian's own filters": (
        {".obsidian/app.json": '{"userIgnoreFilters": ["Topic"]}', "Topic.md": BROKEN},
        ".obsidian/app.json",
    ),
    "comment": (
        {"Topic.md": "# Topic\n\n<!-- notelint-disable-next-line broken-link -->\nsee [[Nowhere/x]]\n"},
        "Topic.md",
    ),
    "comment for all": ({"Topic.md": "%% notelint-disable %%\n\nsee [[Nowhere/x]]\n"}, "Topic.md"),
    "property": ({"Topic.md": "---\nnotelint:\n  ignore: broken-link\n---\nsee [[Nowhere/x]]\n"}, "Topic.md"),
    "new note": ({"New.md": "%% notelint-disable %%\n\nsee [[Nowhere/x]]\n"}, "New.md"),
    "nested vault": ({"Sub/notelint.toml": "", "Sub/Old.md": BROKEN}, "Sub/notelint.toml"),
}


@pytest.fixture(params=["", "notes/"])
def base(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A repository with one known fault; its vault may lie in a folder."""
    git(tmp_path, "init", "-q")
    root: Path = tmp_path / request.param
    notes = {
        ".obsidian/app.json": "{}",
        "Topic.md": "# Topic\n\nfine\n",
        "Known.md": "[[Gone/y]]\n",
        "Sub/Old.md": "# Old\n",
    }
    commit(tmp_path, {f"{request.param}{path}": text for path, text in notes.items()})
    git(tmp_path, "checkout", "-q", "-b", "topic")
    return root


def silenced(text: str) -> list[str]:
    return [line for line in text.splitlines() if "silenced by this change" in line]


def check(root: Path, *arguments: str) -> tuple[int, str, list[str]]:
    done = run("check", "--no-cache", "--output-format", "concise", *arguments, cwd=root)
    assert done.exit_code in (0, 1), done.output
    shown = [line for line in done.stdout.splitlines() if ".md:" in line]
    return done.exit_code, done.stderr, shown


@pytest.mark.parametrize("name", HIDING)
@pytest.mark.parametrize("how", ["since", "staged"])
def test_what_a_change_silences_is_one_line(base: Path, name: str, how: str) -> None:
    files, by = HIDING[name]
    if how == "staged" and name == "nested vault":
        pytest.skip("a commit is judged in each of its vaults by itself, and hides nothing so")
    write(base, files)
    git(base, "add", "-A", "-f")
    code, said, shown = check(base, *(["--staged"] if how == "staged" else ["--since", "main"]))
    assert len(shown) == (name == "severity")
    lines = silenced(said)
    assert len(lines) == 1, said
    assert "1 diagnostic is silenced by this change: 1 broken-link" in lines[0]
    assert f"(by {by})" in lines[0]
    assert code == 0


@pytest.mark.parametrize("name", HIDING)
def test_the_settings_of_the_base_report_it(base: Path, name: str) -> None:
    files, _ = HIDING[name]
    write(base, files)
    git(base, "add", "-A", "-f")
    code, said, shown = check(base, "--since", "main", "--config-from", "base")
    assert len(shown) == 1, shown
    assert "broken-link: no note 'Nowhere/x'" in shown[0]
    assert code == 1
    assert silenced(said) == []


def test_a_baseline_that_the_change_brings_is_as_of_the_base(base: Path) -> None:
    write(base, {"Topic.md": BROKEN})
    assert run("baseline", cwd=base).exit_code == 0
    git(base, "add", "-A", "-f")
    for how in (["--since", "main"], ["--staged"]):
        code, said, shown = check(base, *how)
        assert (code, shown) == (0, [])
        assert "1 diagnostic is silenced by this change: 1 broken-link (by .notelint-baseline.jsonl)" in said
    code, _, shown = check(base, "--since", "main", "--config-from", "base")
    assert (code, len(shown)) == (1, 1)


def test_what_the_base_hid_already_is_not_silenced_by_the_change(base: Path) -> None:
    write(base, {"notelint.toml": 'exclude = ["Sub/"]\n', ".gitignore": "Drafts/\n", "Drafts/A.md": "fine\n"})
    write(base, {"Topic.md": "%% notelint-disable broken-link %%\n\nfine\n"})
    git(base, "add", "-A", "-f")
    commit(base)
    git(base, "branch", "-f", "main", "topic")
    write(base, {"Sub/Old.md": BROKEN, "Drafts/A.md": BROKEN})
    write(base, {"Topic.md": "%% notelint-disable broken-link %%\n\nfine, and [[Nowhere/x]]\n"})
    git(base, "add", "-A", "-f")
    for how in (["--since", "main"], ["--staged"], ["--since", "main", "--config-from", "base"]):
        code, said, shown = check(base, *how)
        assert (code, shown, silenced(said)) == (0, [], []), how
    write(base, {"notelint.toml": 'exclude = ["Sub/"]\nignore = ["stub-note"]\n', ".gitignore": "Drafts/\n*.tmp\n"})
    git(base, "add", "-A", "-f")
    for how in (["--since", "main"], ["--staged"], ["--since", "main", "--config-from", "base"]):
        code, said, shown = check(base, *how)
        assert (code, shown, silenced(said)) == (0, [], []), how


def test_a_suppression_that_moves_to_another_line_is_another_one(base: Path) -> None:
    comment = "<!-- notelint-disable-next-line broken-link -->"
    write(base, {"Topic.md": f"{comment}\n[[Nowhere/old]]\n\nfine\n"})
    commit(base)
    git(base, "branch", "-f", "main", "topic")
    write(base, {"Topic.md": f"\n\nmoved down\n\n{comment}\n[[Nowhere/old]]\n\nfine\n"})
    assert silenced(check(base, "--since", "main")[1]) == []
    write(base, {"Topic.md": f"fine\n\n{comment}\n[[Nowhere/new]]\n"})
    assert len(silenced(check(base, "--since", "main")[1])) == 1


def test_a_schema_that_asks_for_less(base: Path) -> None:
    profile = 'name = "thing"\nschema = "schemas/thing.json"\n[match]\npaths = ["Topic.md"]\n'
    strict = {"type": "object", "properties": {"size": {"type": "integer"}}}
    write(
        base,
        {
            "notelint.toml": 'profiles = ["schemas/thing.toml"]\n',
            "schemas/thing.toml": profile,
            "schemas/thing.json": json.dumps(strict),
        },
    )
    commit(base)
    git(base, "branch", "-f", "main", "topic")
    write(base, {"schemas/thing.json": "{}", "Topic.md": "---\nsize: large\n---\n# Topic\n"})
    code, said, shown = check(base, "--since", "main")
    assert (code, shown) == (0, [])
    assert "1 schema-violation (by schemas/thing.json)" in said
    _, _, shown = check(base, "--since", "main", "--config-from", "base")
    assert ["schema-violation" in line for line in shown] == [True]


def test_a_configuration_that_cannot_be_read_hides_nothing(base: Path) -> None:
    write(base, {"notelint.toml": "ignore = [", "Topic.md": BROKEN})
    assert run("check", "--since", "main", cwd=base).exit_code == 2
    code, _, shown = check(base, "--since", "main", "--config-from", "base")
    assert (code, len(shown)) == (1, 1)


def test_an_ignore_file_above_the_vault(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, {"notes/.obsidian/app.json": "{}", "notes/A.md": "fine\n"})
    write(tmp_path, {".gitignore": "A.md\n", "notes/A.md": BROKEN})
    git(tmp_path, "add", "-A", "-f")
    code, said, shown = check(tmp_path / "notes", "--since", "HEAD", "--allow-empty")
    assert (code, shown, len(silenced(said))) == (0, [], 1), said


def test_formats_tell_how_many(base: Path) -> None:
    write(base, HIDING["ignore"][0])
    shown = run("check", "--since", "main", "--output-format", "json", cwd=base)
    assert json.loads(shown.stdout)["since"]["silenced"] == 1
    for form in ("markdown", "github"):
        assert "silenced" in run("check", "--since", "main", "--output-format", form, cwd=base).stdout


@pytest.mark.parametrize(
    "arguments", [("--config-from", "base"), ("--staged", "--config-from", "base"), ("--fix", "--config-from", "base")]
)
def test_what_does_not_go_with_the_settings_of_the_base(
    base: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("check", *arguments, cwd=base).exit_code == 2
