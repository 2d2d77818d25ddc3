"""The files of a vault in the order of a walk, also where some come into being."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.vault import files
from notelint.vault.files import walk, walk_order, with_paths

_NAMES = st.text(st.sampled_from("ab B.-/é"), min_size=1, max_size=6)
_PATHS = st.lists(_NAMES, max_size=12, unique=True)


@pytest.mark.parametrize("few", [0, 64])
@given(_PATHS, _PATHS)
def test_paths_are_put_where_a_walk_would_come_to_them(few: int, paths: list[str], more: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "_FEW", few)
        found = with_paths(sorted(paths, key=walk_order), more)
    assert found == sorted({*paths, *more}, key=walk_order)


def test_a_walk_finds_its_paths_in_that_order(tmp_path: Path) -> None:
    for path in ("b.md", "a/c.md", "a/b/d.md", "a b/e.md", "a-b.md", "Z.md", "a.md", "é/f.png"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("text\n", "utf-8")
    found = walk(tmp_path).files
    assert found == sorted(found, key=walk_order)
    assert with_paths(found, ["a/a.md", "a/b/z.md"]).index("a/a.md") == found.index("a/c.md")
