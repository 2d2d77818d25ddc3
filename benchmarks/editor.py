#!/usr/bin/env python3
"""Time what an editor waits for: a session with the real server in a vault of made-up notes.

    python benchmarks/editor.py [--notes 10000]

Prints the median and the longest of some runs of each request, in milliseconds, with an empty cache and a kept one.
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
    "Text [[Note {one}]] and [[Note {two}#Imaging]] words.\n"
)


def make(root: Path, notes: int) -> None:
    """Write a vault of so many notes, each with two links."""
    (root / ".obsidian").mkdir(parents=True)
    for number in range(notes):
        folder = root / f"d{number % 50}"
        folder.mkdir(exist_ok=True)
        one, two = number * 7 % notes, number * 13 % notes
        text = NOTE.format(tag=number % 40, number=number, one=one, two=two)
        (folder / f"Note {number}.md").write_text(text, "utf-8")


def timed(name: str, ask: Callable[[], Any], runs: int = 1) -> Any:
    """Print how long a request takes; what the last one gave."""
    times, answer = [], None
    for _ in range(runs):
        start = time.perf_counter()
        answer = ask()
        times.append((time.perf_counter() - start) * 1000)
    print(f"{name:<28} {statistics.median(times):8.0f} {max(times):8.0f}", flush=True)
    return answer


def session(root: Path) -> None:
    """One session: open a note, type, complete, look up, rename, save."""
    file = root / "d1" / "Note 1.md"
    text = file.read_text("utf-8")
    client = Client(root)

    def opened() -> str:
        uri = client.open(file)
        client.wait()
        return uri

    uri = timed("open the first note", opened)

    def typed(new: str) -> None:
        client.change(uri, new)
        client.wait()

    more = iter(range(1, 1000))
    timed("keystroke to diagnostics", lambda: typed(text + "x" * next(more)), 50)
    timed("an alias is typed", lambda: typed(text.replace("Al 1]", f"Al 1{'x' * next(more)}]")), 10)
    typed(f"{text}\n[[Note 5")
    here: dict[str, Any] = {"textDocument": {"uri": uri}}
    last, link = text.count("\n") + 1, {**here, "position": at(8, 8)}
    timed("completion", lambda: client.ask("textDocument/completion", {**here, "position": at(last, 8)}), 10)
    timed("hover", lambda: client.ask("textDocument/hover", link), 10)
    every = {**link, "context": {"includeDeclaration": True}}
    timed("references", lambda: client.ask("textDocument/references", every), 5)
    timed("symbols of the vault", lambda: client.ask("workspace/symbol", {"query": "note 5"}), 5)
    rename = {**here, "position": at(6, 5), "newName": "Pictures"}
    timed("rename a heading", lambda: client.ask("textDocument/rename", rename), 3)

    def saved() -> None:
        client.tell("textDocument/didSave", here)
        client.wait()

    timed("save", saved, 3)
    client.end()


def main() -> None:
    """Make a vault and time two sessions in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=10_000)
    notes = parser.parse_args().notes
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NOTELINT_CACHE_DIR"] = f"{folder}/cache"
        root = Path(folder) / "vault"
        make(root, notes)
        for state in ("empty cache", "kept cache"):
            print(f"{notes} notes, {state:<15} median ms   max ms")
            session(root)


if __name__ == "__main__":
    main()
