"""Diagnostics as an editor shows them: their pages, their other places, and what is marked as better gone."""

from pathlib import Path
from typing import Any

import pytest

from notelint.checkers.registry import page_address
from tests.conftest import MakeVault
from tests.server.client import at
from tests.server.editor import RECORDED, Editor, recorded

pytestmark = pytest.mark.slow
NOTES: dict[str, str | bytes] = {
    "a/Same.md": "One.\n",
    "b/Same.md": "Two.\n",
    "Home.md": "---\ndg-publish: true\npermalink: /x/\ndg-permalink: x\n---\nHome.\n",
    "Other.md": "---\ndg-publish: true\ndg-permalink: x\n---\n# Other\n",
    "notelint.toml": 'select = ["all"]\nresolution = "digital-garden"\ngarden.slugify = true\n'
    "garden.path-rewrite-rules = []\n",
}
TEXT = """---
dg-publish: true
tags: [a]
tags: [b]
---
[[Same]] and [[Other#Nothing]][^a].

[^a]: one
[^a]: two
[^b]: unused

<!-- notelint-disable-next-line stub-note -->
Words.
"""
RELATED = {"textDocument": {"publishDiagnostics": {"relatedInformation": True}}}


def by_code(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {one["code"]: one for one in found}


def places(one: dict[str, Any]) -> list[tuple[str, int]]:
    related = one.get("relatedInformation") or []
    return [
        (each["location"]["uri"].rpartition("vault/")[2], each["location"]["range"]["start"]["line"])
        for each in related
    ]


def test_other_places_are_named(make_vault: MakeVault) -> None:
    editor = Editor(make_vault(NOTES), RELATED)
    editor.open("Start.md", TEXT)
    editor.open("Home.md")
    found = by_code(editor.found("Start.md"))
    assert places(found["ambiguous-link"]) == [("a/Same.md", 0), ("b/Same.md", 0)]
    assert places(found["broken-heading-link"]) == [("Other.md", 0)]
    assert places(found["duplicate-key"]) == [("Start.md", 2)]
    assert places(found["duplicate-footnote"]) == [("Start.md", 7)]
    assert places(by_code(editor.found("Home.md"))["duplicate-permalink"]) == [("Other.md", 0)]
    assert editor.client.end() == 0


def test_marks_and_pages(make_vault: MakeVault) -> None:
    editor = Editor(make_vault(NOTES), {})
    editor.open("Start.md", TEXT)
    found = by_code(editor.found("Start.md"))
    assert found["unused-suppression"]["tags"] == [1]
    assert found["unused-footnote"]["tags"] == [1]
    assert "tags" not in found["ambiguous-link"]
    assert "relatedInformation" not in found["ambiguous-link"]
    for code, one in found.items():
        assert one["codeDescription"]["href"] == page_address(code)
        assert one["codeDescription"]["href"].startswith("https://")
    assert editor.client.end() == 0


@pytest.mark.parametrize("capabilities", RECORDED, ids=lambda file: file.stem)
def test_each_recorded_editor_gets_the_same_findings(make_vault: MakeVault, capabilities: Path) -> None:
    """Pushed or pulled, with columns in whatever unit was agreed on."""
    editor = Editor(make_vault(NOTES), recorded(capabilities))
    uri = editor.open("Start.md", "😀 [[Same]]\n")
    if "diagnostic" in recorded(capabilities)["textDocument"]:
        found = editor.client.ask("textDocument/diagnostic", {"textDocument": {"uri": uri}})["items"]
    else:
        found = editor.found("Start.md")
    (one,) = [each for each in found if each["code"] == "ambiguous-link"]
    column = {"utf-8": 5, "utf-16": 3, "utf-32": 2}[editor.encoding]
    assert one["range"]["start"] == at(0, column)
    editor.client.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": at(0, column + 1)})
    (title, *_) = [title for title in editor.actions("Start.md") if "a/Same" in title]
    editor.apply(editor.actions("Start.md")[title]["edit"])
    assert editor.text("Start.md") == "😀 [[a/Same]]\n"
    assert editor.client.end() == 0


PULLING = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}


def test_pulled_diagnostics_are_sent_again_only_when_they_are_others(make_vault: MakeVault) -> None:
    """The editor is asked to pull only where another note than the typed one may have other findings."""
    editor = Editor(make_vault({"A.md": "[[B#Part]]\n", "B.md": "# B\n", "C.md": "c\n"}), PULLING)

    def pull(path: str, known: str | None = None) -> dict[str, Any]:
        params = {"textDocument": {"uri": (editor.root / path).as_uri()}, "previousResultId": known}
        found: dict[str, Any] = editor.client.ask("textDocument/diagnostic", params)
        return found

    def refreshes() -> int:
        editor.client.wait()
        return sum(one["method"] == "workspace/diagnostic/refresh" for one in editor.client.asked)

    editor.open("A.md")
    first = pull("A.md")
    assert [one["code"] for one in first["items"]] == ["broken-heading-link"]
    assert pull("A.md", first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    for path in ("B.md", "C.md"):
        editor.open(path)
        pull(path)
    known, before = pull("A.md")["resultId"], refreshes()
    editor.type("C.md", "text\n")
    pull("C.md")
    assert (refreshes(), pull("A.md", known)["kind"]) == (before, "unchanged")
    editor.type("B.md", "# B\n\n## Part\n")
    assert refreshes() == before + 1
    assert pull("A.md", known)["items"] == []
    assert editor.client.end() == 0
