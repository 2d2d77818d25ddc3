"""All files below a folder are named, however deep, and no link is followed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from notelint.core.names_below import names_below
from tests.conftest import run
from tests.history.test_since import commit, git


def test_files_are_named_without_skipped_folders_and_links(tmp_path: Path) -> None:
    for path in ("a/b/c.md", "a/.git/x", "d.md", "a/node_modules/y", ".git/z"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("")
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to(tmp_path / "a")
        assert "link" in set(names_below(tmp_path))
    assert {*names_below(tmp_path, (".git", "node_modules"))} - {"link"} == {"a/b/c.md", "d.md"}
    assert {*names_below(tmp_path / "nowhere")} == set()


@pytest.mark.slow
@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="paths of any length")
def test_folders_of_any_depth_are_compared(tmp_path: Path) -> None:
    """A thousand folders in one another are more than Python's stack of calls holds."""
    git(tmp_path, "init", "-q")
    commit(tmp_path, {"notelint.toml": "", "A.md": "# A\n"})
    folder = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=folder)
        inner = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    handle = os.open("N.md", os.O_CREAT | os.O_WRONLY, dir_fd=folder)
    os.write(handle, b"[[gone/y]]\n")
    os.close(handle)
    os.close(folder)
    (tmp_path / "notelint.toml").write_text("# other settings\n")
    try:
        for how in (("--since", "HEAD"), ("--since", "HEAD", "--config-from", "base")):
            done = run("check", "--no-cache", "--output-format", "concise", *how, cwd=tmp_path)
            assert done.exit_code == 1, done.output
            assert "N.md:1:1: broken-link" in done.stdout
    finally:  # what removes temporary folders calls itself for each level, too
        subprocess.run(["rm", "-rf", "d"], cwd=tmp_path, check=True)
