"""Moves in folders that nothing marks as a vault: links from the folders beside are kept, too."""

import posixpath
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from notelint.core.diagnostic import Fix
from notelint.edits import relink
from notelint.edits.apply import apply
from notelint.edits.link_rewrite import VaultMove, moved
from notelint.note.note import Note
from notelint.vault.link_rules import RULES, ResolutionProfile
from notelint.vault.vault import Vault
from tests.conftest import run
from tests.end_to_end.test_vaults_of_others import write


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


SITES = {"nothing": {}, "website": {"mkdocs.yml": "site_name: Site\n"}}
TREE = {
    "README.md": "[b](docs/b.md) [all](docs/) [code](src) ![p](docs/img/p.png)\n",
    "docs/a.md": '[b](b.md#b) [img](./img/) <img src="img/p.png"> [b][r]\n\n[r]: b.md\n',
    "docs/b.md": "# B\n\n[a](a.md) [readme](../README.md) [code](../src/)\n",
    "docs/img/p.png": "",
    "src/tool.py": "",
}


@pytest.mark.parametrize("site", SITES)
def test_links_that_github_and_websites_follow_go_on_leading_by_their_paths(tmp_path: Path, site: str) -> None:
    write(tmp_path, TREE | SITES[site])
    assert run("mv", "docs/b.md", "docs/more/b.md", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "docs/a.md").read_text() == TREE["docs/a.md"].replace("b.md", "more/b.md")
    assert (tmp_path / "docs/more/b.md").read_text() == (
        "# B\n\n[a](../a.md) [readme](../../README.md) [code](../../src/)\n"
    )
    assert (tmp_path / "README.md").read_text() == TREE["README.md"].replace("docs/b.md", "docs/more/b.md")
    assert run("mv", "docs", "pages", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "README.md").read_text() == (
        "[b](pages/more/b.md) [all](pages/) [code](src) ![p](pages/img/p.png)\n"
    )


def test_a_link_that_a_name_alone_finds_stays_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "[b](b.md)\n", "sub/b.md": "# B\n"})
    assert run("mv", "sub/b.md", "other/b.md", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "a.md").read_text() == "[b](b.md)\n"


def test_a_vault_of_obsidian_keeps_its_names(tmp_path: Path) -> None:
    write(tmp_path, TREE | {".obsidian/app.json": "{}"})
    assert run("mv", "docs/b.md", "docs/more/b.md", cwd=tmp_path).exit_code == 0
    assert (tmp_path / "docs/a.md").read_text() == TREE["docs/a.md"]


def test_a_link_to_a_folder_stays_where_only_one_of_its_files_goes(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    assert run("mv", "docs/a.md", "a.md", cwd=tmp_path).exit_code == 0
    assert "[all](docs/)" in (tmp_path / "README.md").read_text()
    assert "[img](./docs/img/)" in (tmp_path / "a.md").read_text()


FOLDERS = st.sampled_from(["", "x/", "y/", "x/y/", "x/z/"])


@given(
    st.dictionaries(st.tuples(FOLDERS, st.sampled_from(["a.md", "b.md", "c d.md"])), st.just(0), min_size=2),
    st.data(),
)
def test_each_link_by_a_path_leads_to_the_same_file(files: dict[tuple[str, str], int], data: st.DataObject) -> None:
    """Whatever moves where: the path from the note's folder is what GitHub and websites go by."""
    paths = ["".join(one) for one in files]
    pairs = data.draw(st.lists(st.tuples(st.sampled_from(paths), st.sampled_from(paths)), min_size=1, max_size=5))
    links = {path: [to for source, to in pairs if source == path] for path in paths}
    notes = {path: Note(path, text_with(path, to)) for path, to in links.items()}
    rules = structs.replace(RULES[ResolutionProfile.OBSIDIAN], reader_unknown=True)
    vault = Vault({path: note.outline for path, note in notes.items()}, paths, rules=rules)
    old = data.draw(st.sampled_from(paths))
    new = data.draw(st.tuples(FOLDERS, st.sampled_from(["a.md", "b.md", "e.md"])).map("".join))
    if new in paths:
        return
    change = VaultMove(vault, moved(vault, {old: new}), {old: new})
    edits = relink.edits(change, notes)
    for path, note in notes.items():
        source = change.path(path)
        text, _ = apply(note.text, [Fix("move", edits[path])] if path in edits else [])
        after = Note(source, text)
        led = [posixpath.normpath(posixpath.join(posixpath.dirname(source), one.target.path)) for one in after.links]
        assert led == [change.path(to) for to in links[path]]


def text_with(path: str, targets: list[str]) -> str:
    """A note at a path, with a Markdown link to each of these files."""
    here = posixpath.dirname(path) or "."
    return "".join(f"[x](<{posixpath.relpath(to, here)}>)\n\n" for to in targets)
