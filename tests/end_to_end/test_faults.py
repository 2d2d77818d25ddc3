"""Commands that write, stopped at every call to the system: each file is old or new, and what is said is true.

A command runs in a forked process in which the n-th such call kills it, or fails as on a full disk, or in a folder that
cannot be written; n counts up until the command is done before it is reached.
"""

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from notelint.core import safe_path
from tests.conftest import MakeVault, run

pytestmark = pytest.mark.slow

if sys.platform == "win32":
    pytest.skip("processes are forked, and end by signals", allow_module_level=True)

CHANGING = ("replace", "rename", "link", "unlink", "mkdir", "write", "fsync")
PAGE = "<html><head><title>Cyst</title></head><body><article><h1>Cyst</h1>" + "<p>A cyst is round and dark.</p>" * 30
IMPORTED = (
    "---\ntype: article\nsource: https://site.example/{0}\n---\n# {0}\n\nWords of {0}.\n\nShare this on Sitebook now\n"
)


@dataclass(frozen=True)
class Command:
    """A command that writes, the vault it does that in, and whether `fix --undo` takes it back."""

    arguments: tuple[str, ...]
    vault: dict[str, str | bytes]
    undone: bool = False
    first: tuple[str, ...] = ()


NOTES: dict[str, str | bytes] = {
    "A.md": "[[New%2FCyst]] and [[Kidney#Causes]]\n",
    "sub/B.md": "[[New%2FCyst]]\n",
    "C.md": "[[Kidney#Causes]] [[New%2FCyst|x]]\n",
    "New/Cyst.md": "[[Kidney]]\n",
    "Kidney.md": "# Kidney\n\n## Causes\n\nSome.\n",
}
COMMANDS = {
    "fix": Command(("fix", "--unsafe-fixes"), NOTES, undone=True),
    "mv": Command(("mv", "Kidney.md", "Organs/Deep/Ren.md"), NOTES, undone=True),
    "mv of a folder": Command(
        ("mv", "sub", "Organs/Deep"), {**NOTES, "sub/B.md": "[[./C2]] [[sub/C2]]", "sub/C2.md": ""}, undone=True
    ),
    "rename-heading": Command(("rename-heading", "Kidney.md", "Causes", "Reasons"), NOTES, undone=True),
    "import": Command(("import", "page.html", "--to", "Clippings/Cyst.md"), {**NOTES, "page.html": PAGE}),
    "init": Command(("init",), {**NOTES}),
    "baseline": Command(("baseline",), {"A.md": "[[gone/x]]\n"}),
    "baseline again": Command(("baseline", "--add"), {"A.md": "[[gone/x]]\n", ".notelint-baseline.jsonl": ""}),
    "residue learn": Command(
        ("residue", "learn", "--write"),
        {"notelint.toml": "# mine\n", **{f"n/{name}.md": IMPORTED.format(name) for name in ("One", "Two", "Three")}},
    ),
    "schema infer": Command(
        ("schema", "infer", "--write", "--least", "2"),
        {
            "notelint.toml": "# mine\n",
            **{f"{n}.md": f"---\ntype: sign\nname: {n}\n---\n# {n}\n\n## Use\n\nx\n" for n in "ABC"},
        },
    ),
    "fix --undo": Command(("fix", "--undo"), NOTES, first=("fix", "--unsafe-fixes")),
}


def contents(vault: Path) -> dict[str, bytes]:
    """All files of a vault by path, without what is beside them for a moment."""
    return {
        path.relative_to(vault).as_posix(): path.read_bytes()
        for path in vault.rglob("*")
        if (path.is_file() and not path.name.startswith(".notelint-")) or path.name == ".notelint-baseline.jsonl"
    }


def left_beside(vault: Path) -> list[str]:
    return [path.name for path in vault.rglob(".notelint-*") if path.name != ".notelint-baseline.jsonl"]


def faulty(fault: str, at: int) -> tuple[Callable[[pytest.MonkeyPatch], None], list[int]]:
    """A patch by which calls of this process fail from the n-th on, and the count of the calls."""
    count = [0]

    def wrap(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            count[0] += 1
            if count[0] == at and fault in ("SIGKILL", "SIGTERM"):
                os.kill(os.getpid(), getattr(signal, fault))
            if count[0] >= at and fault == "full" and name in ("write", "mkdir", "fsync"):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            if count[0] == at and fault == "denied":
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "place")
            return real(*arguments, **options)

        return called

    def patch(monkeypatch: pytest.MonkeyPatch) -> None:
        for name in CHANGING:
            monkeypatch.setattr(os, name, wrap(name, getattr(os, name)))

    return patch, count


