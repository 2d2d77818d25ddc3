"""Where notelint is used: as a hook of pre-commit and prek, in workflows. All through the real tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
CONFIG = """repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: notelint
"""
NOTES = {
    "notelint.toml": "",
    ".gitignore": ".notelint_cache/\n",
    "Home.md": "# Home\n\n[[Kidney#Imaging]] and [[Cyst]]\n",
    "Kidney.md": "# Kidney\n\n## Imaging\n\nText.\n",
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


def consumer(folder: Path, project: Path) -> None:
    """A repository with a vault, whose hook comes from the project by its URL."""
    revision = shell(project, "git", "rev-parse", "HEAD").stdout.strip()
    config = CONFIG.format(repository=project.as_uri(), revision=revision)
    for path, text in {**NOTES, ".pre-commit-config.yaml": config}.items():
        (folder / path).write_text(text, "utf-8")
    shell(folder, "git", "init", "-q", "-b", "main")
    shell(folder, "git", "add", "-A")
    assert shell(folder, "git", "commit", "-qm", "Notes").returncode == 0


@pytest.mark.parametrize("tool", ["pre-commit", "prek"])
def test_commits_are_refused_mended_and_accepted(
    tool: str, project: Path, home: dict[str, str], tmp_path: Path
) -> None:
    consumer(tmp_path, project)
    installed = shell(tmp_path, tool, "install", "--install-hooks", **home)
    if installed.returncode and "pip" in installed.stdout + installed.stderr:
        pytest.skip("pip cannot install the hook's environment here")
    assert installed.returncode == 0, installed.stdout + installed.stderr

    def commit() -> subprocess.CompletedProcess[str]:
        shell(tmp_path, "git", "add", "-A")
        return shell(tmp_path, "git", "commit", "-m", "x", **home)

    (tmp_path / "New.md").write_text("# New\n\n[[Kidny]]\n", "utf-8")
    refused = commit()
    assert refused.returncode == 1
    assert "no note 'Kidny': did you mean 'Kidney.md'?" in refused.stdout + refused.stderr
    assert shell(tmp_path, "notelint", "fix", "--unsafe-fixes", "New.md").returncode == 0
    accepted = commit()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr

    (tmp_path / "Cyst.md").unlink()
    refused = commit()
    assert refused.returncode == 1
    assert "Home.md:3:24" in refused.stdout + refused.stderr
    assert "no note 'Cyst'" in refused.stdout + refused.stderr
    shell(tmp_path, "git", "checkout", "-q", "HEAD", "--", "Cyst.md")

    (tmp_path / "Kidney.md").write_text("# Kidney\n\n## Pictures\n\nText.\n", "utf-8")
    refused = commit()
    assert refused.returncode == 1
    assert "no heading 'Imaging' in 'Kidney.md'" in refused.stdout + refused.stderr
    shell(tmp_path, "git", "checkout", "-q", "HEAD", "--", "Kidney.md")

    shell(tmp_path, "git", "mv", "Cyst.md", "Simple cyst.md")
    refused = commit()
    assert refused.returncode == 1
    assert "moved-note" in refused.stdout + refused.stderr
    assert shell(tmp_path, "notelint", "mv", "--already-moved", "Cyst.md", "Simple cyst.md").returncode == 0
    accepted = commit()
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_try_repo_runs_every_hook(project: Path, home: dict[str, str], tmp_path: Path) -> None:
    consumer(tmp_path, project)
    (tmp_path / "Odd.md").write_text("# Odd\n\nWords.\n\nUpdating… Please wait.\n", "utf-8")
    shell(tmp_path, "git", "add", "-A")
    for hook, status in (("notelint-fix", 1), ("notelint-vault", 0), ("notelint", 0)):
        done = shell(tmp_path, "pre-commit", "try-repo", str(project), hook, "--all-files", **home)
        assert done.returncode == status, done.stdout + done.stderr
    assert "Updating" not in (tmp_path / "Odd.md").read_text("utf-8")


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


def test_workflows_pass_actionlint() -> None:
    if shutil.which("actionlint", path=str(BIN)) is None:
        pytest.skip("actionlint is not installed: its package fetches a program that is not to be had everywhere")
    done = shell(ROOT, "actionlint", ".github/workflows/ci.yml")
    assert done.returncode == 0, done.stdout


def test_the_action_gives_inputs_to_the_shell_by_the_environment_only() -> None:
    import yaml

    for step in yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
