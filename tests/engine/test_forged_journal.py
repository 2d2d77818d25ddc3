"""A journal that no run wrote: whatever its lines say, they are passed over, and nothing outside the vault changes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import MakeVault, run

pytestmark = pytest.mark.slow

NOTES: dict[str, str | bytes] = {"A.md": "[[New%2FB]]\n", "New/B.md": "x\n"}
Lines = list[dict[str, Any]]


def _set(key: str, value: Any) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        for line in lines:
            if key in line:
                line[key] = value

    return change


def _drop(key: str) -> Callable[[Lines], None]:
    def change(lines: Lines) -> None:
        for line in lines:
            line.pop(key, None)

    return change


KEYS = ("path", "after", "temporary", "before", "at", "length", "from", "to", "made")
WRONG: tuple[Any, ...] = (None, -1, 2**70, "../outside.md", "/etc/passwd", ".git/hooks/x", "A.md\0", [[]], {"a": 1})
LIES: dict[str, Callable[[Lines], None]] = {
    **{f"{key} is {value!r:.20}": _set(key, value) for key in KEYS for value in WRONG},
    **{f"no {key}": _drop(key) for key in KEYS},
    "longer than it is": _set("length", 1 << 50),
}


@pytest.fixture
def index(make_vault: MakeVault, user_folders: Path) -> Path:
    """The journal of a fix and a move, whose vault is `vault`."""
    vault = make_vault(NOTES)
    assert run("fix", cwd=vault).exit_code in (0, 1)
    assert run("mv", "New/B.md", "C.md", cwd=vault).exit_code == 0
    return max((user_folders / "state").rglob("journal.jsonl"))


@pytest.mark.parametrize("lie", LIES)
def test_lines_that_no_run_wrote_are_passed_over(lie: str, index: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    outside = vault.parent / "outside.md"
    outside.write_text("mine\n")
    lines = [json.loads(line) for line in index.read_text().splitlines() if line]
    LIES[lie](lines)
    index.write_text("\n".join(map(json.dumps, lines)))
    for command in (("fix", "--undo"), ("fix", "--undo"), ("fix",)):
        done = run(*command, cwd=vault)
        assert done.exit_code in (0, 1, 2), done.output
        assert isinstance(done.exception, SystemExit | None), done.exception
    assert outside.read_text() == "mine\n"
    assert not (vault / ".git").exists()


@pytest.mark.parametrize("text", ["[" * 100_000, f'{{"path": {"9" * 9999}}}', "\0", '{"path": "\\ud800"}'])
@pytest.mark.parametrize("name", ["journal.jsonl", "vault.json"])
def test_a_journal_that_is_something_else(name: str, text: str, index: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    for file in index.parents[2].rglob(name):
        file.write_text(text)
    for command in (("fix", "--undo"), ("fix", "--undo", "--moved-from", "/elsewhere"), ("fix",), ("clean",)):
        done = run(*command, cwd=vault)
        assert isinstance(done.exception, SystemExit | None), done.exception
