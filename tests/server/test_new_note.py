"""A new note that an editor is to write lies in the vault, behind no link."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls")

from notelint.engine.workspace import Workspace
from notelint.server.new_note import path_of_new

OUTSIDE = (
    "[[linked/x]]", "[[./linked/x]]", "[x](linked/x.md)", "[[linked/in/x]]", "[[file/x]]", "[[../x]]",
    "[[sub/../../x]]", "[x](%2e%2e/%2e%2e/x.md)", "[x](%2e%2e%2fx.md)", "[[.git/x]]",
    "[[.GIT/hooks/x]]", "[[.obsidian/plugins/x]]",
    "[[/../x]]", "[[dangling/x]]",
)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links")
def test_no_new_note_lies_outside_of_the_vault_or_behind_a_link(tmp_path: Path) -> None:
    vault, outside = tmp_path / "vault", tmp_path / "outside"
    outside.mkdir()
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "linked").symlink_to(outside)
    (vault / "dangling").symlink_to(tmp_path / "nowhere")
    (vault / "file").write_text("x")
    (vault / "A.md").write_text("\n".join([*OUTSIDE, "[[sub/x]]", "[[x]]"]) + "\n")
    run = Workspace.open(vault)
    note = run.note("A.md")
    found = {note.text[link.span.start : link.span.end]: path_of_new(run, run.vault, link, note) for link in note.links}
    assert {written: path for written, path in found.items() if path is not None} == {
        "[[sub/x]]": "sub/x.md", "[[x]]": "x.md",
    }  # fmt: skip
    assert set(OUTSIDE) <= set(found)
