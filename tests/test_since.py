"""Only what a change introduces, with real git: branches, deleted and renamed notes, addresses, several vaults."""

import subprocess
from pathlib import Path

import pytest

from notelint.git import Repository
from tests.conftest import run

PUBLISHED = "---\ndg-publish: true\n---\n"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(root: Path, notes: dict[str, str]) -> None:
    for path, text in notes.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def commit(root: Path, notes: dict[str, str] | None = None) -> None:
    write(root, notes or {})
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "x")


@pytest.fixture(params=["", "vault with ümlaut/"])
def vault(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A repository with old debt in it; its vault may lie in a folder."""
    git(tmp_path, "init", "-q")
    root: Path = tmp_path / request.param
    notes = {
        "notelint.toml": "",
        ".gitignore": ".notelint_cache\n",
        "Home.md": "# Home\n\n[[Kidney#Imaging]] [[Kidney]]\n\n[[Nowhere]]\n",
        "Kidney.md": "# Kidney\n\n## Imaging\n\ntext\n",
        "GU/Cyst.md": f"{PUBLISHED}# Cyst\n\n[[Kidney]]\n",
    }
    commit(tmp_path, {f"{request.param}{path}": text for path, text in notes.items()})
    return root


def since(root: Path, *arguments: str) -> list[str]:
    result = run("check", "--since", "HEAD", "--output-format", "concise", *arguments, cwd=root)
    assert result.exit_code in (0, 1), result.output
    return [line for line in result.stdout.splitlines() if ".md:" in line]


def test_old_debt_stays_silent_wherever_it_moves(vault: Path) -> None:
    assert since(vault) == []
    write(vault, {"Home.md": "# Home\n\nNew words.\n\nMore.\n\n[[Kidney#Imaging]] [[Kidney]]\n\n[[Nowhere]]\n"})
    assert since(vault) == []


def test_a_new_line_with_a_dead_link_is_told(vault: Path) -> None:
    write(vault, {"Kidney.md": "# Kidney\n\n## Imaging\n\ntext [[Gone]]\n"})
    assert since(vault) == ["Kidney.md:5:6: broken-link: no note 'Gone'"]
    commit(vault)
    assert since(vault) == []


def test_a_deleted_note_and_a_renamed_heading_are_told_where_links_lead_to_them(vault: Path) -> None:
    write(vault, {"Kidney.md": "# Kidney\n\n## Pictures\n\ntext\n"})
    assert [line.split(": ")[1] for line in since(vault)] == ["broken-heading-link"]
    (vault / "Kidney.md").unlink()
    told = since(vault)
    assert [line.split(":")[0] for line in told] == ["GU/Cyst.md", "Home.md", "Home.md"]
    assert all("broken-link" in line for line in told)


def test_a_renamed_note_is_one_diagnostic(vault: Path) -> None:
    git(vault, "mv", "Kidney.md", "Ren.md")
    told = since(vault)
    assert len(told) == 1
    assert told[0].startswith("Ren.md:1:1: moved-note: ")
    assert "notelint mv --already-moved" in told[0]
    assert run("mv", "--already-moved", "Kidney.md", "Ren.md", cwd=vault).exit_code == 0
    assert since(vault) == []


def test_an_untracked_note_is_new(vault: Path) -> None:
    write(vault, {"New.md": "[[Gone too]]\n"})
    assert since(vault) == ["New.md:1:1: broken-link: no note 'Gone too'"]


def test_an_address_that_changes_or_goes(vault: Path) -> None:
    git(vault, "mv", "GU/Cyst.md", "GU/Simple cyst.md")
    assert [line for line in since(vault) if "changed-permalink" in line] == [
        "GU/Simple cyst.md:1:1: changed-permalink: published at /gu/simple-cyst/, no longer at /gu/cyst/: keep it with "
        "`dg-permalink`, or name it in a file of redirects (option `redirects`)"
    ]
    write(
        vault, {"notelint.toml": '[checkers.changed-permalink]\nredirects = "moved.txt"\n', "moved.txt": "/gu/cyst/ x"}
    )
    assert since(vault) == []
    git(vault, "rm", "-qf", "GU/Simple cyst.md")
    write(vault, {"moved.txt": ""})
    assert [line.split(":")[0] for line in since(vault)] == ["GU/Cyst.md"]


def test_a_changed_configuration_is_a_change(vault: Path) -> None:
    write(vault, {"notelint.toml": '[[custom]]\nid = "no-text"\nmessage = "no text"\nforbid-pattern = "text"\n'})
    assert [line.split(": ")[1] for line in since(vault)] == ["no-text"]


def test_the_base_is_where_the_branch_left(vault: Path) -> None:
    git(vault, "checkout", "-q", "-b", "topic")
    commit(vault, {"Topic.md": "[[Gone]]\n"})
    git(vault, "checkout", "-q", "main")
    commit(vault, {"Later.md": "[[Gone later]]\n"})
    git(vault, "checkout", "-q", "topic")
    result = run("check", "--since", "main", "--output-format", "concise", cwd=vault)
    assert "Topic.md:1:1" in result.stdout
    assert "Later.md" not in result.stdout


@pytest.mark.parametrize("variable", ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CHANGE_TARGET"])
def test_the_target_branch_is_found(vault: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    git(vault, "update-ref", "refs/remotes/origin/trunk", "HEAD")
    before = git(vault, "rev-parse", "HEAD")
    commit(vault, {"Topic.md": "[[Gone]]\n"})
    monkeypatch.setenv(variable, "trunk")
    assert Repository(vault).base("auto") == before


def test_pull_requests_are_compared_with_their_target_unless_told_otherwise(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(vault, "update-ref", "refs/remotes/origin/trunk", "HEAD")
    commit(vault, {"Topic.md": "[[Gone]]\n"})
    monkeypatch.setenv("GITHUB_BASE_REF", "trunk")
    assert "Nowhere" not in run("check", cwd=vault).stdout
    assert "Gone" in run("check", cwd=vault).stdout
    assert "Nowhere" in run("check", "--since", "none", cwd=vault).stdout
    monkeypatch.setenv("GITHUB_BASE_REF", "not-fetched")
    result = run("check", cwd=vault)
    assert "Nowhere" in result.stdout
    assert "not compared with the target branch: git knows no commit 'not-fetched'" in result.stderr


def test_what_git_does_not_know_is_said(vault: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    result = run("check", "--since", "no-such-branch", cwd=vault)
    assert result.exit_code == 2
    assert "git knows no commit 'no-such-branch'" in result.stderr
    shallow = tmp_path_factory.mktemp("clone")
    commit(vault)
    top = git(vault, "rev-parse", "--show-toplevel")
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{top}", str(shallow)], check=True)
    assert "fetch-depth: 0" in run("check", "--since", "HEAD~1", cwd=shallow).stderr
    nowhere = tmp_path_factory.mktemp("no repository")
    write(nowhere, {"A.md": "x\n"})
    assert "no git repository" in run("check", "--since", "HEAD", cwd=nowhere).stderr


def test_an_option_in_place_of_a_branch_is_no_option(vault: Path) -> None:
    assert run("check", "--since", "--output=/tmp/x", cwd=vault).exit_code == 2


def test_staged_reports_its_notes_in_full_and_what_they_break(vault: Path) -> None:
    write(vault, {"Home.md": "# Home\n\nWords. [[Kidney#Imaging]] [[Nowhere]]\n", "Kidney.md": "# Kidney\n"})
    git(vault, "add", "-A")
    result = run("check", "--staged", "Home.md", "--output-format", "concise", cwd=vault)
    assert result.exit_code == 1
    assert [line.split(": ")[1] for line in result.stdout.splitlines() if ".md:" in line] == [
        "broken-heading-link",
        "broken-link",
    ]
    result = run("check", "--staged", "Kidney.md", "--output-format", "concise", cwd=vault)
    assert "Home.md:3:8: broken-heading-link" in result.stdout


def test_staged_knows_several_vaults(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name in ("one", "two"):
        commit(tmp_path, {f"{name}/notelint.toml": "", f"{name}/A.md": "[[B]]\n", f"{name}/B.md": "x\n"})
    (tmp_path / "one/B.md").unlink()
    write(tmp_path, {"two/C.md": "[[Gone]]\n"})
    git(tmp_path, "add", "-A")
    result = run("check", "--staged", "two/C.md", "--output-format", "concise", cwd=tmp_path)
    assert result.exit_code == 1
    assert "A.md:1:1: broken-link: no note 'B'" in result.stdout
    assert "C.md:1:1: broken-link: no note 'Gone'" in result.stdout


def test_hooks_are_given_notes_of_several_vaults_and_of_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    notes = {
        f"{name}/{file}": text for name in ("one", "two") for file, text in (("notelint.toml", ""), ("A.md", "x\n"))
    }
    commit(tmp_path, {**notes, "README.md": "[[Anything]]\n"})
    for name in ("one", "two"):
        write(tmp_path, {f"{name}/A.md": "x\n\nUpdating… Please wait.\n"})
    result = run("check", "--staged", "--", "README.md", "one/A.md", "two/A.md", cwd=tmp_path)
    assert result.exit_code == 1
    assert result.stdout.count("form-text") == 2
    assert "Anything" not in result.stdout
    result = run("fix", "--", "README.md", "one/A.md", "two/A.md", cwd=tmp_path)
    assert result.exit_code == 0
    assert "README.md" in result.stderr
    assert (tmp_path / "one/A.md").read_text("utf-8") == (tmp_path / "two/A.md").read_text("utf-8") == "x\n"


def test_an_empty_reference_is_no_reference(vault: Path) -> None:
    assert "--since is empty" in run("check", "--since", "", cwd=vault).stderr