def stopped(vault: Path, arguments: tuple[str, ...], fault: str, at: int) -> tuple[int, str, bool]:
    """Run a command in a forked process with a fault: how that ended, what it printed, whether the fault came."""
    said = vault.parent / "said"
    process = os.fork()
    if process == 0:
        try:
            with pytest.MonkeyPatch.context() as monkeypatch:
                patch, count = faulty(fault, at)
                patch(monkeypatch)
                result = run(*arguments, cwd=vault)
            said.write_text(f"{count[0] >= at}\n{result.stdout}{result.stderr}")
            os._exit(result.exit_code)
        finally:
            os._exit(99)
    said.unlink(missing_ok=True)
    _, status = os.waitpid(process, 0)
    code = os.waitstatus_to_exitcode(status)
    came, _, text = said.read_text().partition("\n") if said.exists() else ("True", "", "")
    return code, text, came == "True"


@pytest.fixture
def prepared(make_vault: MakeVault, user_folders: Path) -> Callable[[Command], Iterator[tuple[Path, dict[str, bytes]]]]:
    """Makes the vault of a command again and again, with the state that the command leaves if nothing happens."""

    def vaults(command: Command) -> Iterator[tuple[Path, dict[str, bytes]]]:
        vault = make_vault(command.vault)
        if command.first:
            assert run(*command.first, cwd=vault).exit_code in (0, 1)
        kept, state = vault.parent / "kept", vault.parent / "state"
        shutil.copytree(vault, kept)
        (user_folders / "state").mkdir(exist_ok=True)
        shutil.copytree(user_folders / "state", state)
        assert run(*command.arguments, cwd=vault).exit_code == 0
        new = contents(vault)
        assert new != contents(kept)
        while True:
            shutil.rmtree(vault)
            shutil.rmtree(user_folders / "state")
            shutil.copytree(kept, vault)
            shutil.copytree(state, user_folders / "state")
            yield vault, new

    return vaults


