"""Completion in links, tags and properties: what is proposed, and what it makes of the line."""

from pathlib import Path

import pytest

from notelint.core.text import Span
from notelint.engine.workspace import Workspace
from notelint.server.completion import complete, words_of
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


def completed(vault: Path, text: str, path: str = "Start.md") -> dict[str, str]:
    """The lines that a text could become, by the label of the proposal. `¦` is the cursor."""
    (vault / path).write_text(text.replace("¦", ""), "utf-8")
    run = Workspace.open(vault)
    at = text.index("¦")
    note, words = run.read(path), words_of(run.vault.outlines.values())
    places = Positions(note.text, "utf-16")
    found = {}
    for item in complete(note, run.vault, words, at, places).items:
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
