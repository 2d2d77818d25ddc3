"""Code actions: each, once applied as an editor does, makes its finding go, and loses no word."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import MakeVault, lines, report
from tests.server.editor import FILES, Editor

pytestmark = pytest.mark.slow
NOTES: dict[str, str | bytes] = {
    "notelint.toml": "resolution = 'digital-garden'\ngarden.slugify = true\ngarden.path-rewrite-rules = []\n",
    ".obsidian/app.json": '{"newFileLocation": "folder", "newFileFolderPath": "inbox"}',
    "Start.md": "---\ntype: disease\n---\n## Concept\nx\n\n- one\n- [[Nowhere|a place]] 😀\n- three\n\n"
    "| a | b |\n| - | - |\n| [[Missing]] | x |\n\n## Causes\nx\n## Imaging\n[x](#Nothing)\n",
    "Public.md": "---\ndg-publish: true\n---\nSee [[Private]] and [[Off]].\n",
    "Private.md": "Mine alone.\n",
    "Off.md": "---\ndg-publish: false\n---\nMine, too.\n",
}


@pytest.fixture
def editor(make_vault: MakeVault) -> Iterator[Editor]:
    one = Editor(make_vault(NOTES), {**FILES, "window": {"showDocument": {"support": True}}})
    yield one
    assert one.client.end() == 0


def words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"<!--.*?-->", "", text))


@pytest.mark.parametrize(
    ("line", "checker", "written"),
    [
        (7, "unwritten-note", "- one <!-- notelint-disable-next-line unwritten-note -->\n- [[Nowhere|a place]] 😀\n"),
        (
            12,
            "unwritten-note",
            "<!-- notelint-disable unwritten-note -->\n\n| a | b |\n| - | - |\n| [[Missing]] | x |\n",
        ),
        (17, "broken-heading-link", "<!-- notelint-disable broken-heading-link -->\n\n## Causes\n"),
    ],
)
def test_a_finding_is_suppressed_at_its_place(editor: Editor, line: int, checker: str, written: str) -> None:
    editor.open("Start.md")
    before, text = editor.codes("Start.md"), editor.text("Start.md")
    editor.apply(editor.actions("Start.md", line, line)[f"Suppress {checker} here"]["edit"])
    assert written in editor.text("Start.md")
    assert words(editor.text("Start.md")) == words(text)
    before.remove(checker)
    assert editor.codes("Start.md") == before


def test_a_second_checker_joins_the_comment_that_is_there(editor: Editor) -> None:
    editor.open("Start.md", "# S\n\n<!-- notelint-disable-next-line ambiguous-link -->\n[[Nowhere]]\n")
    editor.apply(editor.actions("Start.md", 3, 3)["Suppress unwritten-note here"]["edit"])
    assert "<!-- notelint-disable-next-line ambiguous-link, unwritten-note -->\n[[No" in editor.text("Start.md")
    assert editor.codes("Start.md") == ["unused-suppression"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("---\ntype: x\n---\n[[No]]\n", "type: x\nnotelint:\n  ignore: [unwritten-note]\n---\n"),
        ("---\nnotelint: {ignore: [stub-note]}\n---\n[[No]]\n", "{ignore: [stub-note, unwritten-note]}"),
        ("---\nnotelint:\n  ignore:\n  - stub-note\n---\n[[No]]\n", "\n  - stub-note\n  - unwritten-note\n---\n"),
        ('---\n{"a":1}\n---\n[[No]]\n', '{"notelint":{"ignore":["unwritten-note"]},"a":1}'),
        ("# S\r\n\r\n[[No]]\r\n", "<!-- notelint-disable unwritten-note -->\r\n\r\n# S\r\n"),
    ],
)
def test_a_checker_is_suppressed_in_the_whole_note(editor: Editor, text: str, written: str) -> None:
    editor.open("Start.md", text)
    editor.apply(editor.actions("Start.md")["Suppress unwritten-note in this note"]["edit"])
    assert written in editor.text("Start.md")
    assert "unwritten-note" not in editor.codes("Start.md")


def test_a_missing_note_is_created_where_obsidian_puts_it_as_its_profile_begins(editor: Editor) -> None:
    editor.open("Start.md")
    found = editor.actions("Start.md", 7, 7)
    assert "Create 'inbox/Nowhere.md'" in found
    editor.apply(found["Create 'inbox/Nowhere.md' as profile 'disease' begins it"]["edit"])
    made = (editor.root / "inbox" / "Nowhere.md").read_text("utf-8")
    assert made.startswith("---\ntype: disease\n---\n\n## Concept\n\n## Causes\n")
    editor.client.tell("workspace/didChangeWatchedFiles", {"changes": []})
    assert editor.codes("Start.md").count("unwritten-note") == 1
    assert {one.rpartition(" ")[2] for one in lines(report(editor.root, "inbox"))} <= {"empty-section"}


def test_no_note_is_created_outside_the_vault_or_over_another(editor: Editor) -> None:
    editor.open("Start.md", "[[../x]] [[a:b]] [[Private/y|z]] [[sub/new]] [[.hidden/x]] [[img.png]]\n")
    created = [title for title in editor.actions("Start.md") if title.startswith("Create")]
    assert created == ["Create 'Private/y.md'", "Create 'sub/new.md'"]


def test_an_editor_that_makes_no_files_is_offered_none(make_vault: MakeVault) -> None:
    editor = Editor(make_vault(NOTES), {})
    editor.open("Start.md")
    assert not [title for title in editor.actions("Start.md") if title.startswith(("Create", "Explain"))]
    editor.client.end()


def test_a_dead_link_is_taken_away_and_its_words_stay(editor: Editor) -> None:
    editor.open("Start.md")
    editor.apply(editor.actions("Start.md", 7, 7)["Unlink, and keep the text"]["edit"])
    assert "- one\n- a place 😀\n- three" in editor.text("Start.md")


@pytest.mark.parametrize(("target", "now"), [("Private", "---\ndg-publish: true\n---\n\nMine alone.\n"), ("Off", None)])
def test_the_target_of_a_link_is_published(editor: Editor, target: str, now: str | None) -> None:
    editor.open("Public.md")
    assert editor.codes("Public.md") == ["unpublished-target"] * 2
    editor.open(f"{target}.md")
    editor.apply(editor.actions("Public.md")[f"Publish '{target}.md' too (dg-publish: true)"]["edit"])
    assert editor.text(f"{target}.md") == (now or "---\ndg-publish: true\n---\nMine, too.\n")
    assert editor.codes("Public.md") == ["unpublished-target"]


def test_a_missing_section_is_added(editor: Editor) -> None:
    editor.open("Start.md")
    assert "missing-section" in editor.codes("Start.md")
    editor.apply(editor.actions("Start.md")["Add an empty section 'Differentials' (unsafe)"]["edit"])
    assert editor.text("Start.md").endswith("[x](#Nothing)\n\n## Differentials\n")
    assert "missing-section" not in editor.codes("Start.md")


def test_the_page_of_a_checker_is_shown(editor: Editor) -> None:
    editor.open("Start.md")
    command = editor.actions("Start.md", 7, 7)["Explain unwritten-note"]["command"]
    editor.client.ask("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    editor.client.wait()
    (shown,) = [one for one in editor.client.asked if one["method"] == "window/showDocument"]
    assert "unwritten" in shown["params"]["uri"]
    editor.client.ask("workspace/executeCommand", {"command": command["command"], "arguments": ["../../x"]})
    editor.client.wait()
    assert len([one for one in editor.client.asked if one["method"] == "window/showDocument"]) == 1


def test_all_safe_findings_are_fixed_and_nothing_else(editor: Editor) -> None:
    editor.open("Start.md", "# S\n\n[[private]] [[PRIVATE|x]] [[Nowhere]]\n\n```\n[[private]]\n```\n")
    for kind in ("source.fixAll", "source", "source.fixAll.notelint"):
        assert not editor.actions("Start.md", kind=kind)  # by Obsidian's rules capitals do not matter
    (editor.root / "notelint.toml").write_text('extend-select = ["case-mismatch"]\n', "utf-8")
    editor.client.tell("workspace/didChangeWatchedFiles", {"changes": []})
    (action,) = editor.actions("Start.md", kind="source.fixAll").values()
    editor.apply(action["edit"])
    assert editor.text("Start.md") == "# S\n\n[[Private]] [[Private|x]] [[Nowhere]]\n\n```\n[[private]]\n```\n"
    editor.save()
    assert Path(editor.root / "Start.md").read_text("utf-8") == editor.text("Start.md")
