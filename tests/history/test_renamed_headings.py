"""Headings that were renamed by hand: recognised by what stands around them, and renamed in links."""

from pathlib import Path

import pytest

from notelint.history.renamed_headings import renames
from notelint.note.note import Note
from tests.conftest import run
from tests.history.test_since import commit, git, write

CYST = "# Cyst\n\nIntro\n\n## Imaging\n\nBright.\n\nDark.\n\n## Other\n\nx [[#Imaging]]\n"
HOME = "[[Cyst#Imaging]] [a](Cyst.md#Imaging) [[Cyst#Cyst#Imaging|so]] [[Cyst#Other]]\n"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    commit(tmp_path, {".obsidian/app.json": "{}", "Cyst.md": CYST, "Home.md": HOME})
    return tmp_path


@pytest.mark.parametrize("option", ["--since=HEAD", "--staged"])
def test_links_to_a_renamed_heading_are_one_diagnostic_whose_command_fixes_them(vault: Path, option: str) -> None:
    write(vault, {"Cyst.md": CYST.replace("## Imaging", "## Imaging features")})
    git(vault, "add", "-A")
    told = run("check", option, "--output-format", "concise", cwd=vault).stdout.splitlines()
    found = [line for line in told if ".md:" in line]
    assert [line.split(": ")[:2] for line in found] == [["Cyst.md:5:4", "renamed-heading"]]
    assert "breaks 4 links in 2 notes" in found[0]
    arguments = ("rename-heading", "--already-renamed", "Cyst.md", "Imaging", "Imaging features")
    assert " ".join(arguments[:3]) in found[0]
    done = run(*arguments, cwd=vault)
    assert done.exit_code == 0, done.output
    assert (vault / "Home.md").read_text("utf-8") == (
        "[[Cyst#Imaging features]] [a](Cyst.md#Imaging%20features) [[Cyst#Cyst#Imaging features|so]] [[Cyst#Other]]\n"
    )
    assert "x [[#Imaging features]]" in (vault / "Cyst.md").read_text("utf-8")
    assert run("check", cwd=vault).exit_code == 0
    run("fix", "--undo", cwd=vault)
    assert (vault / "Home.md").read_text("utf-8") == HOME


def test_a_section_that_was_replaced_was_not_renamed(vault: Path) -> None:
    write(vault, {"Cyst.md": CYST.replace("## Imaging\n\nBright.\n\nDark.", "## Therapy\n\nNone.\n\nWait.")})
    told = run("check", "--since=HEAD", "--output-format", "concise", cwd=vault).stdout
    assert told.count("broken-heading-link") == 4
    assert "renamed-heading" not in told


def test_switched_off_each_link_is_reported(vault: Path) -> None:
    write(vault, {"Cyst.md": CYST.replace("## Imaging", "## Imaging features")})
    told = run("check", "--since=HEAD", "--ignore", "renamed-heading", "--output-format", "concise", cwd=vault).stdout
    assert told.count("broken-heading-link") == 4


def test_a_heading_that_is_still_there_is_not_renamed_in_links(vault: Path) -> None:
    done = run("rename-heading", "--already-renamed", "Cyst.md", "Imaging", "Other", cwd=vault)
    assert done.exit_code == 2
    assert "still has a heading 'Imaging'" in done.output


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("# A\n\n## One\n\nx\n\n## Second\n\ny\n", [("Two", "Second")]),
        ("# A\n\n## Two\n\ny\n\n## One\n\nx\n", []),
        ("# A\n\n## One\n\nx\n\n### Second\n\ny\n", []),
        ("# A\n\n## One\n\nx\n\n## Two and more\n\nz\n", []),
        ("# A\n\n## First\n\nx\n\n## Second\n\ny\n", [("One", "First"), ("Two", "Second")]),
        ("# A\n\n## One\n\nx\n", []),
    ],
)
def test_which_headings_were_renamed(after: str, expected: list[tuple[str, str]]) -> None:
    before = Note("a.md", "# A\n\n## One\n\nx\n\n## Two\n\ny\n")
    assert [(old.text, new.text) for old, new in renames(before, Note("a.md", after))] == expected
