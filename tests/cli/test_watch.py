"""Waiting for a vault to change: which files count, and that a change is seen."""

import queue
import threading
from pathlib import Path

import pytest

from notelint.cli.watch import changes, matters


@pytest.mark.parametrize(
    "path",
    [
        "A.md",
        "Sub/A.md",
        "img.png",
        "notelint.toml",
        ".notelint.toml",
        ".gitignore",
        "Sub/.gitignore",
        ".obsidian/app.json",
    ],
)
def test_these_files_count(path: str) -> None:
    assert matters(Path(path))


@pytest.mark.parametrize(
    "path",
    [
        ".",
        ".git/index",
        ".trash/A.md",
        "node_modules/A.md",
        "Sub/node_modules/A.md",
        ".hidden.md",
        ".obsidian/workspace.json",
        ".obsidian/workspace-mobile.json",
        ".obsidian/plugins/x/main.js",
    ],
)
def test_these_do_not(path: str) -> None:
    assert not matters(Path(path))


def test_a_change_is_seen_and_an_own_report_is_not(tmp_path: Path) -> None:
    """The first yield says that nothing is missed from then on; a report that the run writes does not wake it."""
    seen: queue.Queue[int] = queue.Queue()
    report = tmp_path / "report.html"

    def wait() -> None:
        for number, _ in enumerate(changes(tmp_path, [report])):
            seen.put(number)
            if number == 1:
                return

    threading.Thread(target=wait, daemon=True).start()
    assert seen.get(timeout=60) == 0
    report.write_text("written by the run itself")
    (tmp_path / ".hidden").write_text("nobody looks at it")
    with pytest.raises(queue.Empty):
        seen.get(timeout=0.5)
    (tmp_path / "A.md").write_text("changed\n")
    assert seen.get(timeout=60) == 1
