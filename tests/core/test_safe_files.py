"""Reading and writing files of a vault: whatever stands at a path, nothing outside is touched and nobody waits."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core import atomic_write, safe_path, safe_read
from notelint.core.atomic_write import create, replace
from notelint.core.safe_path import UnsafePathError
from notelint.core.safe_read import TooLargeError, VaultReader
from notelint.core.write_named import write_named
from tests.conftest import MakeVault, lines, report, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and sockets of POSIX")
SETTINGS = (
    ".gitignore", "sub/.gitignore", ".obsidian/app.json", ".obsidian/templates.json", "notelint.toml", ".notelint.toml",
    ".obsidian/plugins/digitalgarden/data.json", ".obsidian/plugins/templater-obsidian/data.json", "pyproject.toml",
    ".notelint-baseline.jsonl", "sub/B.md", "Board.canvas",
)  # fmt: skip


def special(file: Path, kind: str, outside: Path) -> None:
    """Put something that is not a file of the vault at a path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(file)
    elif kind == "socket":
        sock = socket.socket(socket.AF_UNIX)
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            sock.bind(f"/proc/self/fd/{folder}/{file.name}" if sys.platform == "linux" else str(file))
        finally:
            os.close(folder)
            sock.close()
    elif kind == "folder":
        file.mkdir()
    else:
        file.symlink_to(
            {"endless": "/dev/zero", "stdin": "/dev/stdin", "secret": str(outside), "loop": file.name}[kind]
        )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "endless", "stdin", "secret", "loop"])
def test_what_is_no_file_of_the_vault_is_not_read(kind: str, make_vault: MakeVault, tmp_path: Path) -> None:
    """The run goes on, ends, and nothing of it shows what lies outside."""
    outside = tmp_path / "outside"
    outside.write_text('ignore = ["broken-link"]\nsecret\n')
    vault = make_vault({"A.md": "[[nowhere/x]]\n"})
    for path in SETTINGS:
        if path == ".notelint-baseline.jsonl" and kind == "folder":
            continue
        special(vault / path, kind, outside)
        command = [sys.executable, "-m", "notelint", "check", "--no-cache"]
        done = subprocess.run(command, cwd=vault, input=b"", capture_output=True, timeout=60, check=False)
        said = (done.stdout + done.stderr).decode()
        assert "nowhere/x" in said, (path, said)
        assert "secret" not in said.replace("outside", ""), path
        assert "Traceback" not in said
        file = vault / path
        file.rmdir() if kind == "folder" else file.unlink()


@pytest.mark.parametrize("kind", ["pipe", "endless", "secret", "loop"])
@pytest.mark.parametrize("where", ["schema", "profile", "redirects", "folder"])
def test_files_that_a_configuration_names_are_read_likewise(
    kind: str, where: str, make_vault: MakeVault, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.write_text("secret")
    configuration = {
        "schema": '[checkers.schema-violation]\nschema = "s.json"\n',
        "profile": 'profiles = ["s.toml"]\n',
        "redirects": '[checkers.changed-permalink]\nredirects = "s.txt"\n',
        "folder": '[checkers.schema-violation]\nschema = "in/s.json"\n',
    }[where]
    vault = make_vault({"notelint.toml": configuration, "A.md": "---\na: 1\n---\n"})
    name = {"schema": "s.json", "profile": "s.toml", "redirects": "s.txt", "folder": "in"}[where]
    special(vault / name, kind, outside)
    result = run("check", cwd=vault)
    assert result.exit_code in (0, 1, 2)
    assert "secret" not in result.output.replace("outside", "")
    assert where == "redirects" or result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) <= 2


