"""Paths get the spelling that the disk has, where it takes several for the same."""

import os
from pathlib import Path

import pytest

from notelint.core.disk_spelling import DiskSpelling


@pytest.fixture
def insensitive(tmp_path: Path) -> DiskSpelling:
    spelling = DiskSpelling(tmp_path)
    spelling.__dict__["_is_exact"] = False
    (tmp_path / "U\u0308ber").mkdir()
    (tmp_path / "U\u0308ber" / "Note.md").touch()
    return spelling


def test_folders_and_files_are_spelled_as_they_are_listed(insensitive: DiskSpelling) -> None:
    assert insensitive.of("\u00fcBER/nOTE.MD") == "U\u0308ber/Note.md"
    assert insensitive.of("\u00fcber/new.md") == "U\u0308ber/new.md"
    assert insensitive.of("Else/Note.md") == "Else/Note.md"
    assert insensitive.of(".") == "."


def test_what_is_to_be_made_keeps_its_own_name(insensitive: DiskSpelling) -> None:
    assert insensitive.of_new("\u00dcber/NOTE.md") == "U\u0308ber/NOTE.md"
    assert insensitive.of_new("\u00dcBER") == "\u00dcBER"


def test_a_name_that_could_be_two_is_left_as_it_is(insensitive: DiskSpelling) -> None:
    (insensitive.root / "one.md").touch()
    (insensitive.root / "ONE.md").touch()
    assert insensitive.of("ONE.md") == "ONE.md"
    assert insensitive.of("One.md") == "One.md"


def test_a_new_file_is_seen(insensitive: DiskSpelling) -> None:
    assert insensitive.of("later.md") == "later.md"
    (insensitive.root / "LATER.md").touch()
    os.utime(insensitive.root, ns=(1, 1))
    assert insensitive.of("later.md") == "LATER.md"


def test_where_case_counts_nothing_is_looked_up(tmp_path: Path) -> None:
    (tmp_path / "Note.md").touch()
    if (tmp_path / "note.md").exists():
        pytest.skip("case does not count here")
    assert DiskSpelling(tmp_path).of("note.md") == "note.md"
