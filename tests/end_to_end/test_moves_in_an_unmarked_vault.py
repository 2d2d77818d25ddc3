"""Moves in folders that nothing marks as a vault: links from the folders beside are kept, too."""

from pathlib import Path

import pytest

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
    assert "holds the link [[B]]" in found.stderr
    assert (tmp_path / "pages/Main.md").read_text() == "# Main\n\n## Part\n"


def test_attributes_behind_a_heading_stay_with_the_links_to_them(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: Site\n")
    (tmp_path / "docs/A.md").write_text("# A\n\n## Old words {#words}\n\n[w](#words)\n\n## Next {: #next .wide }\n")
    (tmp_path / "docs/B.md").write_text("# B\n\n[w](A.md#words) [n](A.md#next)\n")
    for old, new in (("Old words", "New words"), ("Next", "Last")):
        assert run("rename-heading", "docs/A.md", old, new, cwd=tmp_path).exit_code == 0
    assert (tmp_path / "docs/A.md").read_text() == (
        "# A\n\n## New words {#words}\n\n[w](#words)\n\n## Last {: #next .wide }\n"
    )
    assert (tmp_path / "docs/B.md").read_text() == "# B\n\n[w](A.md#words) [n](A.md#next)\n"
    assert run("check", "--no-cache", cwd=tmp_path).exit_code == 0
    assert run("rename-heading", "docs/A.md", "New words {#words}", "Third", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "docs/B.md").read_text() == "# B\n\n[w](A.md#third) [n](A.md#next)\n"


@pytest.mark.parametrize(
    ("sign", "once", "read"),
    [
        ("", "[a](#brand-new) [n](#much%20better)", "[a](A.md#brand-new)"),
        ("mkdocs.yml", "[a](#brand-new) [n](#much-better)", "[a](A.md#brand-new)"),
        ("notelint.toml", "[a](#brand-new) [n](#much-better)", "[a](A.md#brand-new)"),
    ],
)
def test_links_by_the_id_of_a_heading_follow_it(tmp_path: Path, sign: str, once: str, read: str) -> None:
    """Where Obsidian may be the reader, a link that it finds is written for it; else for GitHub."""
    if sign:
        (tmp_path / sign).write_text('resolution = "github"\n' if sign == "notelint.toml" else "")
    (tmp_path / "A.md").write_text("# Top\n\n## Old name\n\n## Name\n\n[a](#old-name) [n](#name)\n")
    (tmp_path / "B.md").write_text("[a](A.md#old-name)\n")
    for old, new in (("Old name", "Brand new"), ("Name", "Much better")):
        assert run("rename-heading", "A.md", old, new, cwd=tmp_path).exit_code == 0
    assert (tmp_path / "A.md").read_text() == f"# Top\n\n## Brand new\n\n## Much better\n\n{once}\n"
    assert (tmp_path / "B.md").read_text() == f"{read}\n"
