"""A vault that was handed on with its `.git`: no setting in that runs a program, and no commit is another one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.core import git_process, git_wait
from notelint.history.git import Repository
from tests.conftest import run
from tests.history.test_since import commit, git

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="commands of a shell"), pytest.mark.slow]
COMMANDS = (
    ("check",), ("check", "--since", "HEAD~1"), ("check", "--staged"), ("fix", "--diff"), ("fix", "--unsafe-fixes"),
    ("mv", "C.md", "D.md"), ("baseline",), ("publish-report",),
)  # fmt: skip


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository whose last commit moved a note that a link still names."""
    root = tmp_path / "repo"
    root.mkdir()
    git(root, "init", "-qb", "main")
    commit(root, {".obsidian/app.json": "{}", "A.md": "# A\n", "B.md": "# B\n\nThis note is about bridges of stone.\n"})
    git(root, "mv", "B.md", "C.md")
    commit(root)
    (root / "A.md").write_text("# A\n\n[[B]]\n\n[[nowhere/x]]\n")
    return root


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """The file that a program leaves behind which should not have run."""
    return tmp_path / "ran"


@pytest.fixture
def program(tmp_path: Path, mark: Path) -> str:
    """A program that leaves the mark, whatever it is given."""
    file = tmp_path / "program.sh"
    file.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n")
    file.chmod(0o755)
    return str(file)


def run_all(repo: Path) -> None:
    for command in COMMANDS:
        done = run(*command, cwd=repo)
        assert done.exit_code in (0, 1, 2), done.output
        assert "Traceback" not in done.output


def assert_only_git_itself_runs(repo: Path, mark: Path, *command: str) -> None:
    """A command of git runs the program, and none of ours does."""
    subprocess.run(["git", *command], cwd=repo, check=False, capture_output=True)
    assert mark.exists(), "git itself runs it"
    mark.unlink()
    run_all(repo)
    assert not mark.exists()


def test_no_signature_is_verified(repo: Path, program: str, mark: Path) -> None:
    """`log.showSignature` has git ask `gpg.program` about each signed commit that it lists."""
    tree, parent = git(repo, "rev-parse", "HEAD^{tree}"), git(repo, "rev-parse", "HEAD~1")
    signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----"
    people = "author A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000"
    signed = f"tree {tree}\nparent {parent}\n{people}\n{signature}\n\nx\n"
    done = subprocess.run(
        ["git", "hash-object", "-w", "-t", "commit", "--stdin"],
        cwd=repo, input=signed.encode(), capture_output=True, check=True,
    )  # fmt: skip
    git(repo, "update-ref", "HEAD", done.stdout.decode().strip())
    git(repo, "config", "gpg.program", program)
    git(repo, "config", "log.showSignature", "true")
    git(repo, "log", "-1", "--format=%H")
    assert mark.exists(), "git itself runs it"
    mark.unlink()
    run_all(repo)
    assert not mark.exists()


