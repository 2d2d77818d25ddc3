"""Where notelint is used: as a hook of pre-commit and prek, in workflows. All through the real tools."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

IMPORT = "---\nsource: https://example.org/a\ntags: clippings\n---\n"  # what declares a note an import
BIN = Path(sys.executable).parent
WORKFLOWS = sorted(str(file.relative_to(ROOT)) for file in (ROOT / ".github" / "workflows").glob("*.y*ml"))
CONFIG = """repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: notelint-fix
      - id: notelint
"""
NOTES = {
    "notelint.toml": "",
    "Home.md": "# Home\n\n[[Kidney#Imaging]] and [[Cyst]] [[Kidney#^fact]]\n",
    "Kidney.md": "# Kidney\n\n## Imaging\n\nText. ^fact\n",
    "Cyst.md": "# Cyst\n\nText.\n",
}


def shell(folder: Path, *command: str, **extra: str) -> subprocess.CompletedProcess[str]:
    identity = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "NO_COLOR": "1"}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        command,
        cwd=folder,
        env={**environment, **identity, **settings, **extra},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as a git repository of its own: as it is now, committed or not."""
    folder = tmp_path_factory.mktemp("project") / "notelint"
    listed = shell(ROOT, "git", "ls-files", "-co", "--exclude-standard")
    if listed.returncode:
        pytest.skip("the project is in no git repository")
    for name in listed.stdout.splitlines():
        if not name.startswith(("tests/", '"')) and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    shell(folder, "git", "init", "-q", "-b", "main")
    shell(folder, "git", "add", "-A")
    assert shell(folder, "git", "commit", "-qm", "x").returncode == 0
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Where the tools keep the environments that they install: one for all tests."""
    folder = tmp_path_factory.mktemp("home")
    return {"PRE_COMMIT_HOME": str(folder / "pre-commit"), "PREK_HOME": str(folder / "prek")}


class Author:
    """Somebody who commits to a repository with a vault in it, whose hooks come from the project by its URL."""

    def __init__(self, top: Path, vault: str, tool: str, home: dict[str, str]) -> None:
        self.top, self.vault, self.tool, self.home = top, top / vault, tool, home

    def begin(self, project: Path) -> None:
        """The first commit; the hooks are installed after it."""
        revision = shell(project, "git", "rev-parse", "HEAD").stdout.strip()
        self.write(NOTES)
        config = CONFIG.format(repository=project.as_uri(), revision=revision)
        (self.top / ".pre-commit-config.yaml").write_text(config, "utf-8")
        shell(self.top, "git", "init", "-q", "-b", "main")
        assert self.commit().returncode == 0
        if self.tool:
            installed = shell(self.top, self.tool, "install", "--install-hooks", **self.home)
            assert installed.returncode == 0, installed.stdout + installed.stderr

    def write(self, notes: dict[str, str]) -> None:
        for path, text in notes.items():
            self.vault.mkdir(parents=True, exist_ok=True)
            (self.vault / path).write_text(text, "utf-8")

    def commit(self, *, add: bool = True) -> subprocess.CompletedProcess[str]:
        if add:
            shell(self.top, "git", "add", "-A")
        return shell(self.top, "git", "commit", "-m", "x", **self.home)

    def is_refused(self, *told: str, add: bool = True) -> None:
        """A commit is refused, and each of these is said; then everything is as it was."""
        done = self.commit(add=add)
        assert done.returncode == 1, done.stdout + done.stderr
        said = re.sub(r"(?m)^ +", "", done.stdout + done.stderr)  # prek indents what a hook says
        for text in told:
            assert text in said

    def is_accepted(self, *, add: bool = True) -> None:
        done = self.commit(add=add)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Passed" in done.stdout + done.stderr

    def take_back(self) -> None:
        """Everything is as in the last commit."""
        shell(self.top, "git", "reset", "-q", "--hard")

    def notelint(self, *arguments: str) -> None:
        done = shell(self.vault, "notelint", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("tool", "vault"), [("pre-commit", "my vault"), ("prek", "")])
def test_commits_are_refused_fixed_and_accepted(
    tool: str, vault: str, project: Path, home: dict[str, str], tmp_path: Path
) -> None:
    author = Author(tmp_path, vault, tool, home)
    author.begin(project)

    author.write({"New.md": "# New\n\n[[/Kidneys]]\n"})
    author.is_refused("New.md\n3:1 error broken-link: no note '/Kidneys': did you mean 'Kidney.md'?")
    author.write({"New.md": "# New\n\n[[Kidney]]\n"})
    author.is_accepted()

    author.write({"New.md": f"{IMPORT}# New\n\nUpdating… Please wait.\n\nWords.\n"})
    author.is_refused("fixed New.md: 1 fix", "files were modified by this hook")
    author.is_accepted()

    (author.vault / "Cyst.md").unlink()
    author.is_refused("Home.md\n3:24 ", "no note 'Cyst'")
    author.take_back()
    author.write({"Kidney.md": "# Kidney\n\n## Pictures\n\nText.\n"})
    author.is_refused("no heading 'Imaging' in 'Kidney.md'", "no block '^fact' in 'Kidney.md'")
    author.take_back()

    shell(author.vault, "git", "mv", "Cyst.md", "Simple cyst.md")
    author.is_refused("moved-note", "breaks 1 link in 1 note")
    author.notelint("fix", "--since", "HEAD")
    author.is_accepted()


@pytest.mark.parametrize(("tool", "vault"), [("pre-commit", ""), ("prek", "my vault")])
def test_what_is_committed_is_judged_whatever_lies_beside_it(
    tool: str, vault: str, project: Path, home: dict[str, str], tmp_path: Path
) -> None:
    author = Author(tmp_path, vault, tool, home)
    author.begin(project)

    def stage(path: str, text: str) -> None:
        author.write({path: text})
        shell(author.vault, "git", "add", "--", path)

    stage("New.md", "# New\n")
    author.write({"New.md": "[[/Not yet]]\n", "Draft.md": "[[/Nowhere]]\n"})
    author.is_accepted(add=False)
    assert (author.vault / "New.md").read_text("utf-8") == "[[/Not yet]]\n"
    stage("New.md", "[[/Bad]]\n")
    author.write({"New.md": "# New\n"})
    author.is_refused("no note '/Bad'", add=False)
    stage("New.md", "[[/Draft]]\n")
    author.is_refused("no note '/Draft'", "not in the commit, for git does not know them: Draft.md", add=False)
    author.take_back()

    names = ["-n.md", 'say "x".md', "two\nlines.md", "it's ünïcödé.md", "page.markdown"]
    author.write(dict.fromkeys(names, "[[/Gone]]\n") | {"../README.md" if vault else "Old.MD": "# Read\n"})
    author.is_refused(*(f"{name[:3]}" for name in names[:-1]), "4 broken-link: /Gone")


def test_try_repo_runs_every_hook(project: Path, home: dict[str, str], tmp_path: Path) -> None:
    author = Author(tmp_path, "", "", home)
    author.begin(project)
    author.write({"Odd.md": f"{IMPORT}# Odd\n\nWords.\n\nUpdating… Please wait.\n"})
    shell(tmp_path, "git", "add", "-A")
    done = shell(tmp_path, "pre-commit", "try-repo", str(project), "--all-files", **home)
    said = [
        line.rpartition(".")[2] for line in done.stdout.splitlines() if line.startswith("notelint") and ".." in line
    ]
    assert (done.returncode, said) == (1, ["Failed", "Failed", "Passed"]), done.stdout + done.stderr
    assert "Updating" not in (tmp_path / "Odd.md").read_text("utf-8")


def test_the_project_uses_its_own_hook(project: Path, home: dict[str, str], tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    shell(tmp_path, "git", "clone", "-q", str(project), str(clone))
    (clone / ".venv").symlink_to(BIN.parent)

    def hook(*arguments: str) -> subprocess.CompletedProcess[str]:
        return shell(clone, "pre-commit", "run", "notelint", *arguments, **home)

    done = hook("--all-files")
    assert done.returncode == 0, done.stdout
    (note,) = clone.glob("notes/Signs/Comb sign.md")
    note.unlink()
    shell(clone, "git", "add", "-A", "notes")
    done = hook()
    assert done.returncode == 1
    assert "broken-link: no note 'Signs/Comb sign'" in done.stdout


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.gitlab-ci", "templates/gitlab-ci.yml"),
    ],
)
def test_workflows_obey_their_schemas(schema: str, file: str) -> None:
    done = shell(ROOT, "check-jsonschema", "--builtin-schema", schema, file)
    assert done.returncode == 0, done.stdout


def test_workflows_pass_zizmor() -> None:
    """No action that can change unseen, no more permissions than needed, no text of a pull request in a command."""
    if shutil.which("zizmor", path=str(BIN)) is None:
        pytest.skip("zizmor is not installed: there is none for every machine")
    done = shell(ROOT, "zizmor", "--offline", "--quiet", "--no-progress", ".github", "action.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_workflows_pass_actionlint() -> None:
    if shutil.which("actionlint", path=str(BIN)) is None:
        pytest.skip("actionlint is not installed: the package that has it is not to be had for every machine")
    done = shell(ROOT, "actionlint", *WORKFLOWS)
    assert done.returncode == 0, done.stdout


def test_the_workflow_of_the_page_is_one(tmp_path: Path) -> None:
    """The workflow that the documentation offers to copy obeys the schemas, and actionlint where it is there."""
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    (example,) = re.findall(r"```yaml\n# \.github/workflows/notes\.yml\n(.*?)```", page, re.DOTALL)
    file = tmp_path / "notes.yml"
    file.write_text(example, "utf-8")
    done = shell(ROOT, "check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(file))
    assert done.returncode == 0, done.stdout
    if shutil.which("actionlint", path=str(BIN)) is not None:
        done = shell(ROOT, "actionlint", str(file))
        assert done.returncode == 0, done.stdout


def _step(file: str, name: str) -> str:
    """The commands of a step of the action."""
    import yaml

    steps = yaml.safe_load((ROOT / file).read_text("utf-8"))["runs"]["steps"]
    (found,) = (step["run"] for step in steps if step.get("name") == name)
    return str(found)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["::error file=vault/B.md", "1 error"]),
        ({"NOTELINT_SINCE": "none", "NOTELINT_ARGUMENTS": "--ignore broken-link"}, ["nothing to report"]),
    ],
)
def test_the_action_checks_and_reports(given: dict[str, str], expected: list[str], tmp_path: Path) -> None:
    """The step of the action, as the runner starts it: bash that ends at the first failure."""
    top = tmp_path / "repo"
    (top / "vault").mkdir(parents=True)
    for name, text in (("notelint.toml", ""), (".gitignore", "*.sarif\n"), ("A.md", "[[/Debt]]\n")):
        (top / "vault" / name).write_text(text, "utf-8")
    for command in ("init -q -b main", "add -A", "commit -qm x", "checkout -qb topic"):
        shell(top, "git", *command.split())
    (top / "vault/B.md").write_text("[[/New]]\n", "utf-8")
    shell(top, "git", "add", "-A")
    shell(top, "git", "commit", "-qm", "y")
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_WORKSPACE": str(top), "GITHUB_STEP_SUMMARY": str(tmp_path / "s.md")}
    inputs = {
        "NOTELINT_PYTHON": sys.executable,
        "NOTELINT_PATH": "vault",
        "NOTELINT_SINCE": "main",
        "NOTELINT_ARGUMENTS": "",
        "NOTELINT_SARIF": "r.sarif",
    }
    script = _step("action.yml", "Check the notes")
    (top / "vault" / "notelint.py").write_text("raise SystemExit('code of the checkout')", "utf-8")
    done = shell(tmp_path, "bash", "-eo", "pipefail", "-c", script, **runner, **{**inputs, **given})
    assert done.returncode == (0 if "nothing" in expected[0] else 1), done.stderr
    for text in expected:
        assert text in done.stdout
    assert (tmp_path / "s.md").read_text("utf-8").startswith("<!-- notelint report -->")
    assert '"version": "2.1.0"' in (top / "r.sarif").read_text("utf-8")


def test_the_action_uploads_a_page_and_links_it_from_the_summary(tmp_path: Path) -> None:
    """The page is written where it is uploaded from, and its address stands in the summary behind the report."""
    import yaml

    top, summary = tmp_path / "repo", tmp_path / "summary.md"
    top.mkdir()
    (top / "notelint.toml").write_text("", "utf-8")
    (top / "A.md").write_text("[[/New]]\n", "utf-8")
    for command in ("init -q -b main", "add -A", "commit -qm x"):
        shell(top, "git", *command.split())
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_WORKSPACE": str(top), "GITHUB_STEP_SUMMARY": str(summary)}
    inputs = {"NOTELINT_PYTHON": sys.executable, "NOTELINT_PATH": ".", "NOTELINT_SINCE": "", "NOTELINT_SARIF": ""}
    wanted = {"NOTELINT_REPORT": "true", "NOTELINT_ARGUMENTS": "--trend 30"}
    bash = ("bash", "-eo", "pipefail", "-c")
    done = shell(tmp_path, *bash, _step("action.yml", "Check the notes"), **runner, **inputs, **wanted)
    assert done.returncode == 1, done.stderr
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    (upload,) = (step for step in steps if step.get("id") == "page")
    page = Path(upload["with"]["path"].replace("${{ runner.temp }}", str(tmp_path)))
    assert page.read_text("utf-8").startswith("<!doctype html>")
    assert '"trend":{' in page.read_text("utf-8")
    address = "https://github.com/a/b/actions/runs/1/artifacts/2"
    link = _step("action.yml", "Link the page from the summary")
    assert shell(tmp_path, *bash, link, **runner, NOTELINT_PAGE=address).returncode == 0
    said = summary.read_text("utf-8")
    assert said.startswith("<!-- notelint report -->")
    assert said.endswith(f"\n[The whole report, as a page for a browser]({address})\n")


def test_the_action_writes_no_page_that_nobody_asked_for(tmp_path: Path) -> None:
    (tmp_path / "A.md").write_text("Text.\n", "utf-8")
    (tmp_path / "notelint.toml").write_text("", "utf-8")
    runner = {"RUNNER_TEMP": str(tmp_path), "GITHUB_WORKSPACE": str(tmp_path)}
    given = {"NOTELINT_PYTHON": sys.executable, "GITHUB_STEP_SUMMARY": str(tmp_path / "s"), "NOTELINT_REPORT": "false"}
    unset = {"NOTELINT_PATH": ".", "NOTELINT_SINCE": "", "NOTELINT_SARIF": "", "NOTELINT_ARGUMENTS": ""}
    script = _step("action.yml", "Check the notes")
    done = shell(tmp_path, "bash", "-eo", "pipefail", "-c", script, **runner, **given, **unset)
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.glob("*.html")) == []


def test_the_action_gives_inputs_to_the_shell_by_the_environment_only() -> None:
    import yaml

    for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
