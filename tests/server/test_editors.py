"""Sessions of real editors with the server, where they are installed: a finding, a fix, a rename, the files on disk."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeVault

pytestmark = pytest.mark.slow
FILES: dict[str, str | bytes] = {
    "Kidney.md": "# Kidney\n",
    "Start.md": "# Start\n\n[[Kidny]] and [[Kidney]].\n",
    "Closed.md": "See [[Kidney|it]].\n",
}
PAGE = Path(__file__).parents[2] / "docs" / "editors.md"
NEOVIMS = ["/usr/bin/nvim", str(Path(sys.executable).parent / "nvim")]


def run_editor(command: list[str], root: Path) -> str:
    home = {name: str(root.parent / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    init = root.parent / "init.lua"
    init.write_text(PAGE.read_text("utf-8").partition("```lua\n")[2].partition("```")[0], "utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, **home, "VAULT": str(root), "INIT": str(init), "PATH": path}
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def renamed(root: Path) -> bool:
    texts = {path.name: path.read_text("utf-8") for path in root.glob("*.md")}
    return texts == {
        "Ren.md": "# Kidney\n",
        "Start.md": "# Start\n\n[[Ren]] and [[Ren]].\n",
        "Closed.md": "See [[Ren|it]].\n",
    }


@pytest.mark.parametrize("editor", NEOVIMS)
def test_neovim_finds_fixes_and_renames(editor: str, make_vault: MakeVault) -> None:
    if not Path(editor).exists():
        pytest.skip(f"{editor} is not installed")
    root = make_vault(FILES)
    script = Path(__file__).with_name("session.lua")
    found = json.loads(run_editor([editor, "--clean", "--headless", "-c", f"luafile {script}", "-c", "cquit"], root))
    assert found == {"diagnostics": ["unwritten-note"], "fixed": "[[Kidney]] and [[Kidney]]."}
    assert renamed(root)
