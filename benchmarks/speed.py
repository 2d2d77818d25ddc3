"""Measures notelint and other linters on the same notes, whole process, in turn, and prints one table.

    python benchmarks/speed.py                         # corpora of 1,000 and 10,000 notes, in a temporary folder
    python benchmarks/speed.py --notes 1000 10000 100000
    python benchmarks/speed.py --vault ~/notes --runs 5
    python benchmarks/speed.py --assert-budgets        # exit status 1 if a budget is exceeded

Times of one machine mean little: every tool runs once in each round, and what counts are the ratios of medians. rumdl
(`pip install rumdl`) and markdownlint-cli2 (npm) are measured if they are found.
"""

import argparse
import contextlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import corpus

_PLAIN = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_STRUCTURE = "MD001,MD003,MD022,MD024,MD025,MD041,MD043,MD042,MD051,MD052,MD053,MD057"  # rules on links and headings
_FEW = 5  # notes of a commit
_REST = 15.0  # seconds
_TICK = 2.1  # seconds after which a cache trusts what was just written


@dataclass
class Tool:
    """One row of the table: a command, and what is done to the notes before it, which is not measured."""

    name: str
    command: list[str]
    before: Callable[[Path], object] = lambda vault: None
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0  # MB, of all its processes together at its largest moment

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def tools(vault: Path) -> Iterator[Tool]:
    """All that is measured in a vault; each is preceded by what it is compared with."""
    notelint = [sys.executable, "-m", "notelint"]
    notes = sorted(str(path.relative_to(vault)) for path in vault.rglob("*.md"))
    few = notes[:: max(1, len(notes) // _FEW)][:_FEW]
    cache = vault.parent / "cache of notelint"
    check = [*notelint, "check", "--cache-dir", str(cache), "--output-format", "concise"]
    yield Tool("notelint --version", [*notelint, "--version"])
    yield Tool("notelint, no cache", [*check, "--no-cache"])
    yield Tool("notelint, first run", check, lambda vault: shutil.rmtree(cache, True))
    yield Tool("notelint, nothing changed", check, lambda vault: _settled(check, vault))
    yield Tool("notelint, one note changed", check, lambda vault: _edit(check, vault, few[:1]))
    yield Tool(f"notelint, {len(few)} changed and named", [*check, *few], lambda vault: _edit(check, vault, few))
    if shutil.which("git") is not None:
        _commit(vault)
        staged = [*check, "--staged", "--", few[0]]
        yield Tool("notelint, hook of a commit", staged, lambda vault: _edit(check, vault, few[:1]))
    rumdl = _rumdl()
    if rumdl is not None:
        forget: Callable[[Path], object] = lambda vault: shutil.rmtree(vault / ".rumdl_cache", True)  # noqa: E731
        known: Callable[[Path], object] = lambda vault: _run([rumdl, "check", "."], vault)  # noqa: E731
        yield Tool("rumdl, no cache", [rumdl, "check", "--no-cache", "."])
        yield Tool("rumdl, first run", [rumdl, "check", "."], forget)
        yield Tool("rumdl, nothing changed", [rumdl, "check", "."], known)
        yield Tool("rumdl, links and structure", [rumdl, "check", "--no-cache", "--enable", _STRUCTURE, "."])
    markdownlint = shutil.which("markdownlint-cli2")
    if markdownlint is not None:
        yield Tool("markdownlint-cli2", [markdownlint, "**/*.md"])


def missing() -> Iterator[str]:
    """Describe each tool that is not there, and what is not measured without it."""
    if _rumdl() is None:
        yield "rumdl is not installed (pip install rumdl): nothing to compare with, and no budget that is a share of it"
    if shutil.which("markdownlint-cli2") is None:
        yield "markdownlint-cli2 is not installed (npm install -g markdownlint-cli2): not measured"
    if shutil.which("git") is None:
        yield "git is not installed: the hook of a commit is not measured"


def _rumdl() -> str | None:
    return shutil.which("rumdl", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


def _commit(vault: Path) -> None:
    """Make the notes a repository's first commit."""
    names = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], [*names, "commit", "-q", "--no-verify", "-m", "notes"]):
        subprocess.run(["git", *command], cwd=vault, check=True, capture_output=True)


def _settled(check: list[str], vault: Path) -> None:
    """The state in which nothing has changed for a while, and the run before knows it."""
    time.sleep(_TICK)
    _run(check, vault)


def _edit(check: list[str], vault: Path, notes: list[str]) -> None:
    _settled(check, vault)
    for note in notes:
        with (vault / note).open("a", encoding="utf-8") as file:
            file.write("\nAnother line.\n")


def _run(command: list[str], vault: Path) -> tuple[float, float]:
    """Seconds from start to end of a command, and its memory in MB. Whatever it finds is thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=vault, env=_PLAIN, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    together = _Together(process.pid)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)[:100]} ended with {process.returncode}")
    return time.perf_counter() - start, max(together.end(), _megabytes(usage))


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


def measure(vault: Path, runs: int) -> dict[str, Tool]:
    """Every tool once, and that as often as asked for: what disturbs the machine disturbs them all."""
    measured = {tool.name: tool for tool in tools(vault)}
    os.sync()
    time.sleep(_REST)  # what git and the corpus wrote goes to the disk meanwhile, and not while the first tool runs
    for number in range(runs):
        for tool in measured.values():
            print(f"\r\033[K{vault.name}: {number + 1} of {runs}, {tool.name}", end="", file=sys.stderr, flush=True)
            tool.before(vault)
            seconds, memory = _run(tool.command, vault)
            tool.seconds.append(seconds)
            tool.memory = max(tool.memory, memory)
    print("\r\033[K", end="", file=sys.stderr)
    return measured


def table(measured: dict[str, dict[str, Tool]]) -> Iterator[str]:
    """One table of all vaults: medians, what they are of the other tool's, and memory."""
    yield "| notes | what | median s | of rumdl | MB |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for vault, rows in measured.items():
        for tool in rows.values():
            other = rows.get(tool.name.replace("notelint", "rumdl"))
            ratio = f"{tool.median / other.median:.2f}" if other is not None and other is not tool else ""
            yield f"| {vault} | {tool.name} | {tool.median:.2f} | {ratio} | {tool.memory:.0f} |"


def budgets(measured: dict[str, dict[str, Tool]]) -> Iterator[tuple[str, float, float]]:
    """The promises: in words, as measured, and the most that is allowed."""
    rows = measured.get("10000")
    if rows is not None:
        yield "10,000 notes, one changed, seconds", rows["notelint, one note changed"].median, 0.35
        yield "notelint --version, seconds", rows["notelint --version"].median, 0.1
        if "rumdl, no cache" in rows:
            cold = rows["notelint, no cache"].median / rows["rumdl, no cache"].median
            yield "10,000 notes without a cache, of rumdl's time", cold, 1.0
            warm = rows["notelint, nothing changed"].median / rows["rumdl, nothing changed"].median
            yield "10,000 notes, nothing changed, of rumdl's time", warm, 0.33
    large = measured.get("100000")
    if large is not None:
        yield "100,000 notes, MB", max(tool.memory for tool in large.values() if "notelint" in tool.name), 1000
        if rows is not None:
            growth = large["notelint, no cache"].median / rows["notelint, no cache"].median
            yield "100,000 notes, of the time of 10,000", growth, 11


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, nargs="+", default=[1000, 10_000], help="sizes of the corpora to build")
    parser.add_argument("--vault", type=Path, action="append", default=[], help="a vault to measure (it is copied)")
    parser.add_argument("--runs", type=int, default=3, help="how often each tool runs")
    parser.add_argument("--assert-budgets", action="store_true", help="fail if a budget is exceeded")
    asked = parser.parse_args()
    measured: dict[str, dict[str, Tool]] = {}
    for what in missing():
        print(what, file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="notelint-speed-") as folder:
        for vault in asked.vault:
            ours = shutil.ignore_patterns(".git", ".rumdl_cache")
            copy = shutil.copytree(vault, Path(folder, "copy", vault.resolve().name), symlinks=True, ignore=ours)
            measured[vault.resolve().name] = measure(copy, asked.runs)
        for count in [] if asked.vault else asked.notes:
            built = corpus.build(Path(folder, str(count)), count)
            time.sleep(_TICK)
            measured[str(count)] = measure(built, asked.runs)
    print("\n".join(table(measured)))
    kept = True
    for what, found, most in budgets(measured):
        kept &= found <= most
        print(f"{'kept' if found <= most else 'EXCEEDED':8} {what}: {found:.2f}, at most {most:g}")
    return int(asked.assert_budgets and not kept)


if __name__ == "__main__":
    sys.exit(main())
