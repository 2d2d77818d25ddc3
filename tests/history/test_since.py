"""Only what a change introduces, with real git: branches, deleted and renamed notes, addresses, several vaults."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.history.ci import TARGETS
from notelint.history.git import Repository
from tests.conftest import run

pytestmark = pytest.mark.slow

PUBLISHED = "---\ndg-publish: true\n---\n"
IMPORT = "---\nsource: https://example.org/a\ntags: clippings\n---\n"  # what declares a note an import
KNOWN = "garden.slugify = true\n"  # the settings of the plugin that decide about addresses: its defaults


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
        "notelint.toml": KNOWN,
        "Home.md": "# Home\n\n[[Kidney#Imaging]] [[Kidney]]\n\n[[/Nowhere]]\n",
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
    write(vault, {"Home.md": "# Home\n\nNew words.\n\nMore.\n\n[[Kidney#Imaging]] [[Kidney]]\n\n[[/Nowhere]]\n"})
    assert since(vault) == []


def test_a_new_line_with_a_dead_link_is_reported(vault: Path) -> None:
    write(vault, {"Kidney.md": "# Kidney\n\n## Imaging\n\ntext [[/Gone]]\n"})
    assert since(vault) == ["Kidney.md:5:6: broken-link: no note '/Gone'"]
    commit(vault)
    assert since(vault) == []


def test_a_deleted_note_and_a_renamed_heading_are_reported_where_links_lead_to_them(vault: Path) -> None:
    write(vault, {"Kidney.md": "# Kidney\n\n## Pictures\n\ntext\n"})
    assert [line.split(": ")[1] for line in since(vault)] == ["renamed-heading"]
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
    write(vault, {"New.md": "[[/Gone too]]\n"})
    assert since(vault) == ["New.md:1:1: broken-link: no note '/Gone too'"]


def test_an_address_that_changes_or_goes(vault: Path) -> None:
    git(vault, "mv", "GU/Cyst.md", "GU/Simple cyst.md")
    assert [line for line in since(vault) if "changed-permalink" in line] == [
        "GU/Simple cyst.md:1:1: changed-permalink: published at /gu/simple-cyst/, no longer at /gu/cyst/: keep it with "
        "`dg-permalink`, or name it in a file of redirects (option `redirects`)"
    ]
    redirects = '[checkers.changed-permalink]\nredirects = "moved.txt"\n'
    write(vault, {"notelint.toml": KNOWN + redirects, "moved.txt": "/gu/cyst/ x"})
    assert since(vault) == []
    git(vault, "rm", "-qf", "GU/Simple cyst.md")
    write(vault, {"moved.txt": ""})
    assert [line.split(":")[0] for line in since(vault)] == ["GU/Cyst.md"]


def test_a_changed_configuration_is_a_change(vault: Path) -> None:
    write(vault, {"notelint.toml": '[[custom]]\nid = "no-text"\nmessage = "no text"\nforbid-pattern = "text"\n'})
    assert [line.split(": ")[1] for line in since(vault)] == ["no-text"]


def test_the_base_is_where_the_branch_left(vault: Path) -> None:
    git(vault, "checkout", "-q", "-b", "topic")
    commit(vault, {"Topic.md": "[[/Gone]]\n"})
    git(vault, "checkout", "-q", "main")
    commit(vault, {"Later.md": "[[/Gone later]]\n"})
    git(vault, "checkout", "-q", "topic")
    result = run("check", "--since", "main", "--output-format", "concise", cwd=vault)
    assert "Topic.md:1:1" in result.stdout
    assert "Later.md" not in result.stdout


@pytest.mark.parametrize("form", ["{}", "refs/heads/{}"])
@pytest.mark.parametrize("variable", [variable for variable, _ in TARGETS])
def test_the_target_branch_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, form: str) -> None:
    git(tmp_path, "init", "-q")
    commit(tmp_path, {"A.md": "x\n"})
    before = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "update-ref", "refs/remotes/origin/trunk", "HEAD")
    commit(tmp_path, {"Topic.md": "[[/Gone]]\n"})
    monkeypatch.setenv(variable, before if variable.endswith("_SHA") else form.format("trunk"))
    assert Repository(tmp_path).base("auto") == before
    assert Repository(tmp_path).named("auto") == (before if variable.endswith("_SHA") else "origin/trunk")


def test_a_merge_that_github_made_has_its_target_as_parent(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repo, "checkout", "-q", "-b", "topic")
    commit(repo, {"Topic.md": "[[/Gone]]\n"})
    git(repo, "checkout", "-q", "main")
    commit(repo, {"Debt.md": "[[/Long gone]]\n"})
    git(repo, "checkout", "-q", "--detach")
    git(repo, "merge", "-q", "--no-ff", "-m", "x", "topic")
    monkeypatch.setenv("GITHUB_BASE_REF", "never-fetched")
    assert len(told(repo)) == 2
    shown = run("check", "--output-format", "github", "--output-format", "markdown:s.md", cwd=repo).stdout
    why = "not compared with the target branch: git knows no commit 'never-fetched': fetch it, or name another"
    assert f"Old debt is among it: {why}." in shown
    assert "Old debt is among it" in (repo / "s.md").read_text("utf-8")
    (repo / "s.md").unlink()
    monkeypatch.setenv("GITHUB_REF", "refs/pull/7/merge")
    assert told(repo) == ["Topic.md:1:1: broken-link: no note '/Gone'"]


def test_pull_requests_are_compared_with_their_target_unless_asked_otherwise(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(vault, "update-ref", "refs/remotes/origin/trunk", "HEAD")
    commit(vault, {"Topic.md": "[[/Gone]]\n"})
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
    write(vault, {"Home.md": "# Home\n\nWords. [[Kidney#Imaging]] [[/Nowhere]]\n", "Kidney.md": "# Kidney\n"})
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
    write(tmp_path, {"two/C.md": "[[/Gone]]\n"})
    git(tmp_path, "add", "-A")
    result = run("check", "--staged", "two/C.md", "--output-format", "concise", cwd=tmp_path)
    assert result.exit_code == 1
    assert "A.md:1:1: broken-link: no note 'B'" in result.stdout
    assert "C.md:1:1: broken-link: no note '/Gone'" in result.stdout


def test_hooks_are_given_notes_of_several_vaults_and_of_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    notes = {
        f"{name}/{file}": text for name in ("one", "two") for file, text in (("notelint.toml", ""), ("A.md", "x\n"))
    }
    commit(tmp_path, {**notes, "README.md": "[[Anything]]\n", "docs/page.md": "[[Anything]]\n"})
    for name in ("one", "two"):
        write(tmp_path, {f"{name}/A.md": f"{IMPORT}x\n\nUpdating… Please wait.\n"})
    git(tmp_path, "add", "-A")
    result = run("check", "--staged", "--", "README.md", "docs/page.md", "one/A.md", "two/A.md", cwd=tmp_path)
    assert result.exit_code == 1
    assert result.stdout.count("form-text") == 2
    assert "Anything" not in result.stdout
    assert [line for line in result.stderr.splitlines() if " in " in line] == ["notelint: in one:", "notelint: in two:"]
    result = run("check", "--staged", "--output-format", "json:r.json", "one/A.md", "two/A.md", cwd=tmp_path)
    assert result.exit_code == 2
    assert "whose reports would go to one file: one, two" in result.stderr
    for only in ("README.md", "one/A.md", "two/A.md"):
        assert run("fix", "--staged", "--", only, cwd=tmp_path).exit_code == 0
    assert {(tmp_path / name / "A.md").read_text("utf-8") for name in ("one", "two")} == {f"{IMPORT}x\n"}


def test_an_empty_reference_is_no_reference(vault: Path) -> None:
    assert "--since is empty" in run("check", "--since", "", cwd=vault).stderr


# What is to be committed, and nothing else, is judged by --staged


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository that is a vault of one note."""
    git(tmp_path, "init", "-q")
    commit(tmp_path, {"notelint.toml": KNOWN, "A.md": "# A\n"})
    return tmp_path