def test_a_linked_configuration_is_said_not_to_be_read(make_vault: MakeVault, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('ignore = ["broken-link"]\n')
    vault = make_vault({"A.md": "[[nowhere/x]]\n"})
    (vault / "notelint.toml").symlink_to(tmp_path / "mine.toml")
    result = run("check", cwd=vault)
    assert result.exit_code == 1
    assert "notelint.toml is not a regular file and not read" in result.stderr
    assert run("check", "--config", tmp_path / "mine.toml", cwd=vault).exit_code == 0
    assert run("check", "--config", "notelint.toml", cwd=vault).exit_code == 2


def test_a_note_of_too_many_bytes_is_a_finding_and_its_headings_are_unknown(make_vault: MakeVault) -> None:
    vault = make_vault({"A.md": "[[Big#Somewhere]] [[Big#^id]] [[Gone]]\n", "Big.md": ""})
    os.truncate(vault / "Big.md", safe_read.NOTE_LIMIT + 1)
    for arguments in ((), ("--no-cache",), ()):
        found = report(vault, *arguments)
        assert lines(found) == ["A.md:1:31 unwritten-note", "Big.md:1:1 unreadable-note"]
        assert found["diagnostics"][1]["message"] == "cannot be read: it is larger than 32 MB"
    assert run("fix", cwd=vault).exit_code == 0
    assert (vault / "Big.md").stat().st_size == safe_read.NOTE_LIMIT + 1


def test_a_link_into_a_linked_folder_is_not_judged(make_vault: MakeVault, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "Note.md").write_text("# x\n[[secret]]\n")
    vault = make_vault(
        {
            "A.md": "[[Shared/Note]] [[Deep/Shared/Note#x]] ![[Shared/p.png]] [x](Shared/Note.md) [[Other/Note]]\n",
            "Deep/B.md": "[[./Shared/Note]] [[../Shared/Note]]\n",
        }
    )
    (vault / "Shared").symlink_to(tmp_path / "shared")
    (vault / "Deep/Shared").symlink_to(tmp_path / "shared")
    for arguments in ((), ("--no-cache",)):
        found = report(vault, *arguments)
        assert [d["about"] for d in found["diagnostics"]] == ["Other/Note"]
    said = run("check", cwd=vault).stderr
    assert said.count("symbolic links are not followed, and what they lead to is unknown: Deep/Shared, Shared\n") == 1
    (vault / "L.md").symlink_to(tmp_path / "shared" / "Note.md")
    (vault / "C.md").write_text("[[L#Nothing]] [[L]]\n")
    again = run("check", "C.md", cwd=vault)
    assert again.exit_code == 0
    assert "unknown: Deep/Shared, L.md, Shared\n" in again.stderr


@pytest.mark.parametrize(
    "path",
    ["../x.md", "/etc/x.md", "a/../../x.md", "a//b.md", "./x.md", "", ".", "..", "a\0b", ".git/hooks/x", ".GIT/x",
     "git~1/x", ".g\u200cit/x", ".git /x", ".git./x", ".git::$INDEX_ALLOCATION/x", "a/.git", ".obsidian/app.json",
     ".github/x.md",
     "node_modules/x.md", "a/.trash/x.md"],
)  # fmt: skip
def test_nothing_is_written_outside_or_into_folders_of_tools(path: str, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    for write in (create, lambda root, path, data: replace(root, path, None, data)):
        with pytest.raises(UnsafePathError):
            write(vault, path, b"x")
    assert [file.name for file in tmp_path.rglob("*")] == ["vault"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    vault, outside = tmp_path / "vault", tmp_path / "outside"
    vault.mkdir()
    outside.mkdir()
    (outside / "A.md").write_text("old")
    (vault / "away").symlink_to(outside)
    (vault / "A.md").symlink_to(outside / "A.md")
    (vault / "dangling.md").symlink_to(outside / "made.md")
    for path, old in (("away/A.md", b"old"), ("A.md", b"old"), ("dangling.md", None), ("away/new.md", None)):
        with pytest.raises(UnsafePathError):
            replace(vault, path, old, b"new")
        with pytest.raises(OSError, match=r"link|file of that name"):
            create(vault, path, b"new")
    with pytest.raises(UnsafePathError):
        atomic_write.move(vault, "A.md", "away/B.md")
    assert sorted(path.name for path in outside.iterdir()) == ["A.md"]
    assert (outside / "A.md").read_text() == "old"


def test_a_report_goes_through_no_link_of_the_repository(make_vault: MakeVault, tmp_path: Path) -> None:
    vault, outside = make_vault({"A.md": "[[x/y]]\n"}), tmp_path / "outside"
    outside.mkdir()
    (outside / "r.json").write_text("precious")
    (vault / "reports").symlink_to(outside)
    (vault / "r.json").symlink_to(outside / "r.json")
    for name in ("reports/r.json", "r.json", "reports/new.json", ".git/config", str(vault / "reports" / "r.json")):
        result = run("check", "--output-format", f"json:{name}", cwd=vault)
        assert result.exit_code == 2, name
        assert "cannot write the report" in result.stderr
    assert [(path.name, path.read_text()) for path in outside.iterdir()] == [("r.json", "precious")]
    (tmp_path / "own").symlink_to(outside)
    assert run("check", "--output-format", f"json:{tmp_path / 'own' / 'mine.json'}", cwd=vault).exit_code == 1
    assert (outside / "mine.json").exists()
    write_named(Path("/dev/null"), [b"x"])


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with names")
@pytest.mark.parametrize("marks", [{}, {".obsidian/app.json": "{}"}])
def test_a_report_goes_through_no_link_to_a_pipe_or_device(
    make_vault: MakeVault, tmp_path: Path, marks: dict[str, str]
) -> None:
    vault, pipe = make_vault({"A.md": "[[x/y]]\n", **marks}), tmp_path / "pipe"
    os.mkfifo(pipe)
    (vault / "r.json").symlink_to(pipe)
    (vault / "n.json").symlink_to("/dev/null")
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        for name in ("r.json", "n.json"):
            result = run("check", "--output-format", f"json:{name}", cwd=vault)
            assert result.exit_code == 2, name
            assert "it is a symbolic link" in result.stderr
        assert os.read(reader, 1) == b""
        assert run("check", "--output-format", f"concise:{pipe}", cwd=vault).exit_code == 1
        assert b"x/y" in os.read(reader, 1 << 16)
        assert run("check", "--output-format", "concise:/dev/null", cwd=vault).exit_code == 1
    finally:
        os.close(reader)


def test_a_baseline_that_is_a_link_is_neither_read_nor_written(make_vault: MakeVault, tmp_path: Path) -> None:
    vault, outside = make_vault({"A.md": "[[x/y]]\n"}), tmp_path / "outside"
    run("baseline", cwd=vault)
    (vault / ".notelint-baseline.jsonl").rename(outside)
    before = outside.read_bytes()
    (vault / ".notelint-baseline.jsonl").symlink_to(outside)
    result = run("check", cwd=vault)
    assert result.exit_code == 1
    assert ".notelint-baseline.jsonl is not read: it is a symbolic link" in result.stderr
    assert run("baseline", "--add", cwd=vault).exit_code == 2
    assert outside.read_bytes() == before


def test_a_file_system_without_links_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    create(tmp_path, "a/b/New.md", b"new")
    assert (tmp_path / "a/b/New.md").read_bytes() == b"new"
    with pytest.raises(FileExistsError):
        create(tmp_path, "a/b/New.md", b"other")
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["New.md"]


def test_without_openat_each_part_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows: the same answers, by looking before opening."""
    monkeypatch.setattr(safe_path, "HAS_OPENAT", False)
    monkeypatch.setattr(safe_read, "HAS_OPENAT", False)
    monkeypatch.setattr(safe_path, "NO_FOLLOW", 0)
    vault, outside = tmp_path / "vault", tmp_path / "outside"
    for folder in (vault / "sub", outside):
        folder.mkdir(parents=True)
    (outside / "x.md").write_text("secret")
    create(vault, "sub/A.md", b"a")
    replace(vault, "sub/A.md", b"a", b"b")
    assert VaultReader(vault).read("sub/A.md") == b"b"
    assert [entry.name for entry in VaultReader(vault).entries("sub")] == ["A.md"]
    (vault / "away").symlink_to(outside)
    (vault / "L.md").symlink_to(outside / "x.md")
    for path in ("away/x.md", "L.md"):
        with pytest.raises(UnsafePathError):
            VaultReader(vault).read(path)
        with pytest.raises(UnsafePathError):
            replace(vault, path, b"secret", b"new")
    atomic_write.move(vault, "sub/A.md", "B.md")
    assert (vault / "B.md").read_bytes() == b"b"
    assert (outside / "x.md").read_text() == "secret"


def test_a_case_insensitive_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated: a name finds the file that is spelt otherwise. A change of capitals is a move."""
    (tmp_path / "Note.md").write_bytes(b"x")
    (tmp_path / "Other.md").write_bytes(b"y")
    real = os.stat

    def any_case(path: object, **options: object) -> os.stat_result:
        name = str(path)
        folder = options.get("dir_fd")
        for there in os.listdir(folder) if isinstance(folder, int) else ():  # noqa: PTH208
            if there.lower() == name.lower():
                name = there
        return real(name if isinstance(folder, int) else path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "stat", any_case)
    with pytest.raises(FileExistsError):
        create(tmp_path, "note.MD", b"new")
    with pytest.raises(FileExistsError):
        atomic_write.move(tmp_path, "Note.md", "other.md")
    atomic_write.move(tmp_path, "Note.md", "NOTE.md")
    assert sorted((path.name, path.read_bytes()) for path in tmp_path.iterdir()) == [
        ("NOTE.md", b"x"),
        ("Other.md", b"y"),
    ]


@given(st.lists(st.sampled_from(["a", "B.md", "..", ".", "", ".git", "x\0", "\\", "c:", "/"]), min_size=1, max_size=4))
def test_a_path_that_is_accepted_stays_inside(parts: list[str]) -> None:
    path = "/".join(parts)
    try:
        accepted = safe_path.require_own(path)
    except UnsafePathError:
        return
    assert "/".join(accepted) == path == os.path.normpath(path)
    assert not path.startswith(("/", "../"))
    assert ".git" not in accepted


def test_a_file_that_grows_while_it_is_read_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "A.md").write_bytes(b"x" * 100)
    with pytest.raises(TooLargeError, match="larger than 0 MB"):
        VaultReader(tmp_path).read("A.md", 99)
    real = os.fstat
    monkeypatch.setattr(os, "fstat", lambda handle: os.stat_result((*real(handle)[:6], 10, *real(handle)[7:])))
    assert VaultReader(tmp_path).read("A.md", 100) == b"x" * 100
    with pytest.raises(TooLargeError):
        VaultReader(tmp_path).read("A.md", 50)
