"""Measures notelint and other linters on the same notes, whole process, in turn, and prints one table, worst first.

    python benchmarks/speed.py                                  # 2,000 notes in each state of benchmarks/corpus.py
    python benchmarks/speed.py --states clean "dead links" --notes 10000 --one-note
    python benchmarks/speed.py --notes 10000 100000 --states "dead links" --runs 1      # the curve
    python benchmarks/speed.py --sample path/to/vault --notes 5000    # a vault multiplied, with its links
    python benchmarks/speed.py --vault ~/notes                        # a vault as it is, copied
    python benchmarks/speed.py --states clean --sample path/to/vault --cold    # both, and without a cache only
    python benchmarks/speed.py --assert-budgets                       # exit status 1 if a budget is exceeded

Times of one machine mean little: every tool runs once in each round, and what counts are the ratios of medians, of
processor time (with that of all child processes). rumdl and mdsmith (`pip install rumdl mdsmith`) are measured if they
are found, and the least that a Python program does (least.py). Commands that would write are measured with `--diff`,
which finds out all that they do.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import corpus
from timing import TICK, Usage, found, run

_REST = 3.0  # seconds
_CHECK = ["check", "--output-format", "concise"]
_COLD, _WARM = "no cache", "nothing changed"
_ONE = 0.4  # seconds of processor time, for one note in 10,000
_FLOOR = 2.6  # of rumdl's processor time, without a cache: what Python alone needs, as docs/speed.md measures it
_GROWTH = 12  # times the processor time of 10,000 notes for 100,000: the barest program took 11.1, rumdl 12.6
_HEADING = "A heading to rename"


@dataclass
class Row:
    """One row of the table: a command, what is done to the notes before it, which is not measured, and its input."""

    tool: str
    state: str
    command: list[str]
    before: Callable[[Path], object] = lambda vault: None
    stdin: Path | None = None
    usages: list[Usage] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """Median seconds of processor time."""
        return statistics.median(usage.cpu for usage in self.usages)

    @property
    def wall(self) -> float:
        """Median seconds from start to end."""
        return statistics.median(usage.wall for usage in self.usages)

    @property
    def memory(self) -> float:
        """MB at the largest moment of all rounds."""
        return max(usage.memory for usage in self.usages)


def rows(vault: Path, *, one_note: bool) -> Iterator[Row]:
    """All that is measured in a vault, with its cache beside it."""
    notelint = [sys.executable, "-P", "-m", "notelint"]
    cache = ["--cache-dir", str(vault.parent / f"cache of {vault.name}")]
    check = [*notelint, *_CHECK, *cache]
    yield Row("notelint", _COLD, [*notelint, *_CHECK, "--no-cache"])
    yield Row("notelint", _WARM, check, lambda vault: _settle(check, vault))
    yield Row("notelint", "one note changed", check, lambda vault: _edit(check, vault))
    yield Row("least in Python", _COLD, [sys.executable, "-P", str(Path(__file__).with_name("least.py")), "."])
    rumdl, mdsmith = found("rumdl"), found("mdsmith")
    if rumdl is not None:
        yield Row("rumdl", _COLD, [rumdl, "check", "--no-cache", "-s", "."])
        yield Row("rumdl", _WARM, [rumdl, "check", "-s", "."], lambda vault: run([rumdl, "check", "-s", "."], vault))
    if mdsmith is not None:
        yield Row("mdsmith", _COLD, [mdsmith, "check", "."])
    if one_note:
        yield from _of_one_note(vault, notelint, check, cache)


def _of_one_note(vault: Path, notelint: list[str], check: list[str], cache: list[str]) -> Iterator[Row]:
    """The commands that look at one note, which has changed."""
    note = _note(vault).relative_to(vault).as_posix()
    commands = {
        "check NOTE": [*check, note],
        "check -": [*check, "--stdin-filename", note, "-"],
        "fix NOTE": [*notelint, "fix", "--diff", *cache, note],
        "resolve": [*notelint, "resolve", "--from", note, f"[[{Path(note).stem}#{_HEADING}]]"],
        "mv": [*notelint, "mv", "--diff", note, note.replace(".md", " moved.md")],
        "rename-heading": [*notelint, "rename-heading", "--diff", note, _HEADING, "Another"],
    }
    for name, command in commands.items():
        yield Row("notelint", name, command, lambda vault: _edit(check, vault), _note(vault))
    if shutil.which("git") is not None:
        staged = [*check, "--staged", "--", note]
        yield Row("notelint", "check --staged", staged, lambda vault: _stage(staged, vault, note))


def _note(vault: Path) -> Path:
    """The note that is changed: the first one that a heading can be added to and found."""
    return next(path for path in sorted(vault.rglob("*.md")) if not any(part[0] == "." for part in path.parts[1:]))


def _settle(check: list[str], vault: Path) -> None:
    """Make the state in which nothing has changed for a while, and the run before knows it."""
    time.sleep(TICK)
    run(check, vault)


def _edit(check: list[str], vault: Path) -> None:
    """Change one note of those that the run before knows. Its heading is there from the first change on."""
    _settle(check, vault)
    note = _note(vault)
    text = note.read_text("utf-8")
    heading = "" if f"## {_HEADING}\n" in text else f"\n## {_HEADING}\n"
    note.write_text(f"{text}{heading}\nAnother line.\n", encoding="utf-8", newline="")


def _stage(staged: list[str], vault: Path, note: str) -> None:
    if not (vault / ".git").exists():
        names = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
        for command in (["init", "-q"], ["add", "-A"], [*names, "commit", "-q", "--no-verify", "-m", "notes"]):
            subprocess.run(["git", *command], cwd=vault, check=True, capture_output=True)
    _edit(staged, vault)
    subprocess.run(["git", "add", note], cwd=vault, check=True, capture_output=True)


def measure(vault: Path, runs: int, *, one_note: bool, cold: bool = False) -> list[Row]:
    """Every tool once, and that as often as asked for: what disturbs the machine disturbs them all.

    With `cold`, only what uses no cache.
    """
    measured = [row for row in rows(vault, one_note=one_note) if not cold or row.state == _COLD]
    time.sleep(_REST)  # what the corpus wrote goes to the disk meanwhile, and not while the first tool runs
    for number in range(runs):
        for row in measured:
            print(f"\r\033[K{vault.name}: {number + 1} of {runs}, {row.tool} {row.state}", end="", file=sys.stderr)
            sys.stderr.flush()
            row.before(vault)
            row.usages.append(run(row.command, vault, row.stdin))
    print("\r\033[K", end="", file=sys.stderr)
    return measured


def _row(measured: list[Row], tool: str, state: str) -> Row | None:
    return next((row for row in measured if (row.tool, row.state) == (tool, state)), None)


def ratio(measured: list[Row], state: str) -> float | None:
    """Processor time of notelint as a share of rumdl's, in this state; None if one of them was not measured."""
    ours, other = _row(measured, "notelint", state), _row(measured, "rumdl", state)
    return None if ours is None or other is None else ours.cpu / other.cpu


