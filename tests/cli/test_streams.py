"""Streams of other encodings than UTF-8: nothing crashes, and what programs read is UTF-8 to the letter."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import MakeVault

ENCODINGS = ["ascii", "cp1252", "cp932"]


def run_in(encoding: str, vault: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a pipe of that encoding runs it."""
    environment = {**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
    done = subprocess.run(
        [sys.executable, "-m", "notelint", *arguments], cwd=vault, env=environment, capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def vault(make_vault: MakeVault) -> Path:
    return make_vault(
        {"Größe 日本.md": "# Größe\n\n[[gone/日本🙂]] [a](b 🙂.md)\n", "b 🙂.md": "---\ndg-publish: true\n---\n# B\n"}
    )


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_programs_read_is_utf_8(vault: Path, encoding: str) -> None:
    done = run_in(encoding, vault, "check", "--output-format", "json")
    found = json.loads(done.stdout.decode("utf-8"))["diagnostics"]
    assert {one["path"] for one in found} == {"Größe 日本.md"}
    assert any("日本🙂" in one["message"] for one in found)
    difference = run_in(encoding, vault, "fix", "--diff").stdout.decode("utf-8")
    assert "+[[gone/日本🙂]] [a](b%20🙂.md)" in difference


@pytest.mark.parametrize(("encoding", "kanji"), [("cp1252", "\\u65e5\\u672c"), ("cp932", "日本")])
def test_what_people_read_is_escaped_where_it_must_be(vault: Path, encoding: str, kanji: str) -> None:
    shown = run_in(encoding, vault, "check").stdout.decode(encoding)
    assert f"gone/{kanji}\\U0001f642" in shown


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_no_command_crashes(vault: Path, encoding: str) -> None:
    for arguments in (
        ["check", "--group-by", "target"],
        ["check", "--statistics"],
        ["fix", "--unsafe-fixes", "--diff"],
        ["checkers"],
        ["config", "b 🙂.md"],
        ["permalink", "b 🙂.md"],
        ["resolve", "--from", "b 🙂.md", "größe", "日本🙂"],
        ["publish-report", "--output-format", "json"],
        ["mv", "--diff", "b 🙂.md", "ä🙂.md"],
        ["explain", "broken-link"],
        ["--help"],
    ):
        run_in(encoding, vault, *arguments)
