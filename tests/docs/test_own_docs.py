"""notelint reads its own documentation, as it stands on GitHub."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, report

pytestmark = pytest.mark.slow
VAULTS = ("notes/", "conformance/", "tests/docs/", "tests/data/")  # that have files of vaults in them
CONFIG = 'resolution = "github"\nexclude = ["notelint/**", "tests/**"]\n'


def test_own_documentation_has_nothing_to_report(tmp_path: Path) -> None:
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("the project is in no git repository")
    for name in listed.stdout.splitlines():
        if (name.startswith("tests/") and not name.endswith(".py")) or name.startswith(VAULTS) or '"' in name:
            continue
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tmp_path / name)
    (tmp_path / "notelint.toml").write_text(CONFIG, "utf-8")
    found = report(tmp_path)
    assert found["summary"]["checked"] > 25
    assert [f"{one['path']}:{one['range']['start']['line']} {one['message']}" for one in found["diagnostics"]] == []
