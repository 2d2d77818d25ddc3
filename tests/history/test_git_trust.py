"""git is run so that nothing which a pull request brings is executed, and names of its trees lead nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.core import git_place, git_process
from notelint.core.errors import NotelintError
from notelint.history.git import Repository
from tests.conftest import MakeVault, lines, report, run
from tests.history.test_since import commit, git

pytestmark = [pytest.mark.skipif(sys.platform == "win32", reason="commands of a shell"), pytest.mark.slow]
ASKED = [("--since", "HEAD"), ("--since", "HEAD~1"), ("--staged",), ()]


@pytest.fixture
def repo(make_vault: MakeVault) -> Path:
    """A repository of two commits, with a change that is not committed."""
    vault = make_vault({".obsidian/app.json": "{}", "A.md": "# A\n"})
    git(vault, "init", "-qb", "main")
    commit(vault)
    (vault / "B.md").write_text("[[A]]\n")
    commit(vault)
    (vault / "A.md").write_text("# A\n\n[[nowhere/x]]\n")
    return vault


def run_all(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command that asks git, and the comparison that a pull request brings."""
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    for arguments in ASKED:
        assert run("check", *arguments, cwd=vault).exit_code in (0, 1, 2)
    assert run("fix", "--since", "HEAD~1", "--diff", cwd=vault).exit_code in (0, 1, 2)


def test_no_program_of_a_configuration_runs(repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The user's own configuration may name them; notes of a fork decide by `.gitattributes` that they are used."""
    mark = tmp_path / "ran"
    program = f"touch '{mark}'; cat"
    for name in ("filter.f.clean", "filter.f.smudge", "filter.f.process", "diff.d.command", "diff.d.textconv",
                 "core.fsmonitor", "diff.external", "core.pager", "core.sshCommand", "core.editor"):  # fmt: skip
        git(repo, "config", name, program)
    (repo / ".gitattributes").write_text("*.md filter=f diff=d\n")
    hooks = repo / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "fsmonitor-watchman", "post-checkout"):
        (hooks / hook).write_text(f"#!/bin/sh\n{program}\n")
        (hooks / hook).chmod(0o755)
    mark.unlink(missing_ok=True)
    for variable in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS"):
        monkeypatch.setenv(variable, program)
    run_all(repo, monkeypatch)
    assert not mark.exists()


def driver_of(repo: Path, name: str, mark: Path) -> None:
    """A driver of that name whose programs leave a mark, for all notes, with a staged rename and an edit."""
    for section, keys in (("filter", ("clean", "smudge", "process")), ("diff", ("command", "textconv"))):
        for key in keys:
            git(repo, "config", f"{section}.{name}.{key}", f"touch '{mark}'; cat")
    git(repo, "mv", "B.md", "C.md")
    (repo / ".gitattributes").write_text(f"*.md filter={name} diff={name}\n")
    (repo / "C.md").write_text("[[A]]\n\nmore\n")
    mark.unlink(missing_ok=True)


