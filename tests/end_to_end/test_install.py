"""README is right about installing: the wheel is built, installed with its extras in a clean environment, and run."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from notelint import __version__
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
INSTALLED = re.compile(r"(?:pipx|uv tool) install \"([^\"]+)\"")
ARTICLE = "<html><head><title>Gout</title></head><body><article><h1>Gout</h1><p>{}</p></article></body></html>"


def test_install_lines_name_what_there_is() -> None:
    named = INSTALLED.findall(README)
    assert len(named) == 4
    for requirement in named:
        name, _, extras = requirement.rstrip("]").partition("[")
        assert name in (PROJECT["name"], ".")
        assert set(extras.split(",")) <= set(PROJECT["optional-dependencies"])
    assert f"rev: v{__version__}\n" in README
    assert f"notelint/notelint@v{__version__}\n" in README
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert all(f"- id: {id}\n" in hooks for id in re.findall(r"- id: ([\w-]+)", README))
    assert (ROOT / "action.yml").is_file()


def run(*command: str | Path, cwd: Path, **extra: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command, cwd=cwd, env={**environment, **extra}, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of programs of a clean environment with the wheel, its extras as README names them."""
    folder = tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    try:
        run(*pip, "wheel", "--no-deps", "--wheel-dir", folder / "wheels", ROOT, cwd=folder)
    except AssertionError as error:
        if "hatchling" in str(error):
            pytest.skip("what builds the wheel cannot be downloaded")
        raise
    (wheel,) = (folder / "wheels").glob("*.whl")
    run(sys.executable, "-m", "venv", folder / "clean", cwd=folder)
    programs = folder / "clean" / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "--quiet", "install", f"{wheel}[import,lsp]", cwd=folder)
    yield programs
    shutil.rmtree(folder / "clean")


@pytest.mark.slow
def test_the_wheel_does_what_readme_says(installed: Path, tmp_path: Path) -> None:
    notelint = installed / "notelint"
    vault = tmp_path / "my-vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "Home.md").write_text("[[Gout]]\n", "utf-8")
    (vault / "gout.html").write_text(ARTICLE.format("Crystals of urate in a joint. " * 20), "utf-8")
    assert run(notelint, "--version", cwd=tmp_path).startswith("notelint, version ")
    assert "wrote" in run(notelint, "init", "my-vault", cwd=tmp_path)
    assert (vault / "notelint.toml").is_file()
    run(notelint, "import", "gout.html", cwd=vault)
    assert "2 notes checked" in run(notelint, "check", "--ignore", "sections", cwd=vault)
    assert "# broken-link" in run(notelint, "explain", "broken-link", cwd=vault)
    assert "Language Server" in run(notelint, "server", "--help", cwd=vault)
    run(installed / "python", "-c", "import pygls, trafilatura", cwd=tmp_path)
    shown = run(installed / "python", "-c", "import notelint; print(notelint.__file__)", cwd=tmp_path)
    assert str(installed.parent) in shown
