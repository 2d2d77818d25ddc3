"""Shared by all tests: a vault made of a dictionary, the command, and the shared reference data where it is there."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, settings

from notelint.cli.main import main
from notelint.history.ci import TARGETS

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT.parent / "shared"

# A busy machine is not a fault of the code: no example has a deadline. What fails prints how to run it again. A
# build is the same each time, so that what it says of a change is about the change; new examples are sought at
# desks, and by `make fuzz`.
QUIET = [HealthCheck.too_slow]
settings.register_profile("notelint", deadline=None, print_blob=True, suppress_health_check=QUIET)
settings.register_profile("build", settings.get_profile("notelint"), derandomize=True, database=None)
settings.load_profile("build" if os.environ.get("CI") else "notelint")

MakeVault = Callable[[dict[str, str | bytes]], Path]


def reference(*parts: str) -> Path:
    """A file of the reference data that lies beside the repository; the test is skipped where there is none."""
    path = REFERENCE.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no reference data beside the repository: {'/'.join(parts)}")
    return path


def run(*arguments: str | Path, cwd: Path | None = None, stdin: str | bytes | None = None) -> Result:
    """Run the command as a user would, in the folder `cwd`."""
    with pytest.MonkeyPatch.context() as patch:
        if cwd is not None:
            patch.chdir(cwd)
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def report(vault: Path, *arguments: str | Path) -> dict[str, Any]:
    """The JSON report of `notelint check` in a vault."""
    result = run("check", "--output-format", "json", *arguments, cwd=vault)
    assert result.exit_code in (0, 1), result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def lines(found: dict[str, Any]) -> list[str]:
    """Diagnostics of a JSON report as `path:line:column checker`."""
    return [
        f"{d['path']}:{d['range']['start']['line']}:{d['range']['start']['column']} {d['checker']}"
        for d in found["diagnostics"]
    ]


@pytest.fixture(autouse=True)
def _no_pull_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service that runs these tests may be building a pull request: checks would be compared with its target."""
    for variable, _ in TARGETS:
        monkeypatch.delenv(variable, raising=False)
    for variable in ("COLUMNS", "GITHUB_REF", "GITHUB_SHA", "PRE_COMMIT", "PRE_COMMIT_FROM_REF"):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture(autouse=True)
def user_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the caches and journals of one test: `cache` and `state` in it."""
    folder = tmp_path_factory.mktemp("user")
    monkeypatch.setenv("NOTELINT_CACHE_DIR", str(folder / "cache"))
    monkeypatch.setenv("NOTELINT_STATE_DIR", str(folder / "state"))
    return folder


@pytest.fixture
def make_vault(tmp_path: Path) -> MakeVault:
    """Makes a vault in a temporary folder from paths and contents; `.obsidian` marks its root."""

    def make(files: dict[str, str | bytes]) -> Path:
        root = tmp_path / "vault"
        (root / ".obsidian").mkdir(parents=True)
        for path, content in files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make