def told(root: Path, *arguments: str) -> list[str]:
    result = run("check", "--output-format", "concise", *arguments, cwd=root)
    assert isinstance(result.exception, SystemExit | None), result.exception
    assert result.exit_code in (0, 1), result.output
    return [line for line in result.stdout.splitlines() if ".md:" in line or ".png:" in line]


def staged(root: Path, *paths: str) -> list[str]:
    return told(root, "--staged", "--", *paths)


def test_what_is_staged_is_judged_not_what_the_files_hold(repo: Path) -> None:
    write(repo, {"A.md": "[[/Staged]]\n", "B.md": "# B\n"})
    git(repo, "add", "-A")
    write(repo, {"A.md": "[[/Not staged]]\n"})
    (repo / "B.md").unlink()
    assert staged(repo, "A.md") == ["A.md:1:1: broken-link: no note '/Staged'"]
    write(repo, {"A.md": "[[B]]\n"})
    git(repo, "add", "A.md")
    write(repo, {"A.md": "[[/Not staged]]\n"})
    assert staged(repo, "A.md") == []


def test_a_draft_that_git_does_not_know_is_no_part_of_a_commit(repo: Path) -> None:
    write(repo, {"Draft.md": "[[/Nowhere]]\n", "A.md": "More.\n"})
    git(repo, "add", "A.md")
    assert staged(repo, "A.md") == []
    write(repo, {"A.md": "[[/Draft]]\n"})
    git(repo, "add", "A.md")
    result = run("check", "--staged", "A.md", cwd=repo)
    assert "no note '/Draft'" in result.stdout
    assert "not in the commit, for git does not know them: Draft.md" in result.stderr
    git(repo, "add", "-N", "Draft.md")
    assert [line for line in staged(repo, "A.md") if "Draft" in line] == ["A.md:1:1: broken-link: no note '/Draft'"]


