"""Renames as an editor asks for them: the edits, applied here as an editor does, leave no link broken."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notelint.core.text import Span
from notelint.server.positions import Positions
from tests.conftest import MakeVault, lines, report
from tests.server.client import Client, at

pytestmark = pytest.mark.slow
FILES: dict[str, str | bytes] = {
    "gu/Kidney.md": "# Kidney\n\n## Imaging\n\n[up](#Imaging)\n",
    "Start.md": "# Start\n",
    "Closed.md": "😀 [[Kidney#Imaging|it]] and [x](gu/Kidney.md#Imaging).\n",
    "Board.canvas": '{"nodes":[{"id":"1","type":"file","file":"gu/Kidney.md","x":0,"y":0,'
    '"width":9,"height":9}],"edges":[]}',
}
UNSAVED = "# Start\n\n😀😀 [[Kidney#Imaging]] [[gu/Kidney]]\n"
RENAMES = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["rename"]}}}


class Editor:
    """An editor that applies a workspace edit: it compares versions, changes texts, and renames files."""

    def __init__(self, root: Path) -> None:
        self.root, self.client = root, Client(root, RENAMES)
        self.start = self.client.open(root / "Start.md")
        self.client.change(self.start, UNSAVED)
        self.held = {self.start: UNSAVED}

    def apply(self, edit: dict[str, Any]) -> None:
        for change in edit["documentChanges"]:
            if change.get("kind") == "rename":
                Path(change["oldUri"].removeprefix("file://")).rename(change["newUri"].removeprefix("file://"))
                continue
            uri, file = change["textDocument"]["uri"], Path(change["textDocument"]["uri"].removeprefix("file://"))
            assert change["textDocument"].get("version") == (2 if uri in self.held else None)
            text = self.held.get(uri) or file.read_text("utf-8")
            places = Positions(text, "utf-16")
            edits = [(self.span(places, one["range"]), one["newText"]) for one in change["edits"]]
            for span, new in sorted(edits, reverse=True):
                text = text[: span.start] + new + text[span.end :]
            file.write_text(text, "utf-8")

    @staticmethod
    def span(places: Positions, given: dict[str, Any]) -> Span:
        from lsprotocol.types import Position

        return Span(places.offset(Position(**given["start"])), places.offset(Position(**given["end"])))

    def ask(self, method: str, line: int, column: int, **more: Any) -> Any:
        params = {"textDocument": {"uri": self.start}, "position": at(line, column), **more}
        return self.client.ask(f"textDocument/{method}", params)


@pytest.fixture
def editor(make_vault: MakeVault) -> Iterator[Editor]:
    one = Editor(make_vault(FILES))
    yield one
    assert one.client.end() == 0


def unbroken(root: Path) -> bool:
    return lines(report(root, "--select", "broken-link,broken-heading-link,broken-block-link,unwritten-note")) == []


def test_a_heading_is_renamed_from_a_link_with_every_link(editor: Editor) -> None:
    asked = editor.ask("prepareRename", 2, 15)
    assert asked == {"range": {"start": at(2, 14), "end": at(2, 21)}, "placeholder": "Imaging"}
    editor.apply(editor.ask("rename", 2, 15, newName="Pictures"))
    assert (editor.root / "gu/Kidney.md").read_text() == "# Kidney\n\n## Pictures\n\n[up](#Pictures)\n"
    assert (editor.root / "Start.md").read_text() == UNSAVED.replace("Imaging", "Pictures")
    assert unbroken(editor.root)


def test_a_note_is_renamed_from_a_link_with_links_and_canvases(editor: Editor) -> None:
    asked = editor.ask("prepareRename", 2, 8)
    assert asked == {"range": {"start": at(2, 7), "end": at(2, 13)}, "placeholder": "Kidney"}
    editor.apply(editor.ask("rename", 2, 8, newName="Ren"))
    assert (editor.root / "gu/Ren.md").exists()
    assert (editor.root / "Start.md").read_text() == UNSAVED.replace("Kidney", "Ren")
    assert (editor.root / "Closed.md").read_text() == "😀 [[Ren#Imaging|it]] and [x](gu/Ren.md#Imaging).\n"
    assert '"gu/Ren.md"' in (editor.root / "Board.canvas").read_text()
    assert unbroken(editor.root)


def test_files_changed_behind_the_editor_are_read_anew(editor: Editor) -> None:
    (editor.root / "Closed.md").write_text("New words before [[Kidney]].\n", "utf-8")
    editor.apply(editor.ask("rename", 2, 8, newName="Ren"))
    assert (editor.root / "Closed.md").read_text() == "New words before [[Ren]].\n"


def test_links_follow_a_file_that_the_editor_moves(editor: Editor) -> None:
    old, new = editor.root / "gu/Kidney.md", editor.root / "organs/Kidneys.md"
    edit = editor.client.ask("workspace/willRenameFiles", {"files": [{"oldUri": old.as_uri(), "newUri": new.as_uri()}]})
    editor.apply(edit)
    new.parent.mkdir()
    old.rename(new)
    assert (editor.root / "Start.md").read_text().endswith("[[Kidneys#Imaging]] [[organs/Kidneys]]\n")
    assert unbroken(editor.root)


def test_links_follow_several_files_that_move_together(editor: Editor) -> None:
    moves = [("gu/Kidney.md", "organs/Kidneys.md"), ("Start.md", "organs/Begin.md")]
    files = [{"oldUri": (editor.root / a).as_uri(), "newUri": (editor.root / b).as_uri()} for a, b in moves]
    editor.apply(editor.client.ask("workspace/willRenameFiles", {"files": files}))
    (editor.root / "organs").mkdir()
    for old, new in moves:
        (editor.root / old).rename(editor.root / new)
    assert (editor.root / "organs/Begin.md").read_text().endswith("[[Kidneys#Imaging]] [[organs/Kidneys]]\n")
    assert unbroken(editor.root)
    same = [{**one, "newUri": (editor.root / "Same.md").as_uri()} for one in files]
    assert editor.client.ask("workspace/willRenameFiles", {"files": same}) is None


def test_what_cannot_be_renamed_is_refused(editor: Editor) -> None:
    assert editor.ask("prepareRename", 2, 1) is None
    for name in ("", "a#b", "../x", "a|b"):
        assert editor.ask("rename", 2, 8, newName=name) is None
        assert "message" in editor.client.error
    assert (editor.root / "gu/Kidney.md").exists()


def test_an_editor_that_cannot_rename_files_gets_no_half_of_it(make_vault: MakeVault) -> None:
    root = make_vault(FILES)
    client = Client(root)
    start = client.open(root / "Start.md", UNSAVED)
    place = {"textDocument": {"uri": start}, "position": at(2, 8), "newName": "Ren"}
    assert client.ask("textDocument/rename", place) is None
    assert "notelint mv" in client.error["message"]
    assert client.end() == 0
