"""Completion in links, tags and properties: what is proposed, and what it makes of the line."""

from pathlib import Path

import pytest

from notelint.core.text import Span
from notelint.note.note import Note
from notelint.server.completion import complete
from notelint.server.open_notes import OpenNotes
from notelint.server.positions import Positions
from tests.conftest import MakeVault

FILES: dict[str, str | bytes] = {
    "Kidney.md": "---\ntags: [organ, gu/kidney]\naliases: [Ren]\n---\n# Kidney\n\n## Imaging: CT\n\nBright. ^b1\n",
    "gu/Cyst.md": "---\ntags: organ\ntype: disease\n---\n# Cyst\n",
    "chest/Cyst.md": "# Cyst\n",
}


@pytest.fixture(name="vault")
def _vault(make_vault: MakeVault) -> Path:
    return make_vault(FILES)


def completed(vault: Path, text: str, path: str = "Start.md", *, with_bodies: bool = False) -> dict[str, str]:
    """The lines that a text could become, by the label of the proposal. `¦` is the cursor."""
    (vault / path).write_text(text.replace("¦", ""), "utf-8")
    notes, at = OpenNotes(), text.index("¦")
    one = notes.put((vault / path).as_uri(), 1, text.replace("¦", ""))
    assert one is not None
    for _ in notes.body_tags[vault].reading(one.run, notes.stamps(one.run)) if with_bodies else ():
        pass
    note, places = one.note, Positions(one.note.text, "utf-16")
    found = {}
    for item in complete(note, one.run, notes, at, places).items:
        assert item.text_edit is not None
        span = Span(places.offset(item.text_edit.range.start), places.offset(item.text_edit.range.end))  # type: ignore[union-attr]
        found[f"{item.label} {item.detail or ''}".strip()] = (
            note.text[: span.start] + item.text_edit.new_text + note.text[span.end :]
        )
    return found


def test_notes_and_aliases_are_written_the_shortest_way(vault: Path) -> None:
    found = completed(vault, "😀 [[k¦")
    assert found["Kidney Kidney.md"] == "😀 [[Kidney]]"
    found = completed(vault, "[[¦]] [[x]]")
    assert found["Ren Kidney.md"] == "[[Kidney|Ren]] [[x]]"
    assert found["Cyst gu/Cyst.md"] == "[[gu/Cyst]] [[x]]"


def test_an_alias_in_a_table_does_not_divide_the_cell(vault: Path) -> None:
    found = completed(vault, "| a | b |\n| - | - |\n| [[Re¦]] | x |\n")
    assert found["Ren Kidney.md"].endswith("| [[Kidney\\|Ren]] | x |\n")


def test_a_link_that_has_a_text_keeps_it(vault: Path) -> None:
    found = completed(vault, "[[Ki¦|mine]]")
    assert found == {"Kidney Kidney.md": "[[Kidney|mine]]"}


def test_headings_and_blocks_of_the_note_that_is_linked(vault: Path) -> None:
    found = completed(vault, "[[Kidney#im¦")
    assert list(found.values()) == ["[[Kidney#Imaging CT]]"]
    assert list(completed(vault, "[[Kidney#^¦]]").values()) == ["[[Kidney#^b1]]"]
    assert list(completed(vault, "# Own\n\n[[#¦]]").values()) == ["# Own\n\n[[#Own]]"]
    assert completed(vault, "[[Nowhere#¦]]") == {}


def test_tags_by_use_and_keys_that_are_missing(vault: Path) -> None:
    assert list(completed(vault, "A #¦")) == ["organ", "gu/kidney"]
    assert list(completed(vault, "---\ntype: x\nta¦\n---\n").values()) == ["---\ntype: x\ntags: \n---\n"]


@pytest.mark.parametrize("text", ["`[[¦`", "```\n[[¦\n```\n", "word¦", "# Head¦", "[[Kidney|te¦]]", "[[Kidney]]¦"])
def test_nothing_is_proposed_elsewhere(vault: Path, text: str) -> None:
    assert completed(vault, text) == {}


def test_values_are_those_of_the_schema_then_those_of_the_vault(vault: Path) -> None:
    (vault / "mine.json").write_text(SCHEMA, "utf-8")
    (vault / "notelint.toml").write_text('[checkers.schema-violation]\nschema = "mine.json"\n', "utf-8")
    assert list(completed(vault, "---\ntype: ¦\n---\n")) == [
        "draft listed by the schema",
        "in review listed by the schema",
        "disease",
    ]
    assert completed(vault, "---\ntype: rev¦\n---\n") == {
        "in review listed by the schema": "---\ntype: in review\n---\n"
    }
    assert list(completed(vault, "---\nshown: ¦\n---\n")) == ["true listed by the schema", "false listed by the schema"]
    assert list(completed(vault, "---\nkinds: [b, alp¦\n---\n").values()) == ["---\nkinds: [b, alpha\n---\n"]
    assert list(completed(vault, "---\nkinds:\n  - b\n  - alp¦\n---\n").values()) == [
        "---\nkinds:\n  - b\n  - alpha\n---\n"
    ]
    assert "shown whether it is shown" in completed(vault, "---\nsh¦\n---\n")
    assert "old" not in completed(vault, "---\n¦\n---\n")


SCHEMA = """{
  "properties": {"type": {"$ref": "#/$defs/kind"}, "kinds": {"items": {"enum": ["alpha", "beta"]}}, "old": {"not": {}}},
  "allOf": [{"properties": {"shown": {"type": ["boolean", "null"], "description": "whether it is shown"}}}],
  "$defs": {"kind": {"enum": ["draft", "in review", null]}}
}"""


