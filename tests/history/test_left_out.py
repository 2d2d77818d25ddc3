"""Reports name what a comparison with a commit leaves out; and git never waits for what nobody writes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.core import git_wait
from tests.conftest import MakeVault, run
from tests.history.test_since import commit, git

pytestmark = pytest.mark.slow


@pytest.fixture
def repo(make_vault: MakeVault) -> Path:
    """A repository of one commit, in which a folder is ignored."""
    vault = make_vault({".obsidian/app.json": "{}", ".gitignore": "ignored/\n", "A.md": "# A\n"})
    git(vault, "init", "-qb", "main")
    commit(vault)
    return vault


@pytest.mark.parametrize("option", [("--since", "HEAD"), ("--staged",)])
def test_a_note_that_git_tracks_though_it_is_ignored_is_named(repo: Path, option: tuple[str, ...]) -> None:
    (repo / "ignored").mkdir()
    (repo / "ignored/B.md").write_text("[[x/y]]\n")
    assert "ignored" not in run("check", *option, cwd=repo).output
    git(repo, "add", "-f", "ignored/B.md")
    result = run("check", *option, cwd=repo)
    assert "ignored/B.md is tracked by git, but ignored by a .gitignore: not checked" in result.output


def test_a_symbolic_link_is_not_said_to_be_ignored(repo: Path) -> None:
    (repo / "Linked.md").symlink_to("A.md")
    git(repo, "add", "Linked.md")
    said = run("check", "--staged", cwd=repo).output
    assert "ignored" not in said
    assert "symbolic links are not followed, and what they lead to is unknown: Linked.md" in said


@pytest.mark.parametrize("option", [("--since", "HEAD"), ("--staged",)])
def test_a_repository_that_a_change_brings_is_named(repo: Path, option: tuple[str, ...]) -> None:
    inner = repo / "inner"
    inner.mkdir()
    (inner / "C.md").write_text("[[x/y]]\n")
    git(inner, "init", "-qb", "main")
    commit(inner)
    subprocess.run(["git", "add", "inner"], cwd=repo, check=True, capture_output=True)
    result = run("check", *option, cwd=repo)
    assert "inner is a repository of its own, which was added" in result.output


def test_a_rename_that_is_not_committed_is_no_fault(repo: Path) -> None:
    git(repo, "mv", "A.md", "B.md")
    for arguments in (("check",), ("fix", "--diff")):
        result = run(*arguments, "--since", "HEAD", cwd=repo)
        assert result.exit_code == 0
        assert "Traceback" not in result.output
    (repo / "B.md").rename(repo / "C.md")
    assert run("check", "--since", "HEAD", cwd=repo).exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names")
@pytest.mark.parametrize("name", [".gitignore", ".gitattributes", "deep/er/.gitignore", ".git/info/exclude"])
def test_git_does_not_wait_for_a_pipe(repo: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(git_wait, "_PATIENCE", 0.5)
    pipe = repo / name
    pipe.parent.mkdir(parents=True, exist_ok=True)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    (repo / "A.md").write_text("# A\n\nmore\n")
    (repo / "deep").mkdir(exist_ok=True)
    (repo / "deep/B.md").write_text("x\n")
    result = run("check", "--since", "HEAD", cwd=repo)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1] == f"notelint: git cannot read {pipe}, which is not a regular file: remove it"
