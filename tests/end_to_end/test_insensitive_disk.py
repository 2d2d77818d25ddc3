"""notelint on a disk that finds names in any case and normalisation, as on macOS: any typing is the same."""

import importlib.util
import os
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

DISK = Path(__file__).with_name("insensitive_disk.py")
HAS_FUSE = (
    os.access("/dev/fuse", os.R_OK | os.W_OK)
    and importlib.util.find_spec("mfusepy") is not None
    and shutil.which("fusermount3") is not None
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not HAS_FUSE, reason="needs mfusepy, libfuse and the right to mount a disk"),
]
LINKS = "[[Äpfel]] [[Über/Äpfel]] [x](Über/Äpfel.md) [y](%C3%9Cber/%C3%84pfel.md#Gr%C3%B6%C3%9Fe) [[äpfel#größe]]\n"


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Such a disk, empty."""
    stored, disk = tmp_path / "stored", tmp_path / "disk"
    stored.mkdir()
    disk.mkdir()
    mounted = subprocess.Popen([sys.executable, DISK, stored, disk], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            if os.path.ismount(disk):
                break
            if mounted.poll() is not None:
                pytest.skip("no disk can be mounted here")
            time.sleep(0.05)
        yield disk
    finally:
        subprocess.run(["fusermount3", "-u", "-z", disk], check=False, capture_output=True)
        mounted.wait(20)


@pytest.fixture
def vault(disk: Path) -> Path:
    """A vault on such a disk, two of whose names are written decomposed."""
    vault = disk / "Vault"
    (vault / ".obsidian").mkdir(parents=True)
    folder = vault / decomposed("Über")
    folder.mkdir()
    (folder / decomposed("Äpfel.md")).write_text("# Größe\n\nText\n", "utf-8")
    (vault / "A.md").write_text(LINKS, "utf-8")
    (vault / "b.md").write_text("See [[a]].\n", "utf-8")
    return vault


def run(vault: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own: one that goes on would keep the disk busy."""
    command = [sys.executable, "-m", "notelint", *arguments]
    return subprocess.run(command, cwd=vault, capture_output=True, text=True, encoding="utf-8", check=False)


def done(vault: Path, *arguments: str) -> str:
    result = run(vault, *arguments)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def names(vault: Path) -> set[str]:
    return {path.name for path in vault.iterdir()} - {".obsidian"}


def test_notes_are_found_however_they_are_typed(vault: Path) -> None:
    assert "3 notes checked: nothing to report" in done(vault, "check", "ÜBER/äpfel.md", "a.MD", "B.md")
    assert decomposed("Über/Äpfel.md") in done(vault, "resolve", "--from", "a.md", "[[äpfel]]")


def test_a_finding_names_the_note_as_it_is_spelled(vault: Path) -> None:
    (vault / "b.md").write_text("See [x](gone.md).\n", "utf-8")
    result = run(vault, "check", "--output-format", "concise", "B.MD")
    assert result.stdout.startswith("b.md:1:5: ")


def test_a_move_takes_any_spelling_and_can_be_undone(vault: Path) -> None:
    done(vault, "mv", "ÜBER/ÄPFEL.md", "Obst/Birne.md")
    assert (vault / "A.md").read_text("utf-8").startswith("[[Birne]] [[Obst/Birne]] [x](Obst/Birne.md)")
    done(vault, "fix", "--undo")
    assert (vault / "A.md").read_text("utf-8") == LINKS
    assert names(vault / "Über") == {decomposed("Äpfel.md")}


def test_a_name_can_get_another_case(vault: Path) -> None:
    done(vault, "mv", "b.md", "B.md")
    assert "B.md" in names(vault)
    done(vault, "fix", "--undo")
    assert "b.md" in names(vault)
    done(vault, "mv", "Über", "über")
    assert "über" in names(vault)
    assert "[[über/Äpfel]]" in (vault / "A.md").read_text("utf-8")
    done(vault, "check")


def test_a_move_into_a_folder_keeps_how_that_is_spelled(vault: Path) -> None:
    done(vault, "mv", "B.MD", "über/c.md")
    assert names(vault) == {"A.md", decomposed("Über")}
    assert "c.md" in names(vault / "Über")


def test_another_note_is_never_overwritten(vault: Path) -> None:
    for target in ("a.md", "A.MD", "ÜBER/äpfel.md"):
        result = run(vault, "mv", "b.md", target)
        assert result.returncode == 2
        assert "exists already" in result.stderr
    assert (vault / "A.md").read_text("utf-8") == LINKS


def test_headings_are_renamed_through_any_spelling(vault: Path) -> None:
    done(vault, "rename-heading", "über/äpfel.MD", "größe", "Maß")
    assert "#Ma%C3%9F" in (vault / "A.md").read_text("utf-8")
    assert (vault / "Über" / "Äpfel.md").read_text("utf-8").startswith("# Maß\n")


def test_fixes_land_in_the_note_that_is_there(vault: Path) -> None:
    (vault / "T.md").write_text("| a | b |\n| - | - |\n| [[b|x]] | y |\n", "utf-8")
    assert "fixed T.md" in done(vault, "fix", "t.MD")
    assert "T.md" in names(vault)
    assert r"[[b\|x]]" in (vault / "T.md").read_text("utf-8")
