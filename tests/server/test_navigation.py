"""References, hover, symbols and links, as an editor asks for them."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MakeVault
from tests.server.client import Client, at

pytestmark = pytest.mark.slow
FILES: dict[str, str | bytes] = {
    "notelint.toml": "garden.slugify = true\ngarden.path-rewrite-rules = []\n",
    "Kidney.md": "---\naliases: [Ren]\ndg-publish: true\n---\n"
    "# Kidney\n\n## Imaging\n\nBright.\n\n### CT\n\n## Causes\n",
    "Start.md": "# Start\n\n😀 [[Kidney#Imaging]] and [[Kidney]] and [[Nowhere]].\n",
    "Closed.md": "See [[kidney#Imaging|it]].\n",
}


@pytest.fixture
def session(make_vault: MakeVault, tmp_path: Path) -> Any:
    client = Client(make_vault(FILES))
    yield client, client.open(tmp_path / "vault" / "Start.md")
    assert client.end() == 0


def test_references_are_in_open_and_closed_notes(session: Any) -> None:
    client, start = session
    client.change(start, "# Start\n\n[[Kidney#Imaging]] [[Kidney#Imaging]]\n")
    place = {"textDocument": {"uri": start}, "position": at(2, 4), "context": {"includeDeclaration": True}}
    found = client.ask("textDocument/references", place)
    shown = [(one["uri"].rpartition("/")[2], one["range"]["start"]) for one in found]
    assert shown[0] == ("Kidney.md", at(6, 3))
    assert sorted(shown[1:], key=str) == sorted(
        [("Closed.md", at(0, 4)), ("Start.md", at(2, 0)), ("Start.md", at(2, 19))], key=str
    )


def test_references_of_a_heading_and_of_a_whole_note(session: Any, tmp_path: Path) -> None:
    client, _ = session
    kidney = client.open(tmp_path / "vault" / "Kidney.md")
    place: dict[str, Any] = {"textDocument": {"uri": kidney}, "context": {"includeDeclaration": False}}
    assert len(client.ask("textDocument/references", {**place, "position": at(6, 5)})) == 2
    assert client.ask("textDocument/references", {**place, "position": at(12, 5)}) == []
    assert len(client.ask("textDocument/references", {**place, "position": at(8, 1)})) == 3


def test_hover_shows_the_section_its_publish_state_and_the_rule(session: Any) -> None:
    client, start = session
    place = {"textDocument": {"uri": start}, "position": at(2, 6)}
    found = client.ask("textDocument/hover", place)
    value = found["contents"]["value"]
    assert "**Kidney.md** · published at `/kidney/` · rule L2" in value
    assert "## Imaging\n\nBright.\n\n### CT" in value
    assert "Causes" not in value
    assert found["range"]["start"] == at(2, 3)
    assert client.ask("textDocument/hover", {**place, "position": at(2, 45)}) is None


def test_symbols_are_nested_headings_notes_and_aliases(session: Any, tmp_path: Path) -> None:
    client, _ = session
    kidney = client.open(tmp_path / "vault" / "Kidney.md")
    (top,) = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": kidney}})
    assert top["name"] == "Kidney"
    assert [(one["name"], [below["name"] for below in one["children"]]) for one in top["children"]] == [
        ("Imaging", ["CT"]),
        ("Causes", []),
    ]
    assert top["children"][0]["range"]["end"] == at(12, 0)
    assert [one["name"] for one in client.ask("workspace/symbol", {"query": "ki"})] == ["Kidney"]
    assert [one["containerName"] for one in client.ask("workspace/symbol", {"query": "ren"})] == ["Kidney.md"]


def test_links_that_find_a_file_can_be_followed(session: Any) -> None:
    client, start = session
    found = client.ask("textDocument/documentLink", {"textDocument": {"uri": start}})
    assert [one["target"].rpartition("/")[2] for one in found] == ["Kidney.md", "Kidney.md"]
    assert found[0]["range"] == {"start": at(2, 5), "end": at(2, 19)}


def test_diagnostics_are_pulled_and_then_not_pushed(make_vault: MakeVault, tmp_path: Path) -> None:
    client = Client(make_vault(FILES), {"textDocument": {"diagnostic": {}}})
    start = client.open(tmp_path / "vault" / "Start.md")
    found = client.ask("textDocument/diagnostic", {"textDocument": {"uri": start}})
    assert found["kind"] == "full"
    assert [one["range"]["start"] for one in found["items"]] == [at(2, 41)]
    assert client.published == {}
    assert client.end() == 0


def test_completion_knows_unsaved_notes(session: Any, tmp_path: Path) -> None:
    client, start = session
    kidney = client.open(tmp_path / "vault" / "Kidney.md")
    client.change(kidney, "# Kidney\n\n## Nephrogram\n")
    client.change(start, "[[Kidney#Ne")
    place = {"textDocument": {"uri": start}, "position": at(0, 11)}
    item = client.ask("textDocument/completion", place)["items"][0]
    assert item["textEdit"] == {"range": {"start": at(0, 9), "end": at(0, 11)}, "newText": "Nephrogram]]"}
