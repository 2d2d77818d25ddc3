"""A note in the middle of a merge is left alone by whatever writes notes, and that is said."""

import pytest

from notelint.edits.merge_conflict import conflict
from notelint.note.note import Note
from tests.conftest import MakeVault, run

MERGE = "<<<<<<< ours\n[[New%2FCyst]]\n=======\n[[New%2FCyst#x]]\n>>>>>>> theirs\n"
DIFF3 = "<<<<<<< HEAD\n[[New%2FCyst]]\n||||||| 1234567\nx\n=======\n[[New%2FCyst#x]]\n>>>>>>> topic\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (MERGE, 1),
        (DIFF3, 1),
        ("# Note\n\n" + DIFF3.replace("\n", "\r\n"), 3),
        ("---\ntags: [a]\n<<<<<<< ours\nx: 1\n=======\nx: 2\n>>>>>>> theirs\n---\n", 3),
        ("text\n```\n" + MERGE + "```\n", 3),
        ("<<<<<<<<<< ours\nx\n==========\ny\n>>>>>>>>>> theirs\n", 1),
        ("half is resolved\n<<<<<<< ours\n[[x]]\n", 2),
        ("| a |\n| --- |\n" + MERGE, 3),
    ],
)
def test_marks_of_a_merge(text: str, line: int) -> None:
    assert conflict(Note("A.md", text)) == f"it is in the middle of a merge: choose one version at line {line} first"


@pytest.mark.parametrize(
    "text",
    [
        "Setext\n=======\n\ntext\n",
        "```\n<<<<<<< a mark that is spoken of\n```\n",
        "a <<<<<<< b\n=======\n>>>>>>> c\n",
        "<<<<<< six\n",
        ">>>>>>> quoted seven times\n",
        "    <<<<<<< in code\n",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert conflict(Note("A.md", text)) is None


@pytest.mark.slow
@pytest.mark.parametrize("marks", [MERGE, DIFF3, MERGE.replace("\n", "\r\n")])
def test_it_is_left_alone_by_every_command(marks: str, make_vault: MakeVault) -> None:
    vault = make_vault(
        {"A.md": marks, "B.md": "[[New%2FCyst]] [[Kidney#Use]]\n", "New/Cyst.md": "x\n", "Kidney.md": "## Use\n"}
    )
    before = (vault / "A.md").read_bytes()
    result = run("fix", "--unsafe-fixes", cwd=vault)
    assert result.exit_code == 1
    assert "A.md is left as it was: it is in the middle of a merge: choose one version at line 1 first" in result.stderr
    assert (vault / "B.md").read_text() == "[[New/Cyst]] [[Kidney#Use]]\n"
    assert run("check", "--fix", "--unsafe-fixes", cwd=vault).stderr.count("in the middle of a merge") == 1
    stdin = run("fix", "-", "--unsafe-fixes", "--stdin-filename", "C.md", cwd=vault, stdin=before)
    assert (stdin.exit_code, stdin.stdout_bytes) == (1, before)
    assert (vault / "A.md").read_bytes() == before


def test_a_move_leaves_it_alone_and_says_what_breaks(make_vault: MakeVault) -> None:
    marks = MERGE.replace("New%2FCyst", "GU/Cyst")
    vault = make_vault({"A.md": marks, "B.md": "[[GU/Cyst]]\n", "GU/Cyst.md": "## x\n"})
    result = run("mv", "GU/Cyst.md", "Renal/Ren.md", cwd=vault)
    assert result.exit_code == 0
    assert "A.md is in the middle of a merge and left as it is: 2 links in it break" in result.stderr
    assert (vault / "A.md").read_bytes() == marks.encode()
    assert (vault / "B.md").read_text() == "[[Renal/Ren]]\n"
    for command in (("mv", "A.md", "Z.md"), ("rename-heading", "A.md", "x", "y")):
        refused = run(*command, cwd=vault)
        assert refused.exit_code == 2
        assert "nothing is changed: A.md: it is in the middle of a merge" in refused.stderr
    renamed = run("rename-heading", "Renal/Ren.md", "x", "y", cwd=vault)
    assert renamed.exit_code == 0
    assert (vault / "A.md").read_bytes() == marks.encode()