def table(measured: Mapping[str, list[Row]]) -> Iterator[str]:
    """One table of all vaults, those first in which notelint is slowest compared with rumdl."""
    yield "| notes | what | CPU s | of rumdl | wall s | MB |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for vault, of_vault in sorted(measured.items(), key=lambda item: -(ratio(item[1], _COLD) or 0)):
        for row in of_vault:
            share = ratio(of_vault, row.state) if row.tool == "notelint" else None
            shown = "" if share is None else f"{share:.2f}"
            name = f"{row.tool}, {row.state}"
            yield f"| {vault} | {name} | {row.cpu:.2f} | {shown} | {row.wall:.2f} | {row.memory:.0f} |"


def budgets(measured: Mapping[str, list[Row]]) -> Iterator[tuple[str, float, float]]:
    """All promises: in words, as measured, and at most."""
    for vault, of_vault in measured.items():
        for state, most in ((_COLD, _FLOOR), (_WARM, 0.5)):
            share = ratio(of_vault, state)
            if share is not None:
                yield f"{vault}, {state}, of rumdl's processor time", share, most
        if vault.endswith(" 10000"):
            for row in of_vault:
                if row.tool == "notelint" and row.state not in (_COLD, _WARM):
                    yield f"{vault}, {row.state}, seconds of processor time", row.cpu, _ONE
        small = measured.get(vault.replace("100000", "10000"))
        large = _row(of_vault, "notelint", _COLD)
        if vault.endswith("100000") and large is not None:
            yield f"{vault}, MB", max(row.memory for row in of_vault if row.tool == "notelint"), 1000
            before = None if small is None else _row(small, "notelint", _COLD)
            if before is not None:
                yield f"{vault}, of the processor time of 10,000", large.cpu / before.cpu, _GROWTH


def _vaults(asked: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Path]]:
    """The vaults to measure, by name: given ones, multiplied ones, and made-up ones."""
    ours = shutil.ignore_patterns(".git", ".rumdl_cache")
    for vault in asked.vault:
        name = vault.resolve().name
        yield name, Path(shutil.copytree(vault, folder / "copy" / name, symlinks=True, ignore=ours))
    for count in asked.notes:
        for sample in asked.sample:
            name = f"{sample.resolve().name} {count}"
            yield name, corpus.multiply(sample, folder / name, count)
        given = asked.vault or asked.sample
        for state in asked.states or ([] if given else corpus.STATES):
            name = f"{state} {count}"
            yield name, corpus.build(folder / name, count, corpus.STATES[state])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, nargs="+", default=[2000], help="sizes of the corpora to build")
    parser.add_argument("--states", nargs="+", choices=corpus.STATES, default=[], metavar="STATE",
                        help=f"states of made-up vaults, by default all: {', '.join(corpus.STATES)}")  # fmt: skip
    parser.add_argument("--vault", type=Path, action="append", default=[], help="a vault to measure (it is copied)")
    parser.add_argument("--sample", type=Path, action="append", default=[], help="a vault to multiply and measure")
    parser.add_argument("--one-note", action="store_true", help="measure the commands that look at one note, too")
    parser.add_argument("--cold", action="store_true", help="measure only what uses no cache")
    parser.add_argument("--runs", type=int, default=3, help="how often each tool runs")
    parser.add_argument("--assert-budgets", action="store_true", help="fail if a budget is exceeded")
    asked = parser.parse_args()
    for name in ("rumdl", "mdsmith"):
        if found(name) is None:
            print(f"{name} is not installed (pip install {name}): not compared with", file=sys.stderr)
    measured: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory(prefix="notelint-speed-") as folder:
        for name, vault in _vaults(asked, Path(folder)):
            measured[name] = measure(vault, asked.runs, one_note=asked.one_note, cold=asked.cold)
            shutil.rmtree(vault)
    print("\n".join(table(measured)))
    kept = True
    for what, took, most in budgets(measured):
        kept &= took <= most
        print(f"{'kept' if took <= most else 'EXCEEDED':8} {what}: {took:.2f}, at most {most:g}")
    return int(asked.assert_budgets and not kept)


if __name__ == "__main__":
    sys.exit(main())
