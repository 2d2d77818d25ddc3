"""Work spread over new processes: what they leave undone is done here, and none outlives the one that started it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
PROGRAM = "tests.core.spawned_pool_program"


def run(what: str) -> "subprocess.CompletedProcess[str]":
    """Run the program to its end, and that of all who hold its pipes."""
    command = [sys.executable, "-m", PROGRAM, what]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8", timeout=300)


def test_what_another_process_leaves_undone_is_done_here() -> None:
    ended = run("undone")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_process_that_cannot_be_made_ready_leaves_the_work_here() -> None:
    assert run("never ready").returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_processes_end_with_the_one_that_started_them() -> None:
    ended = run("killed")
    assert ended.returncode == -signal.SIGKILL
    about = Path(f"/proc/{int(ended.stdout)}/stat")
    assert not about.exists() or about.read_text().rpartition(")")[2].split()[0] == "Z"