def test_attachments_come_first_in_embeds(vault: Path) -> None:
    for path in ("img/kidney.png", "img/Kid.pdf", "img/other.txt"):
        (vault / path).parent.mkdir(exist_ok=True)
        (vault / path).write_bytes(b"")
    assert completed(vault, "![[kidney.p¦") == {"kidney.png img/kidney.png": "![[kidney.png]]"}
    assert set(completed(vault, "[[ki¦").values()) == {"[[Kidney]]", "[[kidney.png]]", "[[Kid.pdf]]"}
    assert completed(vault, "![[other¦") == {}
    assert completed(vault, "[[other¦") == {"other.txt img/other.txt": "[[other.txt]]"}


def test_nearer_notes_come_first_then_those_linked_more(vault: Path) -> None:
    for path in ("gu/Renal a.md", "gu/Renal b.md", "Renal c.md", "gu/sub/Renal d.md"):
        (vault / path).parent.mkdir(exist_ok=True)
        (vault / path).write_text("[[Renal b]] [[gu/Renal b|x]]\n", "utf-8")
    found = completed(vault, "[[ren¦", "gu/Start.md")
    assert [label.split()[-1] for label in found if "Renal" in label] == ["b.md", "a.md", "c.md", "d.md"]


def test_callouts_sections_and_checkers(vault: Path) -> None:
    assert completed(vault, "> [!warn¦")["warning"] == "> [!warning] "
    assert completed(vault, "> [!warn¦] Mind")["warning"] == "> [!warning] Mind"
    note = "---\ntype: disease\n---\n## Causes\n\n## ¦\n"
    assert [label.split()[0] for label in completed(vault, note)][:3] == ["Concept", "Imaging", "Differentials"]
    assert completed(vault, note.replace("## ¦", "### ¦")) == {}
    found = completed(vault, "<!-- notelint-disable stub-note, broken-h¦ -->\n")
    assert next(iter(found.values())) == "<!-- notelint-disable stub-note, broken-heading-link -->\n"
    found = completed(vault, "[[Nowhere]]\n\n%% notelint-disable-next-line ¦ %%\n")
    assert next(iter(found)).startswith("unwritten-note ")
    assert any(one.startswith("stub-note") for one in completed(vault, "---\nnotelint:\n  ignore: [stub¦\n---\n"))


def test_a_block_without_an_id_gets_one_in_the_same_note(vault: Path) -> None:
    text = "First words.\n\n- an item\n- other ^known\n\n| a |\n| - |\n\n```\ncode\n```\n\n[[#^¦"
    found = completed(vault, text)
    assert [label.removesuffix(" adds a block id") for label in found] == ["^known", "^an item", "^First words."]
    notes, at = OpenNotes(), text.index("¦")
    one = notes.put((vault / "Start.md").as_uri(), 1, text.replace("¦", ""))
    assert one is not None
    items = complete(one.note, one.run, notes, at, Positions(one.note.text, "utf-16")).items
    (item,) = [item for item in items if item.label == "^First words."]
    assert item.additional_text_edits is not None
    assert item.text_edit is not None
    (edit,) = item.additional_text_edits
    assert (edit.range.start.line, edit.range.start.character) == (0, 12)
    id = item.text_edit.new_text.strip("^]")
    after = Note("Start.md", text.replace("First words.", f"First words.{edit.new_text}").replace("¦", f"^{id}]]"))
    assert id in [block.id for block in after.structure.block_ids]


def test_tags_in_bodies_are_proposed_once_they_are_read_and_nested_ones_too(vault: Path) -> None:
    (vault / "Deep.md").write_text("# D\n\nA #gu/kidney/cortex and #Café, `#code` %% #hidden %%\n", "utf-8")
    text = "#gu/kidney/medulla\n\n#gu/ki¦"
    assert list(completed(vault, text, with_bodies=True)) == ["gu/kidney", "gu/kidney/cortex", "gu/kidney/medulla"]
    assert list(completed(vault, "#¦", with_bodies=True)) == ["organ", "Café", "gu/kidney", "gu/kidney/cortex"]
    assert "Café" in completed(vault, "---\ntags: [c¦]\n---\n", with_bodies=True)
    assert "Café" in completed(vault, "---\ntags:\n  - c¦\n---\n", with_bodies=True)
    assert list(completed(vault, "#gu/kidney/c¦")) == []


def test_tags_are_read_again_from_files_that_have_changed(vault: Path) -> None:
    notes, start = OpenNotes(), vault / "Start.md"
    start.write_text("#one\n", "utf-8")
    (vault / "Other.md").write_text("#two\n", "utf-8")

    def counted() -> set[str]:
        one = notes.put(start.as_uri(), 1, "#three x")
        assert one is not None
        for _ in notes.body_tags[vault].reading(one.run, notes.stamps(one.run)):
            pass
        return {*notes.body_tags[vault].counted(notes.unsaved(one.run), ("", 0))}

    assert counted() == {"two", "three"}
    (vault / "Other.md").write_text("#four and more\n", "utf-8")
    (vault / "New.md").write_text("#five\n", "utf-8")
    notes.renew()
    assert counted() == {"three", "four", "five"}
    (vault / "New.md").unlink()
    notes.renew()
    assert counted() == {"three", "four"}
