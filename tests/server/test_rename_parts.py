"""Renames of block ids, aliases and tags: every use follows, in saved and unsaved notes, and nothing else changes."""

from collections.abc import Iterator

import pytest

from tests.conftest import MakeVault, report
from tests.server.client import at
from tests.server.editor import Editor

pytestmark = pytest.mark.slow
FILES: dict[str, str | bytes] = {
    "Kidney.md": '---\naliases: [Ren, "Old name"]\ntags: [Organ, "organ/gu", other]\n---\n# Kidney\n\n'
    "Bright #organ and #organs. ^b1\n\n- item ^b2\n",
    "Closed.md": "😀 [[Kidney#^b1|x]] ![[kidney#^B1]] [y](Kidney.md#^b1) [[Kidney|Ren]] [Ren](Kidney.md) `#organ`\n",
    "Other.md": "---\ntags: organ, next\n---\n[[Kidney|Renal]] [[#^b1]] #Organ/sub\n\ntext ^b1\n",
}


@pytest.fixture
def editor(make_vault: MakeVault) -> Iterator[Editor]:
    one = Editor(make_vault(FILES))
    one.open("Kidney.md")
    one.open("Start.md", "[[Kidney#^b1]] | [[Kidney|Ren]] #organ\n")
    yield one
    assert one.client.end() == 0


def test_a_block_id_is_renamed_where_it_is_defined_and_in_links(editor: Editor) -> None:
    assert editor.ask("prepareRename", "Kidney.md", 6, 29)["placeholder"] == "b1"
    editor.apply(editor.ask("rename", "Start.md", 0, 12, newName="seen"))
    assert "#organs. ^seen\n" in editor.text("Kidney.md")
    assert editor.text("Start.md") == "[[Kidney#^seen]] | [[Kidney|Ren]] #organ\n"
    assert editor.text("Closed.md").startswith(
        "😀 [[Kidney#^seen|x]] ![[kidney#^seen]] [y](Kidney.md#^seen) [[Kidney|Ren]]"
    )
    assert editor.text("Other.md") == FILES["Other.md"]
    editor.save()
    assert not report(editor.root, "--select", "broken-block-link")["diagnostics"]


def test_a_block_id_that_is_taken_or_none_is_refused(editor: Editor) -> None:
    for name in ("b2", "a b", "", "é"):
        assert editor.ask("rename", "Kidney.md", 6, 29, newName=name) is None
        assert editor.client.error["message"]


def test_an_alias_is_renamed_with_the_links_that_show_it(editor: Editor) -> None:
    asked = editor.ask("prepareRename", "Start.md", 0, 28)
    assert asked == {"range": {"start": at(0, 26), "end": at(0, 29)}, "placeholder": "Ren"}
    editor.apply(editor.ask("rename", "Start.md", 0, 28, newName="Nephros: a"))
    assert editor.text("Kidney.md").startswith('---\naliases: ["Nephros: a", "Old name"]\n')
    assert editor.text("Start.md") == "[[Kidney#^b1]] | [[Kidney|Nephros: a]] #organ\n"
    assert "[[Kidney|Nephros: a]] [Nephros: a](Kidney.md) `#organ`\n" in editor.text("Closed.md")
    assert "[[Kidney|Renal]]" in editor.text("Other.md")
    for name in ("a|b", "[x]", " ", "Old name"):
        assert editor.ask("rename", "Kidney.md", 1, 13, newName=name) is None


def test_a_tag_is_renamed_in_properties_and_texts(editor: Editor) -> None:
    assert editor.ask("prepareRename", "Kidney.md", 6, 9)["placeholder"] == "organ"
    editor.apply(editor.ask("rename", "Start.md", 0, 33, newName="#body/part"))
    kidney = editor.text("Kidney.md")
    assert 'tags: [body/part, "body/part/gu", other]\n' in kidney
    assert "Bright #body/part and #organs. ^b1" in kidney
    assert editor.text("Start.md").endswith("#body/part\n")
    assert (
        editor.text("Other.md")
        == "---\ntags: body/part, next\n---\n[[Kidney|Renal]] [[#^b1]] #body/part/sub\n\ntext ^b1\n"
    )
    assert editor.text("Closed.md") == FILES["Closed.md"]
    for name in ("two words", "12", "a#b", ""):
        assert editor.ask("rename", "Start.md", 0, 33, newName=name) is None
        assert "cannot be a tag" in editor.client.error["message"]
