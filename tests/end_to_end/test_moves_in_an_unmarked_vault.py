"""Moves in folders that nothing marks as a vault: links from the folders beside are kept, too."""

from pathlib import Path

from tests.conftest import run


def lay_out(root: Path) -> None:
    for path, text in {
        "pages/Main.md": "# Main\n\n## Part\n",
        "pages/B.md": "[[Main#Part]]\n",
        "journals/1.md": "[[Main#Part]] [m](../pages/Main.md#Part)\n",
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)


def test_links_from_folders_beside_follow_a_note(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert run("mv", "pages/Main.md", "notes/Other.md", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "journals/1.md").read_text() == "[[Other#Part]] [m](../notes/Other.md#Part)\n"
    assert (tmp_path / "pages/B.md").read_text() == "[[Other#Part]]\n"


def test_links_from_folders_beside_follow_a_folder(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert run("mv", "pages", "notes", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "journals/1.md").read_text() == "[[Main#Part]] [m](../notes/Main.md#Part)\n"


def test_links_from_folders_beside_follow_a_heading(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert run("rename-heading", "pages/Main.md", "Part", "Piece", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "journals/1.md").read_text() == "[[Main#Piece]] [m](../pages/Main.md#Piece)\n"


def test_a_marked_vault_is_its_own(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "pages/.obsidian").mkdir()
    assert run("mv", "pages/Main.md", "pages/Other.md", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "journals/1.md").read_text().startswith("[[Main#Part]]")


def test_a_heading_that_would_hold_a_link_is_refused_in_true_words(tmp_path: Path) -> None:
    lay_out(tmp_path)
    found = run("rename-heading", "pages/Main.md", "Part", "See [[B]]", cwd=tmp_path)
    assert found.exit_code == 2
    assert "a link would be added" in found.stderr
    assert (tmp_path / "pages/Main.md").read_text() == "# Main\n\n## Part\n"
