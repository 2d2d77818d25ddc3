"""Files that are no notes, checked through the real command where a checker of files is switched on."""

import json
from pathlib import Path

from tests.conftest import run


def found(root: Path, *options: str) -> list[tuple[str, str]]:
    out = run("check", "--output-format", "json", *options, cwd=root).stdout
    return [(one["path"], one["checker"]) for one in json.loads(out)["diagnostics"]]


def test_an_unused_attachment_is_reported_where_a_folder_is_checked(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "files").mkdir()
    (tmp_path / "files/used.png").touch()
    (tmp_path / "files/lost.png").touch()
    (tmp_path / "A.md").write_text("![[used.png]]\n")
    wanted = [("files/lost.png", "unused-attachment")]
    assert found(tmp_path) == []
    for _ in range(2):  # the second time from the cache
        assert found(tmp_path, "--select", "unused-attachment") == wanted
    assert found(tmp_path, "--select", "unused-attachment", "files") == wanted
    assert found(tmp_path, "--select", "unused-attachment", "A.md") == []
    (tmp_path / "notelint.toml").write_text('exclude = ["files/"]\nextend-select = ["unused-attachment"]\n')
    assert found(tmp_path) == []


def test_a_canvas_that_changes_is_seen_by_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    for name in ("A", "B"):
        (tmp_path / f"{name}.md").write_text("Nothing.\n")
    canvas = tmp_path / "Map.canvas"
    for shown, left in (("A.md", "B.md"), ("B.md", "A.md")):
        canvas.write_text(json.dumps({"nodes": [{"type": "file", "file": shown}]}))
        assert found(tmp_path, "--select", "orphan-note") == [(left, "orphan-note")]