def test_beneath_pre_commit_the_files_count_for_it_has_put_the_rest_aside(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(repo, {"A.md": "[[/Fixed by another hook]]\n"})
    git(repo, "add", "A.md")
    write(repo, {"A.md": "[[A]]\n", "Draft.md": "[[/Nowhere]]\n"})
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert staged(repo, "A.md") == []
    write(repo, {"A.md": "[[/Draft]]\n"})
    assert staged(repo, "A.md") == ["A.md:1:1: broken-link: no note '/Draft'"]


def test_a_hook_for_pushes_reports_what_all_commits_broke(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repo, {"B.md": "[[A]]\n"})
    before = git(repo, "rev-parse", "HEAD")
    git(repo, "rm", "-q", "A.md")
    commit(repo)
    commit(repo, {"C.md": "# C\n"})
    monkeypatch.setenv("PRE_COMMIT", "1")
    assert staged(repo, "C.md") == []
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", before)
    assert staged(repo, "C.md") == ["B.md:1:1: broken-link: no note 'A'"]


def test_a_merge_is_blamed_for_what_neither_branch_had(repo: Path) -> None:
    git(repo, "checkout", "-q", "-b", "topic")
    commit(repo, {"Topic.md": "[[A]]\n"})
    git(repo, "checkout", "-q", "main")
    git(repo, "rm", "-q", "A.md")
    commit(repo, {"Debt.md": "[[/Long gone]]\n"})
    git(repo, "checkout", "-q", "topic")
    git(repo, "merge", "-q", "--no-commit", "--no-ff", "main")
    assert staged(repo) == ["Topic.md:1:1: broken-link: no note 'A'"]


def test_the_index_that_git_made_for_some_names_counts(repo: Path) -> None:
    hook = repo / ".git/hooks/pre-commit"
    hook.write_text(f"#!/bin/sh\nexec {sys.executable} -m notelint check --staged --output-format concise\n", "utf-8")
    hook.chmod(0o755)
    write(repo, {"A.md": "# A\n\nWords.\n", "B.md": "[[/Nowhere]]\n"})
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "x", "A.md")
    with pytest.raises(subprocess.CalledProcessError) as refused:
        git(repo, "commit", "-q", "-m", "x", "B.md")
    assert "B.md:1:1: broken-link" in refused.value.stdout + refused.value.stderr


def test_hooks_pass_over_what_is_excluded_or_no_note(repo: Path) -> None:
    page = f"{IMPORT}x\n\nUpdating… Please wait.\n"
    write(repo, {"notelint.toml": 'exclude = ["Old/**"]\n', "Old/X.md": page, "y.markdown": page, "Z.md": page})
    git(repo, "add", "-A")
    assert [line.split(":")[0] for line in staged(repo, "Old/X.md", "y.markdown", "Z.md")] == ["Z.md"]
    result = run("fix", "--staged", "--", "Old/X.md", "y.markdown", "Z.md", cwd=repo)
    assert result.stdout == "fixed Z.md: 1 fix\n1 note fixed.\n"
    assert run("fix", "--staged", "--", "Old/X.md", cwd=repo).stdout == "No safe fixes to apply.\n"
    assert (repo / "Old/X.md").read_text("utf-8") == (repo / "y.markdown").read_text("utf-8") == page


