"""`notelint fix --interactive`: asks, shows, applies what was taken and nothing else."""

from pathlib import Path

import pytest

from tests.conftest import MakeVault, run

NOTES: dict[str, str | bytes] = {
    "A.md": "See [[Kidney/Cyst]] and [[Zettel-kasten]].\n",
    "B.md": "[[Kidney/Cyst]]\n",
    "Liver/Cyst.md": "One.\n",
    "Spleen/Cyst.md": "Another.\n",
    "Zettelkasten.md": "A slip box.\n",
}


def texts(vault: Path) -> list[str]:
    return [(vault / name).read_text("utf-8").strip() for name in ("A.md", "B.md")]


@pytest.mark.parametrize(
    ("answers", "first", "second"),
    [
        ("2\ny\n1\n", "See [[Spleen/Cyst]] and [[Zettelkasten]].", "[[Liver/Cyst]]"),
        ("s\n\ny\n", "See [[Kidney/Cyst]] and [[Zettel-kasten]].", "[[Liver/Cyst]]"),
        ("n\n2\n", "See [[Kidney/Cyst]] and [[Zettel-kasten]].", "[[Spleen/Cyst]]"),
        ("1\nq\n", "See [[Liver/Cyst]] and [[Zettel-kasten]].", "[[Kidney/Cyst]]"),
        ("1\n", "See [[Liver/Cyst]] and [[Zettel-kasten]].", "[[Kidney/Cyst]]"),  # the input ends: that quits
        ("7\nwhat\n0\n2\nn\nq\n", "See [[Spleen/Cyst]] and [[Zettel-kasten]].", "[[Kidney/Cyst]]"),
    ],
)
def test_each_answer(make_vault: MakeVault, answers: str, first: str, second: str) -> None:
    vault = make_vault(NOTES)
    assert run("fix", "--interactive", cwd=vault, stdin=answers).exit_code == 0
    assert texts(vault) == [first, second]
    if (first, second) != ("See [[Kidney/Cyst]] and [[Zettel-kasten]].", "[[Kidney/Cyst]]"):
        assert run("fix", "--undo", cwd=vault).exit_code == 0
        assert texts(vault) == ["See [[Kidney/Cyst]] and [[Zettel-kasten]].", "[[Kidney/Cyst]]"]


def test_the_change_is_shown_first(make_vault: MakeVault) -> None:
    shown = run("fix", "--interactive", "B.md", cwd=make_vault(NOTES), stdin="q\n").stdout
    assert shown.splitlines()[:7] == [
        "B.md:1:1 broken-link: no note 'Kidney/Cyst': another folder has 'Liver/Cyst.md' or 'Spleen/Cyst.md'",
        "  1  link to 'Liver/Cyst.md' (suggestion)",
        "     -[[Kidney/Cyst]]",
        "     +[[Liver/Cyst]]",
        "  2  link to 'Spleen/Cyst.md' (suggestion)",
        "     -[[Kidney/Cyst]]",
        "     +[[Spleen/Cyst]]",
    ]
    assert shown.endswith("Nothing was taken, so nothing is changed.\n")


def test_with_diff_nothing_is_written(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    shown = run("fix", "--interactive", "--diff", "B.md", cwd=vault, stdin="1\n")
    assert "+[[Liver/Cyst]]" in shown.stdout.split("diff --git")[1]
    assert texts(vault)[1] == "[[Kidney/Cyst]]"


def test_what_touches_an_earlier_choice_waits(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[N#Cor [3]]]\n", "N.md": "# Core [3\n", "M.md": "x\n"})
    shown = run("fix", "--interactive", "A.md", cwd=vault, stdin="1\n1\nq\n").stdout
    assert (vault / "A.md").read_text() in ("[[N#Cor 3]]\n", "[[N#Core 3]]\n")
    assert "Traceback" not in shown


@pytest.mark.parametrize("option", ["--staged", "--undo", "--since=HEAD", "-"])
def test_questions_go_with_no_filter_and_no_hook(make_vault: MakeVault, option: str) -> None:
    result = run("fix", "--interactive", option, cwd=make_vault(NOTES), stdin="1\n")
    assert result.exit_code == 2
    assert "--interactive" in result.stderr


def test_nothing_to_ask(make_vault: MakeVault) -> None:
    shown = run("fix", "--interactive", cwd=make_vault({"A.md": "Text.\n"}), stdin="")
    assert shown.exit_code == 0
    assert shown.stdout == "Nothing was taken, so nothing is changed.\n"
