"""Runs a command and measures it: processor time with that of its children, seconds, and memory of all together."""

import contextlib
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TICK = 2.1  # seconds after which a cache trusts what was just written
_PLAIN = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Usage:
    """The cost of one run: seconds of processor time, seconds from start to end, MB at the largest moment."""

    cpu: float
    wall: float
    memory: float


def found(name: str) -> str | None:
    """Path of an installed tool, beside this Python or anywhere else."""
    return shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def run(command: list[str], vault: Path, stdin: Path | None = None) -> Usage:
    """Run a command in a vault. Its output is thrown away, and what it keeps of the vault lies beside that.

    Raises `SystemExit` for a command that fails, which is more than to find something.
    """
    beside = {"NOTELINT_CACHE_DIR": str(vault.parent / f"cache of {vault.name}"),
              "NOTELINT_STATE_DIR": str(vault.parent / f"state of {vault.name}")}  # fmt: skip
    null = subprocess.DEVNULL
    with contextlib.ExitStack() as opened:
        given = null if stdin is None else opened.enter_context(stdin.open("rb"))
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=vault, env=_PLAIN | beside, stdin=given, stdout=null, stderr=null)
        together = _Together(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)[:300]} ended with {process.returncode}")
    return Usage(usage.ru_utime + usage.ru_stime, wall, max(together.end(), _megabytes(usage)))


class _Together(threading.Thread):
    """Looks now and then how much memory a process and its children have together (on Linux; shared pages once)."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process, self._most, self._ended = process, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._ended.wait(0.2):
            with contextlib.suppress(OSError, ValueError):
                self._most = max(self._most, sum(map(_proportional, _family(self._process))))

    def end(self) -> float:
        """MB at the largest moment that was seen."""
        self._ended.set()
        self.join()
        return self._most


def _family(process: int) -> Iterator[int]:
    yield process
    for child in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split():
        yield from _family(int(child))


def _proportional(process: int) -> float:
    for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