def test_notes_beside_the_one_vault_of_a_repository_are_of_none(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    page = "[[/Nowhere]]\n\nUpdating… Please wait.\n"
    write(tmp_path, {"vault/notelint.toml": "", "vault/A.md": "x\n", "README.md": page, "docs/page.md": page})
    git(tmp_path, "add", "-A")
    assert staged(tmp_path, "README.md", "docs/page.md", "vault/A.md") == []
    assert run("fix", "--staged", "--", "README.md", "docs/page.md", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "README.md").read_text("utf-8") == (tmp_path / "docs/page.md").read_text("utf-8") == page


ODD = [
    "a b.md",
    "it's.md",
    'say "x".md',
    "two\nlines.md",
    "-n.md",
    "ünïcödé 漢字.md",
    "e\u0301.md",
    "*.md",
    "[x].md",
    "--.md",
]


def test_names_of_every_kind(repo: Path) -> None:
    commit(repo, {name: f"[[Gone {at}]]\n" for at, name in enumerate(ODD)})
    write(repo, {name: f"[[Gone {at}]]\n\n[[New {at}]]\n" for at, name in enumerate(ODD)})
    git(repo, "add", "-A")
    assert len(staged(repo, *ODD)) == 2 * len(ODD)
    assert len(told(repo, "--since", "HEAD")) == len(ODD)
    for name in ODD:
        git(repo, "mv", "--", name, f"sub {name}")
    assert len(told(repo, "--since", "HEAD")) == len(ODD)


@pytest.mark.parametrize("beside", [["--fix"], ["--since", "HEAD"], ["--shard", "1/2"], ["--watch"], ["-"]])
def test_what_does_not_go_with_staged_is_refused(repo: Path, beside: list[str]) -> None:
    result = run("check", "--staged", "--stdin-filename", "A.md", *beside, cwd=repo)
    assert result.exit_code == 2
    assert "--staged is for the notes of a commit" in result.stderr


# --since: more that a change can cause


def test_shares_of_a_pull_request_are_compared_with_its_target(
    repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    notes = {f"{n}.md": f"[[Debt {n}]] [[/Gone]]\n" for n in range(8)}
    commit(
        repo,
        {**notes, "Gone.md": f"{PUBLISHED}x\n", "Old name.md": "Words to be known by.\n", "L.md": "[[Old name]]\n"},
    )
    git(repo, "update-ref", "refs/remotes/origin/main", "HEAD")
    git(repo, "rm", "-q", "Gone.md", "3.md")
    git(repo, "mv", "Old name.md", "New name.md")
    commit(repo, {"9.md": "[[New]]\n"})
    monkeypatch.setenv("GITHUB_BASE_REF", "main")
    whole = told(repo)
    assert len(whole) == 7 + 1 + 1 + 1
    folder, parts = tmp_path_factory.mktemp("reports"), list[list[str]]()
    for at in (1, 2, 3):
        parts.append(told(repo, "--shard", f"{at}/3"))
        run("check", "--shard", f"{at}/3", "--output-format", f"json:{folder / str(at)}", cwd=repo)
    assert sorted(line for part in parts for line in part) == sorted(whole)
    merged = run("merge-reports", *sorted(folder.iterdir()), "--output-format", "markdown").stdout
    assert merged == run("check", "--output-format", "markdown", cwd=repo).stdout
    assert "Since `origin/main`: 10 new, 1 fixed, 7 there before and not shown." in merged


def test_paths_are_asked_for_in_comparison_too(repo: Path) -> None:
    commit(repo, {"P.md": f"{PUBLISHED}x\n", "Q.md": "x\n"})
    write(repo, {"P.md": "x [[/Gone]]\n", "Q.md": "[[/Gone]]\n"})
    assert told(repo, "--since", "HEAD", "Q.md") == ["Q.md:1:1: broken-link: no note '/Gone'"]


def test_debt_that_a_baseline_suppresses_does_not_suppress_the_same_again(repo: Path) -> None:
    write(repo, {"A.md": "[[/Gone]]\n"})
    assert run("baseline", cwd=repo).exit_code == 0
    commit(repo, {"A.md": "[[/Gone]]\n\n[[/Gone]]\n"})
    for arguments in ([], ["--since", "HEAD~1"], ["--since", "HEAD"]):
        expected = [] if arguments[1:] == ["HEAD"] else ["A.md:3:1: broken-link: no note '/Gone'"]
        assert told(repo, *arguments) == expected


def test_hidden_notes_and_those_of_other_vaults_were_never_published(repo: Path) -> None:
    hidden = {f"{folder}/T.md": f"{PUBLISHED}x\n" for folder in (".trash", "inner", "node_modules/x")}
    commit(repo, {**hidden, "inner/notelint.toml": ""})
    git(repo, "rm", "-rqf", ".trash", "inner", "node_modules")
    assert told(repo, "--since", "HEAD") == []


def test_an_address_that_another_note_has_now_is_not_gone(repo: Path) -> None:
    commit(repo, {"A.md": f"{PUBLISHED}One, with words.\n", "B.md": f"{PUBLISHED}Two, and other text.\n"})
    git(repo, "rm", "-q", "A.md")
    write(repo, {"B.md": "---\ndg-publish: true\ndg-permalink: a\n---\nTwo, and other text.\n"})
    assert [line.split(": ")[2] for line in told(repo, "--since", "HEAD")] == ["published at /a/, no longer at /b/"]


def test_addresses_that_a_setting_changes(repo: Path) -> None:
    commit(repo, {"GU/Cyst.md": f"{PUBLISHED}x\n"})
    write(repo, {"notelint.toml": '[garden]\npath-rewrite-rules = ["GU:"]\n'})
    assert told(repo, "--since", "HEAD")[0].startswith(
        "GU/Cyst.md:1:1: changed-permalink: published at /cyst/, no longer at /gu/cyst/"
    )


def test_a_note_can_silence_what_is_said_of_its_address(repo: Path) -> None:
    for path in ("P", "Q"):
        commit(repo, {f"{path}.md": f"---\ndg-publish: true\nnotelint: {{ignore: [changed-permalink]}}\n---\n{path}\n"})
    git(repo, "mv", "P.md", "R.md")
    assert told(repo) == told(repo, "--since", "HEAD") == []


def test_a_changed_profile_causes_diagnostics_anywhere(repo: Path) -> None:
    profile = 'name = "index"\n[match]\npaths = ["I*.md"]\n[[section]]\nname = "{}"\nrequired = true\n'
    commit(
        repo,
        {"notelint.toml": 'profiles = ["p.toml"]\n', "p.toml": profile.format("Notes"), "I1.md": "## Notes\n\nx\n"},
    )
    assert told(repo, "--since", "HEAD") == []
    write(repo, {"p.toml": profile.format("Contents")})
    assert [line.split(": ")[1] for line in told(repo, "--since", "HEAD")] == ["missing-section"]


def test_links_and_pipes_do_not_stop_a_comparison_of_settings(
    repo: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("settings") / "other.toml"
    other.write_text('[[custom]]\nid = "no-a"\nmessage = "no A"\nforbid-pattern = "A"\n', "utf-8")
    (repo / "L.md").symlink_to("nowhere.md")
    (repo / "s.json").symlink_to("/dev/zero")
    commit(repo, {"p.toml": ""})
    write(repo, {"p.toml": "# changed\n"})
    assert told(repo, "--since", "HEAD", "--config", str(other)) == []
    assert len(told(repo, "--config", str(other))) == 1


def test_an_address_claimed_twice_is_reported_at_both(repo: Path) -> None:
    commit(repo, {"P.md": f"{PUBLISHED}x\n"})
    write(repo, {"Q.md": "---\ndg-publish: true\ndg-permalink: p\n---\nx\n"})
    assert [line.split(":")[0] for line in told(repo, "--since", "HEAD")] == ["P.md", "Q.md"]


def test_attachments_move_too_and_links_that_mean_another_file_now(repo: Path) -> None:
    commit(
        repo,
        {"fig.png": "x", "A.md": "![[fig.png]] [[Cyst]]\n", "Cyst.md": "Of the kidney.\n", "Liver/Deep/Cyst.md": "x\n"},
    )
    git(repo, "mv", "fig.png", "img.png")
    git(repo, "mv", "Cyst.md", "Renal cyst.md")
    assert [line.split("moved from ")[-1].split(": ")[0] for line in told(repo, "--since", "HEAD")] == [
        "'Cyst.md', which breaks 1 link in 1 note",
        "'fig.png', which breaks 1 link in 1 note",
    ]
    write(repo, {"notelint.toml": 'ignore = ["moved-note"]\n'})
    assert [line.split(": ")[1] for line in told(repo, "--since", "HEAD")] == ["missing-attachment"]


def test_capitals_alone_and_a_detached_head(repo: Path) -> None:
    commit(repo, {"A.md": "[[cyst]]\n", "cyst.md": f"{PUBLISHED}Some words.\n"})
    git(repo, "checkout", "-q", "--detach")
    git(repo, "mv", "cyst.md", "Cyst.md")
    assert told(repo, "--since", "main") == []


def test_nothing_is_touched_by_a_comparison(repo: Path) -> None:
    commit(repo, {"A.md": "[[B]]\n"})
    os.utime(repo / "A.md", (0, 0))
    before = {path: path.read_bytes() for path in repo.rglob("*") if path.is_file()}
    run("check", "--since", "HEAD~1", "--no-cache", cwd=repo)
    run("check", "--staged", "--no-cache", "A.md", cwd=repo)
    assert {path: path.read_bytes() for path in repo.rglob("*") if path.is_file()} == before


def test_a_repository_with_longer_hashes_and_no_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    write(tmp_path, {"notelint.toml": "", "A.md": "[[/Gone]]\n"})
    git(tmp_path, "add", "-A")
    assert len(staged(tmp_path, "A.md")) == len(told(tmp_path, "--since", "HEAD")) == 1


def test_a_repository_in_the_repository(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    commit(other, {"Theirs.md": "x\n"})
    git(repo, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub")
    commit(repo, {"A.md": "[[Theirs]]\n"})
    assert told(repo, "--since", "HEAD") == staged(repo, "A.md") == []
    git(repo / "sub", "mv", "Theirs.md", "Ours.md")
    commit(repo / "sub", {"New.md": "[[/Nowhere]]\n"})
    result = run("check", "--since", "HEAD", cwd=repo)
    assert (
        "sub is a repository of its own, which has changed: what that broke is reported with --since none"
        in result.stderr
    )
    assert "no note '/Nowhere'" in run("check", cwd=repo).stdout


# Fixing what a change left behind


def test_fix_since_fixes_links_of_renamed_files_and_keeps_addresses(repo: Path) -> None:
    commit(repo, {"A.md": "[[GU/Cyst|x]] ![[fig.png]]\n", "GU/Cyst.md": f"{PUBLISHED}Of the kidney.\n", "fig.png": "x"})
    git(repo, "mv", "GU/Cyst.md", "Renal cyst.md")
    git(repo, "mv", "fig.png", "img.png")
    write(repo, {"B.md": f"{IMPORT}x\n\nUpdating… Please wait.\n", "notelint.toml": f"# the same\n{KNOWN}"})
    before = {path: path.read_bytes() for path in repo.glob("*.md")}
    diff = run("fix", "--since", "HEAD", "--diff", cwd=repo)
    assert "# A.md:1 moved-note: link to 'Renal cyst'" in diff.stdout
    assert diff.exit_code == 1
    assert {path: path.read_bytes() for path in repo.glob("*.md")} == before
    assert "A.md" not in run("fix", "--since", "HEAD", "--diff", "--ignore", "moved-note", cwd=repo).stdout
    result = run("fix", "--since", "HEAD", "--unsafe-fixes", cwd=repo)
    assert result.exit_code == 0, result.output
    assert (repo / "A.md").read_text() == "[[Renal cyst|x]] ![[img.png]]\n"
    assert (repo / "B.md").read_text() == f"{IMPORT}x\n"
    assert 'dg-permalink: "gu/cyst"' in (repo / "Renal cyst.md").read_text()
    assert told(repo, "--since", "HEAD") == []
    assert run("fix", "--undo", cwd=repo).exit_code == 0
    assert {path: path.read_bytes() for path in repo.glob("*.md")} == before


@pytest.mark.parametrize(
    "text", ["/gu/cyst /x 301\n", '{"redirects":[{"source":"/gu/cyst/","destination":"/x/"}]}\n', "from: /gu/cyst/\n"]
)
def test_an_address_that_a_file_of_redirects_names_is_not_gone(repo: Path, text: str) -> None:
    settings = KNOWN + '[checkers.changed-permalink]\nredirects = "r"\n'
    commit(repo, {"GU/Cyst.md": f"{PUBLISHED}Of the kidney.\n", "notelint.toml": settings, "r": text})
    git(repo, "rm", "-q", "GU/Cyst.md")
    assert told(repo, "--since", "HEAD") == []
    write(repo, {"r": "/gu/cyst-of-another-kind /x\n"})
    assert told(repo, "--since", "HEAD") == [
        "GU/Cyst.md:1:1: changed-permalink: deleted, and with it the address /gu/cyst/: name the old address in r"
    ]


def test_check_fix_since_fixes_no_old_debt(repo: Path) -> None:
    page = f"{IMPORT}x\n\nUpdating… Please wait.\n"
    commit(repo, {"Old.md": page, "Cyst.md": "Of the kidney.\n", "L.md": "[[Cyst]]\n"})
    git(repo, "mv", "Cyst.md", "Renal cyst.md")
    write(repo, {"New.md": page})
    assert told(repo, "--fix", "--since", "HEAD") == []
    assert [(repo / f"{name}.md").read_text("utf-8") for name in ("Old", "New", "L")] == [
        page,
        f"{IMPORT}x\n",
        "[[Renal cyst]]\n",
    ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("_redirects", "/x /y 301", "/x /y 301\n/gu/cyst/ /renal-cyst/ 301\n"),
        ("vercel.json", '{"a": 1}\n', '{"source": "/gu/cyst/", "destination": "/renal-cyst/", "permanent": true}'),
        ("netlify.toml", "", '[[redirects]]\nfrom = "/gu/cyst/"\nto = "/renal-cyst/"\nstatus = 301\n'),
    ],
)
def test_fix_since_records_redirects_in_the_file_that_is_named(repo: Path, name: str, text: str, expected: str) -> None:
    settings = KNOWN + f'[checkers.changed-permalink]\nredirects = "{name}"\n'
    commit(repo, {"GU/Cyst.md": f"{PUBLISHED}Of the kidney.\n", "notelint.toml": settings, name: text})
    git(repo, "mv", "GU/Cyst.md", "Renal cyst.md")
    assert [line.split(": ")[1] for line in told(repo, "--since", "HEAD")] == ["changed-permalink"]
    result = run("fix", "--since", "HEAD", cwd=repo)
    assert result.exit_code == 0, result.output
    assert f"fixed {name}: 1 fix" in result.stdout
    assert "".join(expected.split()) in "".join((repo / name).read_text().split())
    assert told(repo, "--since", "HEAD") == []
    assert run("fix", "--undo", cwd=repo).exit_code == 0
    assert (repo / name).read_text() == text
    (repo / name).unlink()
    result = run("fix", "--since", "HEAD", cwd=repo)
    assert result.exit_code == 2
    assert f"no redirect can be written into {name}: it is not there: make it" in result.stderr


def test_links_to_headings_of_a_changed_note_were_as_dead_before(vault: Path) -> None:
    commit(vault, {"Old.md": "[[Target#Gone]] [[Target#^gone]]\n", "Target.md": "# Target\n\nText.\n"})
    write(vault, {"Target.md": "# Target\n\nText, and more of it.\n"})
    assert since(vault) == []
    assert since(vault, "--no-cache") == []


def test_what_is_about_a_whole_note_is_not_new_when_its_first_line_changes(vault: Path) -> None:
    text = "---\ntype: disease\n---\n# Cyst\n\n## Concept\n\nWords.\n"
    commit(vault, {"A.md": text})
    write(vault, {"A.md": text.replace("# Cyst", "# Cyst of the kidney")})
    assert "missing-section" in run("check", cwd=vault).stdout
    assert "missing-section" not in run("check", "--since", "HEAD", cwd=vault).stdout