@pytest.mark.parametrize("name", ["a=b", "=", "a.b=c.d", "a==", "A.B", "clean"])
def test_no_driver_runs_whatever_its_name_is(
    repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    mark = tmp_path / "ran"
    driver_of(repo, name, mark)
    subprocess.run(["git", "diff"], cwd=repo, check=False, capture_output=True)
    assert mark.exists(), "git itself runs it"
    mark.unlink()
    run_all(repo, monkeypatch)
    assert not mark.exists()
    assert run("check", "--since", "HEAD", cwd=repo).exit_code == 1


def test_an_older_git_is_not_run_where_it_cannot_be_given_a_driver(
    repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Before 2.31 git knows no `--config-env`."""
    mark = tmp_path / "ran"
    driver_of(repo, "a=b", mark)
    monkeypatch.setattr(
        git_process, "_option", lambda setting: ("-c", setting) if setting.count("=") < 2 else ("--no-x",)
    )
    result = run("check", "--since", "HEAD", cwd=repo)
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].endswith(
        "'filter.a=b' in the settings of git can only be switched off by git 2.31 or later"
    )
    assert not mark.exists()


def test_an_older_git_says_the_same_of_settings(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repo, "config", "filter.f.clean", "cat")
    real = git_process.Git(repo)
    assert {*real._configured_by_file()} <= {*real._configured}
    assert "filter.f.clean=" in real._settings
    run_git = git_process.Git._run

    def older(self: git_process.Git, settings: list[str], arguments: tuple[str, ...], *given: bytes | None) -> bytes:
        if "--show-scope" in arguments:
            raise NotelintError("git config: unknown option")
        return run_git(self, settings, arguments, *given)

    monkeypatch.setattr(git_process.Git, "_run", older)
    assert "filter.f.clean=" in git_process.Git(repo)._settings
    assert lines(report(repo, "--since", "HEAD")) == ["A.md:3:1 broken-link"]


@pytest.mark.parametrize("place", ["v", "deep/er", "."])
def test_a_folder_that_looks_like_a_repository_is_none(
    repo: Path, place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mark = tmp_path / "ran"
    inner = repo / place
    (inner / "objects").mkdir(parents=True)
    (inner / "refs").mkdir()
    (inner / "notelint.toml").write_text("")
    (inner / "N.md").write_text("# N\n")
    (inner / "HEAD").write_text("ref: refs/heads/main\n")
    (inner / "config").write_text(
        f"[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = touch {mark}; false\n"
    )
    commit(repo)
    mark.unlink(missing_ok=True)
    (inner / "N.md").write_text("# N\n\nmore\n")
    run_all(inner, monkeypatch)
    assert not mark.exists()
    assert Repository(inner).top == repo


def test_the_environment_leads_to_no_other_repository(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    for variable, value in (("GIT_DIR", other / ".git"), ("GIT_WORK_TREE", other), ("GIT_COMMON_DIR", other / ".git"),
                            ("GIT_OBJECT_DIRECTORY", other / ".git/objects"), ("GIT_NAMESPACE", "x"),
                            ("GIT_INDEX_FILE", other / ".git/index"), ("GIT_PREFIX", "sub/")):  # fmt: skip
        monkeypatch.setenv(variable, str(value))
    assert lines(report(repo, "--since", "HEAD")) == ["A.md:3:1 broken-link"]


def test_git_is_never_taken_from_the_current_folder(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repo / "git").write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    (repo / "git").chmod(0o755)
    for path in (f".:{os.environ['PATH']}", f":{os.environ['PATH']}"):
        with monkeypatch.context() as patch:
            patch.setenv("PATH", path)
            assert lines(report(repo, "--since", "HEAD")) == ["A.md:3:1 broken-link"]
    assert not (tmp_path / "ran").exists()
    monkeypatch.setenv("PATH", ".")
    assert "git cannot be run" in run("check", "--since", "HEAD", cwd=repo).stderr


def test_worktrees_and_submodules_are_repositories(repo: Path, tmp_path: Path) -> None:
    git(repo, "worktree", "add", "-q", str(tmp_path / "tree"), "HEAD~1")
    tree = tmp_path / "tree"
    (tree / "A.md").write_text("[[gone/y]]\n")
    assert lines(report(tree, "--since", "HEAD")) == ["A.md:1:1 broken-link"]
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo), "vault")
    (outer / "vault" / "A.md").write_text("[[gone/z]]\n")
    assert lines(report(outer / "vault", "--since", "HEAD")) == ["A.md:1:1 broken-link"]


def test_a_file_that_leads_to_a_repository_must_lead_to_one(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "x\n"})
    for text in ("gitdir: nowhere\n", "gitdir: .\n", "no pointer", "gitdir: \0\n", "x" * 100_000):
        (vault / ".git").write_text(text)
        with pytest.raises(NotelintError, match="is in no git repository"):
            Repository(vault)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_a_repository_of_another_user_is_not_asked(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    assert lines(report(repo, "--since", "HEAD")) == ["A.md:3:1 broken-link"]
    os.chown(repo / ".git", 12345, 12345)
    with (repo / ".git/config").open("a") as file:
        file.write("[safe]\n\tdirectory = *\n")  # its own configuration allows nothing
    result = run("check", "--since", "HEAD", cwd=repo)
    assert result.exit_code == 2
    assert f"the repository {repo} belongs to another user" in result.stderr
    assert f"git config --global --add safe.directory {repo}" in result.stderr
    for value in (str(repo), "*", f"{repo.parent}/*", str(repo) + "/"):
        (tmp_path / "gitconfig").write_text(f"[safe]\n\tdirectory = {value}\n")
        assert lines(report(repo, "--since", "HEAD")) == ["A.md:3:1 broken-link"], value
    (tmp_path / "gitconfig").write_text(f'[safe]\n\tdirectory = *\n\tdirectory = ""\n\tdirectory = {tmp_path}/other\n')
    assert run("check", "--since", "HEAD", cwd=repo).exit_code == 2
    monkeypatch.setenv("SUDO_UID", "12345")
    assert lines(report(repo, "--since", "HEAD")) == ["A.md:3:1 broken-link"]


def tree_of(repo: Path, entries: list[tuple[str, bytes, bytes]]) -> str:
    """A forged tree: mode, name, name of the object."""
    data = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(blob.decode()) for mode, name, blob in entries)
    command = ["git", "hash-object", "-t", "tree", "-w", "--stdin", "--literally"]
    return subprocess.run(command, cwd=repo, input=data, capture_output=True, check=True).stdout.decode().strip()


def blob_of(repo: Path, text: bytes) -> bytes:
    command = ["git", "hash-object", "-w", "--stdin"]
    return subprocess.run(command, cwd=repo, input=text, capture_output=True, check=True).stdout.strip()


def commit_of(repo: Path, tree: str, *parents: str) -> str:
    command = ["git", "commit-tree", tree, *parents, "-m", "x"]
    return subprocess.run(command, cwd=repo, capture_output=True, check=True).stdout.decode().strip()


@pytest.mark.parametrize(
    "names",
    [
        [("40000", "..")], [("40000", ".git")], [("40000", ".GIT")], [("40000", "git~1")], [("40000", ".g\u200cit")],
        [("100644", "../pwn.md")], [("100644", "/tmp/pwn.md")], [("120000", "d"), ("40000", "d")],
        [("100644", "d"), ("40000", "d")], [("40000", "D"), ("120000", "d")], [("40000", ".")],
    ],
)  # fmt: skip
def test_forged_names_of_a_tree_stay_in_the_folder(
    names: list[tuple[str, str]], repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pwn, target = blob_of(repo, b"[[gone]]\n"), blob_of(repo, str(tmp_path).encode())
    inner = tree_of(repo, [("100644", b"pwn.md", pwn)]).encode()
    objects = {"40000": inner, "100644": pwn, "120000": target}
    own = [("100644", b"A.md", blob_of(repo, b"# A\n")), ("100644", b"notelint.toml", blob_of(repo, b"ignore = []\n"))]
    forged = tree_of(repo, [*((mode, name.encode(), objects[mode]) for mode, name in names), *own])
    git(repo, "config", "user.name", "x")
    git(repo, "config", "user.email", "x@example.com")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "settings")
    base = commit_of(repo, forged)
    head = commit_of(repo, "HEAD^{tree}", "-p", base)
    git(repo, "reset", "-q", "--hard", head)
    (repo / "notelint.toml").write_text("# other settings\n")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    result = run("check", "--since", base, cwd=repo)
    assert result.exit_code in (0, 1), result.output
    assert not list(temporary.iterdir())
    assert not [path for path in tmp_path.rglob("*pwn*") if "vault/d" not in str(path).lower()]


def test_a_partial_clone_fetches_nothing_and_says_what_to_do(repo: Path, tmp_path: Path) -> None:
    git(repo, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{repo}", str(clone)], check=True
    )
    git(clone, "reset", "-q")
    (clone / "A.md").write_text("[[other]]\n")
    result = run("check", "--since", "HEAD", cwd=clone)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_no_repository_is_found_without_one(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "x\n", ".git/HEAD": "ref: refs/heads/main\n"})
    with pytest.raises(git_place.NoRepositoryError):
        git_place.find(vault)
