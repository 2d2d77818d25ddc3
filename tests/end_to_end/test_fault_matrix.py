"""Every command that writes, and every fault that `test_faults.py` does not inject: links put in the way, real disks.

Somebody replaces a file or a folder that a command is about to change by a link that leads outside, right before the
n-th call to the system: nothing is written there, and all else is old or new.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run
from tests.end_to_end.test_faults import (
    CHANGING,
    COMMANDS,
    Command,
    contents,
    holds_old_or_new,
    left_beside,
    prepared,
    tiny,
)
from tests.end_to_end.test_insensitive_disk import HAS_FUSE, disk
from tests.end_to_end.test_insensitive_disk import run as run_apart

__all__ = ["disk", "prepared", "tiny"]
pytestmark = pytest.mark.slow

if sys.platform == "win32":
    pytest.skip("processes are forked, and end by signals", allow_module_level=True)

SECRET = b"[[New%2FCyst]] and [[Kidney#Causes]]\n"


def victims(old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """What a command changes or makes: its files, and the folders in which they lie."""
    files = sorted(path for path in {*old, *new} if old.get(path) != new.get(path))
    folders = sorted({path.partition("/")[0] for path in files if "/" in path})
    return [*files[:2], *folders[:1]]


def linked(vault: Path, victim: str, outside: Path, at: int) -> Callable[[pytest.MonkeyPatch], list[int]]:
    """What puts a link in the place of a file or folder before the n-th call, and the count of calls."""
    count, real = [0], {name: getattr(os, name) for name in CHANGING}

    def replace() -> None:
        place = vault / victim
        if place.is_dir() and not place.is_symlink():
            place.rename(vault.parent / "taken away")
        elif os.path.lexists(place):
            place.unlink()
        if place.parent.is_dir():
            place.symlink_to(outside / ("folder" if victim + "/" in FOLDERS else "file.md"))

    def wrap(name: str) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            count[0] += 1
            if count[0] == at:
                count[0] = -(10**6)  # what is done now is not counted
                with pytest.MonkeyPatch.context() as undone:
                    for one in CHANGING:
                        undone.setattr(os, one, real[one])
                    replace()
                count[0] = at
            return real[name](*arguments, **options)

        return called

    def patch(monkeypatch: pytest.MonkeyPatch) -> list[int]:
        for name in CHANGING:
            monkeypatch.setattr(os, name, wrap(name))
        return count

    return patch


FOLDERS = frozenset(f"{name}/" for name in ("Organs", "sub", "Clippings", "New", "n", "schemas", "profiles"))


def _outside(parent: Path) -> tuple[Path, dict[str, bytes]]:
    place = parent / "outside"
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(parent / "taken away", ignore_errors=True)
    (place / "folder").mkdir(parents=True)
    for name in ("file.md", "folder/B.md", "folder/Cyst.md"):
        (place / name).write_bytes(SECRET)
    return place, contents(place)


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_written_through_a_link_that_is_put_in_the_way(name: str, prepared: Any) -> None:
    command: Command = COMMANDS[name]
    vaults = prepared(command)
    vault, new = next(vaults)
    done = 0
    for victim in victims(contents(vault), new):
        at = 0
        while True:
            at += 1
            vault, new = next(vaults)
            old = contents(vault)
            outside, before = _outside(vault.parent)
            with pytest.MonkeyPatch.context() as monkeypatch:
                count = linked(vault, victim, outside, at)(monkeypatch)
                result = run(*command.arguments, cwd=vault)
            where = f"{victim} at {at}: {result.exit_code} {result.output}"
            assert contents(outside) == before, where
            assert sorted(path.name for path in outside.rglob("*")) == sorted(
                ["B.md", "Cyst.md", "file.md", "folder"]
            ), where
            assert result.exit_code in (0, 1, 2), where
            assert result.exception is None or isinstance(result.exception, SystemExit), where
            if count[0] < at:
                break
            done += 1
            mine = {path: data for path, data in contents(vault).items() if not _is_below(path, victim)}
            others = [{p: d for p, d in state.items() if not _is_below(p, victim)} for state in (old, new)]
            if not name.startswith("mv"):  # whose notes may have followed the folder that was taken away
                assert holds_old_or_new(mine, *others), where
            if "nothing is changed" in result.output or "nothing is written" in result.output:
                assert mine == others[0], where
            assert at < 80
    assert done


def _is_below(path: str, victim: str) -> bool:
    return path == victim or path.startswith(f"{victim}/")


@pytest.mark.skipif(not HAS_FUSE, reason="needs mfusepy, libfuse and the right to mount a disk")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_knows_no_capitals_gets_the_same(name: str, prepared: Any, disk: Path) -> None:
    command = COMMANDS[name]
    vault, new = next(prepared(command))
    place = disk / "vault"
    shutil.copytree(vault, place)
    if command.first:
        shutil.rmtree(place)
        place.mkdir()
        for path, text in command.vault.items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(text if isinstance(text, bytes) else text.encode())
        (place / ".obsidian").mkdir(exist_ok=True)
        assert run_apart(place, *command.first).returncode in (0, 1)
    result = run_apart(place, *command.arguments)
    assert result.returncode == 0, result.stderr
    assert contents(place) == new
    assert left_beside(place) == []


def filled(place: Path) -> Iterator[None]:
    """Fill a disk to the last byte, then free it."""
    handle = os.open(place / "fill.bin", os.O_WRONLY | os.O_CREAT)
    try:
        for size in (4096, 1):
            try:
                while os.write(handle, b"x" * size):
                    continue
            except OSError:
                continue
    finally:
        os.close(handle)
    yield
    (place / "fill.bin").unlink()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_is_full_in_earnest(name: str, prepared: Any, tiny: Path) -> None:
    command = COMMANDS[name]
    vault, new = next(prepared(command))
    place = tiny / "vault"
    if command.first:
        pytest.skip("what undoes a run on the same disk frees its place; `full` is injected elsewhere")
    shutil.copytree(vault, place)
    old = contents(place)
    disk = filled(tiny)
    next(disk)
    result = run(*command.arguments, cwd=place)
    assert result.exit_code == 2, result.output
    assert "No space left" in result.stderr, result.output
    assert contents(place) == old
    assert left_beside(place) == []
    next(disk, None)
    assert run(*command.arguments, cwd=place).exit_code == 0
    assert contents(place) == new


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is denied to root")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_cannot_be_written(name: str, prepared: Any) -> None:
    command = COMMANDS[name]
    vault, _ = next(prepared(command))
    old = contents(vault)
    folders = [vault, *(path for path in vault.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        result = run(*command.arguments, cwd=vault)
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert result.exit_code in (1, 2), result.output
    assert "Permission denied" in result.stderr
    assert contents(vault) == old


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_is_read_only(name: str, prepared: Any) -> None:
    command = COMMANDS[name]
    vault, _ = next(prepared(command))
    old = contents(vault)
    mounts = [["--bind", str(vault), str(vault)], ["-o", "remount,bind,ro", str(vault)]]
    if any(subprocess.run(["mount", *one], capture_output=True, check=False).returncode for one in mounts):
        pytest.skip("no file system can be mounted here")
    try:
        result = run(*command.arguments, cwd=vault)
    finally:
        subprocess.run(["umount", "-l", str(vault)], check=True)
    assert result.exit_code in (1, 2), result.output
    assert "Read-only file system" in result.stderr, result.output
    assert contents(vault) == old
