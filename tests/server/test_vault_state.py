"""A vault is read again when something on disk is another, and only then."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from notelint.engine.workspace import Workspace
from notelint.server.open_notes import OpenNotes
from notelint.server.vault_state import VaultState
from tests.conftest import MakeVault

NOTES: dict[str, str | bytes] = {"Kidney.md": "# Kidney\n", "Start.md": "[[Kidney#Head]]\n", "gu/a.png": b"x"}
LONG_AGO = 10**9


@pytest.fixture(name="root")
def _root(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault of old files."""
    root = make_vault(NOTES)
    now = time.time_ns()
    monkeypatch.setattr("notelint.server.vault_state.time.time_ns", lambda: now + 10 * LONG_AGO)
    return root


def begun(root: Path) -> tuple[OpenNotes, Workspace]:
    notes = OpenNotes()
    one = notes.put((root / "Start.md").as_uri(), 1, (root / "Start.md").read_text("utf-8"))
    assert one is not None
    return notes, one.run


def codes(notes: OpenNotes) -> list[str]:
    (one,) = notes.all()
    return [found.checker for found in notes.diagnostics(one)]


def test_nothing_is_read_again_where_nothing_has_changed(root: Path) -> None:
    notes, run = begun(root)
    notes.renew()
    assert notes.runs() == [run]


def test_a_note_that_is_saved_as_it_stands_there_is_no_change_until_it_is_closed(root: Path) -> None:
    notes, run = begun(root)
    kidney = (root / "Kidney.md").as_uri()
    notes.put(kidney, 2, "# Kidney\n\n## Head\n")
    (root / "Kidney.md").write_text("# Kidney\n\n## Head\n", "utf-8")
    notes.renew()
    notes.renew()
    assert notes.runs() == [run]
    notes.close(kidney)
    assert notes.runs() != [run]
    assert codes(notes) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "Kidney.md").write_text("# Kidnex\n", "utf-8"),
        lambda root: (root / "Start.md").write_text("other\n", "utf-8"),
        lambda root: (root / "Kidney.md").unlink(),
        lambda root: (root / "New.md").write_text("", "utf-8"),
        lambda root: (root / "gu" / "a.png").rename(root / "a.png"),
        lambda root: (root / "notelint.toml").write_text('ignore = ["broken-heading-link"]\n', "utf-8"),
        lambda root: (root / ".gitignore").write_text("Kidney.md\n", "utf-8"),
        lambda root: (root / "gu" / ".obsidian").mkdir(),
        lambda root: os.utime(root / "Kidney.md", ns=(LONG_AGO, LONG_AGO)),
    ],
    ids=["text", "text of an open note", "gone", "new", "moved", "settings", "ignored", "nested vault", "stamp"],
)
def test_whatever_else_changes_has_the_vault_read_again(root: Path, change: Callable[[Path], object]) -> None:
    notes, run = begun(root)
    change(root)
    notes.renew()
    assert notes.runs() != [run]


def test_a_file_that_may_have_changed_twice_within_one_stamp_counts_as_changed(make_vault: MakeVault) -> None:
    root = make_vault(NOTES)
    notes, run = begun(root)
    stamp = (root / "Kidney.md").stat()
    (root / "Kidney.md").write_text("## Head\n\n", "utf-8")
    os.utime(root / "Kidney.md", ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    notes.renew()
    assert notes.runs() != [run]
    assert codes(notes) == []


def test_the_state_names_what_has_changed(root: Path) -> None:
    before = VaultState.of(Workspace.open(root))
    (root / "Kidney.md").write_text("# Kidney!\n", "utf-8")
    assert before.changed_to(VaultState.of(Workspace.open(root))) == frozenset({"Kidney.md"})
    (root / "New.md").touch()
    assert before.changed_to(VaultState.of(Workspace.open(root))) is None