@pytest.mark.parametrize("refuses", [True, False], ids=["git of today", "git before 2.45"])
def test_nothing_is_fetched_by_the_program_of_an_address(
    refuses: bool, repo: Path, program: str, mark: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A missing object is fetched from a promisor; an address may be a command, and the settings may allow that."""
    blob = git(repo, "rev-parse", "HEAD:C.md")
    for name, value in {
        "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{program}", "protocol.ext.allow": "always", "protocol.allow": "always",
    }.items():  # fmt: skip
        git(repo, "config", name, value)
    (repo / ".git/objects" / blob[:2] / blob[2:]).unlink()
    subprocess.run(["git", "cat-file", "-p", blob], cwd=repo, check=False, capture_output=True)
    assert mark.exists(), "git itself runs it"
    mark.unlink()
    if not refuses:
        monkeypatch.delitem(git_process._ENVIRONMENT, "GIT_NO_LAZY_FETCH")
    run_all(repo)
    assert not mark.exists()


def test_settings_of_a_worktree_and_included_ones_run_nothing(repo: Path, program: str, mark: Path) -> None:
    included = repo / ".git/more"
    included.write_text(f'[filter "y"]\nclean = {program}\n[diff]\nexternal = {program}\n')
    git(repo, "config", "core.repositoryFormatVersion", "1")
    git(repo, "config", "extensions.worktreeConfig", "true")
    for name in ("core.fsmonitor", "filter.x.process", "diff.x.textconv"):
        git(repo, "config", "--worktree", name, program)
    git(repo, "config", "includeIf.gitdir:**.path", "more")
    (repo / ".gitattributes").write_text("*.md filter=y diff=x\nC.md filter=x\n")
    assert_only_git_itself_runs(repo, mark, "diff")


def test_the_common_folder_of_a_repository_runs_nothing(repo: Path, program: str, mark: Path) -> None:
    common = repo / "evil/common"
    common.parent.mkdir()
    subprocess.run(["cp", "-r", ".git", str(common)], cwd=repo, check=True)
    for name in ("core.fsmonitor", "diff.external", "filter.q.clean", "gpg.program"):
        git(repo, "config", "-f", str(common / "config"), name, program)
    (repo / ".gitattributes").write_text("*.md filter=q\n")
    (repo / ".git/commondir").write_text("../evil/common\n")
    assert_only_git_itself_runs(repo, mark, "status")


def test_a_submodule_runs_nothing(repo: Path, program: str, mark: Path) -> None:
    git(repo, "clone", "-q", ".", "sub")
    git(repo, "add", "sub")
    git(repo, "commit", "-qm", "sub")
    (repo / ".gitmodules").write_text('[submodule "sub"]\npath = sub\nurl = ./sub\nignore = none\n')
    git(repo, "config", "submodule.sub.ignore", "none")
    git(repo, "config", "diff.submodule", "log")
    git(repo / "sub", "config", "core.fsmonitor", program)
    (repo / "sub/C.md").write_text("[[nowhere/y]]\n")
    assert_only_git_itself_runs(repo, mark, "diff")


@pytest.mark.parametrize("kind", ["replace", "grafts"])
def test_a_commit_is_what_its_name_says(kind: str, repo: Path) -> None:
    """What `refs/replace` and `info/grafts` put in its place would be taken for the base of a change."""
    first, second = git(repo, "rev-parse", "HEAD~1"), git(repo, "rev-parse", "HEAD")
    if kind == "replace":
        (repo / "A.md").write_text("# A\n\n[[B]]\n\n[[nowhere/x]]\n")
        git(repo, "add", "-A")
        git(repo, "replace", first, git(repo, "commit-tree", git(repo, "write-tree"), "-m", "forged"))
        assert Repository(repo).contents(first, ["A.md"]) == {"A.md": b"# A\n"}
    else:
        (repo / ".git/info").mkdir(exist_ok=True)
        (repo / ".git/info/grafts").write_text(f"{second}\n")
        assert Repository(repo).base(first) == first


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
@pytest.mark.parametrize("name", ["objects/info/alternates", "refs/heads/other", "packed-refs", "info/attributes"])
def test_nobody_waits_for_a_pipe_among_the_data(name: str, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_wait, "_PATIENCE", 0.5)
    pipe = repo / ".git" / name
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)
    done = run("check", "--since", "HEAD~1", cwd=repo)
    assert done.exit_code in (0, 1, 2)
    assert "Traceback" not in done.output
    if done.exit_code == 2:
        assert f"{pipe}, which is not a regular file: remove it" in done.stderr


NEVER_ENDING = (
    "HEAD", "commondir", "config", "index", "info/attributes", "objects/info/alternates", "packed-refs", "shallow",
)  # fmt: skip


@pytest.mark.parametrize("name", NEVER_ENDING)
def test_no_file_of_git_is_read_without_an_end(name: str, repo: Path) -> None:
    """A link to `/dev/zero` in the place of a file of git's own: git would read it until memory is gone."""
    file = repo / ".git" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.symlink_to("/dev/zero")
    done = run("check", "--since", "HEAD~1", cwd=repo)
    assert done.exit_code == 2
    assert f"{file}, which is not a regular file: remove it" in done.stderr
    assert run("check", cwd=repo).exit_code in (0, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
@pytest.mark.parametrize("setting", ["core.excludesFile", "core.attributesFile", "mailmap.file", "diff.orderFile"])
@pytest.mark.parametrize("kind", ["device", "pipe", "link"])
def test_settings_name_no_file_without_an_end(kind: str, setting: str, repo: Path, tmp_path: Path) -> None:
    file = tmp_path / "endless"
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero")
    named = repo / "named"
    named.symlink_to(file)
    git(repo, "config", setting, str(named) if kind == "link" else "/dev/zero" if kind == "device" else str(file))
    run_all(repo)


def test_a_file_that_settings_name_in_the_repository_counts(repo: Path) -> None:
    (repo / "own-ignores").write_text("Ignored.md\n")
    (repo / "Ignored.md").write_text("[[nowhere/y]]\n")
    git(repo, "config", "core.excludesFile", "own-ignores")
    assert Repository(repo).untracked() == {"own-ignores"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
def test_included_settings_that_never_end(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_wait, "_PATIENCE", 0.2)
    monkeypatch.setattr(git_wait, "_FOR_SETTINGS", 0.5)
    os.mkfifo(tmp_path / "endless")
    with (repo / ".git/config").open("a") as file:
        file.write(f"[include]\n\tpath = {tmp_path / 'endless'}\n")
    done = run("check", "--since", "HEAD~1", cwd=repo)
    assert done.exit_code == 2
    assert "git cannot read its settings" in done.stderr


def test_a_pattern_that_git_tries_for_ever_ends_the_run(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git before 2.41 takes years for this pattern and name; of a later one, hardly any time is left to it here."""
    monkeypatch.setattr(git_wait, "_PATIENCE", 1e-6)
    monkeypatch.setattr(git_wait, "_LONGEST", 1e-6)
    (repo / ".gitignore").write_text(f"{'*a' * 40}*b\n")
    (repo / ("a" * 200)).mkdir()
    (repo / ("a" * 200) / "N.md").write_text("x\n")
    done = run("check", "--since", "HEAD~1", cwd=repo)
    assert done.exit_code == 2
    assert "git does not end: a pattern" in done.stderr


@pytest.mark.parametrize("setting", ["i18n.logOutputEncoding=UTF-16", "color.ui=always", "format.pretty=raw"])
def test_no_setting_changes_what_git_is_read_to_say(setting: str, repo: Path) -> None:
    before = run("check", "--output-format", "json", cwd=repo)
    git(repo, "config", *setting.split("=", 1))
    after = run("check", "--output-format", "json", "--no-cache", cwd=repo)
    assert (after.exit_code, after.stdout) == (before.exit_code, before.stdout)
