"""Sessions of real editors with the server, where they are installed: a finding, a fix, a rename, the files on disk."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, MakeVault

pytestmark = pytest.mark.slow
FILES = {
    "Kidney.md": "# Kidney\n",
    "Start.md": "# Start\n\n[[Kidny]] and [[Kidney]].\n",
    "Closed.md": "See [[Kidney|it]].\n",
}
PAGE = ROOT / "docs" / "editors.md"
EDITORS = Path(os.environ.get("NOTELINT_EDITORS") or ROOT / ".editors")  # what install_editors.sh makes
NEOVIMS = {
    "debian": [Path("/usr/bin/nvim")],
    "current": [EDITORS / "neovim" / "bin" / "nvim", Path(sys.executable).parent / "nvim"],
}
EMACS_PACKAGES = EDITORS / "emacs" / "usr" / "share" / "emacs" / "site-lisp" / "elpa-src"


def settings(language: str) -> str:
    """The settings that docs/editors.md gives for an editor, to the letter."""
    return PAGE.read_text("utf-8").partition(f"```{language}\n")[2].partition("```")[0]


def run_editor(command: list[str], root: Path, language: str) -> dict[str, object]:
    """Output of a session. It has a home folder to itself, and the settings of the documentation."""
    home = {name: str(root.parent / "home") for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    init = root.parent / f"init.{language}"
    init.write_text(settings(language), "utf-8")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, **home, "VAULT": str(root), "INIT": str(init), "PATH": path}
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.fixture
def root(make_vault: MakeVault) -> Path:
    """The sample vault, with three notes of which two link to the third."""
    made = make_vault({})
    shutil.copytree(ROOT / "notes", made, dirs_exist_ok=True)
    for path, text in FILES.items():
        (made / path).write_text(text, "utf-8")
    return made


def is_renamed(root: Path) -> bool:
    """True if the files on disk are as they should be, the sample's own to the byte."""
    texts = {name: (root / name).read_text("utf-8") for name in ("Ren.md", "Start.md", "Closed.md")}
    sample = {path.relative_to(ROOT / "notes"): path.read_bytes() for path in (ROOT / "notes").rglob("*.md")}
    assert {path: (root / path).read_bytes() for path in sample} == sample
    assert not (root / "Kidney.md").exists()
    return texts == {
        "Ren.md": "# Kidney\n",
        "Start.md": "# Start\n\n[[Ren]] and [[Ren]].\n",
        "Closed.md": "See [[Ren|it]].\n",
    }


@pytest.mark.parametrize("which", NEOVIMS)
def test_neovim_finds_fixes_and_renames(which: str, root: Path) -> None:
    editor = next((one for one in NEOVIMS[which] if one.exists()), None)
    if editor is None:
        pytest.skip(f"{which} Neovim is not installed: tests/server/install_editors.sh")
    script = Path(__file__).with_name("session.lua")
    command = [str(editor), "--clean", "--headless", "-c", f"luafile {script}", "-c", "cquit"]
    found = run_editor(command, root, "lua")
    assert found == {"diagnostics": ["untyped-note", "unwritten-note"], "fixed": "[[Kidney]] and [[Kidney]]."}
    assert is_renamed(root)


def test_eglot_finds_fixes_and_renames(root: Path) -> None:
    emacs, packages = shutil.which("emacs"), sorted(EMACS_PACKAGES.glob("*"))
    if emacs is None or not packages:
        pytest.skip("Emacs with eglot is not installed: tests/server/install_editors.sh")
    paths = [argument for package in packages for argument in ("-L", str(package))]
    script = str(Path(__file__).with_name("session.el"))
    command = [emacs, "--batch", "-Q", *paths, "--eval", "(require 'markdown-mode)", "-l", script]
    found = run_editor(command, root, "elisp")
    assert found == {"diagnostics": 2, "fixed": "[[Kidney]] and [[Kidney]].", "file": "Ren.md"}
    assert is_renamed(root)