def holds_old_or_new(now: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> bool:
    """True if each file is old or new, and no words are lost: what is gone here is there under its new path."""
    elsewhere = {data for path, data in new.items() if path not in old}  # of notes that are to move
    if not all(data in (old.get(path), new.get(path)) or data in elsewhere for path, data in now.items()):
        return False
    return all(path in now or path not in new or path not in old for path in {*old, *new})


@pytest.mark.parametrize("fault", ["SIGKILL", "SIGTERM", "full", "denied"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_file_is_old_or_new_wherever_a_command_is_stopped(name: str, fault: str, prepared: Any) -> None:
    command, step = COMMANDS[name], 1 if fault in ("full", "denied") else 2
    for round, (vault, new) in enumerate(prepared(command)):
        old = contents(vault)
        code, said, came = stopped(vault, command.arguments, fault, 1 + round * step)
        now = contents(vault)
        where = f"{fault} at {1 + round * step}: {code} {said}"
        assert "Traceback" not in said, where
        assert code in (0, 1, 2, -signal.SIGKILL, -signal.SIGTERM, 128 + signal.SIGTERM), where
        if name.startswith("mv") and not now.keys() <= old.keys():  # renamed as the last of all
            assert now == new, where
        else:
            assert holds_old_or_new(now, old, new), where
        if "nothing is changed" in said or "nothing is written" in said:
            assert now == old, where
        if fault != "SIGKILL" and code != -signal.SIGTERM:
            assert left_beside(vault) == [] or fault == "denied", where
            assert code != 0 or now == new, where
        if command.undone and now != old:
            assert run("fix", "--undo", cwd=vault).exit_code == 0, where
            assert contents(vault) == old, where
            assert left_beside(vault) == [] or fault == "denied", where
        if not came:
            assert now == new
            return
        assert round < 80


def test_what_is_said_of_notes_is_true_when_one_cannot_be_written(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(NOTES)
    real = safe_path.OpenFolder.open

    def denied(folder: safe_path.OpenFolder, name: str, flags: int, mode: int = 0o666) -> int:
        if folder.path.endswith("/sub") and flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, "Permission denied")
        return real(folder, name, flags, mode)

    monkeypatch.setattr(safe_path.OpenFolder, "open", denied)
    result = run("fix", "--unsafe-fixes", cwd=vault)
    assert result.exit_code == 1
    assert "sub/B.md is left as it was: it cannot be written: Permission denied" in result.stderr
    assert (vault / "sub/B.md").read_text() == "[[New%2FCyst]]\n"
    assert (vault / "A.md").read_text() == "[[New/Cyst]] and [[Kidney#Causes]]\n"


def test_a_note_that_becomes_a_link_in_the_middle_is_not_written_through(
    make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.md"
    for command in (
        ("fix", "--unsafe-fixes"),
        ("mv", "Kidney.md", "Ren.md"),
        ("rename-heading", "Kidney", "Causes", "x"),
    ):
        shutil.rmtree(tmp_path / "vault", ignore_errors=True)
        vault = make_vault(NOTES)
        outside.write_bytes(b"[[New%2FCyst]] and [[Kidney#Causes]]\n")
        from notelint.core.transaction import Transaction

        real = Transaction._begin_renaming

        def replaced(self: Transaction, vault: Path = vault, real: Callable[..., None] = real) -> None:
            real(self)
            (vault / "A.md").unlink()
            (vault / "A.md").symlink_to(outside)

        with monkeypatch.context() as patch:
            patch.setattr(Transaction, "_begin_renaming", replaced)
            result = run(*command, cwd=vault)
        assert result.exit_code in (1, 2), command
        assert "A.md" in result.stderr
        assert "symbolic link" in result.stderr
        assert outside.read_bytes() == b"[[New%2FCyst]] and [[Kidney#Causes]]\n"
        assert (vault / "A.md").is_symlink()
        if command[0] != "fix":
            assert "nothing is changed" in result.stderr
            assert (vault / "C.md").read_bytes() == NOTES["C.md"].encode()  # type: ignore[union-attr]
            assert (vault / "Kidney.md").exists()


def test_a_folder_that_becomes_a_link_is_not_entered(make_vault: MakeVault, tmp_path: Path) -> None:
    from notelint.core.safe_path import UnsafePathError
    from notelint.core.safe_read import VaultReader

    vault = make_vault({"sub/B.md": "inside\n"})
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "B.md").write_text("secret")
    reader = VaultReader(vault)
    assert reader.read("sub/B.md") == b"inside\n"
    (vault / "sub").rename(vault / "old")
    (vault / "sub").symlink_to(outside)
    with pytest.raises(UnsafePathError, match="behind a symbolic link"):
        reader.read("sub/B.md")


def test_two_runs_at_once_do_not_mix(make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    command = [sys.executable, "-m", "notelint", "fix", "--unsafe-fixes"]
    running = [
        subprocess.Popen(command, cwd=vault, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate() for process in running]
    assert not any("Traceback" in error for _, error in said)
    assert left_beside(vault) == []
    assert run("fix", "--undo", cwd=vault).exit_code in (0, 1)
    assert contents(vault) == {path: str(text).encode() for path, text in NOTES.items()}


def test_a_second_run_is_refused_while_one_writes(make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch) -> None:
    from notelint.core import transaction

    vault = make_vault(NOTES)
    monkeypatch.setattr(transaction, "_PATIENCE", 0.0)
    with transaction.locked(vault):
        result = run("fix", "--unsafe-fixes", cwd=vault)
    assert result.exit_code == 2
    assert "nothing is changed: another notelint writes in" in result.stderr
    assert contents(vault) == {path: str(text).encode() for path, text in NOTES.items()}


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB, where one can be mounted."""
    place = tmp_path / "tiny"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("command", ["fix", "mv", "rename-heading"])
def test_a_disk_that_is_really_full(command: str, tiny: Path) -> None:
    (tiny / ".obsidian").mkdir()
    for path, text in NOTES.items():
        (tiny / path).parent.mkdir(exist_ok=True)
        (tiny / path).write_text(str(text))
    handle = os.open(tiny / "fill.bin", os.O_WRONLY | os.O_CREAT)
    with suppress(OSError):
        while os.write(handle, b"x" * 4096):
            continue
    os.close(handle)
    old = contents(tiny)
    result = run(*COMMANDS[command].arguments, cwd=tiny)
    assert result.exit_code == 2
    assert "nothing is changed" in result.stderr
    assert "No space left" in result.stderr
    assert contents(tiny) == old
    assert left_beside(tiny) == []


def test_a_journal_on_a_full_disk_stops_the_run(
    tiny: Path, make_vault: MakeVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault({**NOTES, "A.md": "[[New%2FCyst]]\n" + "word " * 20_000})
    monkeypatch.setenv("NOTELINT_STATE_DIR", str(tiny / "state"))
    old = contents(vault)
    result = run("fix", "--unsafe-fixes", cwd=vault)
    assert result.exit_code == 2
    assert "nothing is changed" in result.stderr
    assert contents(vault) == old
    assert run("fix", "--unsafe-fixes", "--no-undo", cwd=vault).exit_code == 0
    assert (vault / "sub/B.md").read_text() == "[[New/Cyst]]\n"


@pytest.mark.parametrize("mode", [0o640, 0o666, 0o600, 0o755])
def test_mode_bits_and_owner_stay(mode: int, make_vault: MakeVault) -> None:
    vault = make_vault(NOTES)
    (vault / "A.md").chmod(mode)
    owner = 12345 if os.geteuid() == 0 else os.geteuid()
    os.chown(vault / "A.md", owner, -1)
    for command in (("fix", "--unsafe-fixes"), ("fix", "--undo")):
        assert run(*command, cwd=vault).exit_code == 0
        info = (vault / "A.md").stat()
        assert (stat.S_IMODE(info.st_mode), info.st_uid) == (mode, owner)
