#!/usr/bin/env python3
"""Time what an editor waits for: a session with the real server in a vault of made-up notes.

    python benchmarks/editor.py [--notes 10000]

Prints the median and the 95th percentile of the runs of each request, in milliseconds by the clock and on a processor,
with an empty cache and a kept one, and the memory of the server afterwards in MB. "ready" is from the start of the
process to the first diagnostics.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.server.client import Client, at

NOTE = (
    "---\ntags: [a{tag}]\naliases: [Al {number}]\n---\n# Note {number}\n\n## Imaging\n\n"
    "Text [[Note {one}]] and [[Note {two}#Imaging]] words, [[Dead {dead}]].\n"
)
LARGE = 309_000  # bytes of the largest note of a real vault
ABLE = {"workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename"]}}}


def make(root: Path, notes: int) -> None:
    """Write a vault of so many notes, each with two links that are right and one that is dead, and a large one."""
    (root / ".obsidian").mkdir(parents=True)
    for number in range(notes):
        folder = root / f"d{number % 50}"
        folder.mkdir(exist_ok=True)
        one, two = number * 7 % notes, number * 13 % notes
        text = NOTE.format(tag=number % 40, number=number, one=one, two=two, dead=number % 300)
        (folder / f"Note {number}.md").write_text(text, "utf-8")
    (root / "Large.md").write_text(large(notes), "utf-8")


def large(notes: int) -> str:
    """A note of the size of the largest real one: headings, lists, and a link in every fifth line."""
    lines = list[str]()
    size = 0
    while size < LARGE:
        number = len(lines)
        kind = (
            f"## Part {number}",
            "",
            f"- item with some words, number {number}",
            f"Words [[Note {number % notes}]].",
            "",
        )
        lines.append(kind[number % 5])
        size += len(lines[-1]) + 1
    return "\n".join(lines)


def cpu(pid: int) -> float:
    """The milliseconds for which a process has run; 0 where the system does not say it."""
    found = [one / "schedstat" for one in Path(f"/proc/{pid}/task").glob("*")]
    return sum(int(one.read_text("ascii").split()[0]) for one in found if one.exists()) / 1e6


def row(name: str, wall: list[float], run: list[float]) -> str:
    """One line of the table: wall clock and time on a processor, each with its 95th percentile."""
    shown = [one for times in (wall, run) for one in (statistics.median(times), high(times))]
    return f"{name:<32}" + "".join(f"{one:9.1f}" for one in shown)


def high(times: list[float]) -> float:
    """The 95th percentile."""
    return sorted(times)[min(len(times) * 95 // 100, len(times) - 1)]


class Session:
    """One session with the server: `ready` is when the first note has its diagnostics."""

    def __init__(self, root: Path) -> None:
        self.root, self.file = root, root / "d1" / "Note 1.md"
        self.text = self.file.read_text("utf-8")
        self.client = Client(root, ABLE)
        self.uri = self.client.open(self.file)
        self.client.wait()
        self.more = iter(range(1, 10**6))

    def timed(self, name: str, ask: Callable[[], Any], runs: int) -> None:
        """Print how long a request takes."""
        wall, run = list[float](), list[float]()
        for _ in range(runs):
            start, before = time.perf_counter(), cpu(self.client.process.pid)
            ask()
            wall.append((time.perf_counter() - start) * 1000)
            run.append(cpu(self.client.process.pid) - before)
        print(row(name, wall, run) + f"{self.memory().get('VmRSS', 0):9.0f}", flush=True)

    def memory(self) -> dict[str, float]:
        """The memory that the server holds, in MB, where the system says it: now, and at most."""
        status = Path(f"/proc/{self.client.process.pid}/status")
        lines = [line.split() for line in status.read_text("ascii").splitlines()] if status.exists() else []
        return {line[0].rstrip(":"): int(line[1]) / 1024 for line in lines if line[0] in ("VmRSS:", "VmHWM:")}

    def type(self, text: str, uri: str | None = None) -> None:
        """Change the text, and wait for what is found in it."""
        self.client.change(uri or self.uri, text, next(self.more) + 1)
        self.client.wait()

    def ask(self, method: str, line: int, column: int, **more: Any) -> Any:
        """Ask about a place of the note."""
        place = {"textDocument": {"uri": self.uri}, "position": at(line, column), **more}
        return self.client.ask(f"textDocument/{method}", place)


def typing(session: Session) -> None:
    """Type letters: into a paragraph, an alias, a dead link, and into the large note."""
    text, more = session.text, session.more
    session.timed("keystroke to diagnostics", lambda: session.type(f"{text}{'x' * (next(more) % 50)}"), 100)
    session.timed(
        "... in an alias", lambda: session.type(text.replace("Al 1]", f"Al 1{'x' * (next(more) % 50)}]")), 100
    )
    session.timed("... in a dead link", lambda: session.type(f"{text}\n[[Nowhere {next(more)}]]\n"), 100)
    file = session.root / "Large.md"
    whole, uri = file.read_text("utf-8"), session.client.open(file)
    session.client.wait()
    session.timed(
        f"... in a note of {LARGE // 1000} KB", lambda: session.type(f"{whole}{'x' * (next(more) % 50)}", uri), 50
    )
    session.timed("... beside it", lambda: session.type(f"{text}{'x' * (next(more) % 50)}"), 50)


def asking(session: Session) -> None:
    """Ask for what a writer asks for."""
    session.type(f"{session.text}\n[[Note 5")
    last = session.text.count("\n") + 1
    session.timed("completion in a link", lambda: session.ask("completion", last, 8), 20)
    session.type(session.text)
    session.timed("hover", lambda: session.ask("hover", 8, 8), 20)
    session.timed("references", lambda: session.ask("references", 8, 8, context={"includeDeclaration": True}), 10)
    actions = {"range": {"start": at(8, 55), "end": at(8, 60)}, "context": {"diagnostics": []}}
    session.timed("code actions on a dead link", lambda: session.ask("codeAction", 8, 55, **actions), 10)
    session.timed("symbols of the vault", lambda: session.client.ask("workspace/symbol", {"query": "note 5"}), 10)
    session.timed("rename a note", lambda: session.ask("rename", 8, 8, newName="Other"), 10)
    session.timed("rename a heading", lambda: session.ask("rename", 6, 5, newName="Pictures"), 10)
    session.timed("rename an alias", lambda: session.ask("rename", 2, 12, newName="Another"), 10)
    session.timed("rename a tag", lambda: session.ask("rename", 1, 8, newName="b1"), 3)

    def saved() -> None:
        session.client.tell("textDocument/didSave", {"textDocument": {"uri": session.uri}})
        session.client.wait()

    session.timed("save", saved, 10)


def main() -> None:
    """Make a vault and time two sessions in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    notes = parser.parse_args().notes
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NOTELINT_CACHE_DIR"] = f"{folder}/cache"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed server has its bytecode
        root = Path(folder) / "vault"
        make(root, notes)
        for state in ("empty cache", "kept cache"):
            print(
                f"{notes} notes, {state:<18}" + "".join(f"{one:>9}" for one in ("median", "95 %", "CPU", "95 %", "MB"))
            )
            start = time.perf_counter()
            session = Session(root)
            print(row("ready", [(time.perf_counter() - start) * 1000], [cpu(session.client.process.pid)]), flush=True)
            typing(session)
            asking(session)
            print(f"{'memory at most':<68}{session.memory().get('VmHWM', 0):9.0f}")
            session.client.end()


if __name__ == "__main__":
    main()
