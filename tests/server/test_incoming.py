"""A rename that reads only the notes it concerns plans the edits of one that reads them all, and refuses the same."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.core.errors import NotelintError
from notelint.engine import incoming_links
from notelint.engine.move import MovePlan, plan_heading, plan_move
from notelint.engine.workspace import Workspace
from notelint.server.incoming import linking

PATHS = ("Kidney.md", "gu/Cyst.md", "gu/Größe.md", "x/kidney.md", "Ren.md")
LINKS = (
    "[[Kidney]]",
    "[[KIDNEY#head]]",
    "[[gu/Cyst|c]]",
    "![[cyst#Head]]",
    "[a](gu/Cyst.md#Head)",
    "[b](../Kidney.md)",
    "[c](Gr%C3%B6%C3%9Fe.md)",
    "[[größe]]",
    "[[GRÖßE#Head]]",
    "[[#Head]]",
    "[[Ren]]",
    "[[./Cyst]]",
    "[[x/kidney#Head]]",
    "# Head\n\n",
    "## Head\n\n",
    "text ",
)
texts = st.lists(st.sampled_from(LINKS), max_size=6).map(" ".join)
vaults = st.dictionaries(st.sampled_from(PATHS), texts, min_size=2)


def made(folder: str, texts: dict[str, str], settings: str = "") -> Path:
    root = Path(folder).resolve()
    (root / ".obsidian").mkdir()
    (root / "notelint.toml").write_text(settings, "utf-8")
    for path, text in texts.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def planned(plan: Callable[..., MovePlan], *arguments: object) -> dict[str, object] | str:
    """The edits of a plan, or its refusal."""
    try:
        return {path: edits for path, edits in plan(*arguments).rewrite.edits.items() if edits}
    except NotelintError:
        return "refused"


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(
    vaults, st.sampled_from(["obsidian", "github", "digital-garden-site"]), st.sampled_from(["Ren", "gu/New", "Größe"])
)
def test_a_move_is_planned_as_if_all_notes_were_read(texts: dict[str, str], resolution: str, new: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = made(folder, texts, f'resolution = "{resolution}"\n')
        for path in texts:
            target = f"{new}.md"
            few, new_path = Workspace.open(root, cached=True), str(root / target)
            with mock.patch.object(incoming_links, "_MANY", -1):
                expected = planned(plan_move, Workspace.open(root), root / path, new_path)
            assert planned(plan_move, few, root / path, new_path) == expected


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(vaults)
def test_a_heading_is_renamed_as_if_all_notes_were_read(texts: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = made(folder, texts)
        for path in texts:
            few = Workspace.open(root, cached=True)
            with mock.patch.object(incoming_links, "_MANY", -1):
                expected = planned(plan_heading, Workspace.open(root), root / path, "Head", "Other")
            assert planned(plan_heading, few, root / path, "Head", "Other") == expected


@settings(deadline=None, max_examples=100)
@given(vaults)
def test_no_link_to_a_note_is_overlooked(texts: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run = Workspace.open(made(folder, texts), cached=True)
        for path in texts:
            found = {outline.path for outline in linking(run.vault, path)}
            for source, outline in run.vault.outlines.items():
                if any(run.vault.resolve_link(link, source).target == path for link in outline.links):
                    assert source in found
