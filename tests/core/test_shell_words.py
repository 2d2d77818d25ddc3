"""Paths in proposed commands: one word for the shell that reads it."""

import shlex
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.core.shell_words import path_word

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1, max_size=20)


@given(NAMES)
def test_a_posix_shell_reads_one_word(name: str) -> None:
    (read,) = shlex.split(path_word(name, windows=False))
    assert read in (name, f"./{name}")
    assert not read.startswith("-")


@pytest.mark.slow
def test_a_real_shell_reads_the_name() -> None:
    for name in ("a b.md", "it's $HOME.md", "a`b`.md", 'q"q.md', "-x.md", "*.md", "~", "a;b&c|d.md"):
        command = f"printf %s {path_word(name, windows=False)}"
        printed = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
        assert printed in (name, f"./{name}")


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (r"Notes\a.md", r"Notes\a.md"),
        (r"C:\Notes\a.md", r"C:\Notes\a.md"),
        ("Notes/a b.md", '"Notes/a b.md"'),
        ("it's.md", '"it\'s.md"'),
        ("a&b.md", '"a&b.md"'),
        ("50 %.md", '"50 %.md"'),
        ("it's $5.md", "'it''s $5.md'"),
        ("-a.md", "./-a.md"),
    ],
)
def test_windows_shells_read_one_word(path: str, word: str) -> None:
    assert path_word(path, windows=True) == word
