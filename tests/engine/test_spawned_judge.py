"""Where no process can be forked, new ones do the work: the same report, whatever starts the program or ends them."""

import os
import subprocess
import sys
import zipapp
from pathlib import Path

import pytest

from tests.conftest import MakeVault

pytestmark = pytest.mark.slow
BESIDE = Path(sys.executable).parent
NO_FORK = """
import os
del os.fork
if hasattr(os, "sched_getaffinity"):
    os.sched_getaffinity = lambda process: range(3)
import importlib.util, sys
class Few:
    def find_spec(self, name, path=None, target=None):
        if name != "notelint.engine.spawned_judge":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        load = spec.loader.exec_module
        def exec_module(module):
            load(module)
            module._WORTH = 40
            with open(os.environ["SEEN"], "a") as seen:
                seen.write("%d\\n" % os.getpid())
        spec.loader.exec_module = exec_module
        return spec
sys.meta_path.insert(0, Few())
"""


def vault_of_many(make_vault: MakeVault) -> Path:
    notes: dict[str, str | bytes] = {
        f"Folder {n % 7}/{n}.md": f"---\naliases: [The {n}]\n---\n# {n}\n\n[[{n + 1}#{n + 1}]] [[lost {n}]] [[#x]]\n"
        for n in range(300)
    }
    notes |= {
        "latin.md": b"caf\xe9 [[0]] [[x]]\n",
        "quiet.md": "%% notelint-disable %%\n[[x]]\n",
        "big.md": "---\nnumber: 123456789012345678901234567890\n---\n[[x]]\n",
        "clip.md": "---\ntype: imported-article\n---\n# Clip\n\nAccept all cookies\n\n[[0]]\n",
        ".obsidian/app.json": '{"userIgnoreFilters": ["Folder 3/"]}',
        "notelint.toml": '[[overrides]]\npaths = ["Folder 2/"]\nignore = ["broken-link"]\n',
    }
    return make_vault(notes)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment in which Python has no fork, a new process is worth having, and each leaves its id in a file."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(NO_FORK)
    kept = {"PYTHONPATH": str(site), "SEEN": str(tmp_path / "seen"), "NOTELINT_CACHE_DIR": str(tmp_path / "cache")}
    return os.environ | kept | {"TMPDIR": str(make(tmp_path / "temporary"))}


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


def run(command: list[str], vault: Path, environment: dict[str, str] | None = None) -> tuple[int, str, str]:
    ended = subprocess.run(
        [*command, "--output-format", "json", "."],
        check=False,
        cwd=vault,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    return ended.returncode, ended.stdout, ended.stderr


def of_zip(tmp_path: Path) -> list[str]:
    source = make(tmp_path / "zipped")
    (source / "__main__.py").write_text("from notelint.__main__ import run\nrun()\n")
    zipapp.create_archive(source, tmp_path / "notelint.pyz")
    return [sys.executable, str(tmp_path / "notelint.pyz")]


@pytest.mark.parametrize("start", ["script", "module", "zip"])
def test_new_processes_give_the_same_report(
    start: str, make_vault: MakeVault, environment: dict[str, str], tmp_path: Path
) -> None:
    vault = vault_of_many(make_vault)
    script = [str(BESIDE / "notelint")]
    command = {"script": script, "module": [sys.executable, "-m", "notelint"], "zip": of_zip(tmp_path)}[start]
    status, alone, _ = run([*script, "check", "--no-cache"], vault)
    assert status == 1
    assert alone.count("unwritten-note") > 200
    for cache in ("--no-cache", "--cache", "--cache"):
        ended = run([*command, "check", cache], vault, environment)
        assert ended == (1, alone, "")
        seen = Path(environment["SEEN"]).read_text().split()
        assert len(set(seen)) == (3 if cache == "--no-cache" or len(seen) > 1 else 1)
        Path(environment["SEEN"]).unlink()
    assert list(Path(environment["TMPDIR"]).iterdir()) == []
    assert [pid for pid in seen if Path(f"/proc/{pid}").exists()] == []
