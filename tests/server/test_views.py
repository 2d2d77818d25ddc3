"""Folds, highlights, lenses, hints, pages on suppressions, and the import of a saved page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.note.note import Note
from notelint.server.folding import folds
from notelint.server.margins import Margins
from tests.conftest import MakeVault
from tests.edits.test_suppress import LINES
from tests.server.client import at
from tests.server.editor import FILES, Editor

NOTES: dict[str, str | bytes] = {
    "notelint.toml": "resolution = 'digital-garden'\ngarden.slugify = true\ngarden.path-rewrite-rules = []\n",
    "Kidney.md": "---\ndg-publish: true\n---\n# Kidney\n\n## Imaging\n\nBright. ^b1\n",
    "Start.md": "# Start\n\n[[Kidney]] [[Kidney#Imaging]] [[Kidney#^b1]] [[#Start]] #one[^1] #One [[Kidney|x]]\n\n"
    "[^1]: foot\n",
    "Other.md": "[[Kidney]]\n\n%% notelint-disable-next-line broken-link %%\n[[a/b]]\n",
}


@pytest.fixture
def editor(make_vault: MakeVault) -> Iterator[Editor]:
    able = {**FILES, "window": {"showDocument": {"support": True}}}
    one = Editor(make_vault(NOTES), able, options={"codeLens": True, "inlayHints": True})
    one.open("Start.md")
    yield one
    assert one.client.end() == 0


def lines_of(note: str) -> list[tuple[int, int]]:
    return [(one.start_line, one.end_line) for one in folds(Note("A.md", note))]


def test_sections_code_lists_and_frontmatter_fold() -> None:
    text = "---\na: 1\n---\n# A\n\n- x\n  - y\n    z\n- w\n\n## B\n\n```\ncode\n```\n\n%%\nc\n%%\n\n# C\n"
    assert lines_of(text) == [(0, 2), (3, 18), (5, 7), (6, 7), (10, 18), (12, 14), (16, 18)]


@given(st.lists(st.sampled_from(LINES), max_size=20).map("\n".join))
def test_folds_lie_in_the_note_and_none_crosses_another_heading(text: str) -> None:
    found = lines_of(text)
    assert found == sorted(set(found))
    assert all(0 <= first < last < len(text.split("\n")) for first, last in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("column", "shown"),
    [(4, ["Kidney", "Kidney#Imaging", "Kidney#^b1", "Kidney"]), (22, ["Kidney#Imaging"]), (58, ["one", "One"])],
)
def test_the_same_thing_is_highlighted(editor: Editor, column: int, shown: list[str]) -> None:
    line = editor.text("Start.md").split("\n")[2]
    found = editor.ask("documentHighlight", "Start.md", 2, column)
    assert [line[one["range"]["start"]["character"] : one["range"]["end"]["character"]] for one in found] == shown


@pytest.mark.slow
def test_headings_and_footnotes_are_highlighted_where_they_stand(editor: Editor) -> None:
    found = editor.ask("documentHighlight", "Start.md", 0, 4)
    assert [one["range"]["start"]["line"] for one in found] == [0, 2]
    found = editor.ask("documentHighlight", "Start.md", 4, 2)
    assert [one["range"]["start"]["line"] for one in found] == [2, 4]
    assert editor.ask("documentHighlight", "Start.md", 1, 0) == []


@pytest.mark.slow
def test_lenses_and_hints_are_shown_where_they_are_asked_for(editor: Editor) -> None:
    document = {"textDocument": {"uri": editor.open("Kidney.md")}}
    found = editor.client.ask("textDocument/codeLens", document)
    assert [one["command"]["title"] for one in found] == ["5 backlinks", "published at `/kidney/`"]
    assert found[0]["range"]["start"] == at(3, 0)
    asked = {"textDocument": {"uri": editor.open("Start.md")}, "range": {"start": at(0, 0), "end": at(9, 0)}}
    assert [one["label"] for one in editor.client.ask("textDocument/inlayHint", asked)] == ["/kidney/"] * 4
    editor.client.tell("workspace/didChangeConfiguration", {"settings": {"notelint": {"codeLens": False}}})
    assert editor.client.ask("textDocument/codeLens", document) == []
    assert editor.client.ask("textDocument/inlayHint", asked) == []


@pytest.mark.parametrize("settings", [None, 7, [], {}, {"codeLens": "yes"}, {"notelint": None}])
def test_nothing_is_shown_beside_the_text_at_first(settings: Any) -> None:
    assert Margins.of(settings) == Margins()


@pytest.mark.slow
def test_a_suppression_shows_the_page_of_its_checker(editor: Editor) -> None:
    editor.open("Other.md")
    found = editor.ask("hover", "Other.md", 2, 33)
    assert "# broken-link" in found["contents"]["value"]
    assert found["range"] == {"start": at(2, 30), "end": at(2, 41)}


PAGE = """<html><head><title>Renal cyst</title></head><body><article><h1>Renal cyst</h1>
<p>A cyst of the kidney is a round space that is filled with fluid and has a thin wall. It is found by chance.</p>
<p>On ultrasound it is without echoes, and behind it the sound is louder. On CT it is as dark as water.</p>
</article></body></html>"""


@pytest.mark.slow
def test_a_saved_page_becomes_a_note(editor: Editor, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    asked = {"command": "notelint.importPage", "arguments": [page.as_uri(), (editor.root / "in").as_uri()]}
    uri = editor.client.ask("workspace/executeCommand", asked)
    note = editor.root / "in" / "Renal cyst.md"
    assert uri == note.as_uri()
    assert "without echoes" in note.read_text("utf-8")
    assert [one["params"]["uri"] for one in editor.client.asked if one["method"] == "window/showDocument"] == [uri]
    before = note.read_bytes()
    assert editor.client.ask("workspace/executeCommand", asked) is None
    assert note.read_bytes() == before
    asked["arguments"] = ["https://example.org/x"]
    assert editor.client.ask("workspace/executeCommand", asked) is None
