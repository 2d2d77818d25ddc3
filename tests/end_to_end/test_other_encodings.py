"""Notes that are not UTF-8: no fix may take a word of them, or make other words of their bytes."""

import pytest

from notelint.note.note import Note, is_utf16
from tests.conftest import MakeVault, lines, report, run

FIX = ("fix", "--unsafe-fixes", "--imported")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-16-le"])
@pytest.mark.parametrize("mark", ["\ufeff", ""])
def test_utf16_is_left_alone(make_vault: MakeVault, encoding: str, mark: str) -> None:
    text = "# 一 Befund\n\nText [[Home]] of a note\n"
    data = text.encode(encoding) if encoding == "utf-16" else (mark + text).encode(encoding)
    vault = make_vault({"Home.md": "x\n"})
    (vault / "note.md").write_bytes(data)
    assert [line for line in lines(report(vault)) if line.startswith("note.md")] == ["note.md:1:1 invalid-encoding"]
    done = run(*FIX, ".", cwd=vault)
    assert (vault / "note.md").read_bytes() == data
    assert "note.md is left as it was: it is UTF-16: save it as UTF-8 first" in done.stderr


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "# Notes in Russian\n\nA long English beginning, then Боль в груди.\n"),
        ("cp874", "# มะเร็ง\n\nปอด\n"),
        ("gbk", "# 肺癌\n\n见 A。\n"),
        ("shift_jis", "# 肺がん\n\nテスト\n"),
        ("cp1256", "# الرئة\n"),
    ],
)
def test_other_scripts_are_not_read_as_windows_1252(make_vault: MakeVault, encoding: str, text: str) -> None:
    vault = make_vault({"Home.md": "x\n"})
    (vault / "note.md").write_bytes(text.encode(encoding))
    run(*FIX, ".", cwd=vault)
    assert text.encode(encoding) in (vault / "note.md").read_bytes()


def test_utf8_with_a_damaged_byte_is_not_read_as_windows_1252(make_vault: MakeVault) -> None:
    damaged = "Лёгкие и сердце\n".encode().replace(b"\xd0\xba", b"\xd0", 1)
    vault = make_vault({"Home.md": "x\n"})
    (vault / "note.md").write_bytes(damaged)
    run(*FIX, ".", cwd=vault)
    assert damaged in (vault / "note.md").read_bytes()


def test_western_notes_are_still_read(make_vault: MakeVault) -> None:
    text = "# Größe\n\n“Gut” – naïve café\n"
    vault = make_vault({"Home.md": "x\n"})
    (vault / "note.md").write_bytes(text.encode("cp1252"))
    run("fix", "--unsafe-fixes", cwd=vault)
    assert (vault / "note.md").read_text(encoding="utf-8") == text


def test_a_stray_nul_does_not_make_a_note_utf16() -> None:
    assert not is_utf16(Note.decode("n.md", b"a few\x00 words").text)
    assert not is_utf16("")
