"""Moves of files as git shows them: those that are beyond doubt, and those that are not."""

from pathlib import Path

import pytest

from tests.conftest import run
from tests.history.test_since import commit, git

NAMES = ("Cyst", "Adenoma", "Abscess", "Trauma", "Anatomy")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty repository that is a vault."""
    git(tmp_path, "init", "-q")
    return tmp_path


def move(root: Path, old: str, new: str) -> None:
    (root / new).parent.mkdir(parents=True, exist_ok=True)
    (root / old).rename(root / new)
    commit(root)


def fixed(root: Path, *options: str) -> str:
    run("fix", *options, cwd=root)
    return (root / "Index.md").read_text()


def test_a_move_is_followed_there_and_back(root: Path) -> None:
    commit(root, {"Index.md": "[[Inbox/Cyst]]\n", "Inbox/Cyst.md": "Of the cyst.\n"})
    for old, new in (("Inbox", "Liver"), ("Liver", "Kidney"), ("Kidney", "Liver")):
        move(root, f"{old}/Cyst.md", f"{new}/Cyst.md")
    assert fixed(root) == "[[Liver/Cyst]]\n"


def test_a_note_that_branches_moved_to_two_places_is_not_followed(root: Path) -> None:
    commit(root, {"Index.md": "[[Inbox/Cyst]]\n", "Inbox/Cyst.md": "Of the cyst.\n"})
    git(root, "checkout", "-q", "-b", "other")
    move(root, "Inbox/Cyst.md", "Liver/Cyst.md")
    git(root, "checkout", "-q", "main")
    move(root, "Inbox/Cyst.md", "Kidney/Cyst.md")
    git(root, "merge", "-q", "-s", "ours", "--no-commit", "other")
    git(root, "checkout", "-q", "other", "--", "Liver/Cyst.md")
    commit(root)
    assert fixed(root, "--unsafe-fixes") == "[[Inbox/Cyst]]\n"
    commit(root, {"Liver/Cyst.md": "Of the cyst in the liver.\n", "Kidney/Cyst.md": "Of the cyst in the kidney.\n"})
    assert fixed(root, "--unsafe-fixes") == "[[Inbox/Cyst]]\n"


def test_another_note_in_the_place_of_the_moved_one_is_not_linked_to(root: Path) -> None:
    commit(root, {"Index.md": "[[Old/Lesion]]\n", "Old/Lesion.md": "Of the liver.\n"})
    move(root, "Old/Lesion.md", "New/Lesion.md")
    (root / "New/Lesion.md").unlink()
    commit(root)
    commit(root, {"New/Lesion.md": "Of the kidney, another note.\n"})
    assert fixed(root, "--unsafe-fixes") == "[[Old/Lesion]]\n"


def test_a_folder_is_renamed_only_if_it_was_there(root: Path) -> None:
    links = " ".join(f"[[Spleen/{name}]]" for name in NAMES) + "\n"
    there = " ".join(f"[[Kidney/{name}]]" for name in NAMES) + "\n"
    notes = {f"Kidney/{name}.md": f"{name}\n" for name in NAMES}
    commit(root, {"Index.md": links, **notes})
    assert fixed(root, "--unsafe-fixes") == links
    git(root, "mv", "Kidney", "Spleen")
    commit(root)
    git(root, "rm", "-q", "-r", "Spleen")
    commit(root)
    commit(root, {path: f"# {path}\n\nWritten again.\n" for path in notes})
    assert fixed(root, "--unsafe-fixes") == there
    commit(root, {"Index.md": f"{links}[[Kidney/Cyst]]\n"})
    assert fixed(root, "--unsafe-fixes") == f"{links}[[Kidney/Cyst]]\n"


def test_without_a_history_no_folder_is_renamed(tmp_path: Path) -> None:
    links = " ".join(f"[[Spleen/{name}]]" for name in NAMES) + "\n"
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "Kidney").mkdir()
    (tmp_path / "Index.md").write_text(links)
    for name in NAMES:
        (tmp_path / f"Kidney/{name}.md").write_text(f"{name}\n")
    assert fixed(tmp_path, "--unsafe-fixes") == links


def test_a_link_that_was_written_after_the_move_is_not_changed_unread(root: Path) -> None:
    """That the old name was there when the link was written is the evidence: else another file may be meant."""
    commit(root, {"Index.md": "[[Inbox/Cyst]]\n", "Inbox/Cyst.md": "Of the cyst.\n"})
    move(root, "Inbox/Cyst.md", "Kidney/Cyst.md")
    commit(root, {"Later.md": "[[Inbox/Cyst]]\n", "Index.md": "[[Inbox/Cyst]]\n\nMore words.\n"})
    assert fixed(root) == "[[Kidney/Cyst]]\n\nMore words.\n"
    assert (root / "Later.md").read_text() == "[[Inbox/Cyst]]\n"
    fixed(root, "--unsafe-fixes")
    assert (root / "Later.md").read_text() == "[[Kidney/Cyst]]\n"


def test_a_link_of_a_note_that_moved_itself_was_written_before(root: Path) -> None:
    commit(root, {"Old.md": "A note. [[Inbox/Cyst]] [b](./Inbox/Cyst.md)\n", "Inbox/Cyst.md": "Of the cyst.\n"})
    move(root, "Inbox/Cyst.md", "Kidney/Cyst.md")
    move(root, "Old.md", "Index.md")
    assert fixed(root) == "A note. [[Kidney/Cyst]] [b](./Kidney/Cyst.md)\n"


def test_a_link_of_a_note_that_is_not_committed_is_not_changed_unread(root: Path) -> None:
    commit(root, {"Inbox/Cyst.md": "Of the cyst.\n", "Index.md": "x\n"})
    (root / "Kidney").mkdir()
    (root / "Inbox/Cyst.md").rename(root / "Kidney/Cyst.md")
    (root / "Index.md").write_text("x [[Inbox/Cyst]]\n")
    assert fixed(root) == "x [[Inbox/Cyst]]\n"


def test_a_note_can_take_the_place_of_a_symbolic_link_to_it(root: Path) -> None:
    (root / "Mass.md").symlink_to("Cyst.md")
    commit(root, {"Index.md": "[[Cyst]]\n", "Cyst.md": "Of the cyst.\n"})
    (root / "Mass.md").unlink()
    (root / "Cyst.md").rename(root / "Mass.md")
    assert "it seems to have become 'Mass.md'" in run("check", cwd=root).stdout
    assert fixed(root, "--unsafe-fixes") == "[[Mass]]\n"
