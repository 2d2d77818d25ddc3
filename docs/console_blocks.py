"""Runs every console block of README and of the tutorials, in order, and compares what is printed.

    python docs/console_blocks.py            # says what differs
    python docs/console_blocks.py --update   # writes what is printed today into the pages

A page begins in an empty folder. `<!-- vault: NAME -->` copies a sample vault of notes/ into it, `<!-- run: COMMAND
-->` runs a command that readers need not see, and a fenced block with `title="PATH"` becomes a file. In what is
expected, a line `...` stands for any number of lines, and `...` in a line for any text. Today, as a command prints it,
is shown as one day, whenever the blocks run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "index.md", *sorted((ROOT / "docs" / "tutorials").glob("*.md")))
_FENCE = re.compile(r"^( *)(`{3,})(\S*)(.*)$")
_TITLE = re.compile(r'\btitle="([^"]+)"')
_SETUP = re.compile(r"^<!-- (vault|run): (.+) -->$")
_KEPT = ("PATH", "LANG", "TMPDIR", "SYSTEMROOT")
_SECONDS = 60
_DAY = "2026-11-27"  # stands for today
_IDENTITY = {f"GIT_{who}_{what}": "ann@example.org" if what == "EMAIL" else "Ann"
             for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A part of a page: a `file` to write, a `vault` to copy, a command to `run`, or a `console` block to compare."""

    kind: str
    about: str  # the path, the vault's name, or the command
    lines: tuple[str, ...] = ()  # of the block
    start: int = 0  # the block's lines in the page, without its fences
    end: int = 0


def steps(page: str) -> Iterator[Step]:
    """The steps of a page, from the top."""
    fence, start, info, title = "", 0, "", ""
    lines = page.splitlines()
    for number, line in enumerate(lines):
        if fence:
            if line.strip() == fence:
                block = tuple(lines[start:number])
                if info == "console":
                    yield Step("console", "", block, start, number)
                elif title:
                    yield Step("file", title, block)
                fence = ""
        elif found := _FENCE.match(line):
            named = _TITLE.search(found[4])
            fence, start, info, title = found[2], number + 1, found[3], named[1] if named else ""
        elif setup := _SETUP.match(line):
            yield Step(setup[1], setup[2])


class Shell:
    """One bash for a whole page, so that `cd` lasts; what comes out of a command is what both streams get."""

    def __init__(self, folder: Path, own: Path) -> None:
        """Start in `folder`; `own` is where caches, journals and settings lie."""
        paths = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        folders = {"HOME": str(own), "NOTELINT_CACHE_DIR": str(own / "cache"), "NOTELINT_STATE_DIR": str(own / "state")}
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "NO_COLOR": "1", "COLUMNS": "88",
                    "TZ": "UTC"}  # fmt: skip
        kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
        environment = {**kept, **folders, "PATH": paths, "LC_ALL": "C.UTF-8", **_IDENTITY, **settings}
        self.folder = folder
        self._bash = subprocess.Popen(
            ["bash", "--norc"], cwd=folder, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def run(self, command: str) -> list[str]:
        """The lines that a command prints."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.write(f"{{ {command}\n}} </dev/null; printf '\\n\\036\\n'\n")
        self._bash.stdin.flush()
        printed = []
        for line in self._bash.stdout:
            if line == "\x1e\n":
                break
            printed.append(line.rstrip("\n"))
        while printed and not printed[-1]:
            printed.pop()
        today = datetime.now(UTC).date().isoformat()
        return [line.replace(str(self.folder), "~").replace(today, _DAY).rstrip() for line in printed]

    def close(self) -> None:
        """End it."""
        self._bash.communicate("exit\n", timeout=_SECONDS)


def walk(page: str) -> Iterator[tuple[Step, list[tuple[str, list[str], list[str]]]]]:
    """Each console block of a page with its commands: what is expected of each, and what it printed."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, own = Path(scratch).resolve() / "here", Path(scratch).resolve() / "own"
        folder.mkdir()
        own.mkdir()
        shell = Shell(folder, own)
        try:
            for step in steps(page):
                if step.kind == "vault":
                    shutil.copytree(ROOT / "notes" / step.about, folder, dirs_exist_ok=True)
                elif step.kind == "run":
                    shell.run(step.about)
                elif step.kind == "file":
                    (folder / step.about).parent.mkdir(parents=True, exist_ok=True)
                    (folder / step.about).write_text("\n".join(step.lines) + "\n", "utf-8")
                else:
                    yield step, [(typed, lines, shell.run(typed)) for typed, lines in commands(step.lines)]
        finally:
            shell.close()


def commands(block: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines below it. Raises `ValueError` for lines above the first."""
    found: list[tuple[str, list[str]]] = []
    for line in block:
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif not found:
            raise ValueError(f"a console block begins with a command, not with {line!r}")
        else:
            found[-1][1].append(line.rstrip())
    return found


def matches(expected: list[str], printed: list[str]) -> bool:
    """True if what was printed is what is expected, blank lines at the end aside."""
    while expected and not expected[-1]:
        expected = expected[:-1]
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line).replace(r"\.\.\.", ".*?") + r"\n"
        for line in expected
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def differences(page: str) -> Iterator[str]:
    """Describe each difference for people: the command, what is expected, what was printed."""
    for step, ran in walk(page):
        for typed, expected, printed in ran:
            if not matches(expected, printed):
                was = "\n".join(printed)
                yield f"line {step.start}: $ {typed}\n--- expected\n{chr(10).join(expected)}\n--- printed\n{was}\n"


def updated(page: str) -> str:
    """The page with what is printed today, where that differs."""
    lines = page.splitlines()
    for step, ran in reversed(list(walk(page))):
        block: list[str] = []
        for typed, expected, printed in ran:
            block += [f"$ {typed}", *(expected if matches(expected, printed) else printed)]
        lines[step.start : step.end] = block
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for file in PAGES:
        text = file.read_text("utf-8")
        if "--update" in sys.argv:
            file.write_text(updated(text), "utf-8")
        else:
            for difference in differences(text):
                print(f"{file.relative_to(ROOT)}, {difference}")
