"""A change decides by marks which folder is the vault, and by links what is read: that hides nothing unsaid."""

import os
from pathlib import Path

import pytest

from tests.conftest import run
from tests.history.test_silenced import BROKEN, silenced
from tests.history.test_since import commit, git, write

pytestmark = pytest.mark.slow
FINE = "# Topic\n\nfine\n"
MARKS = {
    "Obsidian's folder": {"sub/.obsidian/app.json": "{}"},
    "a configuration": {"sub/notelint.toml": ""},
    "a hidden configuration": {"deep/er/.notelint.toml": ""},
    "a table": {"sub/pyproject.toml": "[tool.notelint]\n"},
    "a site": {"sub/.eleventy.js": "", "sub/src/site/notes/N.md": FINE},
}


def repository(root: Path, files: dict[str, str]) -> None:
    git(root, "init", "-qb", "main")
    commit(root, files)
    git(root, "checkout", "-qb", "topic")


def check(root: Path, *arguments: str) -> tuple[int, str, str]:
    done = run("check", "--no-cache", "--output-format", "concise", "--since", "main", *arguments, cwd=root)
    assert "Traceback" not in done.output
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("name", MARKS)
def test_a_mark_in_a_folder_makes_no_other_vault_unsaid(tmp_path: Path, name: str) -> None:
    """Of a repository without marks, the only marked folder below is the vault: a change can bring one."""
    repository(tmp_path, {"Topic.md": FINE, "notes/Other.md": FINE})
    write(tmp_path, {"Topic.md": BROKEN, **MARKS[name], "sub/New.md": FINE, "deep/er/New.md": FINE})
    git(tmp_path, "add", "-A")
    code, shown, said = check(tmp_path)
    folder = "deep/er" if "deep" in "".join(MARKS[name]) else "sub"
    assert "broken-link" not in shown
    assert f"this change makes {folder} the vault, which was the whole repository at its base" in said
    code, _, said = check(tmp_path, "--config-from", "base")
    assert code == 2
    assert f"this change makes {folder} the vault" in said


def test_a_mark_that_moves_makes_no_other_vault_unsaid(tmp_path: Path) -> None:
    repository(tmp_path, {"notes/.obsidian/app.json": "{}", "notes/Topic.md": FINE})
    git(tmp_path, "mv", "notes/.obsidian", "sub")
    write(tmp_path, {"sub/.obsidian/app.json": "{}", "sub/New.md": FINE, "notes/Topic.md": BROKEN})
    git(tmp_path, "add", "-A")
    assert "this change makes sub the vault, which was notes at its base" in check(tmp_path)[2]


def test_a_mark_that_goes_from_the_top_is_said(tmp_path: Path) -> None:
    files = {"notelint.toml": "", "Topic.md": FINE, "notes/.obsidian/app.json": "{}", "notes/N.md": FINE}
    repository(tmp_path, files)
    git(tmp_path, "rm", "-q", "notelint.toml")
    write(tmp_path, {"Topic.md": BROKEN})
    assert "this change makes notes the vault, which was the whole repository at its base" in check(tmp_path)[2]


def test_a_vault_that_stays_is_not_spoken_of(tmp_path: Path) -> None:
    files = {"notes/.obsidian/app.json": "{}", "notes/Topic.md": FINE, "notes/in/N.md": FINE, "other/X.md": FINE}
    files |= {"site/.eleventy.js": "", "site/src/site/notes/.obsidian/app.json": "{}", "site/src/site/notes/N.md": FINE}
    repository(tmp_path, files)
    write(tmp_path, {"notes/Topic.md": BROKEN, "notes/in/N.md": BROKEN, "other/New.md": BROKEN})
    write(tmp_path, {"notes/sub/.obsidian/app.json": "{}", "site/src/site/notes/N.md": BROKEN})
    for place, way in (("notes", ()), (".", ("notes",)), ("notes/in", ()), (".", ("notes/in/N.md",)), ("site", ())):
        for base in ((), ("--config-from", "base")):
            code, shown, said = check(tmp_path / place, *way, *base)
            assert (code, "this change makes" in said) == (1, False), (place, way, said)
            assert "-link: " in shown


