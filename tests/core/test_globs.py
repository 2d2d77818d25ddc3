"""Patterns of paths, however many they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.globs import Globs, compile_globs
from tests.conftest import MakeVault, run
from tests.history.test_since import git


def test_patterns_that_are_too_many_for_one_set_are_matched_in_their_order() -> None:
    many = [f"folder{at}/file{at}.md" for at in range(3000)]
    globs = compile_globs(["/kept/*", "late.md", *many, "!/kept/a.md", *many, "!late.md", "*.tmp"])
    paths = ("kept/a.md", "kept/b.md", "late.md", "a.tmp", "b.md", "folder7/file7.md", "folder7/x.md")
    hidden = [path for path in paths if globs.match_file(path)]
    assert hidden == ["kept/b.md", "a.tmp", "folder7/file7.md"]


@pytest.mark.slow
def test_patterns_that_need_too_much_memory_together_are_compiled_in_halves() -> None:
    long = [f"{at}{'*x' * 400}.md" for at in range(600)]
    assert not compile_globs([*long, "a.md", "!a.md"]).match_file("a.md")
    assert compile_globs(["a.md", *long]).match_file("b/a.md")


@pytest.mark.slow
def test_a_gitignore_of_many_lines_is_obeyed(make_vault: MakeVault) -> None:
    lines = "\n".join(f"folder{at}/file{at}.md" for at in range(12000))
    vault = make_vault({".gitignore": lines, "folder7/file7.md": "[[x/y]]\n", "A.md": "[[x/y]]\n"})
    git(vault, "init", "-q")
    result = run("check", "--output-format", "concise", cwd=vault)
    assert "A.md:1" in result.stdout
    assert "file7" not in result.stdout


def test_a_path_that_is_not_utf_8_is_matched() -> None:
    assert Globs(["*.md"]).match("caf\udce9.md")
    assert not Globs(["*.png"]).match("caf\udce9.md")


_NAMES = st.lists(st.sampled_from(["a", "b c", "A", "a-b", "_x", "a.md", "x.a", " a", "é"]), min_size=1, max_size=4)


@given(st.lists(st.tuples(_NAMES, st.booleans()), min_size=1, max_size=3), _NAMES)
def test_folders_are_matched_as_the_library_does(written: list[tuple[list[str], bool]], path: list[str]) -> None:
    patterns = [f"{'/' if anchored else ''}{'/'.join(names)}/" for names, anchored in written]
    file = "/".join([*path, "note.md"])
    assert Globs(patterns).match(file) == compile_globs(patterns).match_file(file)
