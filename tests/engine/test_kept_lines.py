"""A concise report is the same whether its lines were kept by a run before or are made anew."""

import gc
import os
import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notelint.core import user_folders
from notelint.engine import cache, incremental, kept_lines
from notelint.engine.cache import Cache
from tests.conftest import MakeVault, run
from tests.engine.test_cache import age

_NOTES = 30
_STEPS = 12


@pytest.fixture
def vault(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with findings of several kinds, whose lines are kept however few they are."""
    monkeypatch.setattr(kept_lines, "_FEW", 0)
    monkeypatch.setattr(incremental, "_few", lambda notes: 3)
    notes = {f"folder {n % 3}/Note {n}.md": f"# N\n\n[[Nothing {n}]] [[Note {n + 1}#Gone]]\n" for n in range(_NOTES)}
    odd: dict[str, str | bytes] = {
        "Clean.md": "# A note\n\nText.\n",
        "Odd.md": "# O\n\n[[a\u2028b]] [[é::x]] [x](<../a\\nb>)\n",
        "Bad.md": b"caf\xe9\n",
    }
    return make_vault({**notes, **odd})


def _report(vault: Path, *arguments: str, folder: str = ".") -> tuple[str, int]:
    result = run("check", "--output-format", "concise", *arguments, cwd=vault / folder)
    return result.stdout, result.exit_code


def _both(vault: Path, *arguments: str, folder: str = ".") -> str:
    kept = _report(vault, *arguments, folder=folder)
    assert kept == _report(vault, "--no-cache", *arguments, folder=folder)
    return kept[0]


def _file(vault: Path) -> Path:
    return user_folders.of_vault(user_folders.cache_folder(), vault) / kept_lines.FILES["concise"]


def _settle(vault: Path) -> None:
    """Let a run know all notes, and another keep their lines."""
    _report(vault)
    age(vault)
    _report(vault)


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths whose kept lines are used."""
    found: list[str] = []
    lines = kept_lines.KeptLines.lines

    def noticed(self: kept_lines.KeptLines, form: str) -> Callable[[str], str | None]:
        of_note = lines(self, form)

        def and_noticed(path: str) -> str | None:
            text = of_note(path)
            if text is not None:
                found.append(path)
            return text

        return and_noticed

    monkeypatch.setattr(kept_lines.KeptLines, "lines", noticed)
    return found


def test_a_run_in_which_nothing_changed_uses_all_lines(vault: Path, used: list[str]) -> None:
    _settle(vault)
    used.clear()
    shown = _both(vault)
    assert len(set(used)) > _NOTES
    assert all(f"folder {n % 3}/Note {n}.md:3:1: " in shown for n in range(_NOTES))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--statistics",),
        ("--max-diagnostics", "3"),
        ("--group-by", "checker"),
        ("-q",),
        ("folder 1",),
        ("--shard", "1/2"),
    ],
)
def test_other_reports_are_the_same(vault: Path, arguments: tuple[str, ...]) -> None:
    _settle(vault)
    _both(vault, *arguments)


def test_a_note_that_no_cache_can_hold_is_reported_too(vault: Path) -> None:
    (vault / "Bad.md").write_bytes(b"caf\xe9 [[Nothing at all]]\n")
    _settle(vault)
    assert "Bad.md:1:4: invalid-encoding: " in _both(vault)


def test_paths_are_those_of_the_folder(vault: Path) -> None:
    _settle(vault)
    shown = _both(vault, ".", folder="folder 1")
    assert "\nNote 4.md:3:1: " in shown
    assert "../folder 2/Note 2.md:3:1: " in _both(vault, "..", folder="folder 1")


def test_a_changed_note_is_read_anew(vault: Path, used: list[str]) -> None:
    _settle(vault)
    (vault / "folder 1/Note 1.md").write_text("# N\n\n[[Something else]]\n")
    used.clear()
    assert "Something else" in _both(vault)
    assert used
    assert "folder 1/Note 1.md" not in used


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-9],
        lambda data: b"\x90" + zlib.crc32(b"\x90").to_bytes(4, "big"),
        lambda data: data.replace(b"Nothing", b"Nothinh"),
    ],
)
def test_a_damaged_file_is_not_used(vault: Path, used: list[str], damage: Callable[[bytes], bytes]) -> None:
    _settle(vault)
    file = _file(vault)
    file.write_bytes(damage(file.read_bytes()))
    used.clear()
    _both(vault)
    assert not used


def test_lines_are_of_one_file_of_the_cache(vault: Path, used: list[str]) -> None:
    _settle(vault)
    before = _file(vault).read_bytes()
    for path in vault.rglob("*.md"):
        path.write_text("# N\n\n[[Other]]\n")
    _settle(vault)
    _file(vault).write_bytes(before)
    used.clear()
    assert "Nothing" not in _both(vault)
    assert not used


def test_lines_are_not_kept_for_a_file_that_another_run_wrote_meanwhile(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Cache.save

    def save_before_another(self: Cache, *given: Any) -> bool:
        monkeypatch.setattr(Cache, "save", save)
        is_saved = save(self, *given)
        for n in range(_NOTES // 2):
            (vault / f"folder {n % 3}/Note {n}.md").write_text("# N\n\n[[Other]]\n")
        _report(vault)
        age(vault)
        return is_saved

    monkeypatch.setattr(Cache, "save", save_before_another)
    assert "'Other'" not in _report(vault)[0]
    assert "'Other'" in _both(vault)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="open files are listed there")
def test_where_no_open_file_is_replaced_the_cache_is_renewed_too(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _settle(vault)
    file = _file(vault).with_name(cache.FILE)
    before = file.read_bytes()
    gc.collect()  # the files of runs before, which were processes of their own
    replace = Path.replace

    def replace_as_windows_does(self: Path, target: Path) -> Path:
        opened = {os.path.realpath(one) for one in Path("/proc/self/fd").iterdir()}
        if os.path.realpath(target) in opened:
            raise PermissionError(target)
        return replace(self, target)

    monkeypatch.setattr(cache, "_IS_REPLACED_WHEN_OPEN", False)
    monkeypatch.setattr(Path, "replace", replace_as_windows_does)
    for n in range(_NOTES // 2):
        (vault / f"folder {n % 3}/Note {n}.md").write_text("# N\n\n[[Other]]\n")
    assert "'Other'" in _both(vault)
    assert file.read_bytes() != before


def test_clean_removes_them(vault: Path) -> None:
    _settle(vault)
    assert _file(vault).is_file()
    assert run("clean", cwd=vault).exit_code == 0
    assert not _file(vault).exists()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_any_changes_are_seen(vault: Path, seed: int) -> None:
    chance = random.Random(seed)
    _settle(vault)
    for _ in range(_STEPS):
        notes = sorted(vault.rglob("*.md"))
        note = chance.choice(notes)
        change = chance.randrange(4)
        if change == 0:
            note.write_text(f"# N\n\n[[{chance.choice(notes).stem}#{chance.randrange(3)}]]\n")
        elif change == 1:
            note.unlink()
        elif change == 2:
            note.rename(note.with_name(f"{note.stem} moved.md"))
        else:
            (vault / f"New {chance.randrange(99)}.md").write_text("# New\n\n[[Gone]]\n")
        if chance.random() < 0.5:
            age(vault)
        _both(vault)
