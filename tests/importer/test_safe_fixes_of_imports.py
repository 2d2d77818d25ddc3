"""The safe fixes of an import take what a website leaves around an article, never much of the article."""

from pathlib import Path

import pytest

from notelint.edits.fix_loop import FixedNotes
from notelint.engine import fix
from notelint.engine.workspace import Workspace
from notelint.importer import write
from notelint.importer.article import Article

BODY = "\n\n".join(f"Sentence {number} of an article has so many words in it." for number in range(10))


@pytest.mark.parametrize(("left", "is_applied"), [(9, True), (6, False)])
def test_fixes_that_take_more_than_a_fifth_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int, is_applied: bool
) -> None:
    def cut(run: Workspace, path: str, data: bytes) -> tuple[bytes, FixedNotes]:
        return b"\n\n".join(data.split(b"\n\n")[: left + 1]) + b"\n", FixedNotes()

    monkeypatch.setattr(fix, "find_safe_in_text", cut)
    (tmp_path / "notelint.toml").touch()
    found = write.write(Workspace.open(tmp_path), tmp_path / "A.md", Article({"title": "A"}, BODY, "a"))
    assert bool(found.problems) is not is_applied
    assert ("Sentence 9" not in (tmp_path / "A.md").read_text("utf-8")) is is_applied
