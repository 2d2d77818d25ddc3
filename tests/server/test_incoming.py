"""The notes whose links may lead to a file are found without reading the others, and none is overlooked."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

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