@pytest.mark.parametrize("mark", ["mkdocs.yml", "docs/conf.py", "docs/.vitepress/config.ts"])
def test_a_mark_of_a_website_silences_nothing_unsaid(tmp_path: Path, mark: str) -> None:
    """In the source of a website a link may name a heading by its id; a change can make it one."""
    repository(tmp_path, {"notelint.toml": "", "Topic.md": "# Topic\n\n## A b c\n"})
    write(
        tmp_path, {"Topic.md": "# Topic\n\n## A b c\n\n[[Topic]] [x](#a-b-c)\n", mark: "x\n", "docs/index.md": "# X\n"}
    )
    git(tmp_path, "add", "-A")
    code, _, said = check(tmp_path)
    assert code == 0
    assert len(silenced(said)) == 1
    assert f"1 broken-heading-link (by {mark})" in said
    assert check(tmp_path, "--config-from", "base")[0] == 1
    commit(tmp_path)
    git(tmp_path, "branch", "-f", "main", "topic")
    write(
        tmp_path, {"Topic.md": "# Topic\n\n## A b c\n\n[[Topic]] [x](#a-b-c) [y](#a-b-c)\n", "notelint.toml": "# x\n"}
    )
    for way in ((), ("--config-from", "base")):
        code, shown, said = check(tmp_path, *way)
        assert (code, silenced(said)) == (0, []), shown


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
@pytest.mark.parametrize("kind", ["a link", "a folder", "too large", "no TOML"])
def test_settings_that_are_not_read_any_more_silence_nothing_unsaid(tmp_path: Path, kind: str) -> None:
    repository(
        tmp_path, {".obsidian/app.json": "{}", "notelint.toml": 'extend-select = ["unwritten-note"]\n', "A.md": FINE}
    )
    write(tmp_path, {"A.md": "# Topic\n\n[[Nowhere]]\n", "elsewhere.toml": "ignore = ['links']\n"})
    configuration = tmp_path / "notelint.toml"
    configuration.unlink()
    if kind == "a link":
        configuration.symlink_to("elsewhere.toml")
    elif kind == "a folder":
        write(tmp_path, {"notelint.toml/x": ""})
    elif kind == "too large":
        configuration.write_text("#" * (5 << 20))
    else:
        configuration.write_text("ignore = [\n")
    git(tmp_path, "add", "-A")
    code, shown, said = check(tmp_path)
    assert code == 2 or "unwritten-note" in shown or len(silenced(said)) == 1, (shown, said)


def test_a_merge_that_a_branch_brings_is_not_that_of_github(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that checks out the branch itself has commits of strangers: their first parent is not the target."""
    repository(tmp_path, {".obsidian/app.json": "{}", "A.md": FINE})
    write(tmp_path, {"A.md": BROKEN})
    commit(tmp_path)
    tree, first = git(tmp_path, "rev-parse", "HEAD^{tree}"), git(tmp_path, "rev-parse", "HEAD")
    merge = git(tmp_path, "commit-tree", tree, "-p", first, "-p", "main", "-m", "merge")
    git(tmp_path, "reset", "-q", "--hard", merge)
    git(tmp_path, "branch", "-D", "main")
    monkeypatch.setenv("GITHUB_BASE_REF", "target")
    monkeypatch.setenv("GITHUB_REF", "refs/pull/7/merge")
    monkeypatch.setenv("GITHUB_SHA", "0" * 40)
    done = run("check", "--no-cache", cwd=tmp_path)
    assert "not compared with the target branch" in done.stderr
    assert "Nowhere/x" in done.stdout
    monkeypatch.setenv("GITHUB_SHA", merge)
    assert "Nowhere/x" not in run("check", "--no-cache", cwd=tmp_path).stdout
